"""Any host name may lead here, but a Host header that is none is refused before anything looks at it."""

import msgspec
import pytest
from litestar import Litestar

from tests.gateway.http.asgi import asked
from tests.gateway.http.contract.schemas import DOCUMENTS


@pytest.mark.parametrize(
    "host",
    [
        *(
            b"W::1",
            b"[::1",
            b"::1]",
            b"[::1]]",
            b"[issuer.example]",
            b"a:b",
            b"a:65536",
            b"a:0",
            b"a:-1",
            b"a b",
            b"a,b",
        ),
        *(b"\xff", b"\xe2\x84\x80", b"a/b", b"a@b", b"a?b", b"a\0b", b"a" * 400, b"[v1.x]", b"a:123456"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/p/NOT/issuer", "/credentials/x"])
async def test_a_host_that_is_none_is_refused(app: Litestar, host: bytes, path: str) -> None:
    answer = await asked(app, "GET", path, headers=[(b"host", host)])

    assert answer.status == 400
    assert msgspec.json.decode(answer.body)["code"] in {"malformed-host", "bad-request"}  # Litestar refuses some itself


async def test_every_operation_refuses_it_as_its_document_says(app: Litestar) -> None:
    operations = [
        (method, path) for each in DOCUMENTS.values() for path in each["paths"] for method in each["paths"][path]
    ]
    refused = {
        (await asked(app, method.upper(), path, headers=[(b"host", b"[::1"), (b"accept", accept)])).status
        for method, path in operations
        for accept in (b"text/html", b"application/json")
    }

    assert len(operations) > 150
    assert refused == {400}


@pytest.mark.parametrize(
    "host", [b"", b"elsewhere.example", b"Elsewhere.EXAMPLE:8000", b"[::1]:8000", b"127.0.0.1:", b"a_b"]
)
async def test_every_host_that_could_be_one_is_served(app: Litestar, host: bytes) -> None:
    answer = await asked(app, "GET", "/", headers=[(b"host", host)])

    assert answer.status == 200


async def test_two_hosts_are_refused_when_one_is_none(app: Litestar) -> None:
    answer = await asked(app, "GET", "/", headers=[(b"host", b"a.example"), (b"host", b"[")])

    assert answer.status == 400
