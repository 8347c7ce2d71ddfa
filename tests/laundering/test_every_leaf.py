"""Nothing that is signed can be changed or taken out, wherever it stands, and a copy still be signed."""

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any  # Any: members of JSON documents

import pytest

from tests.laundering import disclosed, embedded, joined, statuses
from tests.laundering.laundry import Laundry, Make
from tests.laundering.sources import STATUS_LIST, World, as_json
from tests.simulators.provers import PROVERS

Place = tuple[str | int, ...]

BADGES: Mapping[str, Make] = {
    **{suite: embedded.SOUND[suite] for suite in PROVERS},
    "proof set": joined.SOUND["proof set"],
    "proof chain": joined.SOUND["proof chain"],
    "ecdsa-sd-2023": disclosed.SOUND["ecdsa-sd-2023, base"],
}
EACH_TIME = ("eddsa-rdfc-2022", "ecdsa-jcs-2019 P-256", "proof chain")
SERVED: Mapping[str, tuple[Make, str]] = {
    "status list": (statuses.SOUND["bitstring, embedded"], STATUS_LIST),
    "status list of 2021": (statuses.SOUND["2021, token"], STATUS_LIST),
}


def _places(value: Any, at: Place = ()) -> Iterator[Place]:
    """Every place in a document, from the top down."""
    if at:
        yield at
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _places(item, (*at, key))


def _other(value: Any) -> Any:
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str():
            return f"{value}0"
        case _:
            return None


def _changed(document: Any, place: Place, change: Callable[[Any, Any], object]) -> Any:
    changed = copy.deepcopy(document)
    parent = changed
    for key in place[:-1]:
        parent = parent[key]
    change(parent, place[-1])
    return changed


def _replace(parent: Any, key: Any) -> None:
    parent[key] = _other(parent[key])


def _take_out(parent: Any, key: Any) -> None:
    del parent[key]


LEAST = 15

CHANGES = {"changed": _replace, "taken out": _take_out}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(
    "kind", [kind if kind in EACH_TIME else pytest.param(kind, marks=pytest.mark.slow) for kind in BADGES]
)
async def test_no_member_of_a_badge_can_be(kind: str, change: str, laundry: Laundry) -> None:
    """Of several proofs one may be missing or of a kind that nobody checks: each other one is over all of it."""
    document = json.loads(BADGES[kind](world := World()))
    places = [place for place in _places(document) if kind in PROVERS or place[0] != "proof"]

    signed = [
        place
        for place in places
        if "signed" in await laundry.against(world, as_json(_changed(document, place, CHANGES[change])))
    ]

    assert signed == []
    assert len(places) > LEAST
    assert await laundry.washed() == []


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("kind", SERVED)
async def test_no_member_of_what_vouches_for_a_badge_can_be(kind: str, change: str, laundry: Laundry) -> None:
    make, address = SERVED[kind]
    badge = make(world := World())
    document = json.loads(world.web.body(address))
    places = list(_places(document))

    signed = []
    for place in places:
        world.web.publish(address, as_json(_changed(document, place, CHANGES[change])))
        if "signed" in await laundry.against(world, badge):
            signed.append(place)

    assert signed == []
    assert len(places) > LEAST
    assert await laundry.washed() == []
