"""What Badge Connect does here against 1EdTech's own OpenAPI; every difference is deliberate and named."""

from typing import Any  # Any: OpenAPI documents

import jsonschema_rs
import msgspec
import pytest

from gateway.http.badge_connect.assertions import BASE
from gateway.http.contract import document
from tests.corpora import corpus
from tests.gateway.http.badge_connect.conftest import ASSERTIONS, PROFILE
from tests.gateway.http.conftest import Client
from tests.laundering.sources import Kind, World

OURS: dict[str, Any] = msgspec.json.decode(document("badge-connect.json"))

MANIFEST = "/.well-known/badgeconnect.json"
OTHER_NAMES = {"getProfile": "getBadgeConnectProfile"}
"""Operations whose official name another surface of ours has: names are unique over all documents."""

OWN_OPERATIONS = {("/.well-known/badgeconnect.png", "get")}
"""The picture that the manifest names."""

NOT_OURS = {
    # 404 and 405 befall addresses and methods that are in no document; the status object is sent all the same.
    "404",
    "405",
    # TLS ends before us, or there is none and it is development.
    "421",
    # What else may happen is documented by its own status.
    "default",
}
OWN_STATUSES = {"304", "408", "429", "503"}
"""Sent with the status object too (304 has no body); the official document leaves them to ``default``."""

OWN_BOUNDS = {"limit": {"maximum", "default", "format"}, "offset": {"maximum", "default", "format"}}
"""What int32 means is said in numbers, and what holds when a parameter is left out."""


@pytest.fixture(scope="module")
def official() -> dict[str, Any]:
    return dict(msgspec.json.decode((corpus("ob") / "openapi" / "imsob_v2p1.json").read_bytes()))


def ours(path: str) -> str:
    return path if path == MANIFEST else BASE + path


def test_every_operation_is_there_and_no_other(official: dict[str, Any]) -> None:
    wanted = {
        (ours(path), method): OTHER_NAMES.get(operation["operationId"], operation["operationId"])
        for path, item in official["paths"].items()
        for method, operation in item.items()
    }
    found = {
        (path, method): operation["operationId"]
        for path, item in OURS["paths"].items()
        for method, operation in item.items()
        if (path, method) not in OWN_OPERATIONS
    }

    assert found == wanted


def test_parameters_are_the_official_ones(official: dict[str, Any]) -> None:
    wanted = {each["name"]: each for each in official["paths"]["/assertions"]["get"]["parameters"]}
    found = {each["name"]: each for each in OURS["paths"][ASSERTIONS]["get"]["parameters"]}

    assert found.keys() == wanted.keys()
    for name, own in OWN_BOUNDS.items():
        assert {key: found[name]["schema"][key] for key in ("type", "minimum")} == {
            key: wanted[name]["schema"][key] for key in ("type", "minimum")
        }
        assert set(found[name]["schema"]) ^ set(wanted[name]["schema"]) <= own
        assert found[name]["schema"]["maximum"] == 2**31 - 1
    # Parameters that may be absent are lists of at most one here, see gateway.http.README.
    assert found["since"]["schema"]["items"] == wanted["since"]["schema"]
    assert found["since"]["schema"]["maxItems"] == 1
    assert not any(each.get("required") for each in found.values())


def test_scopes_are_the_official_ones_and_the_one_for_refresh_tokens(official: dict[str, Any]) -> None:
    scheme = official["components"]["securitySchemes"]["OAuth2ACG"]["flows"]["authorizationCode"]
    mine = OURS["components"]["securitySchemes"]["OAuth2ACG"]["flows"]["authorizationCode"]

    assert mine["scopes"].keys() - scheme["scopes"].keys() == {"offline_access"}
    assert scheme["scopes"].keys() <= mine["scopes"].keys()
    for path, item in official["paths"].items():
        for method, operation in item.items():
            assert OURS["paths"][ours(path)][method]["security"] == operation.get("security", [{}])


def test_statuses_are_the_official_ones(official: dict[str, Any]) -> None:
    for path, item in official["paths"].items():
        for method, operation in item.items():
            wanted = operation["responses"].keys() - NOT_OURS
            found = OURS["paths"][ours(path)][method]["responses"].keys() - OWN_STATUSES
            # The manifest may break as well, and a Host that is none is a mistake wherever it is sent.
            assert found == wanted | {"400", "500"}, (path, method)


async def test_answers_fit_the_official_schemas(
    official: dict[str, Any], application: Client, world: World, client: Client
) -> None:
    badge = world.sound(Kind.HOSTED)
    answers = {
        "StatusResponseDType": [
            await application.post(ASSERTIONS, content=b'{"assertion":' + badge + b"}"),
            await application.post(ASSERTIONS, content=b"{"),
            await application.get(f"{BASE}/other"),
        ],
        "AssertionsResponseDType": [await application.get(ASSERTIONS)],
        "ProfileResponseDType": [await application.get(PROFILE)],
        "ManifestDType": [await client.get(MANIFEST)],
    }

    for name, each in answers.items():
        valid = jsonschema_rs.validator_for(_schema(official, name))
        for answer in each:
            assert [error.message for error in valid.iter_errors(answer.json())] == [], name


def _schema(official: dict[str, Any], name: str) -> dict[str, Any]:
    """A schema with all it refers to, and with its two mistakes corrected."""
    text = msgspec.json.encode(official["components"]["schemas"]).replace(b"#/components/schemas/", b"#/$defs/")
    schemas = msgspec.json.decode(text)
    # The prose says nullable, its examples send null, and the schema types it as string.
    schemas["StatusDType"]["properties"]["error"]["type"] = ["string", "null"]
    # It rejects the @context of the specification's own example.
    schemas["ManifestDType"]["properties"]["@context"] = {"type": "string"}
    return {**schemas[name], "$defs": schemas}
