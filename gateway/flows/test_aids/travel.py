"""The clock of a twin: how far it is from the one on the wall, and who reads it."""

import datetime as dt
import math
from dataclasses import dataclass
from typing import Annotated

import msgspec

from gateway.flows.convert import Caller
from gateway.flows.test_aids.only_twins import require_twin
from gateway.ports import Clock
from gateway.ports.trials import TRIAL, Trial, Trials
from gateway.records import Instant
from gateway.records.tenants import is_twin
from gateway.records.trials import LASTS, Travel

FARTHEST_S = 10_000 * 366 * 24 * 60 * 60
"""No two times that can be written, of the years 1 to 9999, are farther from each other."""


@dataclass(frozen=True, slots=True)
class TrialClock:
    """Implements ``Clock``: the time of whoever's request it is, which is another one for a twin that set its own.

    What verifies reads it, and judges a credential by it. What others serve about that credential now is judged by the
    clock on the wall, and what is written down, signed, counted or handed out is dated by that.
    """

    clock: Clock

    def __call__(self) -> dt.datetime:
        """Return now."""
        now, trial = self.clock(), TRIAL.get()
        return now if trial is None else now + trial.offset


@dataclass(frozen=True, slots=True)
class FindTrial:
    """A platform to the work in its twin; to None when it is no twin."""

    clock: Clock
    trials: Trials

    async def __call__(self, platform: str) -> Trial | None:
        """Return what a request in the name of the platform is done in."""
        if not is_twin(platform):
            return None
        travel = await self.trials.travel(platform, self.clock())
        return Trial(platform, travel.offset) if travel else Trial(platform)


class TestClock(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What time it is for a twin.

    Attributes:
        time: By its own clock.
        offset_seconds: How far that is ahead of the clock on the wall; behind when negative.
        until: When it is set right by itself; null when it is right.
    """

    time: Instant
    offset_seconds: Annotated[int, msgspec.Meta(ge=-FARTHEST_S, le=FARTHEST_S)]
    until: Instant | None = None


@dataclass(frozen=True, slots=True)
class ShowClock:
    """A twin to what time it is there."""

    clock: Clock
    trials: Trials

    async def __call__(self, caller: Caller) -> TestClock:
        """Return it.

        Raises:
            TestOnly: The caller's is no twin.
        """
        now = self.clock()
        travel = await self.trials.travel(require_twin(caller), now)
        if travel is None:
            return TestClock(time=now, offset_seconds=0)
        return TestClock(
            time=now + travel.offset, offset_seconds=int(travel.offset.total_seconds()), until=travel.until
        )


@dataclass(frozen=True, slots=True)
class SetClock:
    """A time to a twin whose clock goes on from there."""

    clock: Clock
    trials: Trials
    show: ShowClock

    async def __call__(self, time: dt.datetime | None, caller: Caller) -> TestClock:
        """Move the twin's clock, for a day.

        Args:
            time: What it is to show now, or up to a second later: whole seconds lie between; None sets it right.

        Raises:
            TestOnly: The caller's is no twin.
        """
        platform, now = require_twin(caller), self.clock()
        offset = time - now if time else dt.timedelta(0)
        travel = Travel(
            offset=dt.timedelta(seconds=math.ceil(offset.total_seconds())), until=now + LASTS if time else now
        )
        await self.trials.set_travel(platform, travel, caller.actor, now)
        return await self.show(caller)
