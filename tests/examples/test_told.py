"""Every message that the documents show: it arrives like this, and there is one of every kind."""

import asyncio
from typing import Any  # Any: parts of a document

import msgspec
import pytest

from gateway.http.contract import documents
from gateway.http.examples.recorded import Delivered
from tests.examples.masks import unlike
from tests.examples.told import CHALLENGE, EVENT, KINDS, delivered


@pytest.fixture(scope="module")
def found() -> dict[str, Delivered]:
    """What arrives now."""
    return asyncio.run(delivered())


@pytest.fixture(scope="module")
def shown() -> dict[str, Delivered]:
    """What the document shows."""
    told = msgspec.json.decode(documents()["gateway.json"])["webhooks"]
    return {item["post"]["operationId"]: _shown(item["post"]) for item in told.values()}


def _shown(operation: dict[str, Any]) -> Delivered:
    examples = operation["requestBody"]["content"]["application/json"]["examples"]
    return Delivered(
        headers={each["name"]: each["example"] for each in operation["parameters"]},
        bodies={name: example["value"] for name, example in examples.items()},
    )


@pytest.mark.parametrize("operation", [EVENT, CHALLENGE])
def test_what_is_published_is_what_arrives(
    operation: str, shown: dict[str, Delivered], found: dict[str, Delivered]
) -> None:
    one, other = msgspec.to_builtins(shown[operation]), msgspec.to_builtins(found[operation])

    assert unlike(one, other) == [], "python -m tests.examples --only messages"


def test_there_is_a_message_of_every_kind(shown: dict[str, Delivered]) -> None:
    assert {kind for each in shown.values() for kind in each.bodies} == KINDS


def test_each_tells_what_its_name_says(shown: dict[str, Delivered]) -> None:
    assert all(body["type"] == kind for each in shown.values() for kind, body in each.bodies.items())


def test_the_headers_are_those_of_one_of_them(shown: dict[str, Delivered]) -> None:
    for each in shown.values():
        assert each.headers["webhook-id"] in {body["id"] for body in each.bodies.values()}
