"""An offer and the keys of a wallet to credentials that are bound to them; the same keys get the same bytes again."""

import datetime as dt
from dataclasses import dataclass

from gateway.errors import GatewayError, NotActive, NotFound
from gateway.flows.convert import Caller, Convert
from gateway.flows.extend import Extend
from gateway.flows.lasting import require_lasting
from gateway.flows.offers.confirmed_source import ConfirmSource
from gateway.flows.offers.contents import ends_in, material_of, recipient_of
from gateway.flows.offers.whose import WhoseKey, require_key
from gateway.flows.prepare import Place, Target, place_of
from gateway.flows.verify import Verified
from gateway.ports import Clock, Records
from gateway.ports.offers import Claims, Offers
from gateway.records import CLOSED, Form, Record, StatusPurpose
from gateway.records.offers import Configuration, Holder, Offer, OfferState
from gateway.records.people import PEOPLE

CLAIM_WINDOW = dt.timedelta(hours=1)
"""So long after the first claim a wallet whose connection broke can fetch the same again."""


class OfferOver(GatewayError):
    """Nobody can claim the offer any more, or not with these keys; the same words for all reasons but those said."""

    code = "offer-over"

    def __init__(
        self,
        reason: str = "there is no such offer, or it is over",
        fix: str = "ask whoever sent you the link for a new one",
    ) -> None:
        super().__init__(reason, fix=fix)


class NotOffered(GatewayError):
    """The offer is not for a credential of this kind."""

    code = "not-offered"


@dataclass(frozen=True, slots=True)
class Claim:
    """An offer, claimed."""

    clock: Clock
    offers: Offers
    claims: Claims
    records: Records
    confirm_source: ConfirmSource
    convert: Convert
    extend: Extend
    whose_key: WhoseKey
    secret: bytes

    async def open(self, offer_id: str) -> Offer:
        """Return an offer that can still be claimed, or was a moment ago and can be fetched again.

        Raises:
            OfferOver: It is unknown, expired, withdrawn, locked, or was claimed too long ago.
        """
        offer = await self.offers.find(offer_id)
        if offer is None:
            raise OfferOver
        now = self.clock()
        if offer.state is OfferState.WITHDRAWN:
            raise OfferOver("the offer was withdrawn")
        if offer.state is OfferState.LOCKED:
            raise OfferOver("the offer is locked: its transaction code was guessed too often")
        if offer.claimed is not None:
            if now > offer.claimed + CLAIM_WINDOW:
                raise OfferOver("the offer was claimed already")
        elif offer.expires <= now:
            raise OfferOver("the offer has expired")
        return offer

    async def __call__(
        self, offer_id: str, configuration: Configuration, holders: tuple[Holder, ...], by: str = ""
    ) -> tuple[Form, ...]:
        """Return a sealed form for each holder, in their order.

        Args:
            holders: Different keys, each of which the wallet has shown to be its own just now.
            by: The grant under which it asks (`Grant.mark`): with it the same wallet has other configurations for
                other keys.

        Raises:
            OfferOver: See `open`; or it was claimed with other keys, or is being fetched with them at this moment.
            NotOffered: It is not offered in this configuration.
            NotTheRecipient: A person offers it by their own word, and the badge names another key, or no longer them.
            NotActive: The credential was suspended or revoked.
            NotTrusted, IssuerNotAccepted: What it is made of holds no longer; nothing was signed.
            NotYet: Whether it does cannot be found out now.
            SourceChanged: It holds, and says something else than when the record was made.
            AdapterError, NotIssuable: The format cannot hold it, or it has ended.
            IssueLimit: The platform has issued as much as it may today.
        """
        offer = await self.open(offer_id)
        if configuration not in offer.configurations:
            raise NotOffered(f"this offer is not for a {configuration}", fix=f"ask for {offer.configurations[0]}")
        record = await self.records.find(offer.platform, offer.record)
        if record is None:
            raise OfferOver
        if record.state in CLOSED:
            raise NotActive
        if offer.platform == PEOPLE:
            require_key(await self.whose_key(offer.made_by, await recipient_of(record)), holders)
        wanted = tuple(_target(configuration, record, holder, self.secret) for holder in holders)
        # First, so that nothing is planned of what cannot be had now.
        verified = await self._verified(record, wanted)
        asked = tuple(sorted({target.bound_to for target in wanted}))
        await self._reserve(offer, configuration, asked, by)
        settled = False
        try:
            there = _sealed(record, wanted)
            if len(there) < len(wanted):
                there = _sealed(await self._issued(record, verified, wanted, offer), wanted)
            settled = await self.claims.settle(offer, configuration, asked, self.clock(), by=by)
        except NotFound as error:  # erased meanwhile
            raise OfferOver from error
        finally:
            if not settled:
                await self.claims.release(offer, asked, by=by)
        if not settled:  # whoever took longer than the lease, or whose offer was withdrawn meanwhile
            raise OfferOver
        return tuple(there[target.place] for target in wanted)

    async def _verified(self, record: Record, wanted: tuple[Target, ...]) -> Verified | None:
        """The source that something has to be made of now; None where all is there, or there is no source."""
        if len(_sealed(record, wanted)) == len(wanted):
            return None
        if record.source is None:
            now = self.clock()
            require_lasting(ends_in(await material_of(record, now)), now)
            return None
        return await self.confirm_source(record, record.source)

    async def _reserve(self, offer: Offer, configuration: Configuration, asked: tuple[str, ...], by: str) -> None:
        found = await self.claims.reserve(offer, configuration, asked, self.clock(), by=by)
        if not found.holders:
            raise OfferOver
        if set(asked) <= set(found.holders):
            return
        if found.settled:
            raise OfferOver("the offer was claimed already, with another key")
        raise OfferOver(
            "the offer is being fetched with another key at this moment",
            fix="if that was not you, ask whoever sent you the link; else try again in a minute",
        )

    async def _issued(
        self, record: Record, verified: Verified | None, wanted: tuple[Target, ...], offer: Offer
    ) -> Record:
        caller, source = Caller(offer.platform, offer.made_by), record.source
        if verified is None or source is None:
            made = await self.extend(record.id, wanted, caller)
        else:
            made = await self.convert(verified, source.url, wanted, caller, award=source.award, only=record)
        if made.record.state in CLOSED:
            raise NotActive
        return made.record


def _target(configuration: Configuration, record: Record, holder: Holder, secret: bytes) -> Target:
    """Suspendable where the record is, which is suspended whole or not at all."""
    purposes = [form.intent.status_purpose for form in record.forms]
    status = StatusPurpose.SUSPENSION if StatusPurpose.SUSPENSION in purposes else StatusPurpose.REVOCATION
    return Target(configuration.written_in, configuration.sealed_as, status, holder, holder.digest(secret))


def _sealed(record: Record, wanted: tuple[Target, ...]) -> dict[Place, Form]:
    places = {target.place for target in wanted}
    return {place_of(form): form for form in record.forms if form.sealed is not None and place_of(form) in places}
