"""What was handed over comes back: the same credential, exactly, whatever is in it."""

import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed
from hypothesis import settings as trials

from gateway.assembly.whole import Gateway
from gateway.http.open_badges_3 import scopes
from gateway.records.holdings import HoldingOutcome, Via
from gateway.records.people import PEOPLE
from gateway.settings import Settings
from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.gateway.http.open_badges_3.wire import CREDENTIALS, page_of, refused, upserted
from tests.laundering.sources import Kind, World, as_json
from tests.simulators.backpack_owner import BackpackOwner, backpack_owner
from tests.simulators.issuer import SimulatedIssuer
from tests.strategies.badges import badges

GENERATED = 200
PAGE = 50


def generated(issuer: SimulatedIssuer) -> list[bytes]:
    """So many different credentials, truly signed: one half as JSON in odd spellings, one half as tokens."""
    found: list[bytes] = []

    @seed(3)
    @trials(max_examples=GENERATED, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(badges(issuer.id))
    def collect(document: dict[str, Any]) -> None:
        number = len(found)
        document = {**document, "id": uuid.UUID(int=number, version=4).urn}
        if number % 2:
            found.append(issuer.token(document, ("ES256", "EdDSA", "RS256")[number % 3]).encode())
        else:
            odd = json.dumps(issuer.signed(document), indent=number % 5 or None, ensure_ascii=number % 3 == 0)
            found.append(b" " * (number % 7) + odd.encode() + b"\r\n" * (number % 4))

    collect()
    return found


async def everything(application: Client) -> list[bytes]:
    """The bodies of all pages, as the links lead to them."""
    url, bodies = CREDENTIALS, []
    while url:
        answer = await application.get(url)
        assert answer.status_code == 200
        bodies.append(answer.content)
        found = re.search(r'<([^>]+)>; rel="next"', answer.headers["Link"])
        url = found[1].removeprefix(PUBLIC_URL) if found else ""
    return bodies


async def all_come_back(application: Client, bodies: list[bytes]) -> None:
    """Hand everything over, and compare each page with what has to be on it."""
    answers = [await upserted(application, body) for body in bodies]

    assert [answer.text for answer in answers if answer.status_code != 201] == []
    assert [answer.content for answer in answers] == bodies
    newest = bodies[::-1]
    pages = [newest[start : start + PAGE] for start in range(0, len(newest), PAGE)]
    expected = [
        page_of(
            [body for body in page if body.strip().startswith(b"{")],
            [body for body in page if not body.strip().startswith(b"{")],
        )
        for page in pages
    ]
    assert await everything(application) == expected


async def test_two_hundred_generated_credentials_come_back_identical(
    application: Client, gateway: Gateway, owner: BackpackOwner, world: World
) -> None:
    bodies = generated(world.issuer)

    await all_come_back(application, bodies)

    held = await gateway.holdings.holdings.page(PEOPLE, owner.person.id, limit=GENERATED)
    assert held.total == len(bodies) >= GENERATED
    assert {holding.outcome for holding in held.holdings} == {HoldingOutcome.PASSED}


async def test_a_token_comes_back_without_what_stood_around_it(application: Client, world: World) -> None:
    token = world.sound(Kind.VC_JWT)

    answer = await upserted(application, token + b"\n")

    assert answer.content == token + b"\n"
    assert await everything(application) == [page_of([], [token])]


async def test_each_person_sees_their_own_alone(application: Client, gateway: Gateway, world: World) -> None:
    await upserted(application, world.sound(Kind.DATA_INTEGRITY))
    other = await backpack_owner(gateway, "other@example.org")
    application.headers["Authorization"] = f"Bearer {await other.token(*scopes.SCOPES)}"

    first = await everything(application)
    created = await upserted(application, world.sound(Kind.DATA_INTEGRITY))

    assert first == [page_of([], [])]
    assert created.status_code == 201


async def test_an_open_badges_2_badge_comes_as_what_was_made_of_it(
    application: Client, gateway: Gateway, owner: BackpackOwner, world: World
) -> None:
    held = await gateway.holdings.hold(world.sound(Kind.HOSTED), owner.person.id, Via.BADGE_CONNECT)

    [body] = await everything(application)

    [credential] = json.loads(body)["credential"]
    assert held.holding.record
    assert credential["issuer"]["id"] == "did:web:badges.example.net:p:people"
    assert credential["credentialSubject"]["achievement"]["name"] == "Knots"


HOSTILE = {
    "nothing": b"",
    "white space": b" \n",
    "null": b"null",
    "a list": b"[]",
    "a text": b'"eyJ"',
    "a number": b"1",
    "an empty object": b"{}",
    "half of an object": b'{"@context": [',
    "no UTF-8": b'{"name": "\xff"}',
    "a byte order mark": b"\xef\xbb\xbf{}",
    "half of a character": b'{"name": "\\ud800"}',
    "U+0000": b'{"name": "\\u0000"}',
    "no number": b'{"n": NaN}',
    "an endless number": b'{"n": 1e999}',
    "two equal names": b'{"id": 1, "id": 2}',
    "an address": b"https://issuer.example/assertions/1",
    "an address in JSON": b'{"url": "https://issuer.example/assertions/1"}',
    "a page": b"<!doctype html><html><script>alert(1)</script></html>",
    "an image": b"\x89PNG\r\n\x1a\n",
    "a drawing": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "an archive": b"PK\x03\x04",
    "no token": b"eyJhbGciOiJub25lIn0.e30.",
    "an unsigned token": b"eyJhbGciOiJub25lIn0.eyJAY29udGV4dCI6W119.",
    "an encrypted token": b"eyJhbGciOiJSU0EtT0FFUCJ9.YQ.YQ.YQ.YQ",
    "a token in many parts": b"eyJhbGciOiJFUzI1NiJ9" + b".e30" * 1000,
    "another thing": as_json({"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiableCredential"]}),
}


def hostile(world: World) -> dict[str, bytes]:
    """Bodies that nobody may hold, by what is wrong."""
    issuer = world.issuer
    credential, token = world.sound(Kind.DATA_INTEGRITY), world.sound(Kind.VC_JWT)
    header, payload, signature = token.decode().split(".")
    enveloped = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{token.decode()}",
    }
    return {
        **HOSTILE,
        "a changed credential": credential.replace(b"Ties ten knots.", b"Ties 10 knots."),
        "an unsigned credential": as_json(issuer.credential()),
        "a changed token": f"{header}.{payload[:-4]}AAAA.{signature}".encode(),
        "a token with another signature": f"{header}.{payload}.{'A' * len(signature)}".encode(),
        "somebody else's key": as_json(world.stranger.signed(issuer.credential())),
        "a proof of something else": credential.replace(
            b'"proofPurpose": "assertionMethod"', b'"proofPurpose": "keyAgreement"'
        ),
        "an endorsement": as_json(
            issuer.signed(issuer.credential(type=["VerifiableCredential", "EndorsementCredential"]))
        ),
        "Open Badges 2.0": world.sound(Kind.HOSTED),
        "Open Badges 2.0, signed": world.sound(Kind.JWS),
        "an enveloped token": as_json(enveloped),
        "a token in JSON": as_json({"protected": header, "payload": payload, "signature": signature}),
    }


async def test_nothing_hostile_is_held_and_nothing_is_fetched_for_an_address(
    application: Client, gateway: Gateway, owner: BackpackOwner, world: World
) -> None:
    bodies = hostile(world)
    world.web.requests.clear()

    for name, body in bodies.items():
        answers = [
            await application.post(CREDENTIALS, content=body, headers={"Content-Type": declared})
            for declared in ("application/json", "text/plain; charset=utf-8")
        ]
        assert {answer.status_code for answer in answers} <= {413, 422}, name
        for answer in answers:
            assert refused(answer, answer.status_code)

    assert "https://issuer.example/assertions/1" not in world.web.requests
    assert (await gateway.holdings.holdings.page(PEOPLE, owner.person.id)).total == 0


async def test_a_credential_is_declared_as_what_it_is(application: Client, world: World) -> None:
    swapped = {"text/plain": world.sound(Kind.DATA_INTEGRITY), "application/json": world.sound(Kind.VC_JWT)}

    for declared, body in swapped.items():
        refused(await application.post(CREDENTIALS, content=body, headers={"Content-Type": declared}), 422)


class TestOnPostgreSQL:
    """The same over the store of production."""

    @pytest.fixture
    def settings(self, tmp_path: Path, postgres_database: str) -> Settings:
        return Settings(public_url=PUBLIC_URL, data_dir=tmp_path, database_url=postgres_database)

    async def test_what_was_handed_over_comes_back_and_to_nobody_else(
        self, application: Client, gateway: Gateway, world: World
    ) -> None:
        bodies = [
            world.sound(kind, id=f"urn:uuid:{number}")
            for number, kind in enumerate((Kind.DATA_INTEGRITY, Kind.VC_JWT) * 3)
        ]

        await all_come_back(application, bodies)

        other = await backpack_owner(gateway, "other@example.org")
        application.headers["Authorization"] = f"Bearer {await other.token(scopes.READ)}"
        assert await everything(application) == [page_of([], [])]
