"""Nobody gets a badge of somebody else's signed for their own wallet by putting it into their backpack."""

from typing import Any  # Any: members of JSON documents
from uuid import uuid4

import msgspec
import pytest

from gateway.assembly.whole import Gateway
from gateway.flows.oauth.authorise import Wish
from gateway.flows.offers.whose import NotTheRecipient
from gateway.proofs import holder_jwt
from gateway.records.holdings import Via
from gateway.records.offers import Claiming, Configuration, Holder, OfferState
from gateway.records.people import PEOPLE, Person
from tests.gateway.http.backpack.test_to_wallet import csrf
from tests.gateway.http.conftest import Client
from tests.laundering.sources import Kind, World, as_json
from tests.simulators.offered import Offering
from tests.simulators.wallet import Wallet

BADGE = Configuration.BADGE
ALICE, STRANGER = Wallet.ed25519(77), Wallet.ed25519(78)


def holder(wallet: Wallet, did: str = "") -> Holder:
    return holder_jwt.holder(did or wallet.did, wallet.key.public_key())


def for_subject(world: World, **subject: Any) -> bytes:
    """A badge whose subject says this of who it is, and nothing else."""
    credential = world.credential()
    said = {name: value for name, value in credential["credentialSubject"].items() if name not in ("id", "identifier")}
    credential |= {"id": f"urn:uuid:{uuid4()}", "credentialSubject": {**said, **subject}}
    return as_json(world.issuer.signed(credential))


def for_an_account(world: World) -> bytes:
    recipient = {"type": "url", "hashed": False, "identity": "https://alice.example/"}
    return world.sound(Kind.HOSTED, recipient=recipient)


def for_a_name(world: World) -> bytes:
    identity = {"type": "IdentityObject", "hashed": False, "identityHash": "Alice Liddell", "identityType": "name"}
    return for_subject(world, identifier=[identity])


def for_another_did(world: World) -> bytes:
    return for_subject(world, id="did:web:alice.example")


OTHERS = [for_an_account, for_a_name, for_another_did]


async def held(gateway: Gateway, owner: Person, badge: bytes) -> str:
    return (await gateway.holdings.hold(badge, owner.id, Via.BACKPACK)).holding.id


@pytest.mark.parametrize("others", OTHERS)
async def test_what_names_no_address_of_theirs_is_offered_to_nobody(
    browser: Client, gateway: Gateway, owner: Person, world: World, others: Any
) -> None:
    path = f"/backpack/badges/{await held(gateway, owner, others(world))}"

    page = await browser.get(path)
    sent = await browser.post(f"{path}/offer", data=await csrf(browser, path))

    assert "Put it in a wallet" not in page.text
    assert "does not name an address that you have confirmed" in page.text
    assert sent.status_code == 422
    assert "does not name an address that you have confirmed" in sent.text


async def test_a_wallet_is_let_choose_among_badges_that_say_whose_they_are(
    gateway: Gateway, owner: Person, world: World
) -> None:
    mine = await held(gateway, owner, world.sound(Kind.HOSTED))
    of_a_key = await held(gateway, owner, for_subject(world, id=ALICE.did))
    await held(gateway, owner, for_a_name(world))

    choice = await gateway.oauth_wallets.ask.badges(Wish(configurations=(BADGE,), detailed=False, offer=""), owner.id)

    assert {each.id for each in choice.badges} == {mine, of_a_key}


async def test_the_badge_of_a_key_goes_to_that_key_alone_however_it_is_spelled(
    gateway: Gateway, owner: Person, world: World
) -> None:
    offer = await gateway.offers.offer_held(owner.id, await held(gateway, owner, for_subject(world, id=ALICE.did)))

    for others in ((holder(STRANGER),), (holder(ALICE), holder(STRANGER))):
        with pytest.raises(NotTheRecipient):
            await gateway.offers.claim(offer.id, BADGE, others)
    before = await gateway.offers.claim.offers.find(offer.id)
    [form] = await gateway.offers.claim(offer.id, BADGE, (holder(ALICE, ALICE.did_jwk),))

    assert before is not None
    assert before.state is OfferState.OPEN
    assert msgspec.json.decode(form.sealed or b"")["credentialSubject"]["id"] == ALICE.did_jwk


async def test_an_address_that_is_theirs_no_longer_ends_what_was_offered_by_it(
    gateway: Gateway, owner: Person, world: World
) -> None:
    offer = await gateway.offers.offer_held(owner.id, await held(gateway, owner, world.sound(Kind.HOSTED)))
    people = gateway.offers.claim.whose_key.people
    more = msgspec.structs.replace(owner.addresses[0], id="another", value="another@example.org")
    await people.add(PEOPLE, owner.id, more)  # type: ignore[attr-defined]
    await people.remove(PEOPLE, owner.id, owner.addresses[0].id, "")  # type: ignore[attr-defined]

    with pytest.raises(NotTheRecipient):
        await gateway.offers.claim(offer.id, BADGE, (holder(STRANGER),))


async def test_a_platform_offers_what_it_awarded_to_a_did_by_its_own_word(gateway: Gateway, world: World) -> None:
    offer = await Offering(gateway).converted(for_subject(world, id="did:web:alice.example"), Claiming.LINK)

    [form] = await gateway.offers.claim(offer.id, BADGE, (holder(ALICE),))

    assert msgspec.json.decode(form.sealed or b"")["credentialSubject"]["id"] == ALICE.did
