"""A slice of the long run: broken requests against every route are never a fault of the gateway's own."""

import random
from pathlib import Path

import pytest

from tests.fuzz.mutations import as_bytes, broken_bytes, broken_document
from tests.fuzz.raw import run, smallest, target
from tests.fuzz.requests import Request

WHOLE = {"id": "a", "type": ["b", {"c": None}], "proof": {"proofValue": "z"}}


async def test_no_broken_request_is_a_fault_of_ours(tmp_path: Path) -> None:
    async with target(tmp_path, seed=1) as aim:
        tally = await run(aim, 2000)

    assert tally.faults == []
    assert {200, 201, 400, 401, 404, 405, 413, 415, 422} <= tally.statuses.keys()
    assert sum(tally.statuses[status] for status in (400, 413, 415, 422)) > 700


@pytest.mark.slow
async def test_no_broken_request_is_a_fault_of_ours_for_long(tmp_path: Path) -> None:
    async with target(tmp_path, seed=random.randrange(10**9)) as aim:  # noqa: S311
        tally = await run(aim, 50_000)

    assert tally.faults == []
    assert tally.slowest_s < 2.0


@pytest.mark.slow
async def test_nothing_broken_reaches_postgresql(tmp_path: Path, postgres_database: str) -> None:
    async with target(tmp_path, random.randrange(10**9), postgres_database) as aim:  # noqa: S311
        tally = await run(aim, 5_000)

    assert tally.faults == []
    assert tally.statuses[201] > 0


async def test_the_same_seed_and_number_is_the_same_request(tmp_path: Path) -> None:
    async with target(tmp_path, seed=7) as aim:
        first = [aim.requests.made(aim.chance(number)) for number in range(100)]
        again = [aim.requests.made(aim.chance(number)) for number in range(100)]

    assert first == again
    assert len({request.path for request in first}) > 10


async def test_a_request_is_made_as_small_as_its_answer_allows(tmp_path: Path) -> None:
    long = Request(
        "POST", "/v1/inspections", b"", ((b"accept", b"*/*"),), (b"{" + b" " * 50, b'"a": 1, "a": 1, "b": 2}')
    )
    async with target(tmp_path, seed=1) as aim:
        small = await smallest(aim, long, 0, 400)

    assert small.headers == ()
    assert len(b"".join(small.body)) < 10


def test_broken_is_not_whole() -> None:
    chance = random.Random(1)  # noqa: S311

    documents = {as_bytes(broken_document(WHOLE, chance)) for _ in range(200)}
    bodies = {broken_bytes(as_bytes(WHOLE), chance) for _ in range(200)}

    assert len(documents) > 150
    assert len(bodies) > 190
    assert WHOLE["id"] == "a"
