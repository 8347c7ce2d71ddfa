"""A slice of the long run: broken requests against every route are never a fault of the gateway's own."""

import random
import re

import pytest

from tests.fuzz.corpus import filled, kept
from tests.fuzz.judged import wrong
from tests.fuzz.mutations import as_bytes, broken_bytes, broken_document
from tests.fuzz.raw import run, smallest
from tests.fuzz.requests import Request
from tests.fuzz.target import target
from tests.gateway.http.asgi import Answer
from tests.lengths import tries

NAMED, UNAUTHORISED = re.compile(r"\{\{\w+\}\}"), 401
WHOLE = {"id": "a", "type": ["b", {"c": None}], "proof": {"proofValue": "z"}}


async def test_no_broken_request_is_answered_wrongly_nor_any_that_once_was() -> None:
    async with target(seed=1) as aim:
        sent = {each.name: filled(each.request, aim.prepared) for each in kept()}
        again = {name: await aim.answer(request, 0) for name, request in sent.items()}
        tally = await run(aim, 1500)

    assert {name: reason for name, (_, reason) in again.items() if reason} == {}
    # Nothing waits outside what it once broke: each name was filled in, and what was shown is known.
    assert [name for name, request in sent.items() if NAMED.search(str(request))] == []
    assert [name for name, (status, _) in again.items() if status == UNAUTHORISED] == []
    assert tally.faults == []
    assert {200, 201, 204, 400, 401, 404, 405, 413, 415, 422} <= tally.statuses.keys()
    assert sum(tally.statuses[status] for status in (400, 413, 415, 422)) > 400


@pytest.mark.slow
async def test_no_broken_request_is_a_fault_of_ours_for_long() -> None:
    async with target(seed=20_000) as aim:
        tally = await run(aim, tries(3_000, 20_000))

    assert tally.faults == []


@pytest.mark.slow
async def test_nothing_broken_reaches_postgresql(postgres_database: str) -> None:
    async with target(30_000, postgres_database) as aim:
        tally = await run(aim, 3_000)

    assert tally.faults == []
    assert tally.statuses[201] > 0


async def test_a_request_is_made_again_and_as_small_as_its_answer_allows() -> None:
    long = Request(
        "POST", "/v1/inspections", b"", ((b"accept", b"*/*"),), (b"{" + b" " * 50, b'"a": 1, "a": 1, "b": 2}')
    )
    async with target(seed=7) as aim:
        first = [aim.requests.made(aim.chance(number)) for number in range(100)]
        again = [aim.requests.made(aim.chance(number)) for number in range(100)]
        small = await smallest(aim, long, 0, 400)

    assert len([one for one, other in zip(first, again, strict=True) if one == other]) > 80
    assert len({request.path for request in first}) > 40
    assert small.headers == ()
    assert len(b"".join(small.body)) < 10


SAFE = {b"x-content-type-options": b"nosniff", b"content-type": b"application/problem+json"}
PROBLEM = b'{"type":"/problems/refused","title":"Refused","status":422,"code":"refused"}'


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        (Answer(422, SAFE, PROBLEM), ""),
        (Answer(503, {**SAFE, b"retry-after": b"1"}, PROBLEM.replace(b"422", b"503")), ""),
        (Answer(500, SAFE, PROBLEM), "a fault"),
        (Answer(503, SAFE, PROBLEM), "a fault"),
        (Answer(200, {b"content-type": b"text/plain"}, b"x"), "nosniff"),
        (Answer(200, SAFE, b"of a s3cret"), "holds a key"),
        (Answer(400, SAFE, b'Traceback (most recent call last):\n  File "/x"'), "Traceback"),
        (Answer(400, SAFE, PROBLEM), "a problem that is none"),
        (Answer(422, SAFE, b"{"), "no JSON"),
        (Answer(422, SAFE, b"[]"), "says nothing"),
        (Answer(422, {**SAFE, b"content-type": b"application/octet-stream"}, b"x"), "a refusal in"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said(answer: Answer, found: str) -> None:
    said = wrong(Request("GET", "/"), answer, {"a key": b"s3cret"})

    assert found in said
    assert bool(found) is bool(said)


def test_broken_is_not_whole() -> None:
    chance = random.Random(1)  # noqa: S311

    documents = {as_bytes(broken_document(WHOLE, chance)) for _ in range(200)}
    bodies = {broken_bytes(as_bytes(WHOLE), chance) for _ in range(200)}

    assert len(documents) > 150
    assert len(bodies) > 190
    assert WHOLE["id"] == "a"
