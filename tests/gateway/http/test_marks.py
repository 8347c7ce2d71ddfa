"""What a test platform issues says so to everybody who sees it."""

import io
from typing import Any  # Any: members of JSON documents

import pytest
from httpx import Response
from PIL import Image

from gateway.assembly.whole import Gateway
from gateway.flows.platform.keys import Wish
from gateway.records.access import EVERY_SCOPE
from gateway.records.tenants import DEFAULT_PLATFORM, twin_of
from tests.gateway.http.conftest import Client, converted, form, here
from tests.gateway.plain import award
from tests.laundering.sources import Kind, World

BAND = (190, 18, 60)


@pytest.fixture
async def tester(client: Client, gateway: Gateway) -> Client:
    """The client, with a key for tests."""
    wish = Wish(name="for tests", scopes=EVERY_SCOPE)
    made = await gateway.tenancy.make_key(twin_of(DEFAULT_PLATFORM), wish, "command line")
    client.headers["Authorization"] = f"Bearer {made.text}"
    return client


@pytest.fixture
async def marked(tester: Client, world: World) -> dict[str, Any]:
    """A record of the twin."""
    return await converted(tester, world.sound(Kind.HOSTED))


def bands(answer: Response) -> bool:
    """Whether the picture has the band of tests across it."""
    with Image.open(io.BytesIO(answer.content)) as image:
        shown = image.convert("RGB")
        left = shown.getpixel((1, round(shown.height * 0.6)))
    assert isinstance(left, tuple)
    return all(abs(seen - wanted) < 40 for seen, wanted in zip(left, BAND, strict=True))


async def test_name_and_issuer_say_test_in_every_form(tester: Client, marked: dict[str, Any]) -> None:
    second = (await tester.get(here(form(marked, "open-badges-2")["url"]))).json()
    third = (await tester.get(here(form(marked, "open-badges-3")["url"]))).json()
    badge = second["badge"]
    issuer = (await tester.get("/p/default-test/issuer")).json()

    assert badge["name"].startswith("TEST – ")
    assert issuer["name"] == "TEST – Open Badges gateway"
    assert issuer["id"].endswith("/p/default-test/issuer")
    assert third["issuer"]["id"] == "did:web:badges.example.net:p:default-test"
    assert third["issuer"]["name"] == "TEST – Open Badges gateway"
    assert third["credentialSubject"]["achievement"]["name"].startswith("TEST – ")


async def test_the_loss_report_names_the_mark(marked: dict[str, Any]) -> None:
    notes = [loss for each in marked["forms"] for loss in each["losses"] if "marked as a test" in loss["note"]]

    assert {(loss["change"], loss["source"]) for loss in notes} == {("approximated", "/badge/name")}


async def test_plain_data_is_marked_too(tester: Client) -> None:
    made = await tester.post("/v1/credentials/issue", params={"to": "open-badges-3"}, json=award())

    issued = (await tester.get(here(made.json()["record"]["forms"][0]["url"]))).json()

    assert issued["credentialSubject"]["achievement"]["name"].startswith("TEST – ")


async def test_every_picture_has_a_band(tester: Client, marked: dict[str, Any]) -> None:
    signed = form(marked, "open-badges-3")

    baked = await tester.get(here(signed["links"]["png"]))
    shown = await tester.get(here(signed["links"]["badge"]) + ".png")

    assert bands(baked)
    assert bands(shown)
    assert (await tester.post("/v1/inspections", content=baked.content)).status_code == 200


async def test_what_counts_has_none(holder: Client, record: dict[str, Any]) -> None:
    signed = form(record, "open-badges-3")

    shown = await holder.get(here(signed["links"]["badge"]) + ".png")
    page = await holder.get(here(record["url"]), headers={"Accept": "text/html"})

    assert not bands(shown)
    assert "TEST" not in page.text


@pytest.mark.parametrize(("language", "said"), [("en", "counts for nothing"), ("fr", "aucune valeur")])
async def test_the_page_says_it_in_the_readers_language(
    tester: Client, marked: dict[str, Any], language: str, said: str
) -> None:
    page = await tester.get(here(marked["url"]), headers={"Accept": "text/html"}, params={"lang": language})

    shown = await tester.get(here(marked["url"]), headers={"Accept": "application/json"})

    assert '<p class="test" role="note">TEST – ' in page.text
    assert said in page.text
    assert shown.json()["test"] is True


async def test_the_twin_is_found_by_nobody_as_its_platform(tester: Client, marked: dict[str, Any], key: str) -> None:
    live = {"Authorization": f"Bearer {key}"}

    answer = await tester.get(f"/v1/credentials/{marked['id']}", headers=live)

    assert answer.status_code == 404
    assert (await tester.get("/v1/credentials", headers=live)).json()["records"] == []
