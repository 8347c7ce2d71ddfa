"""What belongs to a platform beside its badges: what it trusts, its limits, its members, what was done for it."""

import datetime as dt
import re
from typing import Annotated

import msgspec

from gateway.records.access import Role

DEFAULT_PLATFORM = "default"
"""The platform that every installation has; it is run by whoever runs that."""

TWIN = "-test"
"""Ends the id of the twin in which a platform tries things out; no other id ends so."""

MARK = "TEST – "
"""Before every name that a twin gives."""

_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


def twin_of(platform_id: str) -> str:
    """The id of a platform's twin for tests."""
    return platform_id + TWIN


def is_twin(platform_id: str) -> bool:
    """Whether this is such a twin, which issues nothing that counts."""
    return platform_id.endswith(TWIN)


def world_of(platform_id: str) -> str:
    """Where a platform works: each twin in a world of its own, by its id, and all that counts in the one named "".

    What was found out in one world holds in no other.
    """
    return platform_id if is_twin(platform_id) else ""


def may_be_made(platform_id: str) -> bool:
    """Whether a new platform may have this id: it is part of a did:web and of every address, and no twin's."""
    return _ID.fullmatch(platform_id) is not None and not is_twin(platform_id)


Named = Annotated[str, msgspec.Meta(min_length=1, max_length=500)]


class TrustPolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Whose badges a platform converts; each issuer by its id, or by its origin (``https://issuer.example``).

    Who seals a European Digital Credential with a certificate and has no DID is known by the number in the certificate:
    ``urn:eidas:NTRFR-123456789``. Whatever other id it gives itself proves nothing.

    Attributes:
        accepts: These and no others; empty for everybody.
        refuses: Not these, even where they are accepted by their origin.
    """

    accepts: Annotated[tuple[Named, ...], msgspec.Meta(max_length=200)] = ()
    refuses: Annotated[tuple[Named, ...], msgspec.Meta(max_length=200)] = ()


class PlatformLimits(msgspec.Struct, frozen=True, kw_only=True):
    """How much a platform may do; 0 is the installation's own limit.

    Attributes:
        requests_per_minute: Of all its keys together.
        issued_per_day: Forms that are signed or hosted, from midnight to midnight UTC.
    """

    requests_per_minute: int = 0
    issued_per_day: int = 0


class Quota(msgspec.Struct, frozen=True, kw_only=True):
    """How many forms a platform may have at the end of a day.

    Attributes:
        since: When the day began.
        ends_in_s: From the moment at which it was asked for, in seconds.
    """

    most: int
    since: Annotated[dt.datetime, msgspec.Meta(tz=True)]
    ends_in_s: float


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who may act for a platform.

    Attributes:
        address: E-mail address, as it was given; encrypted at rest.
    """

    id: str
    platform: str
    address: str
    role: Role
    created: Annotated[dt.datetime, msgspec.Meta(tz=True)]

    def __repr__(self) -> str:
        """Without the address: it is personal, and representations end in logs."""
        return f"Member(id={self.id!r}, platform={self.platform!r}, role={self.role.value!r})"


class AuditEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was done for a platform.

    Attributes:
        actor: ``key {id}``, ``person {id}``, ``client {id}`` or ``command line``.
        action: ``api-key.made``, ``member.removed`` ...
        target: Id of what it was done to, or the names of what was changed.
    """

    id: str
    at: Annotated[dt.datetime, msgspec.Meta(tz=True)]
    actor: str
    action: str
    target: str
