"""What programs that read prose are given: all of every document, and addresses that lead there."""

import re
from typing import Any  # Any: parts of a document

import msgspec
import pytest

from gateway.http.api_pages.markdown import operations
from gateway.http.api_pages.texts import index, llms
from gateway.http.api_pages.twins import MESSAGES, SHARED, WORDLESS, TwinPage, pages, twins
from gateway.http.contract import BY_NAME, document
from gateway.settings import Settings
from tests.gateway.http.conftest import PUBLIC_URL, Client, problem

LINK = re.compile(r"\]\((\S+?)\)")
PAGES = [pytest.param(page, id=page.address) for name in BY_NAME for page in twins(name)]
TEXTS = ("/llms.txt", "/docs.md", *(twins(name)[0].address for name in BY_NAME), "/docs/gateway/shared.md")

MOST_BYTES = 100_000
"""Of one page: a model that reads it all has room for more."""


def described(name: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Every operation of a published document with its method and path."""
    return list(operations(msgspec.json.decode(document(name))))


def parts(page: TwinPage) -> dict[str, str]:
    """What a page says of each operation, by its heading."""
    return dict(zip(*[iter(re.split(r"^## (.+)$", page.text, flags=re.MULTILINE)[1:])] * 2, strict=True))


@pytest.mark.parametrize("name", BY_NAME)
def test_every_operation_of_a_document_stands_on_one_of_its_pages(name: str) -> None:
    found = [part for page in twins(name)[1:-1] for part in parts(page).items()]

    told = dict(found)
    assert len(told) == len(found)
    assert described(name)
    for method, path, operation in described(name):
        part = told[f"{method} {path}"]
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
def test_the_first_page_leads_to_every_operation(name: str) -> None:
    first, *others = twins(name)

    anchors = {f"{page.address}#{id}" for page in others for id in re.findall(r'<a id="(\w+)"></a>', page.text)}
    linked = {address for address in LINK.findall(first.text) if "#" in address}
    assert linked == anchors
    for method, path, operation in described(name):
        [line] = [line for line in first.text.splitlines() if line.startswith(f"- [{method} {path}](")]
        assert line.endswith(f"#{operation['operationId']}): {operation['summary']} (`{operation['operationId']}`)")


@pytest.mark.parametrize("name", BY_NAME)
def test_every_component_stands_among_what_is_shared(name: str) -> None:
    published = msgspec.json.decode(document(name))

    shared = twins(name)[-1]

    for kind in ("schemas", "responses", "requestBodies", "headers"):
        for component in published["components"].get(kind, {}):
            assert f"### `{component}`\n" in shared.text


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_read_at_once(page: TwinPage) -> None:
    assert len(page.text.encode()) < MOST_BYTES
    assert page.size == f"{round(len(page.text.encode()) / 1000)} KB"


@pytest.mark.parametrize("name", BY_NAME)
def test_no_two_pages_of_a_document_have_one_address(name: str) -> None:
    addresses = [page.address for page in twins(name)]

    assert sorted(set(addresses)) == sorted(addresses)


@pytest.mark.parametrize("name", BY_NAME)
async def test_every_page_is_served_and_what_it_leads_to_is_there(client: Client, name: str) -> None:
    linked = {link.partition("#")[0] for page in twins(name) for link in LINK.findall(page.text)}

    for page in twins(name):
        answer = await client.get(page.address)
        assert answer.text == page.text
        assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    for address in linked:
        if address.startswith(("/docs", "/openapi")):
            assert (await client.get(address)).status_code == 200, address


def small(**more: Any) -> dict[str, Any]:
    """A document with one operation that has no tag."""
    schema = {"$ref": "#/components/schemas/Small"}
    content = {"application/json": {"schema": schema, "examples": {"recorded": {"value": {"a": 1}}}}}
    operation = {"summary": "Find", "operationId": "find", "responses": {"200": {"content": content}}}
    return {"info": {"title": "T", "summary": "S"}, "paths": {"/a": {"get": operation}}, **more}


def test_examples_stand_on_the_pages() -> None:
    [first, page, shared] = pages("small.json", small())

    assert "[GET /a](/docs/small/anything-else.md#find): Find (`find`)" in first.text
    assert '{\n    "a": 1\n  }' in page.text
    assert [page.title, shared.title] == [WORDLESS, SHARED]


def test_of_one_schema_one_example_stands_in_all_pages() -> None:
    told = small()["paths"]["/a"]["get"] | {"operationId": "told"}

    [_, page, messages, _] = pages("small.json", small(webhooks={"event": {"post": told}}))

    assert messages.title == MESSAGES
    assert '"a": 1' not in messages.text
    assert f"Example: [of the same schema]({page.address}#find)" in messages.text


async def test_llms_txt_has_the_shape_that_is_agreed(client: Client) -> None:
    answer = await client.get("/llms.txt")

    lines = answer.text.splitlines()
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[0] == "# Open Badges gateway"
    assert lines[2].startswith("> ")
    headings = [line for line in lines if line.startswith("#")]
    assert headings == [lines[0], "## Interface", "## Documents", "## Operations", "## Optional"]
    below = lines[lines.index("## Interface") :]
    assert all(re.fullmatch(r"- \[[^]]+\]\(\S+\): .+|## \w+|", line) for line in below)


@pytest.mark.parametrize("path", ["/llms.txt", "/docs.md"])
async def test_their_links_lead_to_every_document(client: Client, path: str) -> None:
    linked = LINK.findall((await client.get(path)).text)

    assert {f"{PUBLIC_URL}/docs/{name.removesuffix('.json')}.md" for name in BY_NAME} <= set(linked)
    assert {f"{PUBLIC_URL}/openapi/{name}" for name in BY_NAME} <= set(linked)
    for address in linked:
        assert (await client.get(address.removeprefix(PUBLIC_URL))).status_code == 200, address


async def test_llms_txt_leads_to_the_page_of_every_operation_and_says_how_large_it_is(client: Client) -> None:
    lines = (await client.get("/llms.txt")).text.splitlines()

    for name in BY_NAME:
        for page in twins(name):
            [line] = [line for line in lines if f"]({PUBLIC_URL}{page.address}): " in line]
            assert page.size in line
            assert all(re.search(rf"\b{each.id}\b", line) for each in page.operations)
        [line] = [line for line in lines if f"]({PUBLIC_URL}/openapi/{name}): " in line]
        assert f"{round(len(document(name)) / 1000)} KB" in line


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


@pytest.mark.parametrize("path", ["/docs/other.md", "/docs/other/shared.md"])
async def test_a_twin_that_is_not_there_names_those_that_are(client: Client, path: str) -> None:
    answer = await client.get(path)

    assert answer.status_code == 404
    assert problem(answer)["fix"] == "there are " + ", ".join(twins(name)[0].address for name in BY_NAME)


async def test_a_page_that_a_twin_has_not_names_those_that_it_has(client: Client) -> None:
    answer = await client.get("/docs/oauth/other.md")

    assert answer.status_code == 404
    assert problem(answer)["fix"] == "there are " + ", ".join(page.address for page in twins("oauth.json"))
