"""Every test that asks over HTTP would notice an answer that is none of those that the documents promise."""

from collections.abc import Callable
from typing import Any, cast  # Any: ASGI's own dictionaries

import pytest
from httpx import AsyncClient
from litestar import Litestar
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from tests.gateway.http.asgi import transport
from tests.gateway.http.conftest import PUBLIC_URL

Change = Callable[[dict[str, Any]], None]


def changed(app: ASGIApp, change: Change) -> ASGIApp:
    """The application, whose messages are not what they were."""

    async def other(scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            change(cast("dict[str, Any]", message))
            await send(message)

        await app(scope, receive, sent)

    return other


def another_status(message: dict[str, Any]) -> None:
    message |= {"status": 299} if "status" in message else {}


def another_header(message: dict[str, Any]) -> None:
    if "headers" in message:
        message["headers"] = [*message["headers"], (b"x-unheard-of", b"1")]


def one_header_less(message: dict[str, Any]) -> None:
    if "headers" in message:
        message["headers"] = [each for each in message["headers"] if each[0].lower() != b"cache-control"]


def another_media_type(message: dict[str, Any]) -> None:
    if "headers" in message:
        others = [each for each in message["headers"] if each[0].lower() != b"content-type"]
        message["headers"] = [*others, (b"content-type", b"text/plain")]


def another_body(message: dict[str, Any]) -> None:
    if message.get("body"):
        message["body"] = b"[]".ljust(len(message["body"]))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (another_status, "299 is not documented"),
        (another_header, "x-unheard-of is not documented"),
        (one_header_less, "lacks cache-control"),
        (another_media_type, "text/plain is not documented"),
        (another_body, "200: "),
    ],
)
@pytest.mark.parametrize("path", ["/healthz", "/openapi"])
async def test_an_answer_that_nobody_promised_is_found(app: Litestar, path: str, change: Change, said: str) -> None:
    async with AsyncClient(transport=transport(changed(cast("ASGIApp", app), change)), base_url=PUBLIC_URL) as client:
        with pytest.raises(AssertionError, match=said):
            await client.get(path)


def for_every_cache(message: dict[str, Any]) -> None:
    if "headers" in message:
        others = [each for each in message["headers"] if each[0].lower() != b"cache-control"]
        message["headers"] = [*others, (b"cache-control", b"public, max-age=60")]


async def test_an_answer_for_some_that_caches_would_give_to_all_is_found(app: Litestar, holder: AsyncClient) -> None:
    other = transport(changed(cast("ASGIApp", app), for_every_cache))
    async with AsyncClient(transport=other, base_url=PUBLIC_URL, headers=holder.headers) as client:
        for address in ("/v1/credentials", "/europass/api/v1/sharelinks/unknown"):
            with pytest.raises(AssertionError, match="a cache may serve others"):
                await client.get(address)


def another_code(message: dict[str, Any]) -> None:
    if message.get("body"):
        message["body"] = message["body"].replace(b'"code":"not-found"', b'"code":"found-not"')


async def test_a_code_that_its_status_is_not_said_to_have_is_found(app: Litestar) -> None:
    async with AsyncClient(transport=transport(changed(cast("ASGIApp", app), another_code))) as client:
        with pytest.raises(AssertionError, match="the code found-not is not listed"):
            await client.get(f"{PUBLIC_URL}/problems/nothing", headers={"Accept": "application/json"})
