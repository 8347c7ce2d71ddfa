"""Input that nobody should send: refused with a reason, nothing stored, never a fault of the gateway's own."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest
from litestar import Litestar

from gateway.http.middleware import BodyDeadline
from gateway.settings import Settings
from tests.corpora import corpus
from tests.gateway.http.asgi import asked
from tests.gateway.http.conftest import Client, problem
from tests.laundering.sources import DRAWING, PICTURE, Kind, World

SUITE = "sec/JSONTestSuite/test_parsing"
CHUNK = 1000
DOORS = ("/v1/inspections", "/v1/verifications", "/v1/credentials?to=open-badges-3&to=open-badges-2")


def _endless(read: list[bytes]) -> Iterator[bytes]:
    """Chunks without end; those that were asked for stand in ``read``."""
    while True:
        read.append(b" " * CHUNK)
        yield read[-1]


async def refused(holder: Client, badge: bytes) -> dict[str, Any]:
    """What every door says to a badge: the same thing, in the 400s; nothing is stored."""
    said = []
    for door in DOORS:
        answer = await holder.post(door, content=badge)
        assert 400 <= answer.status_code < 500, (door, answer.text)
        said.append(problem(answer))
    assert said[0] == said[1] == said[2]
    assert (await holder.get("/v1/credentials")).json()["records"] == []
    return said[0]


async def test_no_file_that_json_parsers_must_reject_gets_in(holder: Client) -> None:
    files = sorted(path for path in corpus(SUITE).iterdir() if path.name.startswith("n_"))

    codes = {path.name: (await refused(holder, path.read_bytes()))["code"] for path in files}

    assert len(codes) > 150
    assert set(codes.values()) <= {"malformed", "too-large", "unsupported-carrier", "bake-corrupt"}


async def test_no_file_of_the_json_suite_is_a_fault(holder: Client) -> None:
    for path in sorted(corpus(SUITE).iterdir()):
        for door in DOORS:
            answer = await holder.post(door, content=path.read_bytes())

            assert answer.status_code < 500, path.name


@pytest.mark.parametrize(
    ("badge", "code", "detail"),
    [
        (b'{"id": "a", "type": "Assertion", "id": "b"}', "malformed", "/id: the name stands twice"),
        (b'{"badge": {"a": 1, "a": 1}}', "malformed", "/badge/a: the name stands twice"),
        (b'{"name": "\xff"}', "malformed", "not UTF-8"),
        (b'{"name": "\xed\xa0\x80"}', "malformed", "not UTF-8"),
        (b'{"name": "\\ud800"}', "malformed", "/name: half a surrogate pair"),
        (b'{"name": "\\u0000"}', "malformed", "/name: U+0000"),
        (b'{"name": 1e999}', "malformed", "/name: a number too large"),
        (b'{"name": NaN}', "malformed", "/name: NaN is not JSON"),
        (b'{"name": ' + b"1" * 400 + b"}", "malformed", "/name: an integer of 400 digits"),
        (b"\xef\xbb\xbf{}", "unsupported-carrier", "byte order mark"),
        ('{"type": "Assertion"}'.encode("utf-16"), "unsupported-carrier", ""),
        (b'{"a":' * 1000 + b"1" + b"}" * 1000, "too-large", "nested deeper than 32 levels"),
        (b'{"a":' + b"[" * 5000 + b"]" * 5000 + b"}", "too-large", "nested deeper than 32 levels"),
        (b'{"a": [' + b"0," * 100_000 + b"0]}", "too-large", "more than 24000 values"),
        (json.dumps({"a": "x" * 4_200_000}).encode(), "too-large", "at most 4194304"),
    ],
)
async def test_json_that_two_readers_could_understand_differently_is_refused(
    holder: Client, badge: bytes, code: str, detail: str
) -> None:
    said = await refused(holder, badge)

    assert said["code"] == code
    assert detail in said["detail"]


@pytest.mark.parametrize(
    ("badge", "looks_like"),
    [
        (b"", "nothing at all"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"GIF89a", "a GIF"),
        (b"PK\x03\x04", "a ZIP"),
        (b"<!doctype html><html>", "an HTML page"),
        (b"[]", "JSON that is not an object"),
        (b'"https"', "JSON that is not an object"),
        (b"hello", "neither JSON nor"),
        (b"a.b.c.d.e", "neither JSON nor"),
        (b"{}", "an empty object"),
        (b'{"keys": []}', "a set of public keys"),
        (b'{"@context": "https://w3id.org/openbadges/v1", "type": "BadgeClass"}', "a BadgeClass alone"),
        (
            b'{"@context": ["https://www.w3.org/2018/credentials/v1"], "type": ["VerifiableCredential"]}',
            "a Verifiable Credential that is no Open Badge",
        ),
    ],
)
async def test_an_unknown_format_is_told_what_it_looks_like_and_what_is_accepted(
    holder: Client, badge: bytes, looks_like: str
) -> None:
    said = await refused(holder, badge)

    assert said["status"] == 415
    assert looks_like in said["detail"]
    assert "Open Badges" in said["fix"]


@pytest.mark.parametrize("picture", [PICTURE, DRAWING, PICTURE[:20]])
async def test_a_picture_without_a_badge_is_refused(holder: Client, picture: bytes) -> None:
    said = await refused(holder, picture)

    assert said["code"].startswith("bake-")


@pytest.mark.parametrize("folder", ["sec/made/png", "sec/made/svg"])
async def test_no_hostile_picture_is_a_fault(holder: Client, folder: str) -> None:
    pictures = sorted(path for path in corpus(folder).rglob("*") if path.is_file())

    for path in pictures:
        for door in DOORS:
            answer = await holder.post(door, content=path.read_bytes())
            assert answer.status_code < 500, path.name


@pytest.mark.parametrize(
    "url", ["https://", "https://a b", "ftp://x.example/", "javascript:alert(1)", "https://x\u00e9.example"]
)
async def test_an_address_that_is_none_is_refused(holder: Client, url: str) -> None:
    said = await refused(holder, json.dumps({"url": url}).encode())

    assert said["pointer"] == "/url"


async def test_an_address_that_serves_nothing_is_said(holder: Client) -> None:
    badge = b'{"url": "https://nobody.example/badge"}'

    for door in DOORS[1:]:
        answer = await holder.post(door, content=badge)
        assert (answer.status_code, problem(answer)["code"]) == (422, "unreachable")
    assert (await holder.post(DOORS[0], content=badge)).json()["needs"] == ["https://nobody.example/badge"]


class TestSize:
    """Bodies above the limit."""

    LIMIT = 20_000

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(public_url="https://badges.example.net", data_dir=tmp_path, max_body_bytes=self.LIMIT)

    async def test_a_body_above_the_limit_is_413_at_every_door(self, holder: Client) -> None:
        said = await refused(holder, b"{" + b" " * self.LIMIT)

        assert (said["status"], said["code"]) == (413, "too-large")
        assert str(self.LIMIT) in said["fix"]

    async def test_a_body_that_comes_in_chunks_is_cut_off_at_the_limit(self, app: Litestar) -> None:
        read: list[bytes] = []

        answer = await asked(app, "POST", "/v1/inspections", body=_endless(read))

        assert answer.status == 413
        assert sum(map(len, read)) <= self.LIMIT + CHUNK
        assert msgspec.json.decode(answer.body)["code"] == "too-large"

    async def test_a_length_that_is_no_number_is_refused(self, app: Litestar) -> None:
        answer = await asked(app, "POST", "/v1/inspections", headers=[(b"content-length", b"many")], body=[b"{}"])

        assert answer.status == 400

    async def test_a_body_that_trickles_in_is_not_waited_for(self, app: Litestar) -> None:
        patient, hasty = BodyDeadline(app, timeout_s=60), BodyDeadline(app, timeout_s=0.05)
        body = [b"{", b"}"]

        refused = await asked(hasty, "POST", "/v1/inspections", body=body, pause_s=0.03)
        taken = await asked(patient, "POST", "/v1/inspections", body=body, pause_s=0.03)

        assert (refused.status, msgspec.json.decode(refused.body)["code"]) == (408, "body-timeout")
        assert taken.status == 415

    async def test_a_body_without_a_key_is_not_read(self, app: Litestar) -> None:
        read: list[bytes] = []

        answer = await asked(app, "POST", "/v1/credentials", query=b"to=open-badges-3", body=_endless(read))

        assert answer.status == 401
        assert read == []


NO_TARGETS = (
    b"",
    b"to=",
    b"to=open-badges-9",
    b"to=open-badges-3&securing=rot13",
    b"to=open-badges-3%00",
    b"to=%ff%fe",
    b"to=" + b"&to=".join([b"open-badges-3"] * 9),
    b"to[]=open-badges-3",
    b"%",
    b"&&&===",
    b"to=" + b"a" * 10_000,
)
NO_PAGES = (b"limit=0", b"limit=101", b"limit=-1", b"limit=1e3", b"limit=", b"after=x", b"after=%00")


async def test_a_query_that_makes_no_sense_is_refused(holder: Client, world: World, app: Litestar) -> None:
    key = [(b"authorization", holder.headers["Authorization"].encode())]
    questions = [("POST", query) for query in NO_TARGETS] + [("GET", query) for query in NO_PAGES]

    for method, query in questions:
        answer = await asked(app, method, "/v1/credentials", query=query, headers=key, body=[world.sound(Kind.HOSTED)])

        assert answer.status == 400, query
        said = msgspec.json.decode(answer.body)
        assert said["detail"]
        assert said["fix"]
    assert (await holder.get("/v1/credentials")).json()["records"] == []


ODD = (
    "\0",
    "%00",
    "a\0b",
    "\ud800",
    "\uffff",
    "..",
    "%2e%2e",
    "' or 1=1 --",
    "\U0001f4a9" * 50,
    "a" * 5000,
    "\r\n",
    "{}",
    "*",
)


@pytest.mark.parametrize(
    "address",
    [
        "/p/{}/issuer",
        "/p/default/{}",
        "/p/default/issued/{}",
        "/p/default/keys/{}",
        "/p/default/status-lists/{}",
        "/p/default/receipts/{}.jwt",
        "/credentials/{}",
        "/credentials/00000000-0000-4000-8000-000000000000/original/{}",
        "/v1/credentials/{}",
        "/problems/{}",
    ],
)
async def test_an_address_with_odd_characters_names_nothing(holder: Client, address: str, app: Litestar) -> None:
    headers = [(b"authorization", holder.headers["Authorization"].encode()), (b"accept", b"\xff;q=\xfe, */*")]

    query = b"" if address.startswith("/v1/") else b"lang=%00&%ff"

    for segment in ODD:
        answer = await asked(app, "GET", address.format(segment), query=query, headers=headers)

        assert answer.status == 404, segment
        assert answer.headers[b"content-type"] == b"application/problem+json"
