"""What requests are made up against: the application, and a gateway that is made anew when it has been used enough."""

import asyncio
import dataclasses
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast  # Any: ASGI's own dictionaries

import msgspec
from httpx import AsyncClient
from litestar import Litestar
from litestar.types import Receive, Scope, Send

from gateway.app import create_app
from gateway.assembly.whole import Gateway, assembled
from gateway.http.surfaces import SURFACES
from gateway.settings import Settings
from tests.gateway.http.asgi import transport
from tests.laundering.sources import World
from tests.simulators.clock import SimulatedClock
from tests.simulators.mail import SimulatedMail

PUBLIC_URL = "https://badges.example.net"
MANY = 10**9
IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108
"""Where nothing waits for a disk, if there is such a place."""
LIMITS = ("public_requests_per_minute", "key_requests_per_minute", "platform_requests_per_minute")
UNLIMITED: dict[str, Any] = dict.fromkeys(LIMITS, MANY)

T = TypeVar("T")

Look = Callable[[Any, Any], str]
"""Looks at a case and its answer with other eyes; "" when all is well, else what is not."""


class Shown(msgspec.Struct, frozen=True):
    """How a request says who asks: one header, or one cookie."""

    name: str
    value: str
    is_cookie: bool = False


@dataclass
class Prepared:
    """What is there, and who may have it.

    Attributes:
        mine: What one platform or person shows, by security scheme; for some operations
            by scheme and their id or tag.
        theirs: What another one shows.
        brief: What the first one shows whose time is limited.
        bare: What the first shows who may do nothing of it.
        named: Values of path parameters behind which there is something of the first one's, by name.
        at: The same for single paths, where one name stands for several things, or several belong together.
        known: Other values that requests need: codes, tokens, nonces.
        marks: Texts that stand in what is the first one's alone.
    """

    mine: dict[str, Shown] = field(default_factory=dict)
    theirs: dict[str, Shown] = field(default_factory=dict)
    bare: dict[str, Shown] = field(default_factory=dict)
    brief: dict[str, Shown] = field(default_factory=dict)
    named: dict[str, list[str]] = field(default_factory=dict)
    at: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)

    @property
    def ids(self) -> set[str]:
        """Those marks that are names which were given out: whoever sends one means the thing behind it."""
        given = {value for values in self.named.values() for value in values}
        return self.marks & (given | set(self.known.values()))


@dataclass
class Opened:
    """One gateway, with all that a surface needs to prepare it.

    Attributes:
        number: How many there were before it; not all of them need to be prepared in the same way.
    """

    gateway: Gateway
    world: World
    clock: SimulatedClock
    client: AsyncClient
    number: int


Prepare = Callable[[Opened], Awaitable[Prepared]]
Handler = Callable[[Scope, Receive, Send], Coroutine[Any, Any, None]]


class Ground:
    """An ASGI application without timers, so that each run of a seed is like the other.

    Attributes:
        prepared: Of the gateway that is open.
        handle: What takes requests; replaced for as long as something is to go wrong.
    """

    def __init__(self, prepare: Prepare, **settings: Any) -> None:
        chosen: dict[str, Any] = {"public_url": PUBLIC_URL, "backpack_badges": 100_000, **UNLIMITED, **settings}
        self.settings = Settings(**chosen)
        self.litestar: Litestar = create_app(self.settings)
        self.handle: Handler = self.litestar
        self.prepared = Prepared()
        self.world = World()
        self.look: Look | None = None
        self.clock = SimulatedClock()
        self._number = 0
        self._prepare = prepare
        self._stack = AsyncExitStack()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Any) -> None:
        """Take a request, or begin and end."""
        if scope["type"] != "lifespan":
            await self.handle(cast("Scope", scope), receive, send)
            return
        await receive()
        self._loop = asyncio.get_running_loop()
        await self.open()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._stack.aclose()
        await send({"type": "lifespan.shutdown.complete"})

    async def open(self, **settings: Any) -> None:
        """Put a new gateway in the place of the one that is open; with other settings it is not prepared."""
        await self._stack.aclose()
        self._stack = AsyncExitStack()
        opened = await self._stack.enter_async_context(self._opened(settings))
        self.world, self.clock = opened.world, opened.clock
        self._number += 1
        if not settings:
            self.prepared = await self._prepare(opened)
            await opened.gateway.publish()

    def renew(self) -> None:
        """The same, from another thread."""
        self.run(self.open())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run something in the application's loop, from another thread."""
        if self._loop is None:
            raise RuntimeError("the application was not started")
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    @property
    def gateway(self) -> Gateway:
        """The gateway that is open."""
        return cast("Gateway", self.litestar.state.gateway)

    @asynccontextmanager
    async def _opened(self, settings: dict[str, Any]) -> AsyncIterator[Opened]:
        with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:
            world, clock = World(), SimulatedClock()
            data = Path(folder) / "data"
            data.mkdir(mode=0o700)
            anchors = world.sealer.trusted_in(Path(folder))
            chosen = msgspec.structs.replace(self.settings, data_dir=data, seal_anchors=anchors, **settings)
            async with assembled(chosen, web=world.web, clock=clock) as whole:
                gateway = _with_letters_kept(whole)
                self.litestar.state.gateway, self.litestar.state.surfaces = gateway, SURFACES
                async with AsyncClient(transport=transport(self.litestar), base_url=PUBLIC_URL) as client:
                    yield Opened(gateway, world, clock, client, self._number)


def _with_letters_kept(gateway: Gateway) -> Gateway:
    flows, mail = gateway.europass, SimulatedMail()
    put = dataclasses.replace(
        flows.put_in_wallet, announce=dataclasses.replace(flows.put_in_wallet.announce, mail=mail)
    )
    send = dataclasses.replace(flows.seal_and_send, put_in_wallet=put)
    europass = msgspec.structs.replace(flows, put_in_wallet=put, seal_and_send=send)
    return msgspec.structs.replace(gateway, europass=europass)
