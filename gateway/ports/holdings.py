"""What is asked of the store of badges that people hold, and of the profiles that applications write about them."""

import datetime as dt
from typing import Protocol

from adapters.hub.contract import Format
from gateway.records.holdings import Change, Holding, HoldingPage, ProfileKind, StoredProfile

NO_BOUND = 2**62
"""More bytes than anybody holds."""


class NewHoldings(Protocol):
    """Takes badges in. Each is encrypted with a key of its own; without that key it is gone."""

    async def put(self, holding: Holding) -> tuple[Holding, Change]:
        """Keep it, in place of the one with the same issuer and id that this person holds; return what is kept now.

        Of many at once one creates and the others replace. The one that is there keeps its ``id``, ``created`` and
        ``via``. With the same bytes its ``updated`` stays too and only what was found out about it is new; otherwise
        ``updated`` is later than that of everything else the person holds, whatever the clock says. Where both are
        valid from some time, the one that is valid from an earlier one does not replace the other: then what is kept
        is returned as it was.
        """

    async def has_room(self, holding: Holding, at_most: int) -> bool:
        """Say whether it replaces one that is there, or its person holds fewer than ``at_most``."""


class Holdings(Protocol):
    """What people hold."""

    async def learn(self, holding: Holding, record: str = "") -> bool:
        """Keep what was found out about a badge: outcome, report and end.

        Nothing is kept when the person holds other bytes of it by now, or none any more.

        Args:
            record: What was issued of it, to which it leads from now on; "" to leave that as it is.

        Returns:
            Whether the person holds it, with whatever bytes; once False, it stays False.
        """

    async def page(
        self,
        platform: str,
        person: str,
        *,
        since: dt.datetime | None = None,
        limit: int = 50,
        offset: int = 0,
        formats: tuple[Format, ...] = (),
        max_bytes: int = NO_BOUND,
    ) -> HoldingPage:
        """Return some of what the person holds, newest update first.

        Args:
            since: Only what was updated after this.
            formats: Only badges that can be had in one of these, as they came or as Open Badges 3.0 that they were
                converted to; all when empty.
            max_bytes: The page ends early with the badge by which it has as many, as they are stored; there is one in
                any case.
        """

    async def find(self, platform: str, person: str, holding_id: str) -> Holding | None:
        """Return one badge that this person holds."""

    async def remove(self, platform: str, person: str, holding_id: str) -> str | None:
        """Forget a badge with its key.

        Returns:
            The record that it led to at the end, "" for none; None when this person holds no such badge.
        """


class Profiles(Protocol):
    """What applications wrote down about people, encrypted with a key of its own."""

    async def put(self, platform: str, person: str, kind: ProfileKind, profile: StoredProfile) -> bool:
        """Keep it in place of the one before; True when there was none."""

    async def find(self, platform: str, person: str, kind: ProfileKind) -> StoredProfile | None:
        """Return what was kept last."""

    async def remove(self, platform: str, person: str, kind: ProfileKind, updated: dt.datetime) -> None:
        """Forget it with its key, unless another one has been kept since the one of this time."""
