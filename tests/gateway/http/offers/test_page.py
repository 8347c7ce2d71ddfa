"""The page of an offer: every way into a wallet, in the reader's language, and words for each end."""

import re
from typing import Any  # Any: members of JSON documents
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
import segno

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.flows.convert import Caller
from gateway.flows.prepare import Target
from gateway.http.offers.page import SCRIPT
from gateway.records import Securing
from gateway.records.offers import Configuration
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.records.tickets import Kind
from tests.gateway.http.conftest import PUBLIC_URL, Client, here
from tests.gateway.http.html import Page
from tests.gateway.http.offers.conftest import PEOPLE, offered
from tests.gateway.plain import award
from tests.simulators.clock import SimulatedClock


def place(offer: dict[str, Any]) -> str:
    return f"/offers/{offer['id']}"


async def page_of(client: Client, offer: dict[str, Any], language: str = "en", status: int = 200) -> Page:
    answer = await client.get(place(offer), params={"lang": language}, headers=PEOPLE)
    assert answer.status_code == status
    return Page(answer.text)


async def test_it_says_what_it_is_who_issues_and_awarded_it_and_until_when(
    stranger: Client, offer: dict[str, Any], record: dict[str, Any]
) -> None:
    page = await page_of(stranger, offer)

    assert record["title"] in page.text
    assert record["signedBy"] in page.text
    assert record["source"]["verdict"]["award"]["issuerName"] in page.text
    assert offer["expires"][:10] in page.text
    assert [each["src"] for each in page.all("img")] == [here(f"{record['forms'][0]['links']['badge']}.png")]


async def test_it_is_private_and_runs_nothing_but_what_copies(stranger: Client, offer: dict[str, Any]) -> None:
    answer = await stranger.get(place(offer), headers=PEOPLE)

    policy = answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL) == [SCRIPT]
    assert " style=" not in answer.text
    assert not re.search(r"\son[a-z]+=", answer.text)


async def test_it_opens_wallets_on_the_same_device(stranger: Client, offer: dict[str, Any], gateway: Gateway) -> None:
    page = await page_of(stranger, offer)

    links = [each["href"] or "" for each in page.all("a")]
    assert offer["links"]["openid4vci"] in links
    assert offer["links"]["learnerWallet"] in links
    [bare] = [each for each in links if "vc_request_url" in each]
    asked = {name: value for name, [value] in parse_qs(urlsplit(bare).query).items()}
    assert asked["auth_type"] == "bearer"
    assert asked["vc_request_url"] == f"{offer['links']['exchange']}/bare"
    assert await gateway.edges.tickets.take(Kind.CHALLENGE, asked["challenge"]) == offer["id"].encode()


async def test_its_codes_hold_the_links_and_say_what_they_are_for(stranger: Client, offer: dict[str, Any]) -> None:
    answer = await stranger.get(place(offer), headers=PEOPLE)

    for link in (offer["links"]["openid4vci"], offer["links"]["interaction"]):
        drawn = segno.make(link, error="m", micro=False).svg_inline(
            border=4, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None
        )
        assert drawn in answer.text
    said = [each for each in Page(answer.text).all("div") if each.get("class") == "qr"]
    assert [each["role"] for each in said] == ["img", "img"]
    assert all((each["aria-label"] or "").startswith("QR code") for each in said)


async def test_what_is_public_already_can_be_downloaded(
    stranger: Client, offer: dict[str, Any], record: dict[str, Any]
) -> None:
    page = await page_of(stranger, offer)

    files = [each["href"] or "" for each in page.all("a") if "download" in each]
    own = [here(form["links"][name]) for form in record["forms"] for name in ("json", "png", "svg")]
    assert files == own
    assert {(await stranger.get(each)).status_code for each in files} == {200}


async def test_each_file_and_one_picture_stand_there_once(holder: Client, gateway: Gateway) -> None:
    forms = (
        *(Target(Format.OPEN_BADGES_3, each) for each in (Securing.DATA_INTEGRITY, Securing.VC_JWT, Securing.SD_JWT)),
        Target(Format.LEARNING_CREDENTIAL_1, Securing.SD_JWT),
    )
    caller = Caller(DEFAULT_PLATFORM, "key-1")
    issued = await gateway.native.issue(msgspec.json.encode(award()), forms, caller)
    offer = (await offered(holder, {"id": issued.record.id}))["offer"]

    page = await page_of(holder, offer)

    names = re.findall(r"Open Badges 3\.0 \([A-Z]+\)", page.text)
    assert sorted(names) == [f"Open Badges 3.0 ({each})" for each in ("JSON", "JWT", "PNG", "SVG")]
    [picture] = page.all("img")
    assert (await holder.get(str(picture["src"]))).headers["Content-Type"] == "image/png"


@pytest.mark.parametrize(("claiming", "said"), [("code", "six digits"), ("sign-in", "sign in here")])
async def test_where_more_than_a_link_is_asked_for_it_leads_to_nothing_that_needs_less(
    holder: Client, record: dict[str, Any], claiming: str, said: str
) -> None:
    offer = (await offered(holder, record, claiming=claiming))["offer"]

    page = await page_of(holder, offer)

    assert said in page.text
    assert not [each for each in page.all("a") if "download" in each or "lcw.app" in (each["href"] or "")]
    assert len([each for each in page.all("div") if each.get("class") == "qr"]) == 1


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_before_somebody_signed_in_it_says_no_more_than_that_there_is_a_badge(
    holder: Client, record: dict[str, Any], language: str
) -> None:
    told = record["source"]["verdict"]["award"]
    offers = [(await offered(holder, record, claiming=claiming))["offer"] for claiming in ("sign-in", "link")]

    hidden, shown = [await page_of(holder, offer, language) for offer in offers]

    for secret in (record["title"], told["issuerName"], told["description"], told["awarded"][:10]):
        assert secret in shown.text
        assert secret not in hidden.text
    assert (len(shown.all("img")), hidden.all("img")) == (1, [])
    assert record["signedBy"] in hidden.text
    assert {"en": "A badge for you", "fr": "Un badge pour vous"}[language] in hidden.text


async def test_what_exchanges_do_not_hand_over_leads_to_none(holder: Client, record: dict[str, Any]) -> None:
    offer = (await offered(holder, record, configurations=[Configuration.BADGE_SD_JWT]))["offer"]

    page = await page_of(holder, offer)
    told = await holder.get(place(offer), params={"iuv": "1"})

    assert [name for name in ("exchange", "learnerWallet") if offer["links"][name]] == []
    assert not [each for each in page.all("a") if "lcw.app" in (each["href"] or "")]
    assert len([each for each in page.all("div") if each.get("class") == "qr"]) == 1
    assert set(told.json()["protocols"]) == {"oid4vci-1.0", "OID4VCI"}


@pytest.mark.parametrize(("language", "said"), [("en", "load it again"), ("fr", "rechargez-la")])
async def test_it_says_that_the_button_with_a_challenge_grows_old(
    stranger: Client, offer: dict[str, Any], language: str, said: str
) -> None:
    assert said in (await page_of(stranger, offer, language)).text


async def test_it_is_in_the_readers_language(stranger: Client, offer: dict[str, Any]) -> None:
    french = await stranger.get(place(offer), headers={**PEOPLE, "Accept-Language": "fr"})
    asked = await stranger.get(f"{place(offer)}?lang=fr", headers=PEOPLE)

    assert {'<html lang="fr">' in each.text for each in (french, asked)} == {True}
    assert "Ouvrir mon portefeuille" in french.text
    assert "Cookie" not in french.headers["Vary"]


async def test_to_look_at_it_uses_nothing_up(stranger: Client, offer: dict[str, Any], gateway: Gateway) -> None:
    for _ in range(5):
        await stranger.get(place(offer), headers=PEOPLE)
        await stranger.head(place(offer), headers=PEOPLE)
        await stranger.get(f"{place(offer)}?iuv=1", headers=PEOPLE)

    found = await gateway.offers.claim.open(offer["id"])
    assert (found.state, found.attempts, found.claimed) == ("open", 0, None)


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_an_offer_that_is_over_says_why_and_nothing_of_the_badge(
    holder: Client, record: dict[str, Any], gateway: Gateway, clock: SimulatedClock, language: str
) -> None:
    offers = [(await offered(holder, record, claiming=how))["offer"] for how in ("link", "link", "code", "link")]
    claimed, withdrawn, locked, expired = offers
    store = gateway.offers.claim.offers
    await gateway.offers.claim.claims.settle(
        await gateway.offers.claim.open(claimed["id"]), Configuration.BADGE, ("a",), clock.now
    )
    await holder.delete(f"/v1/offers/{withdrawn['id']}")
    await store.tried(await gateway.offers.claim.open(locked["id"]), 1)
    await store.judged(await gateway.offers.claim.open(locked["id"]), 1, clock.now, right=False)
    clock.advance(days=14)

    titles = {
        name: re.findall(r"<h1>(.*?)</h1>", (await holder.get(f"{place(offer)}?lang={language}", headers=PEOPLE)).text)
        for name, offer in zip(("claimed", "withdrawn", "locked", "expired"), offers, strict=True)
    }

    pages = [await page_of(holder, offer, language, 410) for offer in (claimed, withdrawn, locked, expired)]
    assert len({title for [title] in titles.values()}) == 4
    assert not any(record["title"] in page.text for page in pages)


async def test_a_badge_that_was_taken_back_is_offered_no_more(
    holder: Client, record: dict[str, Any], offer: dict[str, Any]
) -> None:
    await holder.post(f"/v1/credentials/{record['id']}/revoke", json={"reason": "a test"})

    page = await page_of(holder, offer, status=410)

    assert "suspended or revoked" in page.text


@pytest.mark.parametrize("unknown", ["AAAAAAAAAAAAAAAAAAAAAA", "x", "%00", "%F0%9F%92%A9", "a" * 500])
async def test_an_unknown_offer_is_a_page_for_people_and_a_problem_for_programs(client: Client, unknown: str) -> None:
    page = await client.get(f"/offers/{unknown}", headers=PEOPLE)
    told = await client.get(f"/offers/{unknown}", headers={"Accept": "application/json"})
    asked = await client.get(f"/offers/{unknown}?iuv=1", headers={"Accept": "application/json"})

    assert (page.status_code, told.status_code, asked.status_code) == (404, 404, 404)
    assert "There is no offer at this address" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert told.json()["code"] == "not-found"


async def test_what_a_stranger_wrote_is_shown_as_text(holder: Client) -> None:
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    said = award(name=hostile, description=hostile)
    made = await holder.post("/v1/credentials/issue", params={"to": ["open-badges-3"]}, json=said)
    offer = (await offered(holder, made.json()["record"]))["offer"]

    answer = await holder.get(place(offer), headers=PEOPLE)

    assert "<script>alert" not in answer.text
    assert [each.get("src", "") for each in Page(answer.text).all("img")][1:] == []


async def test_links_begin_with_the_public_address(stranger: Client, offer: dict[str, Any]) -> None:
    answer = await stranger.get(place(offer), headers={**PEOPLE, "Host": "elsewhere.example"})

    assert PUBLIC_URL in answer.text
    assert "elsewhere.example" not in answer.text


@pytest.mark.parametrize("accept", ["application/json", "*/*", ""])
async def test_a_wallet_that_follows_it_is_told_the_protocols(
    stranger: Client, offer: dict[str, Any], accept: str
) -> None:
    answer = await stranger.get(f"{place(offer)}?iuv=1", headers={"Accept": accept})

    links = offer["links"]
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json()["protocols"]["vcapi"] == links["exchange"]
    assert answer.json()["protocols"]["oid4vci-1.0"] == answer.json()["protocols"]["OID4VCI"] == links["openid4vci"]


async def test_people_who_follow_the_same_address_see_the_page(stranger: Client, offer: dict[str, Any]) -> None:
    answer = await stranger.get(f"{place(offer)}?iuv=1", headers=PEOPLE)

    assert answer.headers["Content-Type"].startswith("text/html")
    assert "?iuv=1&amp;lang=fr" in answer.text


async def test_where_a_code_is_asked_for_the_exchange_is_left_out(holder: Client, record: dict[str, Any]) -> None:
    offer = (await offered(holder, record, claiming="code"))["offer"]

    answer = await holder.get(f"{place(offer)}?iuv=1", headers={"Accept": "application/json"})

    assert set(answer.json()["protocols"]) == {"oid4vci-1.0", "OID4VCI"}


async def test_the_protocols_of_what_is_over_are_not_told(holder: Client, offer: dict[str, Any]) -> None:
    await holder.delete(f"/v1/offers/{offer['id']}")

    answer = await holder.get(f"{place(offer)}?iuv=1", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json()["code"]) == (410, "offer-over")
