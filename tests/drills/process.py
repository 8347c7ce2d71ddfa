"""A gateway in a process of its own, which can be killed."""

import asyncio
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import httpx2

from gateway.assembly.whole import assembled
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import settings_from
from tests.ports import free_ports
from tests.simulators.platform import PUBLIC_URL

START_TIMEOUT_S = 60.0
POLL_S = 0.02


class GatewayProcess:
    """``badge-gateway serve`` on loopback, over a store that outlives it.

    Attributes:
        address: Where it listens, on ``port``; what it issues is under ``PUBLIC_URL``.
        starts_s: How long each start took until it was ready.
    """

    def __init__(self, folder: Path, **settings: str) -> None:
        """Take further settings by their names in the environment, without the prefix, in lower case."""
        self._folder = folder
        self.port = free_ports()
        self._process: asyncio.subprocess.Process | None = None
        self.address = f"http://127.0.0.1:{self.port}"
        self.starts_s: list[float] = []
        ours = {
            "public_url": PUBLIC_URL,
            "data_dir": str(folder / "data"),
            "public_requests_per_minute": "1000000",
            "key_requests_per_minute": "1000000",
            **settings,
        }
        self.environment: Mapping[str, str] = {f"GATEWAY_{name.upper()}": value for name, value in ours.items()}

    async def api_key(self) -> str:
        """Make the store and its first key, before the first start."""
        async with assembled(settings_from(self.environment)) as gateway:
            return await gateway.first_key(DEFAULT_PLATFORM)

    async def start(self) -> None:
        """Start it and wait until it is ready."""
        begun = time.monotonic()
        with (self._folder / "log").open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "gateway.cli", "serve", "--port", str(self.port)),
                env={**os.environ, **self.environment},
                stdout=log,
                stderr=log,
            )
        async with httpx2.AsyncClient(trust_env=False) as client:
            while not await self._ready(client):
                if self._process.returncode is not None or time.monotonic() > begun + START_TIMEOUT_S:
                    raise RuntimeError(f"the gateway does not start: {self.log()}")
        self.starts_s.append(time.monotonic() - begun)

    async def kill(self) -> None:
        """End it at once, with kill -9."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    def log(self) -> str:
        """What it wrote so far, over all starts."""
        return (self._folder / "log").read_text()

    async def _ready(self, client: httpx2.AsyncClient) -> bool:
        try:
            return (await client.get(f"{self.address}/healthz")).is_success
        except httpx2.TransportError:
            await asyncio.sleep(POLL_S)
            return False
