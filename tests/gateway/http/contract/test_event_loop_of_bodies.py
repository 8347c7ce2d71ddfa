"""While bodies are read that are made to be dear to read, at every published operation, the loop serves others."""

import gc
import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any  # Any: an OpenAPI document

import pytest

from gateway.http.contract.references import resolved
from tests.fuzz.contract import surfaces
from tests.gateway.http.contract.schemas import DOCUMENTS
from tests.gateway.http.contract.test_beyond import FORM, JSON, address, headers, prepared
from tests.gateway.http.test_event_loop import BOUND_S, settle, watched

MULTIPART = "multipart/form-data"
LARGEST = 5_000_000


@pytest.fixture(autouse=True)
def _settled() -> Iterator[None]:
    """What was settled while the test ran is garbage like any other after it."""
    settle()
    yield
    gc.unfreeze()


def many(item: bytes, size: int) -> bytes:
    return b",".join([item] * (size // (len(item) + 1)))


def objects(size: int) -> bytes:
    return b'{"a":[' + many(b'{"":0}', size) + b"]}"


def name_twice(size: int) -> bytes:
    return b'{"a":[' + many(b'{"a":{"b":{}}}', size) + b'],"b":1,"b":2}'


def levels(size: int) -> bytes:
    return b"[" * (size // 2) + b"]" * (size // 2)


def names(size: int) -> bytes:
    return b"{" + b",".join(b'"%d":0' % number for number in range(size // 10)) + b"}"


def text(size: int) -> bytes:
    return b'"' + b"\\u0061" * (size // 6) + b'"'


Kind = Callable[[int], bytes]

DEAREST: Sequence[tuple[Kind, int]] = ((objects, 58_000), (name_twice, 58_000), (objects, LARGEST))
ALL: Sequence[tuple[Kind, int]] = (
    *itertools.product((objects, name_twice, levels, names, text), (58_000, 250_000)),
    *itertools.product((objects, text), (1_200_000, LARGEST)),
)
"""Of sizes just below those that bodies may have."""


def in_json(members: Sequence[str], kind: Kind, size: int) -> bytes:
    """An object with every member that it may have, each of them of a kind that no limit of a text forbids."""
    value = kind(size // len(members) - 60)
    return b"{" + b",".join(b'"%s":%s' % (name.encode(), value) for name in members) + b"}"


def dear(
    document: dict[str, Any], media_type: str, schema: dict[str, Any], kinds: Sequence[tuple[Kind, int]]
) -> Iterator[tuple[str, str, bytes]]:
    """Name, Content-Type and bytes of each body."""
    if media_type == JSON:
        members = list(resolved(document, schema).get("properties", {})) or ["a"]
        for kind, size in kinds:
            yield f"{kind.__name__} {size}", JSON, in_json(members, kind, size)
    elif media_type == FORM:
        yield "fields", FORM, b"&".join(b"%d" % number for number in range(5_000))
        yield "one field", FORM, b"a&" * 15_000
    elif media_type == MULTIPART:
        part = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx\r\n'
        yield "parts", f"{MULTIPART}; boundary=b", part * (LARGEST // len(part)) + b"--b--\r\n"
        yield "boundaries", f"{MULTIPART}; boundary=b", b"\r\n--b" * (LARGEST // 5)


@pytest.mark.parametrize("name", sorted(surfaces.SURFACES))
@pytest.mark.parametrize("kinds", [DEAREST, pytest.param(ALL, marks=pytest.mark.slow)], ids=["dearest", "all"])
async def test_the_loop_goes_on_while_a_dear_body_is_read(
    name: str, kinds: Sequence[tuple[Kind, int]], tmp_path: Path
) -> None:
    document = DOCUMENTS[f"{name}.json"]
    taking = [
        (path, method, operation, resolved(document, operation["requestBody"])["content"])
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if "requestBody" in operation
    ]

    stalled: dict[tuple[str, str], float] = {}
    async with prepared(name, tmp_path) as (client, there):
        for path, method, operation, content in taking:
            at, shown = address(operation, path, there), headers(operation, there)
            await client.request(method, at, content=b"{}", headers=shown)  # what is made once is not counted
            for media_type, body in content.items():
                for what, declared, sent in dear(document, media_type, body["schema"], kinds):
                    async with watched() as stalls:
                        answer = await client.request(
                            method, at, content=sent, headers={**shown, "Content-Type": declared}
                        )
                    assert answer.status_code < 500, (operation["operationId"], what, answer.text)
                    stalled[operation["operationId"], what] = stalls.cpu_s

    assert {place: cpu_s for place, cpu_s in stalled.items() if cpu_s > BOUND_S} == {}
