"""Whatever stands where something else should: an error of ours with a reason, or a reading, and never a crash."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from adapters.hub.errors import AdapterError
from tests.adapters.open_badges_2.badges import ADAPTER, ISSUANCE, opened, sample, served

STRANGE: tuple[Any, ...] = (
    None,
    True,
    5,
    -0.5,
    "",
    "x",
    "_:b0",
    "did:example:1",
    [],
    [[]],
    {},
    {"id": 5},
    {"type": []},
)


def replaced(value: Any, strange: Any) -> Iterator[Any]:
    """The document with each of its values replaced in turn."""
    yield strange
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in members:
        for changed in replaced(child, strange):
            copy = value.copy()
            copy[name] = changed
            yield copy


@pytest.mark.parametrize("strange", STRANGE, ids=repr)
def test_a_value_replaced_anywhere_is_read_or_refused(strange: Any) -> None:
    known = served(sample("hosted.json"), sample("served/issuer.json"))
    for document in replaced(sample("hosted.json"), strange):
        if isinstance(document, dict) and document.keys() != {"url"}:
            _tried(document, known)


@pytest.mark.parametrize("strange", STRANGE, ids=repr)
def test_a_host_may_serve_anything(strange: Any) -> None:
    document = sample("hosted-by-reference.json")
    for badge in replaced(sample("served/knots.json"), strange):
        body = json.dumps(badge).encode()
        known = served(sample("served/issuer.json"))
        _tried(document, known | {document["badge"]: body, document["id"]: body})


def _tried(document: Any, known: dict[str, bytes]) -> None:
    with suppress(AdapterError):
        received = opened(document)
        ADAPTER.recognises(received)
        ADAPTER.references(received, {})
        ADAPTER.references(received, known)
        reading = ADAPTER.read(received, known)
        ADAPTER.write(reading.credentials[0], ISSUANCE)
