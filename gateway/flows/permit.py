"""What a platform allows to be issued in its name: from whom, and how much a day."""

import contextlib
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

import idna
import msgspec

from gateway.errors import IssueLimit, Refused, Unreachable
from gateway.ports import Clock, Keys, Platforms
from gateway.ports.tenants import IssuedCount
from gateway.proofs import multikey
from gateway.proofs.signatures import public_key
from gateway.records import Algorithm
from gateway.records.tenants import TWIN, Quota, TrustPolicy, is_twin
from gateway.records.test_issuers import is_of_twin
from gateway.trust.addresses import authority
from gateway.trust.did_addresses import METHODS, did_address

DAY = dt.timedelta(days=1)
DID_KEY = "did:key:"
_OF_A_TWIN = re.compile(rf"/p/[^/?#]+{TWIN}[/?#]", re.IGNORECASE)


class IssuerNotAccepted(Refused):
    """The platform does not convert badges of this issuer, or nobody does: a twin of ours, in which nothing counts."""

    code = "issuer-not-accepted"


@dataclass(frozen=True, slots=True)
class Permit:
    """Issuers and a number of forms to what there is room for, or to a refusal; asked before anything is signed."""

    clock: Clock
    platforms: Platforms
    issued: IssuedCount
    per_day: int
    keys: Keys
    public_url: str

    async def __call__(self, platform: str, issuers: Iterable[str], forms: int) -> Quota | None:
        """Let it be issued.

        Args:
            issuers: Ids of those who issued what is converted; none for what the platform issues itself.
            forms: How many would be made; 0 is always allowed.

        Returns:
            What the store holds the plan to, as requests that run at once do not see each other's forms here; None
            where there is no limit.

        Raises:
            IssuerNotAccepted: The platform's policy is against one of the issuers, or one is a twin and the platform
                is none.
            IssueLimit: These would be more than the platform may issue a day.
        """
        found = await self.platforms.find(platform) if forms else None
        if found is None:
            return None
        for issuer in issuers:
            if reason := _against(found.policy, issuer):
                raise IssuerNotAccepted(
                    f"{reason}: {issuer}", fix="an owner of the platform can change its policy: PATCH /v1/platform"
                )
            if not found.test and (is_of_twin(issuer) or await self._is_a_twin(issuer)):
                raise IssuerNotAccepted(
                    f"the badge was issued here in test mode, where nothing counts: {issuer}",
                    fix="convert it with a test key (bgk_test_...), or issue it with a live one first",
                )
        most = found.limits.issued_per_day or self.per_day
        if not most:
            return None
        now = self.clock()
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        quota = Quota(most=most, since=today, ends_in_s=(today + DAY - now).total_seconds())
        if await self.issued.since(platform, today) + forms > most:
            raise IssueLimit(most, quota.ends_in_s)
        return quota

    async def _is_a_twin(self, issuer: str) -> bool:
        """Whether a twin of this very gateway issues under this id: at an address of ours, or, without https, a key."""
        own, found = _place(self.public_url), _place(issuer)
        if own and found and own.authority == found.authority:
            return _OF_A_TWIN.match(found.rest) is not None
        if not issuer.startswith(DID_KEY):
            return False
        twins = [platform.id for platform in await self.platforms.all() if is_twin(platform.id)]
        keys = [key for twin in twins for key in await self.keys.all(twin) if key.algorithm is not Algorithm.RS256]
        return any(multikey.did_key(public_key(key.spki)) == issuer for key in keys)


def _against(policy: TrustPolicy, issuer: str) -> str:
    if any(_names(entry, issuer) for entry in policy.refuses):
        return "this platform refuses badges of this issuer"
    if policy.accepts and not any(_names(entry, issuer) for entry in policy.accepts):
        return "this platform accepts badges of other issuers only"
    return ""


def _names(entry: str, issuer: str) -> bool:
    """Whether an entry of a policy means this issuer: by its id, however spelled, or by the origin it lies at."""
    if entry == issuer:
        return True
    meant, found = _place(entry), _place(issuer)
    if meant is None or found is None:
        return False
    return meant == found or (_is_origin(entry) and meant.authority == found.authority)


class _Place(msgspec.Struct, frozen=True):
    """Where an id leads: the host as DNS has it, without a default port or trailing dot, and all that follows."""

    authority: str
    rest: str


def _place(name: str) -> _Place | None:
    """Where an https id, a did:web or a did:webvh leads; None for what leads nowhere."""
    rest = ""
    if name.startswith(METHODS):
        try:
            address = did_address(name)
        except Unreachable:
            return None
        name, rest = address.url, address.scid
    host = authority(name)
    if host is None:
        return None
    parts = urlsplit(name)
    bare, colon, port = host.partition(":")
    rest += f"{parts.path.rstrip('/')}?{parts.query}#{parts.fragment}"
    bare = bare.rstrip(".")
    with contextlib.suppress(UnicodeError):
        bare = idna.encode(bare, uts46=True, transitional=False).decode()
    return _Place(f"{bare}{colon}{port}", rest)


def _is_origin(entry: str) -> bool:
    """Whether it names a host and nothing at it: then all that lies there is meant."""
    parts = urlsplit(entry)
    return parts.scheme in ("http", "https") and not (parts.path.strip("/") or parts.query or parts.fragment)
