"""Bodies in JSON that are not what an operation takes: the problem has a pointer and a fix."""

import pytest

from tests.gateway.http.conftest import Client, problem

JSON = {"Content-Type": "application/json"}
FAULTS = {
    b"": ("", "the body is missing"),
    b'{"name":': ("", "no JSON"),
    b"\xff": ("", "no JSON"),
    b"[]": ("", "an object"),
    b"{}": ("/name", "missing"),
    b'{"name":"x","scopes":["credentials.read"],"platform":"other"}': ("/platform", "no such member"),
    b'{"name":"x","scopes":["everything"]}': ("/scopes/0", "everything"),
    b'{"name":"x","scopes":["credentials.read"],"name":"y"}': ("/name", "stands twice"),
    b'{"name":"x","scopes":["credentials.read"],"na\\u006de":"y"}': ("/name", "stands twice"),
    b'{"name":"x","scopes":["credentials.read"],"expires":99999999999}': ("/expires", ""),
}


@pytest.mark.parametrize("body", FAULTS, ids=str)
async def test_a_body_that_is_not_what_is_taken_says_where_and_what(holder: Client, body: bytes) -> None:
    before = await names(holder)

    said = problem(await holder.post("/v1/platform/keys", content=body, headers=JSON))

    pointer, word = FAULTS[body]
    assert (said["status"], said["code"], said.get("pointer", "")) == (400, "invalid-body", pointer)
    assert word in said["detail"]
    assert "parameter" not in said
    assert await names(holder) == before


@pytest.mark.parametrize(
    "declared", ["text/plain", "application/json; charset=utf-16", "application/x-www-form-urlencoded"]
)
async def test_a_body_is_read_as_utf_8_whatever_it_is_declared_as(holder: Client, declared: str) -> None:
    body = '{"name":"Clé","scopes":["credentials.read"]}'.encode()

    answer = await holder.post("/v1/platform/keys", content=body, headers={"Content-Type": declared})

    assert answer.status_code == 201, answer.text
    assert "Clé" in await names(holder)
    promised = (await holder.get("/openapi/gateway.json")).json()["info"]["description"]
    assert "JSON is read as UTF-8" in promised


async def names(holder: Client) -> list[str]:
    """Of the keys that there are."""
    return [key["name"] for key in (await holder.get("/v1/platform/keys")).json()["keys"]]
