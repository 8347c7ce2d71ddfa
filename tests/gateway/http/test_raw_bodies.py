"""Bodies broken byte by byte, which no schema describes: never a fault of the gateway's own."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar

from gateway.settings import Settings
from tests.gateway.http.asgi import asked
from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.laundering.sources import Carrier, Kind, World

DOORS = (
    ("/v1/inspections", b""),
    ("/v1/verifications", b"recipient=learner%40example.org"),
    ("/v1/credentials", b"to=open-badges-2&to=open-badges-3"),
)
FRAGMENTS = (
    b"\0",
    b"\xff",
    b"\xed\xa0\x80",
    b'"',
    b"\\",
    b"\\ud800",
    b"{",
    b"}",
    b"[" * 40,
    b",",
    b":",
    b".",
    b"null",
    b"NaN",
    b"-1e999",
    b"9" * 400,
    b"<![CDATA[",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"&b;",
    b"IEND",
    b"\xef\xbb\xbf",
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        public_url=PUBLIC_URL, data_dir=tmp_path, public_requests_per_minute=10**9, key_requests_per_minute=10**9
    )


def broken(seeds: list[bytes], number: int, chance: random.Random) -> Iterator[bytes]:
    """Bodies with up to six faults each: bytes changed, taken away, doubled, or one of ``FRAGMENTS`` put in."""
    for _ in range(number):
        body = bytearray(chance.choice(seeds))
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(body) + 1)
            match chance.randrange(10):
                case 0 | 1 | 2 if at < len(body):
                    body[at] = chance.randrange(256)
                case 3 | 4:
                    del body[at : at + chance.randint(1, 20)]
                case 5 | 6:
                    body[at:at] = body[at : at + chance.randint(1, 200)]
                case 7:
                    del body[at:]
                case _:
                    body[at:at] = chance.choice(FRAGMENTS)
        yield bytes(body)


async def answers(app: Litestar, holder: Client, world: World, number: int, chance: random.Random) -> Counter[int]:
    seeds = [world.carried(world.sound(kind), kind, carrier) for kind in Kind for carrier in Carrier]
    key = [(b"authorization", holder.headers["Authorization"].encode())]
    counted: Counter[int] = Counter()
    for index, body in enumerate(broken(seeds, number, chance)):
        path, query = DOORS[index % len(DOORS)]
        middle = chance.randrange(len(body) + 1)
        answer = await asked(app, "POST", path, query=query, headers=key, body=(body[:middle], body[middle:]))
        counted[answer.status] += 1
        assert answer.status < 500, (path, body, answer.body)
    return counted


async def test_no_broken_body_is_a_fault_of_ours(app: Litestar, holder: Client, world: World) -> None:
    counted = await answers(app, holder, world, 6000, random.Random(1))  # noqa: S311

    assert counted.keys() <= {200, 201, 400, 413, 415, 422}
    assert counted[400] + counted[415] + counted[422] > 3000


@pytest.mark.slow
async def test_no_broken_body_is_a_fault_of_ours_for_long(app: Litestar, holder: Client, world: World) -> None:
    counted = await answers(app, holder, world, 40_000, random.Random())  # noqa: S311

    assert counted.keys() <= {200, 201, 400, 413, 415, 422}
