"""What programs that read prose are given: all of every document, and addresses that lead there."""

import re

import msgspec
import pytest

from gateway.http.api_pages.markdown import markdown, operations
from gateway.http.api_pages.texts import index, llms
from gateway.http.contract import BY_NAME, document
from gateway.settings import Settings
from tests.gateway.http.conftest import PUBLIC_URL, Client, problem

LINK = re.compile(r"\]\((\S+?)\)")
TEXTS = ("/llms.txt", "/docs.md", *(f"/docs/{name.removesuffix('.json')}.md" for name in BY_NAME))


@pytest.mark.parametrize("name", BY_NAME)
async def test_every_operation_of_a_document_stands_in_its_twin(client: Client, name: str) -> None:
    published = msgspec.json.decode(document(name))

    twin = (await client.get(f"/docs/{name.removesuffix('.json')}.md")).text

    parts = dict(zip(*[iter(re.split(r"^### (.+)$", twin, flags=re.MULTILINE)[1:])] * 2, strict=True))
    described = list(operations(published))
    assert described
    for method, path, operation in described:
        part = parts[f"{method} {path}"]
        assert operation["summary"] in part
        assert f"`{operation['operationId']}`" in part
        assert operation["description"] in part
        assert "Who may: " in part
        for parameter in operation.get("parameters", ()):
            assert f"- `{parameter['name']}` ({parameter['in']}, " in part
        for status in operation["responses"]:
            assert re.search(rf"\b{status}\b", part), status
        assert ("Body: " in part) == ("requestBody" in operation)


@pytest.mark.parametrize("name", BY_NAME)
def test_every_component_stands_in_the_twin(name: str) -> None:
    published = msgspec.json.decode(document(name))

    twin = markdown(published)

    for kind in ("schemas", "responses", "requestBodies", "headers"):
        for component in published["components"].get(kind, {}):
            assert f"### `{component}`\n" in twin


def test_examples_stand_in_the_twin() -> None:
    examples = {"small": {"value": {"a": 1}}}
    answer = {"description": "Found.", "content": {"application/json": {"schema": {}, "examples": examples}}}
    operation = {"summary": "Find", "operationId": "find", "responses": {"200": answer}}

    twin = markdown({"info": {"title": "T", "summary": "S"}, "paths": {"/a": {"get": operation}}})

    assert '{\n    "a": 1\n  }' in twin


async def test_llms_txt_has_the_shape_that_is_agreed(client: Client) -> None:
    answer = await client.get("/llms.txt")

    lines = answer.text.splitlines()
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[0] == "# Open Badges gateway"
    assert lines[2].startswith("> ")
    headings = [line for line in lines if line.startswith("#")]
    assert headings == [lines[0], "## Interface", "## Documents", "## Optional"]
    below = lines[lines.index("## Interface") :]
    assert all(re.fullmatch(r"- \[[^]]+\]\(\S+\): .+|## \w+|", line) for line in below)


@pytest.mark.parametrize("path", ["/llms.txt", "/docs.md"])
async def test_their_links_lead_to_every_document(client: Client, path: str) -> None:
    linked = LINK.findall((await client.get(path)).text)

    assert {f"{PUBLIC_URL}/docs/{name.removesuffix('.json')}.md" for name in BY_NAME} <= set(linked)
    assert {f"{PUBLIC_URL}/openapi/{name}" for name in BY_NAME} <= set(linked)
    for address in linked:
        assert (await client.get(address.removeprefix(PUBLIC_URL))).status_code == 200, address


def test_without_a_public_address_links_start_at_the_root_and_no_place_is_named() -> None:
    for text in (index(BY_NAME, Settings()), llms(BY_NAME, Settings())):
        assert all(address.startswith("/") for address in LINK.findall(text))
        assert "It is at" not in text


@pytest.mark.parametrize("path", TEXTS)
async def test_they_are_kept_for_a_while_and_asked_for_again_cheaply(client: Client, path: str) -> None:
    answer = await client.get(path)
    again = await client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    head = await client.head(path)

    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert again.status_code == 304
    assert head.headers["ETag"] == answer.headers["ETag"]
    assert answer.text.startswith("# ")


async def test_a_twin_that_is_not_there_names_the_documents(client: Client) -> None:
    answer = await client.get("/docs/other.md")

    assert answer.status_code == 404
    assert "gateway.json" in problem(answer)["fix"]
