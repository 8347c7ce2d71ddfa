"""A wire document that breaks its types says where."""

from typing import Any

import msgspec
import pytest
from msgspec import UNSET, UnsetType

from adapters.hub.errors import Malformed
from adapters.hub.wire import Wire, validated


class Part(Wire, frozen=True, kw_only=True):
    part_name: str


class Whole(Wire, frozen=True, kw_only=True):
    context: str | UnsetType = msgspec.field(name="@context", default=UNSET)
    parts: list[Part] | Part | UnsetType = UNSET
    free: dict[str, int] | UnsetType = UNSET


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ([], "/at: Expected object, got array"),
        ({"@context": 1}, "/at/@context: Expected str, got int"),
        ({"parts": {}}, "/at/parts: Object missing required field partName"),
        ({"parts": [{"partName": "a"}, {"partName": None}]}, "/at/parts/1/partName: Expected str, got null"),
        ({"free": {"a.b[0]": "x"}}, "/at/free: Expected int, got str"),
    ],
)
def test_fault_is_named_with_its_place(raw: Any, message: str) -> None:
    with pytest.raises(Malformed) as refusal:
        validated(raw, Whole, "/at")

    assert str(refusal.value) == message


def test_sound_document_is_the_struct() -> None:
    whole = validated({"@context": "x", "parts": {"partName": "a"}, "unknown": 1}, Whole)

    assert whole == Whole(context="x", parts=Part(part_name="a"))
