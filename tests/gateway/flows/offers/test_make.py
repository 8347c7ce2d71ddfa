"""A platform offers what it issued: to whom it may mail the link, in what it can be had, until when."""

import dataclasses
import datetime as dt
import json

import pytest
from msgspec.structs import replace

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.errors import (
    GatewayError,
    NotActive,
    NotFound,
    NotIssuable,
    PastExpiry,
    TooFarAhead,
    TooManyRequests,
    Unavailable,
)
from gateway.flows.convert import Caller
from gateway.flows.letter_limits import FROM_ONE_AN_HOUR
from gateway.flows.offers.make import LONGEST, USUAL, MakeOffer, Wish
from gateway.flows.offers.transaction_code import is_code
from gateway.flows.offers.whose import NotTheRecipient
from gateway.flows.prepare import target
from gateway.ports.people import Letter
from gateway.records import Record
from gateway.records.mailbox import MalformedAddress
from gateway.records.offers import Claiming, Configuration
from gateway.records.tenants import DEFAULT_PLATFORM, twin_of
from tests.gateway.flows.conftest import CALLER, PUBLIC_URL
from tests.gateway.plain import award
from tests.simulators.clock import SimulatedClock
from tests.simulators.mail import SimulatedMail

EMAIL = "learner@example.org"
OTHERS = (Configuration.BADGE, Configuration.BADGE_JWT)


async def issued(gateway: Gateway, **recipient: str) -> Record:
    """An award in plain data, to somebody with an address unless another recipient is named."""
    said = award(recipient=recipient or {"email": EMAIL})
    made = await gateway.native.issue(json.dumps(said).encode(), (target(Format.OPEN_BADGES_3),), CALLER)
    return made.record


@pytest.fixture
async def named(gateway: Gateway) -> Record:
    return await issued(gateway)


async def test_an_offer_holds_for_two_weeks_in_all_that_the_record_can_be_had_in(
    gateway: Gateway, make: MakeOffer, record: Record, clock: SimulatedClock
) -> None:
    made = await make(Wish(credential=record.id), CALLER)

    assert made.offer.expires == clock.now + USUAL
    assert set(OTHERS) <= set(made.offer.configurations)
    assert (made.offer.claiming, made.code, made.mailed) == (Claiming.LINK, "", False)
    assert await gateway.offers.claim.open(made.offer.id) == made.offer


async def test_two_offers_share_nothing_that_could_be_guessed(make: MakeOffer, record: Record) -> None:
    first, second = [(await make(Wish(credential=record.id), CALLER)).offer.id for _ in range(2)]

    assert len(first) == len(second) == 22
    assert first != second


async def test_only_what_is_wanted_is_offered(make: MakeOffer, record: Record) -> None:
    wish = Wish(credential=record.id, configurations=(Configuration.BADGE_JWT, Configuration.BADGE_JWT))

    assert (await make(wish, CALLER)).offer.configurations == (Configuration.BADGE_JWT,)


async def test_a_code_is_told_once_and_kept_as_a_digest(make: MakeOffer, record: Record) -> None:
    made = await make(Wish(credential=record.id, claiming=Claiming.CODE), CALLER)

    assert len(made.code) == 6
    assert is_code(make.secret, made.offer, made.code)
    assert made.code not in repr(made)
    assert made.offer.id not in repr(made)


@pytest.mark.parametrize(
    ("ends", "error"),
    [
        (dt.timedelta(0), PastExpiry),
        (dt.timedelta(days=-1), PastExpiry),
        (LONGEST + dt.timedelta(seconds=1), TooFarAhead),
    ],
)
async def test_an_offer_ends_later_than_now_and_within_ninety_days(
    make: MakeOffer, record: Record, clock: SimulatedClock, ends: dt.timedelta, error: type[GatewayError]
) -> None:
    with pytest.raises(error) as refused:
        await make(Wish(credential=record.id, expires=clock.now + ends), CALLER)

    assert refused.value.pointer == "/expires"


async def test_nobody_offers_what_is_anothers(gateway: Gateway, make: MakeOffer, record: Record) -> None:
    with pytest.raises(NotFound):
        await make(Wish(credential=record.id), Caller("other", "holder"))

    assert await gateway.offers.look.of(record.id, CALLER) == ()


async def test_what_was_taken_back_is_not_offered(gateway: Gateway, make: MakeOffer, record: Record) -> None:
    await gateway.native.revoke(record.id, "a test", CALLER)

    with pytest.raises(NotActive):
        await make(Wish(credential=record.id), CALLER)


async def test_the_link_is_mailed_in_its_language_to_the_recipient_whom_a_salted_hash_names(
    make: MakeOffer, mail: SimulatedMail, named: Record
) -> None:
    made = await make(Wish(credential=named.id, email=f" {EMAIL.upper()} ", language="fr"), CALLER)

    [letter] = mail.letters
    assert (made.mailed, letter.to, letter.language) == (True, EMAIL.upper(), "fr")
    assert f"{PUBLIC_URL}/offers/{made.offer.id}?lang=fr" in letter.text
    assert "portefeuille" in letter.text


async def test_a_letter_holds_no_code_and_nothing_that_somebody_wrote(
    make: MakeOffer, mail: SimulatedMail, named: Record
) -> None:
    made = await make(Wish(credential=named.id, claiming=Claiming.CODE, email=EMAIL), CALLER)

    [letter] = mail.letters
    assert made.code not in letter.text.replace(made.offer.id, "")
    assert "six digits" in letter.text
    assert named.title not in letter.subject + letter.text


async def test_who_is_not_the_recipient_gets_no_letter_and_there_is_no_offer(
    gateway: Gateway, make: MakeOffer, mail: SimulatedMail, named: Record
) -> None:
    with pytest.raises(NotTheRecipient) as refused:
        await make(Wish(credential=named.id, email="somebody@example.org"), CALLER)

    assert (refused.value.code, refused.value.pointer) == ("not-the-recipient", "/email")
    assert mail.letters == []
    assert await gateway.offers.look.of(named.id, CALLER) == ()


async def test_the_recipient_of_a_converted_badge_is_known_by_their_address(
    make: MakeOffer, mail: SimulatedMail, record: Record
) -> None:
    made = await make(Wish(credential=record.id, email=EMAIL), CALLER)

    assert made.mailed
    assert [letter.to for letter in mail.letters] == [EMAIL]
    with pytest.raises(NotTheRecipient):
        await make(Wish(credential=record.id, email="somebody@example.org"), CALLER)


async def test_what_names_nobody_by_an_address_is_mailed_to_nobody(
    gateway: Gateway, make: MakeOffer, mail: SimulatedMail
) -> None:
    record = await issued(gateway, url="https://learner.example")

    with pytest.raises(NotTheRecipient) as refused:
        await make(Wish(credential=record.id, email="somebody@example.org"), CALLER)
    made = await make(Wish(credential=record.id), CALLER)

    assert (refused.value.pointer, refused.value.fix) == ("/email", "leave it out and pass the link on yourself")
    assert (mail.letters, made.mailed) == ([], False)


async def test_what_names_nobody_by_an_address_is_not_had_by_signing_in(gateway: Gateway, make: MakeOffer) -> None:
    record = await issued(gateway, url="https://learner.example")

    with pytest.raises(NotIssuable) as refused:
        await make(Wish(credential=record.id, claiming=Claiming.SIGN_IN), CALLER)

    assert refused.value.pointer == "/claiming"


async def test_what_is_no_address_is_refused(make: MakeOffer, named: Record) -> None:
    with pytest.raises(MalformedAddress) as refused:
        await make(Wish(credential=named.id, email="learner"), CALLER)

    assert refused.value.pointer == "/email"


async def test_a_mailbox_is_spared_more_letters(make: MakeOffer, mail: SimulatedMail, named: Record) -> None:
    wish = Wish(credential=named.id, email=EMAIL)
    for _ in range(FROM_ONE_AN_HOUR):
        await make(wish, CALLER)

    with pytest.raises(TooManyRequests):
        await make(wish, CALLER)

    assert len(mail.letters) == FROM_ONE_AN_HOUR


async def test_an_offer_whose_letter_did_not_go_out_is_withdrawn(
    gateway: Gateway, make: MakeOffer, named: Record
) -> None:
    async def broken(letter: Letter) -> None:
        raise Unavailable(f"nobody takes the letter to {letter.to}")

    offline = dataclasses.replace(make, send_link=dataclasses.replace(make.send_link, mail=broken))

    with pytest.raises(GatewayError):
        await offline(Wish(credential=named.id, email=EMAIL), CALLER)

    [offer] = await gateway.offers.look.of(named.id, CALLER)
    assert offer.state == "withdrawn"


async def test_a_test_platform_writes_to_nobody(gateway: Gateway, make: MakeOffer, mail: SimulatedMail) -> None:
    caller = replace(CALLER, platform=twin_of(DEFAULT_PLATFORM))
    body = json.dumps(award()).encode()
    made = await gateway.native.issue(body, (target(Format.OPEN_BADGES_3),), caller)

    offered = await make(Wish(credential=made.record.id, email=EMAIL), caller)

    assert not offered.mailed
    assert mail.letters == []
