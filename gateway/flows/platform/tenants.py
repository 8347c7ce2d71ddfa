"""Platforms themselves: show, make, change."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any  # Any: fields of a Struct, by name

import msgspec

from gateway.errors import LimitRaised, NotFound, Taken, UnusableId
from gateway.ports import Clock, Platforms
from gateway.ports.tenants import AuditTrail, PlatformChanges
from gateway.records import Platform
from gateway.records.mailbox import mailbox
from gateway.records.people import PEOPLE
from gateway.records.tenants import AuditEntry, PlatformLimits, TrustPolicy, may_be_made

AUDIT_PAGE_LIMIT = 100

_ISSUER = re.compile(r"(?:https?://[^\s/]|did:[a-z0-9]+:|urn:[a-z0-9-]+:)\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ShowPlatform:
    """A platform id to what the platform decided."""

    platforms: Platforms

    async def __call__(self, platform: str) -> Platform:
        """Return the platform.

        Raises:
            NotFound: There is none with this id.
        """
        found = await self.platforms.find(platform)
        if found is None:
            raise NotFound("there is no such platform")
        return found


@dataclass(frozen=True, slots=True)
class ListPlatforms:
    """Every platform of the installation."""

    platforms: Platforms

    async def __call__(self) -> Sequence[Platform]:
        """Return every platform and its twin, by id; that of the people who sign in is nobody's to manage."""
        return [found for found in await self.platforms.all() if found.id != PEOPLE]


@dataclass(frozen=True, slots=True)
class MakePlatform:
    """An id and a name to a platform with a twin for tests."""

    clock: Clock
    changes: PlatformChanges

    async def __call__(self, platform: str, name: str, actor: str) -> Platform:
        """Make a platform; its keys are made when they are first needed.

        Raises:
            UnusableId: An address or a did:web could not hold it, or it is kept for something else.
            Taken: There is one with this id.
        """
        if not may_be_made(platform) or platform == PEOPLE:
            raise UnusableId(
                f"a platform cannot be called {platform[:60]!r}",
                fix="give at most 40 of a-z, 0-9 and -, with no - at either end; an id that ends in -test is a twin's",
            )
        made = Platform(id=platform, name=name, renamed=True, created=self.clock())
        if not await self.changes.make(made, actor):
            raise Taken(f"there is a platform {platform}", pointer="/id", fix="choose another id")
        return made


@dataclass(frozen=True, slots=True)
class ChangePlatform:
    """A platform and what it wants otherwise to the platform as it is then."""

    clock: Clock
    changes: PlatformChanges
    installation: PlatformLimits

    async def __call__(self, platform: str, wanted: dict[str, Any], actor: str, *, may_raise: bool = False) -> Platform:
        """Change what is named; everything else stays.

        Args:
            wanted: Of ``name``, ``email``, ``url``, ``policy``, ``limits``; of the last two the whole, or those
                of their members that are to change.
            may_raise: Whether a limit may be raised too: a platform that could do that itself would have none.

        Raises:
            NotFound: There is no such platform.
            MalformedAddress: Mail cannot be sent to ``email``.
            LimitRaised: A limit would be higher than before.
            UnusableId: The policy names what can be no issuer.
        """
        if wanted.get("email"):
            wanted = {**wanted, "email": mailbox(wanted["email"], "/email")}
        _refuse_nobody(wanted.get("policy") or {})

        def decide(before: Platform) -> Platform:
            parts = {
                name: _merged(getattr(before, name), value) if isinstance(value, dict) else value
                for name, value in wanted.items()
            }
            after = msgspec.structs.replace(before, **parts, renamed=before.renamed or "name" in wanted)
            if not may_raise:
                self._refuse_raised(before.limits, after.limits)
            return after

        changed = await self.changes.change(platform, decide, actor, self.clock())
        if changed is None:
            raise NotFound("there is no such platform")
        return changed

    def _refuse_raised(self, before: PlatformLimits, after: PlatformLimits) -> None:
        for name in PlatformLimits.__struct_fields__:
            installation = getattr(self.installation, name) or math.inf
            if (getattr(after, name) or installation) > (getattr(before, name) or installation):
                raise LimitRaised(
                    f"{name} can be lowered by the platform itself, not raised",
                    fix="ask whoever runs this gateway: badge-gateway platforms change",
                )


def _merged(part: msgspec.Struct, changes: dict[str, Any]) -> msgspec.Struct:
    return msgspec.convert({**msgspec.structs.asdict(part), **changes}, type(part))


def _refuse_nobody(policy: TrustPolicy | dict[str, Any]) -> None:
    """Refuse entries that mean no issuer: a policy that was misspelled would seem to hold."""
    named: dict[str, Any] = policy if isinstance(policy, dict) else msgspec.structs.asdict(policy)
    for name, entries in named.items():
        for index, entry in enumerate(entries):
            if not _ISSUER.fullmatch(entry):
                raise UnusableId(
                    f"{entry[:60]!r} is the id of no issuer",
                    pointer=f"/policy/{name}/{index}",
                    fix="give the issuer's id (https://issuer.example/profile or a DID), or its origin "
                    "(https://issuer.example)",
                )


@dataclass(frozen=True, slots=True)
class ReadTrail:
    """A platform to what was done for it."""

    trail: AuditTrail

    async def __call__(self, platform: str, after: str, limit: int) -> Sequence[AuditEntry]:
        """Return up to ``limit`` entries, latest first, after the one with id ``after`` ("" from the latest)."""
        return await self.trail.page(platform, after, limit)
