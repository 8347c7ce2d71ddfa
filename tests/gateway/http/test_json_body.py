"""Bodies in JSON that are not what an operation takes: the problem has a pointer and a fix."""

import gzip

import pytest

from tests.gateway.http.conftest import Client, problem

JSON = {"Content-Type": "application/json"}
FAULTS = {
    b"": ("", "the body is missing"),
    b'{"name":': ("", "no JSON"),
    b"\xff": ("", "no JSON"),
    b'{"name":"\xff","scopes":["credentials.read"]}': ("", "no JSON"),
    b'{"name":"x","scopes":["credentials.read"],"\xff":"y"}': ("", "no JSON"),
    b'\xef\xbb\xbf{"name":"x","scopes":["credentials.read"]}': ("", "no JSON"),
    b'{"name":5': ("", "no JSON"),
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
    ("body", "said"),
    [
        (b'{"name":' + b"[" * 1_100 + b"]" * 1_100 + b"}", "nested deeper than 32 levels"),
        (b"[" * 20_000 + b"]" * 20_000, "nested deeper than 32 levels"),
        (b'{"name":[' + b"0," * 24_500 + b"0]}", "more than 24000 values"),
        (b'{"name":"' + b"x" * 65_536 + b'"}', ""),
    ],
    ids=["levels", "list of levels", "values", "bytes"],
)
async def test_a_body_of_more_than_any_has_is_too_large(holder: Client, body: bytes, said: str) -> None:
    answer = problem(await holder.post("/v1/platform/keys", content=body, headers=JSON))

    assert (answer["status"], answer["code"]) == (413, "too-large")
    assert said in answer["detail"]


async def test_a_body_that_is_packed_is_told_that_it_is(holder: Client) -> None:
    packed = gzip.compress(b'{"name":"x","scopes":["credentials.read"]}', mtime=0)

    found = problem(
        await holder.post("/v1/platform/keys", content=packed, headers={**JSON, "Content-Encoding": "gzip"})
    )

    assert (found["status"], found["code"]) == (400, "invalid-body")
    assert "encoded as gzip" in found["detail"]
    assert "Content-Encoding" in found["fix"]


@pytest.mark.parametrize("body", [b'{"behaviour":"\xff"}', b"{", b'{"behaviour":', b"[" * 64 + b"]" * 32])
async def test_what_is_no_json_is_called_so_where_no_badge_is_sent(holder: Client, body: bytes) -> None:
    found = problem(await holder.post("/v1/platform/members", content=body, headers=JSON))

    assert (found["status"], found["code"]) == (400, "invalid-body")
    assert found["detail"].startswith("the body is no JSON")


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
