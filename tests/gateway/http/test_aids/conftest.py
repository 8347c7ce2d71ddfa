"""Keys of two twins and of a live platform, and what they send."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.assembly.whole import Gateway
from gateway.flows.platform.keys import Wish
from gateway.records.access import EVERY_SCOPE
from gateway.records.tenants import DEFAULT_PLATFORM, twin_of
from gateway.settings import Settings
from tests.gateway.http.conftest import PUBLIC_URL, Client

Headers = dict[str, str]


async def key_of(gateway: Gateway, platform: str) -> Headers:
    """The header of a key of a platform that may do everything."""
    made = await gateway.tenancy.make_key(platform, Wish(name="a key", scopes=EVERY_SCOPE), "command line")
    return {"Authorization": f"Bearer {made.text}"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """With limits that hundreds of requests of one test stay below."""
    return Settings(
        public_url=PUBLIC_URL,
        data_dir=tmp_path,
        public_requests_per_minute=100_000,
        key_requests_per_minute=100_000,
        platform_requests_per_minute=100_000,
    )


@pytest.fixture
async def live(gateway: Gateway) -> Headers:
    return await key_of(gateway, DEFAULT_PLATFORM)


@pytest.fixture
async def twin(gateway: Gateway) -> Headers:
    return await key_of(gateway, twin_of(DEFAULT_PLATFORM))


@pytest.fixture
async def other_twin(gateway: Gateway) -> Headers:
    await gateway.tenancy.make("other", "Other", "command line")
    return await key_of(gateway, "other-test")


@pytest.fixture
async def delivering(gateway: Gateway) -> AsyncIterator[None]:
    """Messages are sent while a test runs."""
    task = asyncio.create_task(gateway.webhooks.deliver())
    yield
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def fixture(client: Client, headers: Headers, name: str) -> bytes:
    """The bytes of a fixture."""
    answer = await client.get(f"/v1/test/fixtures/{name}", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.content


async def verified(client: Client, badge: bytes, headers: Headers | None = None, **parameters: str) -> dict[str, Any]:
    """What verification says of a badge."""
    answer = await client.post("/v1/verifications", content=badge, headers=headers or {}, params=parameters)
    return dict(answer.json())


async def converted(client: Client, badge: bytes, headers: Headers, to: str = "open-badges-3") -> dict[str, Any]:
    """The record of a badge that is converted."""
    answer = await client.post("/v1/credentials", content=badge, headers=headers, params={"to": to})
    assert answer.status_code == 201, answer.text
    return dict(answer.json()["record"])
