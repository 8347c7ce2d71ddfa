"""A gateway on loopback that wallets of other people can reach, with a platform that offers badges to them."""

import asyncio
import datetime as dt
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import Any  # Any: members of JSON documents

import msgspec
import uvicorn
from httpx import AsyncClient

from gateway.app import create_app
from gateway.assembly.whole import Gateway, assembled
from gateway.commands.connection import BoundedConnection
from gateway.flows.convert import Caller
from gateway.flows.offers.make import Made, Wish
from gateway.records.offers import Claiming, Configuration
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings
from tests.gateway.plain import award
from tests.laundering.sources import STATUS_LIST, Kind, World
from tests.simulators.clock import SimulatedClock
from tests.simulators.https_server import Authority
from tests.simulators.tls_proxy import TlsProxy

DID = re.compile(r"did:web:localhost%3A[0-9]+:([a-z:]+)")
CALLER = Caller(DEFAULT_PLATFORM, "the holder of a key")


@dataclass(frozen=True)
class Served:
    """A running gateway.

    Attributes:
        http: Asks it as a browser does.
        world: The web that its sources lie in.
    """

    gateway: Gateway
    http: AsyncClient
    world: World
    clock: SimulatedClock

    @property
    def public_url(self) -> str:
        return self.gateway.settings.public_url

    async def award(self, **changes: Any) -> str:
        """Award a badge in plain data; return the id of its record."""
        return (await self.gateway.native.issue(msgspec.json.encode(award(**changes)), (), CALLER)).record.id

    async def offer(self, record: str, claiming: Claiming = Claiming.LINK, *only: Configuration) -> Made:
        """Offer it to wallets, in all that it can be had in or some of it."""
        return await self.gateway.offers.make(Wish(credential=record, claiming=claiming, configurations=only), CALLER)

    def link(self, made: Made) -> str:
        """The offer by reference, as the platform that made it reads it."""
        return self.gateway.offers.look.made(made).offer.links.openid4vci

    async def confirmed_yesterday(self) -> str:
        """Convert a badge, so long ago that it is to be looked at again; return the id of its record."""
        now = self.clock.now
        self.clock.now = self.world.web.at = now - dt.timedelta(hours=25)
        self.answers()
        source = self.world.sound(Kind.DATA_INTEGRITY)
        record = (await self.gateway.convert(source, "", (), CALLER)).record.id
        self.clock.now = self.world.web.at = now
        return record

    def goes_silent(self) -> None:
        """Let the host of that list answer no more."""
        self.world.web.unreachable(STATUS_LIST)

    def answers(self, *revoked: int) -> None:
        """Publish the status list of the badge's issuer anew, as of now."""
        made = f"{self.clock.now:%Y-%m-%dT%H:%M:%SZ}"
        self.world.issuer.status_list(STATUS_LIST, *revoked, validFrom=made)

    async def documents(self, *texts: str) -> dict[str, Any]:
        """Every document of the gateway's that these lead to, those of DIDs that they name included."""
        link = re.compile(re.escape(self.public_url) + r"/[\w./:-]+")
        said = " ".join(texts)
        found: dict[str, Any] = {}
        asked: set[str] = set()
        due = {f"{self.public_url}/{path.replace(':', '/')}/did.json" for path in DID.findall(said)}
        due.update(link.findall(said))
        while due:
            for url in sorted(due):
                answer = await self.http.get(url)
                if answer.is_success and answer.content.startswith(b"{"):
                    found[url] = answer.json()
            asked |= due
            due = set(link.findall(msgspec.json.encode(found).decode())) - asked
        return found


@asynccontextmanager
async def served(settings: Settings, authority: Authority | None, *, is_told: bool = True) -> AsyncIterator[Served]:
    """Serve a gateway at a public address of its own: https behind a proxy that an authority certifies, or else http.

    Its time is the time of the wallets, which cannot be told another. Unless it ``is_told`` its address, it has none
    and issues nothing.
    """
    clock, world = SimulatedClock(dt.datetime.now(dt.UTC)), World()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        async with _address(port, authority) as address:
            settings = msgspec.structs.replace(settings, public_url=address if is_told else "")
            trusted = authority.trust() if authority else False
            async with (
                assembled(settings, web=world.web, clock=clock) as gateway,
                _running(settings, gateway, listener),
                AsyncClient(base_url=address, verify=trusted, trust_env=False) as http,
            ):
                yield Served(gateway, http, world, clock)


@asynccontextmanager
async def _address(port: int, authority: Authority | None) -> AsyncIterator[str]:
    if authority is None:
        yield f"http://127.0.0.1:{port}"
        return
    async with TlsProxy(authority.server("localhost"), port) as proxy:
        yield f"https://localhost:{proxy.port}"


class _Server(uvicorn.Server):
    """Tells when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listens = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listens.set()


@asynccontextmanager
async def _running(settings: Settings, gateway: Gateway, listener: socket.socket) -> AsyncIterator[None]:
    app = create_app(settings, opened=nullcontext(gateway))
    server = _Server(uvicorn.Config(app, http=BoundedConnection, ws="none", log_level="warning"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    await server.listens.wait()
    try:
        yield
    finally:
        server.should_exit = True
        await serving
