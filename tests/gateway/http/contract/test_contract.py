"""The published contract: what is committed, what is served and what is enforced are the same."""

from collections.abc import Iterator
from typing import Any  # Any: an OpenAPI document

import jsonschema_rs
import msgspec
import pytest

from gateway.cli import main
from gateway.commands import openapi
from gateway.flows.search import PAGE_LIMIT
from gateway.http.attributes import described, structs_in
from gateway.http.contract import document, documents, files, index
from gateway.http.contract.references import resolved
from gateway.http.examination import RECIPIENTS
from gateway.http.surfaces import GATEWAY
from gateway.records.access import Scope
from tests.gateway.http.conftest import Client, problem
from tests.house.sources import ROOT

DOCUMENT: dict[str, Any] = msgspec.json.decode(document(GATEWAY.document))
DOCUMENTS: dict[str, dict[str, Any]] = {name: msgspec.json.decode(text) for name, text in documents().items()}
EVERY_OPERATION = [
    pytest.param(name, operation, id=f"{name.removesuffix('.json')}-{operation['operationId']}")
    for name, found in DOCUMENTS.items()
    for item in found["paths"].values()
    for operation in item.values()
]
OPERATIONS = {operation["operationId"]: operation for item in DOCUMENT["paths"].values() for operation in item.values()}


def test_what_is_committed_is_what_the_routes_say() -> None:
    stale = [name for name, text in files().items() if (ROOT / "openapi" / name).read_bytes() != text]

    assert stale == [], "./run.sh openapi writes them again"


async def test_what_is_served_is_what_is_committed(client: Client) -> None:
    answer = await client.get("/openapi.json")

    assert answer.content == (ROOT / "openapi" / GATEWAY.document).read_bytes()


@pytest.mark.parametrize("name", documents())
async def test_every_surface_serves_its_document(client: Client, name: str) -> None:
    answer = await client.get(f"/openapi/{name}")

    assert answer.content == (ROOT / "openapi" / name).read_bytes()


async def test_a_document_that_is_not_there_names_those_that_are(client: Client) -> None:
    answer = await client.get("/openapi/other.json")

    assert answer.status_code == 404
    assert GATEWAY.document in problem(answer)["fix"]


async def test_the_index_leads_to_every_document_with_its_digest(client: Client) -> None:
    answer = await client.get("/openapi")

    assert answer.content == index() == (ROOT / "openapi" / "index.json").read_bytes()
    listed = answer.json()["documents"]
    assert [each["name"] for each in listed] == sorted(documents())
    for each in listed:
        found = await client.get(each["url"])
        assert found.headers["ETag"] == f'"{each["sha256"]}"'
        assert found.json()["info"] | {"title": each["title"], "version": each["version"]} == found.json()["info"]


@pytest.mark.parametrize("address", ["/openapi", "/openapi.json", *(f"/openapi/{name}" for name in documents())])
async def test_who_has_a_document_already_is_told_so(client: Client, address: str) -> None:
    first = await client.get(address)
    again = await client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"] == "public, max-age=300"
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_the_command_finds_a_difference_and_mends_it(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(openapi, "FOLDER", tmp_path / "openapi")

    found = [main(["openapi", "--check"]), main(["openapi"]), main(["openapi", "--check"])]

    assert found == [1, 0, 0]
    assert (tmp_path / "openapi" / GATEWAY.document).read_bytes() == document(GATEWAY.document)
    assert capsys.readouterr().out.splitlines()[-1] == "up to date"


@pytest.mark.parametrize("published", DOCUMENTS.values(), ids=DOCUMENTS)
def test_it_is_open_api_3_1(published: dict[str, Any]) -> None:
    assert published["openapi"].startswith("3.1.")
    assert {reference for reference in _references(published) if not _found(published, reference)} == set()


def test_no_two_operations_have_one_name() -> None:
    names = [
        operation["operationId"]
        for found in DOCUMENTS.values()
        for item in found["paths"].values()
        for operation in item.values()
    ]

    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize(("name", "operation"), EVERY_OPERATION)
def test_every_operation_says_what_it_does_and_who_may(name: str, operation: dict[str, Any]) -> None:
    schemes = DOCUMENTS[name]["components"].get("securitySchemes", {})

    assert operation["summary"]
    assert operation["description"]
    assert {scheme for choice in operation["security"] for scheme in choice} <= schemes.keys()


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=OPERATIONS.keys())
def test_every_operation_of_ours_fails_with_a_problem(operation: dict[str, Any]) -> None:
    choices = operation["security"]
    assert {scheme for choice in choices for scheme in choice} <= {"apiKey"}
    # Where a key may be shown and need not, one that is unknown is refused all the same.
    assert ("401" in operation["responses"]) == any(choices)
    for status, found in operation["responses"].items():
        response = resolved(DOCUMENT, found)
        if int(status) >= 400 and (operation["operationId"], status) not in {
            ("exportCredential", "410"),
            ("readiness", "503"),
        }:
            # Who opens an address in a browser at which there is nothing, or nothing any more, gets a page, and of an
            # offer in any case.
            pages = {"text/html"} if status in {"404", "410"} or operation["operationId"] == "offerPage" else set()
            assert set(response["content"]) - pages == {"application/problem+json"}
    assert {"400", "500"} <= operation["responses"].keys()


@pytest.mark.parametrize(("name", "operation"), EVERY_OPERATION)
def test_no_parameter_takes_null(name: str, operation: dict[str, Any]) -> None:
    for parameter in operation.get("parameters", ()):
        assert "null" not in str(parameter["schema"]), (name, parameter["name"])


def test_bounds_are_those_that_are_enforced() -> None:
    [limit] = [found for found in OPERATIONS["listCredentials"]["parameters"] if found["name"] == "limit"]
    [recipient] = [found for found in OPERATIONS["verifyBadge"]["parameters"] if found["name"] == "recipient"]

    assert limit["schema"] == {"type": "integer", "format": "int32", "minimum": 1, "maximum": PAGE_LIMIT, "default": 20}
    assert recipient["schema"]["maxItems"] == RECIPIENTS
    assert recipient["schema"]["items"] == {"type": "string", "minLength": 1, "maxLength": 500}


async def test_bounds_are_enforced(client: Client) -> None:
    for recipients in (["x"] * (RECIPIENTS + 1), ["x" * 501], [""]):
        answer = await client.post("/v1/verifications", params={"recipient": recipients}, content=b"{}")

        assert answer.status_code == 400
        assert "recipient" in problem(answer)["detail"]


def test_headers_are_published_where_they_are_sent() -> None:
    published = DOCUMENTS["open-badges-2.json"]["paths"]["/p/{platform}/issued/{name}"]["get"]
    page = published["responses"]
    made = OPERATIONS["convertBadge"]["responses"]

    assert {"ETag", "Content-Digest", "Cache-Control"} <= page["200"]["headers"].keys()
    assert {"ETag", "Cache-Control"} <= page["304"]["headers"].keys()
    assert "Location" in made["201"]["headers"]
    assert "Retry-After" in resolved(DOCUMENT, made["429"])["headers"]
    assert "WWW-Authenticate" in resolved(DOCUMENT, made["401"])["headers"]


def test_examples_are_our_samples_and_fit() -> None:
    body = DOCUMENT["components"]["requestBodies"]["Badge"]["content"]["application/json"]
    valid = jsonschema_rs.validator_for(body["schema"])

    assert {name.rpartition("-")[0] for name in body["examples"]}
    for example in body["examples"].values():
        assert valid.is_valid(example["value"])


async def test_examples_are_recognised(client: Client) -> None:
    content = DOCUMENT["components"]["requestBodies"]["Badge"]["content"]
    badges = {
        **{
            name: msgspec.json.encode(found["value"]) for name, found in content["application/json"]["examples"].items()
        },
        **{name: found["value"].encode() for name, found in content["text/plain"]["examples"].items()},
    }

    for name, badge in badges.items():
        answer = await client.post("/v1/inspections", content=badge)
        assert answer.status_code == 200, name
        assert name.startswith(answer.json()["format"])
        assert answer.json()["problem"] == ""


def test_what_is_told_is_described_and_refers_to_what_is_there() -> None:
    event = DOCUMENT["webhooks"]["event"]["post"]
    body = _found(DOCUMENT, event["requestBody"]["content"]["application/json"]["schema"]["$ref"])

    assert {parameter["name"] for parameter in event["parameters"]} == {
        "webhook-id",
        "webhook-timestamp",
        "webhook-signature",
    }
    assert body["required"] == ["id", "type", "timestamp", "data"]
    assert event["security"] == []


def test_what_a_class_says_of_an_attribute_stands_at_the_property() -> None:
    text = "A thing.\n\n    Attributes:\n        a_b: What it\n            is.\n        c: Another.\n    "
    schema = {"description": text, "properties": {"aB": {"type": "string"}, "d": {}}}

    assert described(schema) == {
        "description": "A thing.",
        "properties": {"aB": {"type": "string", "description": "What it is."}, "d": {}},
    }


def test_what_a_class_inherits_is_described_too() -> None:
    data = DOCUMENT["components"]["schemas"]["NoticeData"]

    assert [name for name, each in data["properties"].items() if not each.get("description")] == []
    assert data["properties"]["credential"]["description"] == "Id of the record; absent for what concerns none."


def test_structures_are_found_however_deep_but_not_two_of_one_name() -> None:
    deep = msgspec.defstruct("Deep", [("a", int)])
    one, other = (msgspec.defstruct("Twice", [(name, deep | None)]) for name in ("b", "c"))
    whole = msgspec.defstruct("Whole", [("d", list[one]), ("e", dict[str, other])])  # type: ignore[valid-type]

    assert structs_in([whole]) == {"Whole": whole, "Deep": deep}


def _references(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (child for name, child in value.items() if name == "$ref" and isinstance(child, str))
        for child in value.values():
            yield from _references(child)
    elif isinstance(value, list):
        for child in value:
            yield from _references(child)


def _found(published: dict[str, Any], reference: str) -> Any:
    found: Any = published
    for name in reference.removeprefix("#/").split("/"):
        found = found.get(name, {})
    return found


@pytest.mark.parametrize(("name", "operation"), EVERY_OPERATION)
def test_every_answer_says_its_limits_and_whether_it_is_kept(name: str, operation: dict[str, Any]) -> None:
    for found in operation["responses"].values():
        headers = resolved(DOCUMENTS[name], found)["headers"].keys()

        assert "Cache-Control" in headers
        assert "429" not in operation["responses"] or {"RateLimit", "RateLimit-Policy"} <= headers


@pytest.mark.parametrize(("name", "operation"), EVERY_OPERATION)
def test_operations_for_api_keys_name_the_scope(name: str, operation: dict[str, Any]) -> None:
    named = any(f"needs the scope `{scope}`" in operation["description"] for scope in Scope)

    behind_keys = {} not in operation["security"] and any("apiKey" in choice for choice in operation["security"])
    assert named == behind_keys, name


def test_what_is_made_has_its_address() -> None:
    made = {
        (name, operation["operationId"]): resolved(found, operation["responses"]["201"])
        for name, found in DOCUMENTS.items()
        for item in found["paths"].values()
        for operation in item.values()
        if "201" in operation["responses"]
    }

    assert {answer["description"] for answer in made.values()}.isdisjoint({"Document created, URL follows"})
    for operation in ("createExchange", "issueVerifiableCredential"):
        assert "Location" in made["vc-api.json", operation]["headers"]


def test_answers_with_tokens_may_fit_two_shapes() -> None:
    [found] = DOCUMENTS["oauth.json"]["paths"]["/oauth/token"]["post"]["responses"]["200"]["content"].values()

    assert [each["$ref"].rpartition("/")[2] for each in found["schema"]["anyOf"]] == ["TokenAnswer", "WalletAnswer"]


def test_an_interaction_url_is_published() -> None:
    found = OPERATIONS["offerPage"]["responses"]["200"]["content"]

    assert found["application/json"]["schema"]["$ref"].endswith("/Protocols")
    assert "text/html" in found
