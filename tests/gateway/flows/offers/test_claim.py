"""One claim, one credential: bound to the wallet's key, the same bytes again for a while, and for nobody else."""

import asyncio
import datetime as dt
import json
from hashlib import sha256
from typing import Any  # Any: members of JSON documents

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.edges.offers import StoredOffers
from gateway.errors import NotActive
from gateway.flows.convert import NotTrusted
from gateway.flows.offers.claim import CLAIM_WINDOW, NotOffered, OfferOver
from gateway.flows.offers.confirmed_source import NotYet
from gateway.flows.prepare import target
from gateway.flows.watch import Round
from gateway.proofs import multikey
from gateway.records import Record, Securing, StatusPurpose
from gateway.records.offers import Claiming, Configuration, Holder, Offer, OfferState
from gateway.trust.report import Outcome
from tests.gateway.flows.conftest import CALLER
from tests.gateway.flows.watching import Watched
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

BADGE, BADGE_JWT = Configuration.BADGE, Configuration.BADGE_JWT
OFFER = "an-offer-that-nobody-guesses"


def holder(seed: int) -> Holder:
    key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32).public_key()
    return Holder(multikey.did_key(key), json.dumps({"crv": "Ed25519", "kty": "OKP", "x": "unused"}))


MINE, ANOTHER = holder(1), holder(2)


class Wallets(Watched):
    """A gateway with offers of a credential."""

    async def later(self, **period: float) -> Round:
        """As it is, with the gateway's own status lists signed again in time."""
        looked = await super().later(**period)
        await self.gateway.publish()
        return looked

    @property
    def offers(self) -> StoredOffers:
        edges = self.gateway.edges
        return StoredOffers(edges.database, edges.envelope)

    async def offered(
        self, record: Record, *, id: str = OFFER, configurations: tuple[Configuration, ...] = (BADGE, BADGE_JWT)
    ) -> Offer:
        now = self.clock.now
        offer = Offer(
            id=id,
            platform=record.platform,
            record=record.id,
            made_by=CALLER.holder,
            created=now,
            expires=now + dt.timedelta(days=2),
            claiming=Claiming.LINK,
            configurations=configurations,
        )
        await self.offers.add(offer, "key holder")
        return offer

    async def claimed(self, *holders: Holder, configuration: Configuration = BADGE) -> list[bytes]:
        forms = await self.gateway.offers.claim(OFFER, configuration, holders or (MINE,))
        return [form.sealed or b"" for form in forms]


@pytest.fixture
def wallets(gateway: Gateway, web: SimulatedWeb, clock: SimulatedClock, issuer: SimulatedIssuer) -> Wallets:
    return Wallets(gateway, web, clock, issuer)


@pytest.fixture
async def credential(wallets: Wallets) -> Record:
    record = await wallets.credential()
    await wallets.offered(record)
    return record


def subject(sealed: bytes) -> dict[str, Any]:
    return dict(json.loads(sealed)["credentialSubject"])


@pytest.mark.usefixtures("credential")
async def test_the_credential_names_the_key_and_for_whom_the_badge_was(wallets: Wallets) -> None:
    [sealed] = await wallets.claimed()

    assert subject(sealed)["id"] == MINE.id
    assert [each["identityHash"] for each in subject(sealed)["identifier"]]
    assert (await wallets.gateway.verify(sealed)).report.outcome is Outcome.PASSED


async def test_it_is_a_form_of_its_own_and_those_for_everybody_stay(wallets: Wallets, credential: Record) -> None:
    [sealed] = await wallets.claimed()

    now = await wallets.now(credential)
    [public], [own] = ([form for form in now.forms if form.private is private] for private in (False, True))
    assert (public.sealed, public.private) == (credential.forms[0].sealed, False)
    assert (own.sealed, own.private) == (sealed, True)
    assert own.intent.holder == MINE.digest(wallets.gateway.offers.claim.secret)
    assert own.intent.holder != sha256(MINE.id.encode()).hexdigest(), "or who has the store could try every DID"
    assert (public.intent.status_list, public.intent.status_index) != (own.intent.status_list, own.intent.status_index)


@pytest.mark.usefixtures("credential")
async def test_the_same_key_gets_the_same_bytes_and_another_one_nothing(wallets: Wallets) -> None:
    first = await wallets.claimed()
    wallets.clock.advance(minutes=30)

    assert await wallets.claimed() == first
    for others in [(ANOTHER,), (MINE, ANOTHER)]:
        with pytest.raises(OfferOver, match="with another key"):
            await wallets.claimed(*others)


@pytest.mark.usefixtures("credential")
async def test_of_many_wallets_at_once_one_has_it(wallets: Wallets) -> None:
    answers = await asyncio.gather(*[wallets.claimed(holder(seed)) for seed in range(1, 21)], return_exceptions=True)

    had = [answer for answer in answers if isinstance(answer, list)]
    assert len(had) == 1
    assert {type(answer) for answer in answers if not isinstance(answer, list)} == {OfferOver}


async def test_one_wallet_that_asks_many_times_at_once_gets_one_credential(
    wallets: Wallets, credential: Record
) -> None:
    answers = await asyncio.gather(*[wallets.claimed() for _ in range(20)])

    assert len({answer[0] for answer in answers}) == 1
    assert len((await wallets.now(credential)).forms) == 2


@pytest.mark.usefixtures("credential")
async def test_each_key_of_a_batch_gets_one_of_its_own_in_their_order(wallets: Wallets) -> None:
    keys = (ANOTHER, MINE)

    sealed = await wallets.claimed(*keys)

    assert [subject(each)["id"] for each in sealed] == [key.id for key in keys]
    assert await wallets.claimed(MINE) == sealed[1:]


@pytest.mark.usefixtures("credential")
async def test_another_configuration_is_had_beside(wallets: Wallets) -> None:
    [badge] = await wallets.claimed()
    [token] = await wallets.claimed(configuration=BADGE_JWT)

    assert token.count(b".") == 2
    assert subject(badge)["id"] == MINE.id


@pytest.mark.usefixtures("credential")
async def test_what_is_not_offered_is_not_had(wallets: Wallets) -> None:
    with pytest.raises(NotOffered):
        await wallets.claimed(configuration=Configuration.LEARNING_SD_JWT)


async def test_an_offer_ends(wallets: Wallets, credential: Record) -> None:
    offer = await wallets.offered(credential, id="another-one")
    await wallets.claimed()
    wallets.clock.advance(seconds=CLAIM_WINDOW.total_seconds() + 1)
    with pytest.raises(OfferOver, match="claimed already"):
        await wallets.claimed()
    wallets.clock.advance(days=2)
    with pytest.raises(OfferOver, match="expired"):
        await wallets.gateway.offers.claim(offer.id, BADGE, (MINE,))
    with pytest.raises(OfferOver, match="no such offer"):
        await wallets.gateway.offers.claim("nobody-made-it", BADGE, (MINE,))


async def test_an_offer_that_was_claimed_in_time_can_be_fetched_again_past_its_end(
    wallets: Wallets, credential: Record
) -> None:
    del credential
    await wallets.later(hours=47, minutes=50)
    wallets.listed()
    first = await wallets.claimed()
    wallets.clock.advance(minutes=20)

    assert await wallets.claimed() == first


async def test_a_withdrawn_and_a_locked_offer_are_over(wallets: Wallets, credential: Record) -> None:
    offer = await wallets.offered(credential, id="another-one")
    await wallets.offers.withdraw(offer.platform, OFFER, "key holder", wallets.clock.now)
    await wallets.offers.tried(offer, 1)
    await wallets.offers.judged(offer, 1, wallets.clock.now, right=False)

    with pytest.raises(OfferOver, match="withdrawn"):
        await wallets.claimed()
    with pytest.raises(OfferOver, match="locked"):
        await wallets.gateway.offers.claim(offer.id, BADGE, (MINE,))


async def test_nothing_is_had_of_a_revoked_credential(wallets: Wallets, credential: Record) -> None:
    await wallets.gateway.revoke(credential.id, "a reason", CALLER)

    with pytest.raises(NotActive):
        await wallets.claimed()


async def test_revoking_reaches_what_is_in_wallets(wallets: Wallets, credential: Record) -> None:
    [sealed] = await wallets.claimed()

    await wallets.gateway.revoke(credential.id, "a reason", CALLER)

    assert (await wallets.gateway.verify(sealed)).report.outcome is Outcome.FAILED
    with pytest.raises(NotActive):
        await wallets.claimed()


@pytest.mark.usefixtures("credential")
async def test_a_source_that_no_longer_holds_uses_nothing_up(wallets: Wallets) -> None:
    wallets.clock.advance(hours=25)
    wallets.listed(7)

    with pytest.raises(NotTrusted):
        await wallets.claimed()

    found = await wallets.offers.find(OFFER)
    assert found is not None
    assert found.state is OfferState.OPEN


@pytest.mark.usefixtures("credential")
async def test_a_source_that_cannot_be_asked_is_waited_for(wallets: Wallets) -> None:
    wallets.web.unreachable("https://issuer.example/status/1")
    await wallets.later(hours=25)
    with pytest.raises(NotYet):
        await wallets.claimed()

    wallets.listed()

    assert subject((await wallets.claimed())[0])["id"] == MINE.id


async def test_what_is_made_of_a_suspendable_record_can_be_suspended_with_it(wallets: Wallets) -> None:
    suspendable = target(Format.OPEN_BADGES_3, Securing.DATA_INTEGRITY, StatusPurpose.SUSPENSION)
    record = await wallets.credential(targets=(suspendable,))
    await wallets.offered(record)

    [sealed] = await wallets.claimed()

    assert json.loads(sealed)["credentialStatus"]["statusPurpose"] == "suspension"


async def test_what_a_platform_issued_from_plain_data_is_had_too(wallets: Wallets) -> None:
    award = {
        "achievement": {"name": "Knots", "description": "Ties ten knots.", "criteria": {"text": "Tie ten."}},
        "recipient": {"email": "learner@example.org"},
    }
    body = json.dumps(award).encode()
    record = (await wallets.gateway.native.issue(body, (target(Format.OPEN_BADGES_3),), CALLER)).record
    await wallets.offered(record)

    [sealed] = await wallets.claimed()

    assert subject(sealed)["id"] == MINE.id
    assert await wallets.claimed() == [sealed]
