"""Credential offers by reference, and nonces: what anybody with a link gets, and nobody without one."""

import datetime as dt
import json
from urllib.parse import parse_qs, urlsplit

from gateway.assembly.whole import Gateway
from gateway.records.offers import Claiming
from gateway.records.tickets import CODE_S, Kind
from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.gateway.http.oid4vci.conftest import BADGE, BADGE_JWT, Counter, Members, refusal

PRE_AUTHORIZED = "urn:ietf:params:oauth:grant-type:pre-authorized_code"


async def read(counter: Counter, language: str = "") -> Members:
    """The offer, as a wallet reads it."""
    answer = await counter.client.get(f"/oid4vci/offers/{counter.offer}", headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    return dict(answer.json())


async def test_an_offer_says_who_issues_what(counter: Counter) -> None:
    offer = await read(counter)

    assert offer["credential_issuer"] == PUBLIC_URL
    assert offer["credential_configuration_ids"] == [BADGE, BADGE_JWT]


async def test_a_link_is_enough_for_a_code_and_no_longer_way_is_told(counter: Counter, gateway: Gateway) -> None:
    grants = (await read(counter))["grants"]

    code = grants[PRE_AUTHORIZED]["pre-authorized_code"]
    assert grants == {PRE_AUTHORIZED: {"pre-authorized_code": code}}
    assert await gateway.edges.tickets.take(Kind.CODE, code) == counter.offer.encode()


async def test_an_offer_with_a_transaction_code_says_what_to_type(counter: Counter) -> None:
    await counter.offered(claiming=Claiming.CODE)

    english, french = [(await read(counter, language))["grants"] for language in ("", "fr-FR,fr;q=0.9")]

    asked = english[PRE_AUTHORIZED]["tx_code"]
    assert (list(english), asked["input_mode"], asked["length"]) == ([PRE_AUTHORIZED], "numeric", 6)
    assert asked["description"].startswith("The code")
    assert french[PRE_AUTHORIZED]["tx_code"]["description"].startswith("Le code")


async def test_an_offer_for_its_recipient_is_had_by_signing_in_alone(counter: Counter) -> None:
    await counter.offered(claiming=Claiming.SIGN_IN)

    assert (await read(counter))["grants"] == {"authorization_code": {"issuer_state": counter.offer}}


async def test_each_look_gives_another_code_and_each_is_short_lived(counter: Counter, gateway: Gateway) -> None:
    codes = [(await read(counter))["grants"][PRE_AUTHORIZED]["pre-authorized_code"] for _ in range(2)]
    counter.clock.advance(seconds=CODE_S)

    assert len(set(codes)) == 2
    assert await gateway.edges.tickets.look(Kind.CODE, codes[1]) is None


async def test_an_offer_by_value_says_what_the_reference_says(counter: Counter) -> None:
    await counter.offered(claiming=Claiming.SIGN_IN)

    link = (await counter.client.get(f"/oid4vci/offers/{counter.offer}/link")).json()["uri"]

    parts = urlsplit(link)
    assert (parts.scheme, parts.netloc, parts.path) == ("openid-credential-offer", "", "")
    [said] = parse_qs(parts.query, strict_parsing=True)["credential_offer"]
    assert json.loads(said) == await read(counter)


async def test_an_offer_that_is_over_is_gone(counter: Counter) -> None:
    counter.clock.now += dt.timedelta(days=3)

    for end in ("", "/link"):
        answer = await counter.client.get(f"/oid4vci/offers/{counter.offer}{end}")

        assert refusal(answer) == (410, "offer_over")


async def test_an_offer_that_never_was_is_nothing(client: Client) -> None:
    for offer in ("x" * 22, "x", "x" * 101, "%00", "%FF", "a%2Fb"):
        assert refusal(await client.get(f"/oid4vci/offers/{offer}"))[0] in (404, 410)


async def test_nonces_are_new_and_kept_by_nobody(client: Client) -> None:
    answers = [await client.post("/oid4vci/nonce") for _ in range(20)]

    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}
    assert len({answer.json()["c_nonce"] for answer in answers}) == 20


async def test_a_nonce_is_asked_for_without_knowing_how(client: Client) -> None:
    """Wallets send an empty body, an empty object, or a token, and one type or another."""
    sent: list[Members] = [
        {"content": b""},
        {"json": {}},
        {"content": b"x", "headers": {"Content-Type": "text/plain", "Authorization": "Bearer x"}},
    ]

    assert [(await client.post("/oid4vci/nonce", **each)).status_code for each in sent] == [200] * 3


async def test_an_address_that_is_not_served_says_so_in_json(client: Client) -> None:
    answers = [await client.get("/oid4vci/nonce"), await client.post("/oid4vci/other")]

    assert [refusal(answer)[0] for answer in answers] == [405, 404]


async def test_an_offer_by_value_speaks_the_language_of_who_asks(counter: Counter) -> None:
    await counter.offered(claiming=Claiming.CODE)

    described = []
    for language in ("en", "fr-FR,fr;q=0.9"):
        address = f"/oid4vci/offers/{counter.offer}/link"
        link = (await counter.client.get(address, headers={"Accept-Language": language})).json()["uri"]
        [offer] = parse_qs(urlsplit(link).query)["credential_offer"]
        described.append(json.loads(offer)["grants"][PRE_AUTHORIZED]["tx_code"]["description"])

    assert [each[:7] for each in described] == ["The cod", "Le code"]
