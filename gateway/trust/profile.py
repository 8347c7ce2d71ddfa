"""The issuer Profile of Open Badges 2.0 as its own address serves it; a copy inside a badge says nothing."""

from collections.abc import Mapping
from typing import Any  # Any: members of JSON objects

import msgspec

from gateway.errors import Unreachable
from gateway.trust.addresses import authority
from gateway.trust.served import listed, served_json
from gateway.trust.spellings import NotUnderstood, member, stated, texts
from gateway.trust.subject import OneWeb

_REVOCATION_LIST = member("revocationList")
_VERIFICATION = member("verification", "verify", "obi:verify", "https://w3id.org/openbadges#verify")
_STARTS_WITH = member("startsWith", "http://purl.org/dqm-vocabulary/v1/dqm#startsWith")
_ALLOWED_ORIGINS = member("allowedOrigins")
ENTRIES = member("revokedAssertions", "obi:revoked", "https://w3id.org/openbadges#revoked")


class Lists(msgspec.Struct, frozen=True, kw_only=True):
    """Where an issuer says which signed Assertions it has taken back: by address, and in the Profile itself."""

    addresses: tuple[str, ...] = ()
    embedded: tuple[dict[str, Any], ...] = ()


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """Which addresses an issuer vouches for.

    Attributes:
        starts_with: URL prefixes under which it hosts Assertions, empty when it does not say.
        allowed_origins: Hosts all of whose Assertions are its own; None when it does not say.
    """

    starts_with: tuple[str, ...] = ()
    allowed_origins: tuple[str, ...] | None = None


class IssuerProfile(msgspec.Struct, frozen=True, kw_only=True):
    """What an issuer says of itself that others rest on.

    Attributes:
        id: The address that served it. A document that calls itself something else is still the one of its address:
            otherwise any page could pass for an issuer elsewhere.
        keys: Each an id, or an embedded CryptographicKey.
        lists: None when it names revocation lists in a form that is not understood.
        scope: None when it limits what it hosts in a form that is not understood.
    """

    id: str
    keys: tuple[str | dict[str, Any], ...]
    lists: Lists | None
    scope: Scope | None


async def issuer_profile(web: OneWeb, issuer: str) -> IssuerProfile:
    """Fetch the Profile that the id leads to.

    Raises:
        Unreachable: The id is no address, or what it serves is no JSON object.

    Source: Open Badges 2.0, Profile and VerificationObject (issuer form).
    """
    if authority(issuer) is None:
        raise Unreachable(
            f"the issuer's id {issuer} is not an address, so nobody can be asked who it is",
            fix="Give the issuer Profile an https address as its id, and serve it there.",
        )
    served = await served_json(web, issuer, accept="application/ld+json, application/json")
    document = served.document
    return IssuerProfile(
        id=issuer,
        keys=tuple(key for key in listed(document.get("publicKey")) if isinstance(key, str | dict)),
        lists=_lists(document),
        scope=_scope(document),
    )


def _lists(document: Mapping[str, Any]) -> Lists | None:
    try:
        value = stated(document, _REVOCATION_LIST)
        if value is None:
            return Lists()
        given = value if isinstance(value, list) else [value]
        embedded = tuple(item for item in given if isinstance(item, dict) and stated(item, ENTRIES) is not None)
        named = [_name(item) for item in given if item not in embedded or _name(item) is not None]
        return Lists(addresses=() if embedded and not named else texts(named), embedded=embedded)
    except NotUnderstood:
        return None


def _name(item: object) -> object:
    """The address that a list is named by, None for none."""
    return next((item[name] for name in ("id", "@id") if name in item), None) if isinstance(item, dict) else item


def _scope(document: Mapping[str, Any]) -> Scope | None:
    try:
        value = stated(document, _VERIFICATION)
        if isinstance(value, list) and len(value) == 1:
            (value,) = value
        if any(stated(document, limit) is not None for limit in (_STARTS_WITH, _ALLOWED_ORIGINS)):
            return None  # beside `verification`, where nobody looks for it
        if value is None:
            return Scope()
        if not isinstance(value, dict):
            return None
        scope = {"@context": document.get("@context"), **value}
        prefixes, origins = stated(scope, _STARTS_WITH), stated(scope, _ALLOWED_ORIGINS)
        return Scope(
            starts_with=() if prefixes is None else texts(prefixes),
            # An empty list of hosts allows none of them.
            allowed_origins=None if origins is None else () if origins == [] else texts(origins),
        )
    except NotUnderstood:
        return None
