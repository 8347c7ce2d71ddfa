"""A challenge for one exchange, and the key that answers it; each challenge works once."""

from dataclasses import dataclass
from typing import Any  # Any: members of JSON documents

from gateway.errors import WrongOccasion
from gateway.flows.offers.claim import Claim, NotOffered
from gateway.flows.offers.doors import has_exchange
from gateway.ports import Clock
from gateway.ports.offers import Tickets
from gateway.records.offers import Holder, Offer
from gateway.records.tickets import CHALLENGE_S, Kind
from gateway.trust.presentation import authenticated, challenge_of


@dataclass(frozen=True, slots=True)
class Authenticate:
    """A wallet that takes part in an exchange to its key."""

    clock: Clock
    claim: Claim
    tickets: Tickets
    public_url: str

    async def open(self, exchange_id: str) -> Offer:
        """Return the offer that an exchange is.

        Raises:
            OfferOver: It cannot be claimed.
            NotOffered: It has no exchange. Whoever asks here has its link, and is told nothing new by that.
        """
        offer = await self.claim.open(exchange_id)
        if not has_exchange(offer):
            raise NotOffered("this offer is not for exchanges", fix="fetch it with OpenID4VCI")
        return offer

    async def challenge(self, offer: Offer) -> str:
        """Return a new challenge for an exchange.

        Raises:
            Unavailable: It could not be kept.
        """
        return await self.tickets.give(Kind.CHALLENGE, offer.id.encode(), CHALLENGE_S)

    async def holder(self, offer: Offer, presentation: dict[str, Any], *, may_lack_domain: bool = False) -> Holder:
        """Return whose key answered the challenge of an exchange; the challenge is used up.

        Args:
            may_lack_domain: It comes bare, by a link in which there is none.

        Raises:
            PresentationRefused: See `gateway.trust.presentation.authenticated`.
            WrongOccasion: The challenge is not of this exchange, too old, or was answered before.
            Unavailable: Whether it was cannot be found out.
        """
        challenge, mine = challenge_of(presentation), offer.id.encode()
        if await self.tickets.look(Kind.CHALLENGE, challenge) != mine:
            raise _used_up(bare=may_lack_domain)
        holder = await authenticated(
            presentation,
            challenge=challenge,
            domain=self.public_url,
            now=self.clock(),
            may_lack_domain=may_lack_domain,
        )
        # Only now: a proof that is wrong uses nothing up, and of many that are right at once one is taken.
        if await self.tickets.take(Kind.CHALLENGE, challenge) != mine:
            raise _used_up(bare=may_lack_domain)
        return holder


def _used_up(*, bare: bool) -> WrongOccasion:
    """Of a challenge; what comes bare had it from a link on a page, and can ask for none."""
    return WrongOccasion(
        "the challenge is not of this exchange, too old, or was answered before",
        pointer="/proof/challenge",
        fix="Open the page of the offer again." if bare else "Ask for a new challenge and sign that.",
    )
