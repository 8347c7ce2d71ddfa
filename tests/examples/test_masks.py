"""What differs each time is masked, and nothing else is: each kind has to be whole, and of the same kind."""

import base64
import gzip
from collections.abc import Iterator
from typing import Any  # Any: JSON

import msgspec
import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from gateway.http.catalogue.whole import CATALOGUE
from tests.examples.masks import differences, masked, mistaken, overlaid
from tests.house.sources import ROOT
from tests.simulators.seals import Authority, key, self_made

ONE, OTHER = "3cd1dd96-a3b1-4f67-ae83-2c24336cd58d", "0044e30e-cd03-47ff-be11-43b37920f644"
SECRET = "mX3_4zmXAsYthjQghKAd-7Y8X4zmXAsYthjQghKAd7Y"


def token(claims: dict[str, Any], signature: str = "c2lnbmF0dXJl") -> str:
    parts = [{"alg": "ES256", "kid": SECRET}, claims]
    said = [base64.urlsafe_b64encode(msgspec.json.encode(part)).decode().rstrip("=") for part in parts]
    return ".".join([*said, signature])


def status_list(*entries: int) -> str:
    bits = sum(1 << entry for entry in entries).to_bytes(64)
    return "u" + base64.urlsafe_b64encode(gzip.compress(bits, mtime=0)).decode().rstrip("=")


def pem(der: bytes) -> str:
    return f"-----BEGIN CERTIFICATE-----\n{base64.b64encode(der).decode()}\n-----END CERTIFICATE-----"


CERTIFIED = Authority().seal(key(1)).public_bytes(Encoding.DER)
"""Like ``self_made(1)``, but for who says so."""


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (ONE, OTHER),
        (f"https://badges.example.net/credentials/{ONE}.json", f"https://badges.example.net/credentials/{OTHER}.json"),
        (f"%2Foffers%2F{SECRET[:21]}Q", f"%2Foffers%2F{SECRET[-22:-1]}g"),
        ("KQcRGVsrLOTQZkAIPsphAw", "XQnWVBqZwIacNQhabcdefg"),
        ('"' + "0" * 64 + '"', '"' + "f" * 64 + '"'),
        ({"statusListIndex": "1"}, {"statusListIndex": "75327"}),
        (status_list(3), status_list(4)),
        (pem(self_made(1)), pem(self_made(2))),
        ({"keys": [{"x": 1}, {"x": 2}]}, {"keys": [{"x": 2}, {"x": 1}]}),
        (f'{{"id": "{ONE}", "a": 1}}', f'{{"a":1,"id":"{OTHER}"}}'),
        (token({"jti": ONE, "iat": 1}), token({"iat": 1, "jti": OTHER}, "YW5vdGhlcjAw")),
    ],
)
def test_what_differs_each_time_makes_no_difference(left: Any, right: Any) -> None:
    assert differences(left, right) == []


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (ONE, SECRET),
        (SECRET[:21] + "Q", SECRET[-22:]),
        ("verifiablePresentation", "learningOutcomeSummary"),
        ({SECRET[:21] + "Q": 1}, {SECRET[-22:-1] + "g": 1}),
        (ONE, ONE.replace("4f67", "1f67")),
        (ONE, ONE + "0"),
        (f"/credentials/{ONE}", f"/offers/{ONE}"),
        ("0" * 64, "0" * 63),
        (status_list(3), status_list(3, 4)),
        (status_list(3), "uH4sI" + "A" * 40),
        (pem(self_made(1)), pem(CERTIFIED)),
        (base64.b64encode(self_made(1)).decode(), base64.b64encode(CERTIFIED).decode()),
        (pem(CERTIFIED), pem(CERTIFIED[:-1])),
        ({"salt": "0" * 32}, {"salt": "0" * 16}),
        ("2026-09-01T12:00:00Z", "2026-09-01T12:00:01Z"),
        ({"statusListIndex": "1"}, {"statusListIndex": "x"}),
        ({"a": 1}, {"a": True}),
        ({"a": None}, {}),
        ([1, 2], [2, 1]),
        ([1], [1, 1]),
        ('{"a": 1}', '{"a": 2}'),
        (token({"iat": 1}), token({"iat": 2})),
        (token({"jti": ONE}), token({"sub": ONE})),
        (token({"jti": ONE}), token({"jti": ONE}, "c2lnbmF0dXJlMQ")),
    ],
)
def test_all_else_is_a_difference(left: Any, right: Any) -> None:
    assert differences(left, right) != []


def test_a_difference_says_where_it_is() -> None:
    assert differences({"a": [{"b": "c"}]}, {"a": [{"b": "d"}]}) == ["/a/0/b: 'c', not 'd'"]


def test_an_id_is_the_same_everywhere() -> None:
    shown = {"asked": ONE, "told": f"/records/{ONE}", "other": OTHER, "keys": [ONE]}

    assert mistaken(shown, {"asked": OTHER, "told": f"/records/{OTHER}", "other": ONE, "keys": [ONE]}) == []
    assert mistaken(shown, {"asked": OTHER, "told": f"/records/{ONE}", "other": ONE, "keys": []}) != []
    assert mistaken(shown, {"asked": ONE, "told": f"/records/{ONE}", "other": ONE, "keys": []}) != []


@pytest.mark.parametrize("made", [SECRET, f"z6Mk{'a' * 44}", "0" * 64, f"bgc_{'a' * 22}"])
def test_what_is_made_is_the_same_wherever_it_is_named(made: str) -> None:
    other = made[:-1] + "1"
    shown = {"id": f"did:web:badges.example.net#{made}", "verificationMethod": made}

    assert mistaken(shown, {"id": f"did:web:badges.example.net#{other}", "verificationMethod": other}) == []
    assert mistaken(shown, {"id": f"did:web:badges.example.net#{other}", "verificationMethod": made}) != []


def test_words_are_not_masked() -> None:
    text = "Repairing bicycles, first steps: https://badges.example.net/p/default/did.json"

    assert masked(text) == text


def _words(said: Any) -> Iterator[str]:
    """The names of all members, and every value that is one of few."""
    if isinstance(said, list):
        for each in said:
            yield from _words(each)
    elif isinstance(said, dict):
        yield from said.get("properties", {})
        few = said.get("enum")
        yield from (each for each in (*(few if isinstance(few, list) else ()), said.get("const")) if type(each) is str)
        for each in said.values():
            yield from _words(each)


def test_no_published_name_value_or_code_is_masked() -> None:
    documents = [msgspec.json.decode(path.read_bytes()) for path in (ROOT / "openapi").glob("*.json")]
    words = {*CATALOGUE, *_words(documents)}

    assert {"verifiablePresentation", "issuer", "malformed"} <= words
    assert {word for word in words if masked(word) != word or masked({word: ""}) != {word: ""}} == set()


def test_live_values_take_the_place_of_those_that_are_shown() -> None:
    assert overlaid({"a": [ONE], "b": 1}, {"b": 1, "a": [OTHER]}) == {"a": [OTHER], "b": 1}
