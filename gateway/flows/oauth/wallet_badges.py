"""What a person can let a wallet fetch: the badge of an offer that is for them, or one of those that they hold."""

import secrets
from dataclasses import dataclass

import msgspec

from adapters.hub.contract import Format
from adapters.hub.errors import AdapterError
from gateway.errors import GatewayError, NotIssuable, Unavailable
from gateway.flows.backpack.look import SeeBackpack
from gateway.flows.backpack.offer_held import OfferHeld
from gateway.flows.backpack.standing import Standing
from gateway.flows.match import matched
from gateway.flows.oauth.authorise import Wish
from gateway.flows.oauth.credentials_asked import narrowed
from gateway.flows.oauth.question import Question
from gateway.flows.oauth.refusals import AccessDenied, InvalidRequest, InvalidScope
from gateway.flows.oauth.wallet_tokens import HeldCode
from gateway.flows.offers.claim import Claim, OfferOver
from gateway.flows.offers.contents import recipient_of
from gateway.flows.verdict import Verdict
from gateway.ports import Clock, Platforms
from gateway.ports.oauth import ClientUses
from gateway.ports.offers import Tickets
from gateway.ports.people import People
from gateway.records import CLOSED, Instant, Record
from gateway.records.oauth import WALLET_CODE_PREFIX
from gateway.records.offers import Claiming, Configuration, Grant, Offer
from gateway.records.people import PEOPLE
from gateway.records.tickets import WALLET_CODE_S, Kind

OVER, SOMEBODY_ELSE, NONE_HELD = "offer-over", "somebody-else", "none-held"
"""Why there is nothing to say yes to."""


class NotForWallets(GatewayError):
    """A badge that somebody chose for a wallet does not hold any more, or no wallet can have it."""

    code = "not-for-wallets"


class BadgeShown(msgspec.Struct, frozen=True, kw_only=True):
    """What a person is shown of a badge; the texts are those of strangers.

    Attributes:
        id: Of what they hold; "" of what is offered.
        issuer: Name of who issued it.
        format: Of what they hold, which tells it from the same badge in another one; None of what is offered.
    """

    id: str = ""
    title: str
    issuer: str
    awarded: Instant | None = None
    format: Format | None = None


class WalletChoice(msgspec.Struct, frozen=True, kw_only=True):
    """What a person can say yes to.

    Attributes:
        badges: The one that is offered; else those that they hold, that stand, and that say whose they are, the latest
            first.
        offered: Whether it is the one that is offered.
        refused: Why it is nothing; "" when it is something.
        more: Whether they hold further ones, which are put into a wallet from the backpack.
    """

    badges: tuple[BadgeShown, ...] = ()
    offered: bool = False
    more: bool = False
    refused: str = ""


class Fit(msgspec.Struct, frozen=True, kw_only=True):
    """An offer that a wallet brought, and the record behind it; or why this person gets nothing of it."""

    offer: Offer | None = None
    record: Record | None = None
    refused: str = ""


@dataclass(frozen=True, slots=True)
class FitOffer:
    """The id of an offer and a person to whether it is theirs to claim by signing in."""

    claim: Claim
    people: People

    async def __call__(self, offer_id: str, person: str) -> Fit:
        """Return the offer when it is open to whoever has its link, or its credential is for an address of theirs.

        One with a transaction code is not had by signing in: the code would count for nothing.
        """
        try:
            offer = await self.claim.open(offer_id)
        except OfferOver:
            return Fit(refused=OVER)
        record = await self.claim.records.find(offer.platform, offer.record)
        if record is None or record.state in CLOSED or offer.claiming is Claiming.CODE:
            return Fit(refused=OVER)
        if offer.claiming is Claiming.SIGN_IN and not await self._is_for(record, person):
            return Fit(refused=SOMEBODY_ELSE)
        return Fit(offer=offer, record=record)

    async def _is_for(self, record: Record, person: str) -> bool:
        owner = await self.people.find(PEOPLE, person)
        if owner is None:
            return False
        try:
            return matched(await recipient_of(record), owner.addresses) is not None
        except NotIssuable:
            return False


@dataclass(frozen=True, slots=True)
class WalletBadges:
    """What a wallet asks for to what a person can say yes to."""

    fit: FitOffer
    see_backpack: SeeBackpack
    platforms: Platforms

    async def __call__(self, wish: Wish, person: str) -> WalletChoice:
        """Return it; nothing is offered to anybody yet.

        Raises:
            InvalidScope: The offer has nothing of what is asked for.
        """
        if not wish.offer:
            return await self._held(person)
        found = await self.fit(wish.offer, person)
        if found.offer is None or found.record is None:
            return WalletChoice(offered=True, refused=found.refused)
        granted(found.offer, wish)
        return WalletChoice(badges=(await self._shown(found.record),), offered=True)

    async def _held(self, person: str) -> WalletChoice:
        page = await self.see_backpack(person)
        badges = tuple(
            BadgeShown(
                id=seen.holding.id,
                title=seen.holding.title,
                issuer=seen.verdict.award.issuer_name or seen.holding.issuer,
                awarded=seen.verdict.award.awarded,
                format=seen.holding.format,
            )
            for seen in page.badges
            if seen.standing is Standing.VALID and seen.for_wallets
        )
        more = page.total > len(page.badges)
        return WalletChoice(badges=badges, more=more, refused="" if badges else NONE_HELD)

    async def _shown(self, record: Record) -> BadgeShown:
        if record.source is not None:
            verdict = msgspec.json.decode(record.source.report, type=Verdict)
            issuer = verdict.award.issuer_name or verdict.issuer
            return BadgeShown(title=record.title, issuer=issuer, awarded=verdict.award.awarded)
        platform = await self.platforms.find(record.platform)
        return BadgeShown(title=record.title, issuer=platform.name if platform else "", awarded=record.created)


@dataclass(frozen=True, slots=True)
class GrantToWallet:
    """A yes to a code, behind which is what the wallet may fetch."""

    clock: Clock
    tickets: Tickets
    fit: FitOffer
    offer_held: OfferHeld
    uses: ClientUses

    async def __call__(self, question: Question, wish: Wish, badge: str) -> str:
        """Return the code. Said twice of an offer, the second one is as good as the first: one claim, one credential.

        Of a badge that they hold each yes is an offer of its own, and ends the one before.

        Args:
            badge: Id of the badge that the person chose; "" where the wallet brought an offer.

        Raises:
            AccessDenied: The offer is over by now, or for somebody else.
            InvalidRequest: No badge was chosen.
            InvalidScope: The badge cannot be had in what the wallet asked for.
            NotForWallets: The badge does not hold any more, or no wallet can have it.
        """
        offer = await self._offered(wish.offer, question.person) if wish.offer else await self._made(question, badge)
        held = HeldCode(
            grant=Grant(
                offer=offer.id,
                configurations=granted(offer, wish),
                client=question.client,
                id=secrets.token_urlsafe(16),
            ),
            detailed=wish.detailed,
            redirect_uri=question.redirect_uri,
            challenge=question.challenge,
        )
        await self.uses.used(PEOPLE, question.client, self.clock())
        return WALLET_CODE_PREFIX + await self.tickets.give(Kind.WALLET_CODE, msgspec.json.encode(held), WALLET_CODE_S)

    async def _offered(self, offer_id: str, person: str) -> Offer:
        found = await self.fit(offer_id, person)
        if found.offer is None:
            said = {SOMEBODY_ELSE: "the credential is for somebody else"}.get(found.refused, "the offer is over")
            raise AccessDenied(said)
        return found.offer

    async def _made(self, question: Question, badge: str) -> Offer:
        if not badge:
            raise InvalidRequest("no badge was chosen")
        try:
            return await self.offer_held(question.person, badge)
        except Unavailable:
            raise
        except (AdapterError, GatewayError) as error:
            raise NotForWallets(f"this badge cannot be given to a wallet: {error}") from error


def granted(offer: Offer, wish: Wish) -> tuple[Configuration, ...]:
    """In what a wallet may fetch an offer.

    Raises:
        InvalidScope: It has nothing of what is asked for.
    """
    found = narrowed(offer.configurations, wish.configurations)
    if not found:
        raise InvalidScope(f"this badge can be had as {' '.join(offer.configurations)}")
    return found
