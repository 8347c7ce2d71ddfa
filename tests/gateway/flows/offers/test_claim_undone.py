"""What comes between a wallet and its credential uses no offer up, and leaves nothing that is in anybody's way."""

import asyncio
import dataclasses
import datetime as dt
import json
from contextlib import suppress

import msgspec
import pytest

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.edges.events import StoredFeed
from gateway.errors import IssueLimit, NotIssuable
from gateway.flows.offers.claim import CLAIM_WINDOW, Claim, OfferOver
from gateway.flows.offers.make import Wish
from gateway.flows.prepare import target
from gateway.ports.offers import Claims
from gateway.records import Record, Securing
from gateway.records.events import EventKind
from gateway.records.offers import LEASE, Configuration, Holder, Offer, OfferState, Reservation
from gateway.trust.report import Outcome
from tests.gateway.flows.conftest import CALLER
from tests.gateway.flows.offers.test_claim import ANOTHER, BADGE, BADGE_JWT, MINE, OFFER, Wallets, holder
from tests.gateway.plain import award
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.platform import CountingSigner
from tests.simulators.web import SimulatedWeb

DAY = dt.timedelta(days=1)


@pytest.fixture
def wallets(gateway: Gateway, web: SimulatedWeb, clock: SimulatedClock, issuer: SimulatedIssuer) -> Wallets:
    return Wallets(gateway, web, clock, issuer)


@pytest.fixture
async def offer(wallets: Wallets) -> Offer:
    return await wallets.offered(await wallets.credential())


async def state_of(wallets: Wallets) -> OfferState:
    found = await wallets.offers.find(OFFER)
    assert found is not None
    return found.state


async def claims_told(wallets: Wallets) -> int:
    feed = await StoredFeed(wallets.offers.database).page(CALLER.platform, 0, 100)
    return [event.kind for event in feed].count(EventKind.CREDENTIAL_CLAIMED)


def stopping(gateway: Gateway) -> tuple[Claim, CountingSigner]:
    """Claims whose signatures can be kept waiting for ever."""
    claim, signer = gateway.offers.claim, CountingSigner(gateway.convert.seal.signer)
    seal = dataclasses.replace(claim.convert.seal, signer=signer)
    return dataclasses.replace(claim, convert=dataclasses.replace(claim.convert, seal=seal)), signer


@dataclasses.dataclass(frozen=True)
class EndingEarly:
    """Implements ``gateway.ports.offers.Claims`` over another one, in a process that ends before it gives back."""

    claims: Claims

    async def reserve(
        self, offer: Offer, configuration: Configuration, holders: tuple[str, ...], at: dt.datetime, *, by: str = ""
    ) -> Reservation:
        return await self.claims.reserve(offer, configuration, holders, at, by=by)

    async def settle(
        self, offer: Offer, configuration: Configuration, holders: tuple[str, ...], at: dt.datetime, *, by: str = ""
    ) -> bool:
        return await self.claims.settle(offer, configuration, holders, at, by=by)

    async def release(self, offer: Offer, holders: tuple[str, ...], *, by: str = "") -> None:
        """It never comes to that."""


async def killed(claim: Claim, signer: CountingSigner, *holders: Holder) -> None:
    """A claim whose process ends between plan and signature: nothing is given back."""
    signer.stuck = True
    work = asyncio.create_task(dataclasses.replace(claim, claims=EndingEarly(claim.claims))(OFFER, BADGE, holders))
    await signer.waiting.wait()
    work.cancel()
    with suppress(asyncio.CancelledError):
        await work
    signer.stuck = False


@pytest.mark.usefixtures("offer")
async def test_who_has_it_in_one_configuration_has_it_in_all(wallets: Wallets) -> None:
    await wallets.claimed(MINE)

    with pytest.raises(OfferOver, match="with another key"):
        await wallets.claimed(ANOTHER, configuration=BADGE_JWT)
    with pytest.raises(OfferOver, match="with another key"):
        await wallets.claimed(MINE, ANOTHER, configuration=BADGE_JWT)
    assert len(await wallets.claimed(MINE, configuration=BADGE_JWT)) == 1


@pytest.mark.usefixtures("offer")
async def test_of_wallets_that_ask_in_different_configurations_at_once_one_has_it(wallets: Wallets) -> None:
    both = (BADGE, BADGE_JWT)
    answers = await asyncio.gather(
        *(wallets.claimed(holder(seed), configuration=both[seed % 2]) for seed in range(1, 11)), return_exceptions=True
    )

    assert [type(answer) for answer in answers if not isinstance(answer, OfferOver)] == [list]


async def test_a_limit_of_the_day_uses_nothing_up(wallets: Wallets, offer: Offer) -> None:
    claim = wallets.gateway.offers.claim
    permit = dataclasses.replace(claim.convert.permit, per_day=1)
    limited = dataclasses.replace(claim, convert=dataclasses.replace(claim.convert, permit=permit))

    with pytest.raises(IssueLimit):
        await limited(OFFER, BADGE, (MINE,))

    assert (await state_of(wallets), await claims_told(wallets)) == (OfferState.OPEN, 0)
    assert await wallets.claimed(ANOTHER)
    assert (await state_of(wallets), await claims_told(wallets)) == (OfferState.CLAIMED, 1)
    assert offer.claimed is None


@pytest.mark.usefixtures("offer")
async def test_while_one_wallet_is_served_another_is_told_so(wallets: Wallets) -> None:
    claim, signer = stopping(wallets.gateway)
    signer.stuck = True
    first = asyncio.create_task(claim(OFFER, BADGE, (MINE,)))
    await signer.waiting.wait()

    with pytest.raises(OfferOver, match="at this moment"):
        await claim(OFFER, BADGE_JWT, (ANOTHER,))
    first.cancel()
    with suppress(asyncio.CancelledError):
        await first
    signer.stuck = False

    assert await wallets.claimed(ANOTHER)


async def test_whoever_was_interrupted_goes_on_with_what_was_planned(wallets: Wallets, offer: Offer) -> None:
    claim, signer = stopping(wallets.gateway)
    await killed(claim, signer, MINE)
    record = await wallets.gateway.offers.claim.records.find(offer.platform, offer.record)
    assert record is not None
    [planned] = [form for form in record.forms if form.sealed is None]

    wallets.clock.advance(seconds=5)
    [form] = await claim(OFFER, BADGE, (MINE,))

    assert form.intent == planned.intent
    assert (await wallets.gateway.verify(form.sealed or b"")).report.outcome is Outcome.PASSED


async def test_after_a_wallet_that_was_interrupted_another_gets_its_own_and_nothing_else_is_signed(
    wallets: Wallets, offer: Offer
) -> None:
    claim, signer = stopping(wallets.gateway)
    await killed(claim, signer, MINE)
    with pytest.raises(OfferOver, match="at this moment"):
        await claim(OFFER, BADGE, (ANOTHER,))

    wallets.clock.advance(seconds=LEASE.total_seconds())
    [form] = await claim(OFFER, BADGE, (ANOTHER,))
    extended = await wallets.gateway.extend(offer.record, (target(Format.OPEN_BADGES_2),), CALLER)

    assert form.intent.holder == ANOTHER.digest(claim.secret)
    unsealed = {each.intent.holder for each in extended.record.forms if each.sealed is None}
    assert unsealed == {MINE.digest(claim.secret)}
    with pytest.raises(OfferOver, match="with another key"):
        await claim(OFFER, BADGE, (MINE,))


async def awarded(wallets: Wallets, configuration: Configuration = BADGE) -> Record:
    """An award in plain data that ends in a day, and an offer of it that would hold for longer."""
    body = msgspec.json.encode(award(expires=(wallets.clock.now + DAY).isoformat()))
    record = (await wallets.gateway.native.issue(body, (target(Format.OPEN_BADGES_3),), CALLER)).record
    await wallets.offered(record, configurations=(configuration,))
    return record


@pytest.mark.parametrize("configuration", Configuration)
async def test_what_has_ended_is_refused_and_leaves_nothing(wallets: Wallets, configuration: Configuration) -> None:
    record = await awarded(wallets, configuration)
    wallets.clock.advance(days=1)

    with pytest.raises(NotIssuable, match="ended on 2026-"):
        await wallets.claimed(configuration=configuration)
    with pytest.raises(NotIssuable, match="ended on 2026-"):
        await wallets.gateway.extend(record.id, (target(Format.OPEN_BADGES_2),), CALLER)
    with pytest.raises(NotIssuable, match="ended on 2026-") as refused:
        await wallets.gateway.offers.make(Wish(credential=record.id), CALLER)

    again = await wallets.gateway.extend(record.id, (target(Format.OPEN_BADGES_3),), CALLER)
    assert refused.value.pointer == "/credential"
    assert (again.created, len(again.record.forms)) == ((), 1)
    assert (await state_of(wallets), await claims_told(wallets)) == (OfferState.OPEN, 0)


async def test_what_was_planned_before_it_ended_is_refused_later(wallets: Wallets) -> None:
    record = await awarded(wallets)
    issue = wallets.gateway.native.issue
    signer = CountingSigner(issue.seal.signer)
    stopped = dataclasses.replace(issue, seal=dataclasses.replace(issue.seal, signer=signer))
    signer.stuck = True
    work = asyncio.create_task(stopped(b"", (target(Format.OPEN_BADGES_2),), CALLER, only=record))
    await signer.waiting.wait()
    work.cancel()
    with suppress(asyncio.CancelledError):
        await work
    wallets.clock.advance(days=1)

    with pytest.raises(NotIssuable, match="ended"):
        await wallets.gateway.extend(record.id, (target(Format.OPEN_BADGES_2),), CALLER)


async def test_an_offer_ends_with_its_credential(wallets: Wallets) -> None:
    record = await awarded(wallets)

    made = await wallets.gateway.offers.make(Wish(credential=record.id), CALLER)
    asked = await wallets.gateway.offers.make(Wish(credential=record.id, expires=wallets.clock.now + 2 * DAY), CALLER)

    assert made.offer.expires == asked.offer.expires == wallets.clock.now + DAY


async def test_what_a_wallet_has_it_can_fetch_again_after_it_ended(wallets: Wallets) -> None:
    await awarded(wallets)
    wallets.clock.advance(hours=23, minutes=50)
    first = await wallets.claimed()
    wallets.clock.advance(seconds=CLAIM_WINDOW.total_seconds() / 2)

    assert await wallets.claimed() == first


async def test_a_credential_that_a_platform_wrote_and_that_has_ended_is_refused(wallets: Wallets) -> None:
    written = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Knots",
        "validUntil": f"{wallets.clock.now + DAY:%Y-%m-%dT%H:%M:%SZ}",
        "credentialSubject": {
            "id": "did:example:x",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://a.example/1",
                "type": ["Achievement"],
                "name": "Knots",
                "description": "Ties ten.",
                "criteria": {"narrative": "Tie ten."},
            },
        },
    }
    body = json.dumps({"credential": written}).encode()
    issued = await wallets.gateway.extend.issue_credential(body, CALLER)
    await wallets.offered(issued.record)
    wallets.clock.advance(days=1)

    with pytest.raises(NotIssuable, match="ended"):
        await wallets.claimed()
    with pytest.raises(NotIssuable, match="ended"):
        await wallets.gateway.extend(issued.record.id, (target(Format.OPEN_BADGES_3, Securing.VC_JWT),), CALLER)
    with pytest.raises(NotIssuable, match="ended") as refused:
        await wallets.gateway.extend.issue_credential(
            json.dumps({"credential": {**written, "name": "K"}}).encode(), CALLER
        )

    assert (await wallets.gateway.extend.issue_credential(body, CALLER)).document == issued.document
    assert refused.value.pointer == "/credential/validUntil"
    assert await state_of(wallets) is OfferState.OPEN
