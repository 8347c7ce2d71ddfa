"""What a person sees of the badges they hold."""

from dataclasses import dataclass
from enum import StrEnum

import msgspec

from gateway.errors import NotFound
from gateway.flows.describe import Description
from gateway.flows.look_up import LookUp
from gateway.flows.verdict import Verdict
from gateway.ports.holdings import Holdings
from gateway.records.holdings import Holding, HoldingOutcome
from gateway.records.people import PEOPLE
from gateway.trust.report import Check, Outcome

PAGE_LIMIT = 50


class Standing(StrEnum):
    """How a badge stood when it was last looked at."""

    VALID = "valid"
    EXPIRED = "expired"
    EARLY = "early"
    REVOKED = "revoked"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Seen(msgspec.Struct, frozen=True):
    """One badge, and what was last found out about it."""

    holding: Holding
    verdict: Verdict

    @property
    def standing(self) -> Standing:
        """The worst that can be said in one word: what was taken back, before what ended, before what failed."""
        if self.holding.outcome is HoldingOutcome.PASSED:
            return Standing.VALID
        failed = {check.name: check for check in self.verdict.checks if check.outcome is Outcome.FAILED}
        if "status" in failed:
            return Standing.REVOKED
        if "validity-period" in failed:
            return _ended(failed["validity-period"])
        return Standing.FAILED if failed else Standing.UNKNOWN


class SeenPage(msgspec.Struct, frozen=True):
    """Some of what a person holds, the latest first; ``total`` counts everything."""

    badges: tuple[Seen, ...]
    total: int


@dataclass(frozen=True, slots=True)
class SeeBackpack:
    """A person to a page of what they hold."""

    holdings: Holdings

    async def __call__(self, person: str, offset: int = 0) -> SeenPage:
        """Return up to ``PAGE_LIMIT`` badges."""
        page = await self.holdings.page(PEOPLE, person, limit=PAGE_LIMIT, offset=offset)
        return SeenPage(tuple(map(_seen, page.holdings)), page.total)


@dataclass(frozen=True, slots=True)
class SeeBadge:
    """A person and a badge of theirs to all there is to see."""

    holdings: Holdings
    look_up: LookUp

    async def __call__(self, person: str, holding_id: str) -> tuple[Seen, Description | None]:
        """Return the badge, and its record when it was issued anew.

        Raises:
            NotFound: The person holds no such badge.
        """
        holding = await self.holdings.find(PEOPLE, person, holding_id)
        if holding is None:
            raise NotFound("you hold no such badge")
        return _seen(holding), await self._record(holding)

    async def _record(self, holding: Holding) -> Description | None:
        """The record; None when there is none, or none any more."""
        try:
            return await self.look_up(holding.record) if holding.record else None
        except NotFound:
            return None


def _seen(holding: Holding) -> Seen:
    return Seen(holding, msgspec.json.decode(holding.report, type=Verdict))


def _ended(check: Check) -> Standing:
    return Standing.EARLY if check.detail.startswith("not valid yet") else Standing.EXPIRED
