"""While requests are read that are made to be dear to read, the event loop goes on serving everybody else."""

import gc
import itertools
import string
from collections.abc import Iterator

import pytest

from gateway.http.parameters import MAX_PARAMETERS
from tests.gateway.http.conftest import Client
from tests.gateway.http.test_event_loop import BOUND_S, Stalls, settle, watched

HEAD_BYTES = 32 * 1024
"""The server takes no longer heads than that."""

SHORT = ["".join(letters) for size in (1, 2, 3) for letters in itertools.product(string.ascii_letters, repeat=size)]


@pytest.fixture(autouse=True)
def _settled() -> Iterator[None]:
    """What was settled while the test ran is garbage like any other after it."""
    settle()
    yield
    gc.unfreeze()


def filled(parts: Iterator[str] | list[str], between: str) -> str:
    """As many parts as a head of a request has room for."""
    lengths = itertools.accumulate(len(part) + len(between) for part in parts)
    return between.join(part for part, length in zip(parts, lengths, strict=False) if length < HEAD_BYTES - 300)


QUERIES = {
    "short names, one twice": filled(SHORT, "&") + "&a",
    "one name": filled(["limit=1"] * HEAD_BYTES, "&"),
    "names without text": "&" * HEAD_BYTES,
    "escapes": "a=" + "%C3%A9" * (HEAD_BYTES // 6),
    "twice as many as may be": "&".join(SHORT[: MAX_PARAMETERS // 2] * 2),
}
PATHS = ("/healthz", "/v1/credentials", "/docs", "/account/sign-in", "/oauth/authorize", "/nowhere")


async def test_the_loop_goes_on_while_a_long_query_is_read(holder: Client) -> None:
    stalled: dict[tuple[str, str], Stalls] = {}
    for path, (name, query) in itertools.product(PATHS, QUERIES.items()):
        await holder.get(path)
        async with watched() as stalls:
            answer = await holder.get(f"{path}?{query}")
        assert answer.status_code < 500, path
        stalled[path, name] = stalls

    assert {place: stalls for place, stalls in stalled.items() if stalls.cpu_s > BOUND_S} == {}


HEADERS = {
    "Accept": filled(["a/b;q=0.1"] * HEAD_BYTES, ","),
    "Accept-Encoding": filled(["gzip;q=0.1"] * HEAD_BYTES, ","),
    "Accept-Language": filled(["de;q=0.1"] * HEAD_BYTES, ","),
    "Authorization": "Basic " + "YTph" * (HEAD_BYTES // 4 - 100),
    "Content-Type": "multipart/form-data" + filled(['; a="\\"'] * HEAD_BYTES, ""),
    "Cookie": filled(['a="\\101"'] * HEAD_BYTES, ";"),
    "If-None-Match": filled(['"a"'] * HEAD_BYTES, ","),
    "Origin": "https://" + "a." * (HEAD_BYTES // 2 - 200),
    "X-Forwarded-For": filled(["::1"] * HEAD_BYTES, ","),
}
UPLOADS = ("/backpack/badges", "/europass/api/v1/credentials/verification", "/oauth/token", "/v1/verifications")


async def test_the_loop_goes_on_while_a_long_header_is_read(holder: Client) -> None:
    asked = [*(("GET", path) for path in PATHS), *(("POST", path) for path in UPLOADS)]

    stalled: dict[tuple[str, str], Stalls] = {}
    for (method, path), (name, value) in itertools.product(asked, HEADERS.items()):
        await holder.request(method, path, content=b"a=b")
        async with watched() as stalls:
            answer = await holder.request(method, path, content=b"a=b", headers={name: value})
        assert answer.status_code < 500, path
        stalled[path, name] = stalls

    assert {place: stalls for place, stalls in stalled.items() if stalls.cpu_s > BOUND_S} == {}
