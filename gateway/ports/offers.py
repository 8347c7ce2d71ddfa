"""What offers to wallets ask of the store, and of what is handed out to come back once."""

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from gateway.records.offers import Configuration, Offer, Reservation


class NewOffers(Protocol):
    """Making offers and taking them back."""

    async def add(self, offer: Offer, actor: str) -> None:
        """Return once the offer is durable.

        Args:
            actor: Who makes it, for the audit trail.

        Raises:
            NotFound: Its platform has no such record.
        """

    async def of(self, platform: str, record_id: str) -> Sequence[Offer]:
        """Return the offers of a record, latest first, ``LISTED`` at most."""

    async def withdraw(self, platform: str, offer_id: str, actor: str, at: dt.datetime) -> bool:
        """End an offer that was not claimed; tell whether there was one."""


class Offers(Protocol):
    """Offers by their id, which cannot be guessed, and whose they are."""

    async def find(self, offer_id: str) -> Offer | None:
        """Return the offer of whatever platform, in whatever state; None also when its record was erased."""

    async def tried(self, offer: Offer, most: int) -> bool:
        """Count one attempt at the transaction code, before anybody looks at it; False when none of ``most`` is left.

        Counted across all users of the store: of many that guess at once, no more are ever looked at.
        """

    async def judged(self, offer: Offer, most: int, at: dt.datetime, *, right: bool) -> int:
        """Take back the count of an attempt that was right; lock the offer after the last one that was wrong.

        That it is locked is an event. One that was claimed stays claimed: nobody new can have it anyway.

        Returns:
            How many can still be tried.
        """


class Claims(Protocol):
    """Who has an offer: reserved first and settled once there is something to be had, so that no failure uses it up.

    An offer is one wallet's, in all its configurations: known by its keys (`Holder.digest`), or by the grant under
    which it asks, for wallets make a new key for each credential. In each configuration it is one set of keys'. The
    first wins, across all users of the store. ``by`` is the `Grant.mark`, "" where there is no grant; it brings other
    keys until there are ``KEYS_OF_A_GRANT``.
    """

    async def reserve(
        self, offer: Offer, configuration: Configuration, holders: tuple[str, ...], at: dt.datetime, *, by: str = ""
    ) -> Reservation:
        """Keep an offer for these holders for ``LEASE``, unless it is others'.

        Those that it is kept for may always go on, and come back with fewer keys. An offer that is withdrawn, locked,
        or expired before it was claimed, is kept for nobody.
        """

    async def settle(
        self, offer: Offer, configuration: Configuration, holders: tuple[str, ...], at: dt.datetime, *, by: str = ""
    ) -> bool:
        """Give them the offer: it is CLAIMED from the first time on.

        False where it is others' by now, or was withdrawn or locked: then nothing may be handed out.
        """

    async def release(self, offer: Offer, holders: tuple[str, ...], *, by: str = "") -> None:
        """Give back what was reserved for these holders and not settled."""


class Tickets(Protocol):
    """What is handed out to come back: nonces, codes, tokens.

    Shared by all processes that serve the same offers, and atomic. What is lost is refused when it comes back, and
    never accepted a second time; of many that bring the same one at once, one succeeds.

    Every method raises ``Unavailable`` when it cannot say.
    """

    async def give(self, kind: str, value: bytes, life_s: float) -> str:
        """Keep ``value`` for ``life_s`` seconds; return the new text, 43 unguessable characters, that it is had for."""

    async def look(self, kind: str, text: str) -> bytes | None:
        """Return what is kept for a text, and leave it there."""

    async def take(self, kind: str, text: str) -> bytes | None:
        """Return what is kept for a text, and forget it."""
