"""What people may allow a client, in the words of the specifications that define the scopes."""

from enum import StrEnum

_OPEN_BADGES_3 = "https://purl.imsglobal.org/spec/ob/v3p0/scope/"
_BADGE_CONNECT = "https://purl.imsglobal.org/spec/ob/v2p1/scope/"


class PersonScope(StrEnum):
    """Scopes that a person can grant.

    Source: Open Badges 3.0 section 7.1; Open Badges 2.1 (Badge Connect) section 5; OpenID Connect Core section 11 for
    ``offline_access``.
    """

    READ_CREDENTIALS = _OPEN_BADGES_3 + "credential.readonly"
    UPSERT_CREDENTIALS = _OPEN_BADGES_3 + "credential.upsert"
    READ_PROFILE = _OPEN_BADGES_3 + "profile.readonly"
    UPDATE_PROFILE = _OPEN_BADGES_3 + "profile.update"
    READ_ASSERTIONS = _BADGE_CONNECT + "assertion.readonly"
    CREATE_ASSERTIONS = _BADGE_CONNECT + "assertion.create"
    READ_BADGE_CONNECT_PROFILE = _BADGE_CONNECT + "profile.readonly"
    UPDATE_BADGE_CONNECT_PROFILE = _BADGE_CONNECT + "profile.update"
    OFFLINE = "offline_access"


OFFERED: tuple[str, ...] = tuple(map(str, PersonScope))
"""Every scope that a client of people can have, in the order in which consent is asked."""


def known(asked: tuple[str, ...], allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Those of ``asked`` that are in ``allowed``; () when ``offline_access`` alone is left, which allows nothing."""
    found = tuple(scope for scope in asked if scope in allowed)
    return found if any(scope != PersonScope.OFFLINE for scope in found) else ()
