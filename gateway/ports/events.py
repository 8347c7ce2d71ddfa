"""The feed of what happened: written with what it reports, read in one order that never changes."""

from collections.abc import Sequence
from typing import Protocol

from gateway.records.events import Event


class Feed(Protocol):
    """A platform's events in order. Whoever reads on from the last position misses nothing and sees nothing twice.

    An event is in the feed once its transaction was committed and it was given its position; positions are given
    under a lock, so none is ever filled in behind a reader. Of one credential, events stand in the order in which
    they happened.
    """

    async def page(self, platform: str, after: int, limit: int) -> Sequence[Event]:
        """Return up to ``limit`` events of the platform after a position, oldest first; 0 is the beginning."""

    async def head(self, platform: str) -> int:
        """Return the position of the newest event, 0 when there is none."""

    async def history(self, platform: str, credential: str, limit: int) -> Sequence[Event]:
        """Return the newest ``limit`` events of one credential, oldest first."""


class NewEvents(Protocol):
    """Events that report no change of anything that is kept."""

    async def add(self, event: Event) -> None:
        """Return once the event is durable; one with an id that is known is known already."""
