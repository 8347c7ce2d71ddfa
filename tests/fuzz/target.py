"""A gateway to send broken requests to: over a web that lies, with one thing of each kind in it."""

import asyncio
import contextlib
import json
import logging
import random
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import cast

import msgspec
from httpx import AsyncClient
from litestar import Litestar
from litestar.types import ASGIApp, HTTPReceiveMessage, Receive

from adapters.hub.baking import unbake_png
from gateway.app import create_app
from gateway.assembly.whole import assembled
from gateway.ports import Fetched
from gateway.settings import Settings
from tests.corpora import BESIDE_THE_CHECKOUT
from tests.fuzz.contract import persons, platforms
from tests.fuzz.contract.ground import PUBLIC_URL, UNLIMITED, Opened, Prepared, Shown
from tests.fuzz.doors import doors
from tests.fuzz.judged import wrong
from tests.fuzz.mutations import as_bytes, broken_bytes, broken_document
from tests.fuzz.requests import LEFT, Request, Requests
from tests.gateway.http.asgi import Answer, asked, transport
from tests.laundering.sources import World
from tests.simulators.clock import SimulatedClock

ESCAPED = 599
"""Counted for an exception that left the application."""

HUNG, HUNG_S = 598, 60.0
"""Counted for a request that was not answered in so many seconds."""

NOBODY = 499
"""Counted for a request whose client went away and was told nothing."""

RENEWED_AFTER = 2000
"""After so many requests there is another gateway: what was revoked, removed or used up is there again."""

NONCES = 100
SEEDS = ("sec/made/png", "sec/made/svg", "sec/JSONTestSuite/test_parsing")
MAX_SEED_BYTES = 8000
REMEMBERED = 1000

PREPARES = (
    platforms.prepare_gateway,
    platforms.prepare_europass,
    platforms.prepare_vc_api,
    persons.prepare_backpack,
    persons.prepare_badgr,
    persons.prepare_wallets,
    persons.prepare_oauth,
)


class LastError(logging.Handler):
    """Keeps the last error that the application logged: the answer to a fault says nothing of it."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.said = self.format(record)


class TreacherousWeb:
    """A web that now and then serves something broken where a sound document should be."""

    def __init__(self, world: World) -> None:
        self.chance: random.Random | None = None
        self._world = world

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        web = self._world.web
        if len(web.requests) > REMEMBERED:
            web.requests.clear()
        served = await web(url, accept=accept, fresh=fresh)
        if self.chance is None or self.chance.random() > 1 / 8:
            return served
        return msgspec.structs.replace(served, body=self._broken(served.body, self.chance))

    def _broken(self, body: bytes, chance: random.Random) -> bytes:
        if body.startswith(b'{"') and chance.random() < 3 / 4:
            return as_bytes(broken_document(json.loads(body), chance))  # reads halves of surrogate pairs, too
        return broken_bytes(body, chance)


class Target:
    """A gateway to send requests to, and the supply of them; another gateway after every so many.

    Attributes:
        requests: The supply, for the gateway that is open.
        prepared: What is in it.
        errors: What it logged last.
        handle: What takes requests; the application, until something else is put before it.
    """

    requests: Requests
    web: TreacherousWeb
    prepared: Prepared
    errors: LastError

    def __init__(self, seed: int, database_url: str = "") -> None:
        self.seed = seed
        self.app: Litestar = create_app(_settings(Path(), database_url))
        self.handle: ASGIApp = self.app
        self.errors = LastError()
        self._database_url = database_url
        self._number = 0
        self._paths = sorted({route.path_format for route in self.app.routes})
        self._operations = doors()
        self._more = list(_more())
        self._open = contextlib.AsyncExitStack()
        self._secrets: dict[str, bytes] = {}

    def chance(self, number: int) -> random.Random:
        return random.Random(f"{self.seed}/{number}")  # noqa: S311

    async def open(self) -> None:
        """Put a new gateway in the place of the one that is open."""
        await self.close()
        folder = Path(self._open.enter_context(tempfile.TemporaryDirectory()))
        world, clock = World(), SimulatedClock()
        self.web = TreacherousWeb(world)
        gateway = await self._open.enter_async_context(
            assembled(_settings(folder, self._database_url), web=self.web, clock=clock)
        )
        self.app.state.gateway = gateway
        async with AsyncClient(transport=transport(self.app), base_url=PUBLIC_URL) as client:
            self._number += 1
            self.prepared = await _prepared(Opened(gateway, world, clock, client, self._number))
        nonces = [(await gateway.oid4vci.give_nonce()).c_nonce for _ in range(NONCES)]
        self.requests = Requests(world, self._paths, self._operations, self.prepared, clock, nonces, self._more)
        shown = {f"what {name} shows": _secret(each) for name, each in self.prepared.mine.items()}
        others = {f"what {name} of another one shows": _secret(each) for name, each in self.prepared.theirs.items()}
        self._secrets = {**shown, **others, "a path of this machine": str(folder).encode()}
        await gateway.publish()

    async def renew(self) -> None:
        """Open another one, where each has a store of its own."""
        if not self._database_url:
            await self.open()

    async def close(self) -> None:
        """End the gateway that is open."""
        await self._open.aclose()
        self._open = contextlib.AsyncExitStack()

    async def answer(self, request: Request, number: int) -> tuple[int, str]:
        """Send a request; return the status of the answer, and what is wrong with it, "" when nothing is."""
        self.web.chance = random.Random(f"web {self.seed}/{number}")  # noqa: S311
        self.errors.said = ""
        sending = asyncio.ensure_future(self._sent(request))
        ended, _ = await asyncio.wait([sending], timeout=HUNG_S)
        if not ended:
            sending.cancel()
            return HUNG, f"no answer within {HUNG_S:g} s"
        if error := sending.exception():
            if request.ending == LEFT and isinstance(error, ValueError) and "not enough values" in str(error):
                return NOBODY, ""
            return ESCAPED, f"{type(error).__name__}: {error}"
        answer = sending.result()
        found = wrong(request, answer, self._secrets)
        return answer.status, found or (f"an error in the log: {self.errors.said}" if self.errors.said else "")

    async def _sent(self, request: Request) -> Answer:
        return await asked(
            self.handle,
            request.method,
            request.path,
            query=request.query,
            headers=request.headers,
            body=request.body,
            receive=_leaving(request.body) if request.ending == LEFT else None,
        )


def _secret(shown: Shown) -> bytes:
    """What nobody else knows, without the name of its scheme."""
    return shown.value.rpartition(" ")[2].encode()


def _leaving(body: tuple[bytes, ...]) -> Receive:
    """Hand on all but the last piece, and then that the client has gone."""
    left = iter(body[:-1])

    async def receive() -> HTTPReceiveMessage:
        piece = next(left, None)
        message = {"type": "http.disconnect"} if piece is None else _piece(piece)
        return cast("HTTPReceiveMessage", message)

    return cast("Receive", receive)


def _piece(piece: bytes) -> dict[str, object]:
    return {"type": "http.request", "body": piece, "more_body": True}


async def _prepared(opened: Opened) -> Prepared:
    """One thing of each kind that any surface shows."""
    whole = Prepared()
    for prepare in PREPARES:
        found = await prepare(opened)
        opened.client.headers.pop("Authorization", None)
        opened.client.cookies.clear()
        for mine, its in ((whole.mine, found.mine), (whole.theirs, found.theirs), (whole.known, found.known)):
            mine.update(its)  # type: ignore[arg-type]
        whole.named.update(found.named)
        whole.at.update(found.at)
    return whole


def _settings(folder: Path, database_url: str) -> Settings:
    return Settings(
        public_url=PUBLIC_URL,
        data_dir=folder,
        database_url=database_url,
        **UNLIMITED,
        seal_organisation_id="NTRFR-123456789",
    )


@contextlib.asynccontextmanager
async def target(seed: int, database_url: str = "") -> AsyncIterator[Target]:
    """Assemble a gateway, with its errors kept."""
    aim = Target(seed, database_url)
    log = logging.getLogger("badge_gateway")
    log.addHandler(aim.errors)
    log.propagate = False
    try:
        await aim.open()
        yield aim
    finally:
        await aim.close()
        log.removeHandler(aim.errors)
        log.propagate = True


def _more() -> Iterator[bytes]:
    """What others made to break readers, where it lies beside the checkout."""
    for folder in SEEDS:
        for path in sorted((BESIDE_THE_CHECKOUT / folder).glob("*")):
            body = path.read_bytes()
            if len(body) <= MAX_SEED_BYTES:
                yield body
    for path in sorted((BESIDE_THE_CHECKOUT / "sec/made/png").glob("iTXt_after_IDAT.png")):
        yield unbake_png(path.read_bytes()).payload
