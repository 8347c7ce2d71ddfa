"""Sources that are looked at again: who is due, who works on it, what was seen; shared by all processes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Protocol

from gateway.records.events import Event
from gateway.records.watches import WatchedPlace, WatchedSource


class NewSources(Protocol):
    """Sources that nobody has looked into yet. Every record that has a source has one from its first commit on."""

    async def new(self, limit: int) -> Sequence[WatchedSource]:
        """Return some that nobody has looked into yet, of all platforms."""

    async def enrol(self, source: WatchedSource, place: WatchedPlace | None, due: dt.datetime) -> None:
        """Say where a new one is watched, unless somebody has; a place that is not known yet is asked when due."""


class WatchedSources(Protocol):
    """What is known of the source of each record."""

    async def find(self, platform: str, credential: str) -> tuple[WatchedSource, WatchedPlace | None] | None:
        """Return what is known of one."""

    async def among(
        self, platform: str, credentials: Sequence[str]
    ) -> Mapping[str, tuple[WatchedSource, WatchedPlace | None]]:
        """Return what is known of these, by their ids; what is not known is not there."""

    async def settle(self, before: WatchedSource, after: WatchedSource, event: Event | None) -> bool:
        """Replace ``before`` by ``after`` and write the event, together.

        Return False, and write nothing, when it is not as ``before`` says any more: somebody else was first.
        """


class WatchedPlaces(Protocol):
    """The places to ask. A place that is claimed is nobody else's until it is released, or its time has run out."""

    async def claim(self, now: dt.datetime, until: dt.datetime, limit: int) -> Sequence[WatchedPlace]:
        """Claim up to ``limit`` places that are due, the longest due first.

        One that is due in more than a month, or was asked in the future, was planned by a clock that was wrong.
        """

    async def claim_one(self, place: bytes, now: dt.datetime, until: dt.datetime) -> WatchedPlace | None:
        """Claim a place whether it is due or not; None when somebody works on it, or it is not there."""

    async def release(self, place: WatchedPlace, due: dt.datetime) -> None:
        """Store what was found and let go of it. A place that nothing depends on is forgotten instead."""

    async def extend(self, place: WatchedPlace, until: dt.datetime) -> None:
        """Keep a claimed place for longer."""


class HostBudgets(Protocol):
    """How often each host may be asked, by all processes together."""

    async def take(self, host: bytes, now: dt.datetime, per_minute: int) -> float:
        """Take a request to a host (its HMAC) from its budget.

        Return 0, or in how many seconds to come back. In no 60 seconds are more than ``per_minute`` given out.
        """


class Dependants(Protocol):
    """The sources that depend on a place, of all platforms."""

    async def first(self, place: bytes) -> WatchedSource | None:
        """Return one of them, one that was seen valid before any other."""

    async def page(self, place: bytes, after: str, limit: int) -> Sequence[WatchedSource]:
        """Return those after a credential's id ("" from the start), by id."""

    async def flagged(self, place: bytes, after: str, limit: int) -> Sequence[WatchedSource]:
        """The same for those that were not decided yet, or whose platform was told that there is something wrong."""

    async def forget(self, source: WatchedSource) -> None:
        """Stop watching a source that was erased."""
