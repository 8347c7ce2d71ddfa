"""A whole gateway over a simulated web, with every use of a key counted."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from gateway.assembly.whole import Gateway, assembled
from gateway.flows.convert import Caller, Converted
from gateway.flows.prepare import Target
from gateway.ports import Clock, Signer
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings
from tests.simulators.web import SimulatedWeb

PUBLIC_URL = "https://badges.example.net"
CALLER = Caller(DEFAULT_PLATFORM, "the holder of a key")


class CountingSigner:
    """Implements ``gateway.ports.Signer`` over another one.

    Attributes:
        used: The id of the key, for every signature that was made.
        stuck: While True, nobody gets a signature: what is under way waits for ever.
        waiting: Set as soon as somebody does.
    """

    def __init__(self, signer: Signer) -> None:
        self.used: list[str] = []
        self.stuck = False
        self.waiting = asyncio.Event()
        self._signer = signer

    async def sign(self, key_id: str, message: bytes) -> bytes:
        while self.stuck:
            self.waiting.set()
            await asyncio.Event().wait()
        self.used.append(key_id)
        return await self._signer.sign(key_id, message)


class SimulatedPlatform(msgspec.Struct, frozen=True):
    """The default platform of one gateway."""

    gateway: Gateway
    signer: CountingSigner

    async def convert(self, body: bytes, *targets: Target) -> Converted:
        """Convert as the holder of a key; raises what the flow raises."""
        return await self.gateway.convert(body, "", targets, CALLER)


@asynccontextmanager
async def simulated_platform(
    data_dir: Path, web: SimulatedWeb, clock: Clock, **settings: str
) -> AsyncIterator[SimulatedPlatform]:
    """Assemble a gateway in ``data_dir``; ``settings`` are further fields of ``Settings``."""
    chosen = msgspec.structs.replace(Settings(public_url=PUBLIC_URL, data_dir=data_dir), **settings)
    async with assembled(chosen, web=web, clock=clock) as gateway:
        signer = CountingSigner(gateway.convert.seal.signer)
        publish = dataclasses.replace(gateway.publish, signer=signer)
        convert = dataclasses.replace(
            gateway.convert,
            seal=dataclasses.replace(gateway.convert.seal, signer=signer),
            prepare=dataclasses.replace(gateway.convert.prepare, publish=publish),
        )
        issue = dataclasses.replace(gateway.native.issue, seal=convert.seal, prepare=convert.prepare)
        extend = dataclasses.replace(gateway.extend, convert=convert, issue=issue)
        native = msgspec.structs.replace(gateway.native, issue=issue, extend=extend)
        counted = msgspec.structs.replace(gateway, convert=convert, extend=extend, native=native, publish=publish)
        yield SimulatedPlatform(counted, signer)
