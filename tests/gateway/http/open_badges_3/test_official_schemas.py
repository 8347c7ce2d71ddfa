"""What is answered keeps 1EdTech's own JSON Schemas."""

import json
from functools import cache
from typing import Any

import msgspec
from jsonschema_rs import Draft201909Validator

from gateway.http.contract import document
from gateway.http.open_badges_3.status_info import WORDS, status_info
from tests.corpora import corpus
from tests.gateway.http.conftest import Client
from tests.gateway.http.open_badges_3.wire import CREDENTIALS, PROFILE, upserted
from tests.laundering.sources import Kind, World

FOLDER = "ob/json-schema/ob3/official-jsonld-2026"


@cache
def schema(name: str) -> Draft201909Validator:
    """The official schema of this class."""
    found: dict[str, Any] = json.loads(corpus(f"{FOLDER}/ob_v3p0_{name}_schema.json").read_text())
    return Draft201909Validator(found)


async def test_a_page_keeps_its_schema(application: Client, world: World) -> None:
    for kind in (Kind.DATA_INTEGRITY, Kind.VC_JWT):
        await upserted(application, world.sound(kind, id=f"urn:uuid:{kind}"))

    page = (await application.get(CREDENTIALS)).json()

    assert [str(error) for error in schema("getopenbadgecredentialsresponse").iter_errors(page)] == []


async def test_the_profile_of_an_account_keeps_its_schema(application: Client) -> None:
    profile = (await application.get(PROFILE)).json()

    assert [str(error) for error in schema("profile").iter_errors(profile)] == []


def test_every_refusal_keeps_its_schema() -> None:
    for status in (*WORDS, 421, 418):
        said = msgspec.to_builtins(status_info(status, "What is wrong"))
        assert [str(error) for error in schema("imsx_statusinfo").iter_errors(said)] == []


def test_what_the_document_says_of_refusals_has_the_official_members_and_values() -> None:
    text = corpus("ob/json-schema/ob3/appendix-E-reconstructed/imsx_statusinfo.json").read_text()
    whole: dict[str, Any] = json.loads(text)
    ours = msgspec.json.decode(document("open-badges-3.json"))["components"]["schemas"]

    for name, official in {"Imsx_StatusInfo": whole, **whole["$defs"]}.items():
        said = ours[name.replace("_", "")]
        assert said["properties"].keys() == official["properties"].keys(), name
        # What may be absent there is always sent.
        assert set(said["required"]) == set(official["properties"]) >= set(official["required"]), name
        assert values(said) == values(official), name


def values(schema: dict[str, Any]) -> dict[str, set[str]]:
    """The values that members are taken from, where they are."""
    return {name: set(each["enum"]) for name, each in schema["properties"].items() if "enum" in each}
