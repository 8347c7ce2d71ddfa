"""What the page of an offer shows, and that to be asked for it uses nothing up."""

import dataclasses
import datetime as dt

import pytest

from gateway.assembly.whole import Gateway
from gateway.errors import NotFound, Unavailable
from gateway.flows.offers.claim import OfferOver
from gateway.flows.offers.look import OfferStanding
from gateway.flows.offers.make import MakeOffer, Wish
from gateway.records import Record
from gateway.records.offers import Claiming, Configuration, Offer
from tests.gateway.flows.conftest import CALLER
from tests.simulators.clock import SimulatedClock

HOUR = dt.timedelta(hours=1)


class Away:
    """A shared store that does not answer."""

    async def give(self, kind: str, value: bytes, life_s: float) -> str:
        raise Unavailable(f"nothing is kept: {kind}, {len(value)} bytes, {life_s} s")

    async def look(self, kind: str, text: str) -> bytes | None:
        raise Unavailable(f"nothing is found: {kind}, {len(text)} characters")

    async def take(self, kind: str, text: str) -> bytes | None:
        raise Unavailable(f"nothing is taken: {kind}, {len(text)} characters")


@pytest.fixture
async def offer(make: MakeOffer, record: Record) -> Offer:
    return (await make(Wish(credential=record.id), CALLER)).offer


async def test_an_unknown_offer_is_nowhere(gateway: Gateway) -> None:
    with pytest.raises(NotFound):
        await gateway.offers.show("unknown")


async def test_without_the_shared_store_one_way_is_left_out(gateway: Gateway, offer: Offer) -> None:
    shown = await dataclasses.replace(gateway.offers.show, tickets=Away())(offer.id)

    assert shown.is_open
    assert shown.learner_wallet == ""
    assert shown.doors.learner_wallet


async def test_each_look_brings_a_challenge_of_its_own(gateway: Gateway, offer: Offer) -> None:
    first, second = [(await gateway.offers.show(offer.id)).learner_wallet for _ in range(2)]

    assert first != second


async def test_a_credential_that_was_suspended_is_not_open(gateway: Gateway, offer: Offer, record: Record) -> None:
    await gateway.native.revoke(record.id, "a test", CALLER)

    shown = await gateway.offers.show(offer.id)

    assert (shown.standing, shown.taken_back, shown.is_open) == (OfferStanding.OPEN, True, False)
    assert shown.learner_wallet == ""


async def test_a_claimed_offer_shows_as_such_while_its_wallet_can_still_fetch_it(
    gateway: Gateway, offer: Offer, clock: SimulatedClock
) -> None:
    await gateway.offers.claim.claims.settle(offer, Configuration.BADGE, ("a",), clock.now)

    shown, doors = await gateway.offers.show(offer.id), await gateway.offers.show.open_doors(offer.id)
    clock.advance(hours=2)

    assert shown.standing is OfferStanding.CLAIMED
    assert doors == shown.doors
    with pytest.raises(OfferOver):
        await gateway.offers.show.open_doors(offer.id)


@pytest.mark.parametrize("claiming", [Claiming.CODE, Claiming.SIGN_IN])
async def test_where_more_than_the_link_is_asked_for_no_challenge_is_given(
    gateway: Gateway, make: MakeOffer, record: Record, claiming: Claiming
) -> None:
    offer = (await make(Wish(credential=record.id, claiming=claiming), CALLER)).offer

    shown = await dataclasses.replace(gateway.offers.show, tickets=Away())(offer.id)

    assert (shown.is_open, shown.learner_wallet) == (True, "")
