"""Open Badges 0.5, 1.0 and 1.1 over HTTP: verified, converted, and never offered as something to issue."""

import json
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import pytest

from adapters.hub.baking import KEYWORD_2, bake_png
from gateway.settings import Settings
from tests.gateway.http.conftest import PUBLIC_URL, Client, converted, here, problem
from tests.laundering.sources import PICTURE, World
from tests.simulators.first_badges import FirstIssuer

STRANGER = "https://stranger.example"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """With what a seal names its owner by."""
    return Settings(public_url=PUBLIC_URL, data_dir=tmp_path, seal_organisation_id="NTRFR-123456789")


@pytest.fixture
def first(world: World) -> FirstIssuer:
    return FirstIssuer(world.web)


def received(first: FirstIssuer, how: str) -> bytes:
    match how:
        case "hosted 1.1":
            return first.hosted_1_1()
        case "signed 1.0":
            return first.signed().encode()
        case "hosted 1.0 by address":
            first.hosted()
            return b"https://first.example/a1.json"
    return bake_png(PICTURE, first.of_2011().encode(), KEYWORD_2)


@pytest.mark.parametrize("how", ["hosted 1.1", "signed 1.0", "hosted 1.0 by address", "0.5 in a picture"])
async def test_an_early_badge_is_converted_into_both_formats(holder: Client, first: FirstIssuer, how: str) -> None:
    record = await converted(holder, received(first, how))

    assert record["source"]["format"] == "open-badges-1"
    assert [form["format"] for form in record["forms"]] == ["open-badges-2", "open-badges-3"]
    for made in record["forms"]:
        issued = await holder.get(here(made["url"]))
        report = (await holder.post("/v1/verifications", content=issued.content)).json()
        assert (report["outcome"], report["sha256"]) == ("passed", made["sha256"]), report


async def test_an_early_badge_becomes_a_european_digital_credential(holder: Client, first: FirstIssuer) -> None:
    answer = await holder.post("/v1/credentials", params={"to": "elm-3"}, content=received(first, "signed 1.0"))

    assert answer.status_code == 201, answer.text
    [made] = answer.json()["record"]["forms"]
    sealed = (await holder.get(here(made["url"]))).json()
    assert json.loads(sealed["payload"])["credentialSubject"]


async def test_each_upgrade_step_has_a_line_in_the_report(holder: Client, first: FirstIssuer) -> None:
    record = await converted(holder, received(first, "0.5 in a picture"))

    bent = {loss["source"] for loss in record["forms"][0]["losses"] if loss["change"] == "approximated"}
    assert bent >= {
        "/id",
        "/recipient",
        "/issued_on",
        "/badge/criteria",
        "/badge/issuer/origin",
        "/badge/issuer/contact",
        "/badge/issuer/name",
        "/badge/issuer/org",
    }


async def test_the_same_badge_of_2011_again_is_the_same_record(holder: Client, first: FirstIssuer) -> None:
    badge = received(first, "0.5 in a picture")

    once = await converted(holder, badge)
    again = await holder.post("/v1/credentials", params={"to": "open-badges-2"}, content=badge)

    assert again.status_code == 200
    assert again.json()["record"]["id"] == once["id"]


def _altered(first: FirstIssuer) -> bytes:
    document: dict[str, Any] = json.loads(first.hosted_1_1())
    return json.dumps({**document, "evidence": "https://first.example/other"}).encode()


def _revoked(first: FirstIssuer) -> bytes:
    token = first.signed().encode()
    first.revoke(a1="a mistake")
    return token


def _gone(first: FirstIssuer) -> bytes:
    badge = first.hosted()
    first.web.gone(f"{first.host}/a1.json")
    return badge


def _key_elsewhere(first: FirstIssuer) -> bytes:
    return FirstIssuer(first.web, STRANGER).signed(badge=f"{first.host}/knots.json").encode()


def _elsewhere(first: FirstIssuer) -> bytes:
    return FirstIssuer(first.web, STRANGER).hosted_1_1(badge=f"{first.host}/knots.json")


def _elsewhere_in_2011(first: FirstIssuer) -> bytes:
    first.web.publish(f"{STRANGER}/2011.json", first.web.body(first.of_2011()))
    return f"{STRANGER}/2011.json".encode()


@pytest.mark.parametrize("made", [_altered, _revoked, _gone, _key_elsewhere, _elsewhere, _elsewhere_in_2011])
async def test_what_its_issuer_does_not_vouch_for_is_not_converted(
    holder: Client, first: FirstIssuer, made: Any
) -> None:
    badge = made(first)

    answer = await holder.post("/v1/credentials", params={"to": "open-badges-3"}, content=badge)

    assert problem(answer)["code"] == "refused"
    assert (await holder.get("/v1/credentials")).json()["records"] == []


async def test_an_early_format_is_no_target_and_the_answer_names_those_that_are(
    holder: Client, first: FirstIssuer
) -> None:
    answer = await holder.post("/v1/credentials", params={"to": "open-badges-1"}, content=first.hosted())

    assert answer.status_code == 400
    assert "open-badges-2" in answer.text


async def test_records_are_found_by_an_early_source_format(holder: Client, first: FirstIssuer) -> None:
    record = await converted(holder, first.hosted())

    found = await holder.get("/v1/credentials", params={"source_format": "open-badges-1"})

    assert [each["id"] for each in found.json()["records"]] == [record["id"]]


async def test_the_page_of_a_record_names_the_format(holder: Client, first: FirstIssuer) -> None:
    record = await converted(holder, first.hosted())

    page = await holder.get(here(record["url"]), headers={"Accept": "text/html"})

    assert "Open Badges 1 (1.0)" in page.text
