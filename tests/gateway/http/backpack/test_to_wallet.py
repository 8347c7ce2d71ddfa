"""The button of a badge's page that puts it in a wallet."""

import re
from urllib.parse import urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.assembly.whole import Gateway
from gateway.http.backpack.words import WORDS, Words
from gateway.proofs import base64url, multikey
from gateway.records.holdings import Via
from gateway.records.offers import Configuration, Holder
from gateway.records.people import PEOPLE, Person
from tests.gateway.http.conftest import Client
from tests.gateway.http.html import Page
from tests.laundering.sources import Kind, World
from tests.simulators import people
from tests.simulators.clock import SimulatedClock

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
WALLET = Holder(
    multikey.did_key(KEY), f'{{"crv":"Ed25519","kty":"OKP","x":"{base64url.encode(KEY.public_bytes_raw())}"}}'
)


@pytest.fixture
async def badge(gateway: Gateway, owner: Person, world: World) -> str:
    """The address of a badge that the owner holds."""
    held = await gateway.holdings.hold(world.sound(Kind.HOSTED), owner.id, Via.BACKPACK)
    return f"/backpack/badges/{held.holding.id}"


async def csrf(browser: Client, page: str) -> dict[str, str]:
    [proof, *_] = re.findall(r'name="csrf" value="([\w-]+)"', (await browser.get(page)).text)
    return {"csrf": proof}


async def test_it_leads_to_the_page_of_an_offer(browser: Client, badge: str) -> None:
    page = Page((await browser.get(badge)).text)
    sent = await browser.post(f"{badge}/offer", data=await csrf(browser, badge))
    offered = await browser.get(sent.headers["Location"])

    assert "Put it in a wallet" in page.text
    assert sent.status_code == 303
    assert offered.status_code == 200
    assert "Open my wallet" in offered.text


@pytest.mark.parametrize("kind", [Kind.HOSTED, Kind.DATA_INTEGRITY])
async def test_a_wallet_can_have_it_in_everything_that_is_offered(
    gateway: Gateway, owner: Person, world: World, kind: Kind
) -> None:
    subject = {**world.credential()["credentialSubject"], "id": "mailto:learner@example.org"}
    changes = {} if kind is Kind.HOSTED else {"credentialSubject": subject}
    held = await gateway.holdings.hold(world.sound(kind, **changes), owner.id, Via.BACKPACK)
    offer = await gateway.offers.offer_held(owner.id, held.holding.id)

    forms = {each: await gateway.offers.claim(offer.id, each, (WALLET,)) for each in offer.configurations}

    assert set(forms) >= {Configuration.BADGE, Configuration.BADGE_JWT, Configuration.BADGE_SD_JWT}
    assert {form.private for [form] in forms.values()} == {True}
    assert {form.intent.holder for [form] in forms.values()} == {WALLET.digest(gateway.offers.claim.secret)}
    assert all(form.sealed for [form] in forms.values())


async def test_pressed_again_it_leads_to_a_new_offer_and_the_one_before_is_over(
    browser: Client, badge: str, gateway: Gateway, clock: SimulatedClock
) -> None:
    proof = await csrf(browser, badge)
    pages: list[str] = []
    for _ in range(3):
        clock.advance(seconds=1)
        pages.append((await browser.post(f"{badge}/offer", data=proof)).headers["Location"])
        offer = await gateway.offers.claim.open(urlsplit(pages[-1]).path.rpartition("/")[2])
        if len(pages) > 1:
            await gateway.offers.claim(offer.id, offer.configurations[0], (WALLET,))

    assert len(set(pages)) == len(pages)
    assert [(await browser.get(page)).status_code for page in pages[:1]] == [410]
    found = [await gateway.offers.claim.offers.find(urlsplit(page).path.rpartition("/")[2]) for page in pages]
    assert [each and each.state for each in found] == ["withdrawn", "claimed", "claimed"]


async def test_the_offer_is_the_persons_own(browser: Client, badge: str, owner: Person, gateway: Gateway) -> None:
    sent = await browser.post(f"{badge}/offer", data=await csrf(browser, badge))

    offer = await gateway.offers.claim.open(urlsplit(sent.headers["Location"]).path.rpartition("/")[2])
    assert (offer.platform, offer.made_by, offer.claiming) == (PEOPLE, owner.id, "link")


async def test_what_no_longer_verifies_is_offered_to_nobody_and_its_page_says_so(
    browser: Client, badge: str, world: World
) -> None:
    proof = await csrf(browser, badge)
    for url in {*world.web.requests}:
        world.web.unreachable(url)

    sent = await browser.post(f"{badge}/offer", data=proof)

    assert sent.status_code == 422
    assert "Not everything about the badge could be confirmed" in sent.text


async def test_an_offer_of_a_badge_that_is_removed_is_withdrawn(browser: Client, badge: str) -> None:
    proof = await csrf(browser, badge)
    sent = await browser.post(f"{badge}/offer", data=proof)

    removed = await browser.post(f"{badge}/remove", data=proof)

    assert removed.status_code == 303
    assert (await browser.get(sent.headers["Location"])).status_code == 410


async def test_nobody_offers_what_somebody_else_holds(
    browser: Client, badge: str, gateway: Gateway, owner: Person
) -> None:
    proof = await csrf(browser, badge)
    another = await people.person(gateway, "another@example.org")
    browser.headers["Cookie"] = f"__Host-session={await people.session(gateway, another)}"

    foreign = await browser.post(f"{badge}/offer", data=await csrf(browser, "/backpack"))
    unproven = await browser.post(f"{badge}/offer", data=proof)

    assert (foreign.status_code, unproven.status_code) == (404, 403)
    assert owner.id != another.id


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_what_a_button_does_is_said_of_the_button_and_no_verdict(words: Words) -> None:
    assert words.check in words.check_lead
    assert "QR" in words.wallet_lead
