"""One gateway that is asked over HTTP, request by request, and can be stopped and started on the same store."""

import asyncio
import functools
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any  # Any: members of JSON documents
from urllib.parse import urlencode

from litestar import Litestar
from litestar.types import ASGIApp

from gateway.app import create_app
from gateway.assembly.whole import Gateway, assembled
from gateway.flows.platform.keys import Wish
from gateway.ports import Fetched
from gateway.records.access import EVERY_SCOPE, Scope
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings
from tests.fuzz.contract.ground import MANY, PUBLIC_URL, UNLIMITED
from tests.fuzz.model.parts import form
from tests.gateway.http.asgi import Answer, asked
from tests.gateway.http.europass.uploads import SEAL, upload
from tests.laundering.sources import World
from tests.simulators.clock import SimulatedClock

JSON = "application/json"
FAULT = 500


@functools.cache
def _app() -> Litestar:
    """Built once: that takes longer than most histories."""
    return create_app(Settings(public_url=PUBLIC_URL))


class Live:
    """The gateway, the clock that it goes by, and the world that it asks.

    Attributes:
        world: Another one for each history, so that none meets what another one published.
        handle: What takes requests; the application, until something else is put before it.
    """

    def __init__(self, folder: Path, database_url: str = "") -> None:
        self.clock = SimulatedClock()
        self.world = World()
        self.handle: ASGIApp = _app()
        self._tags: dict[tuple[str, bytes], bytes] = {}
        self._settings = Settings(
            public_url=PUBLIC_URL,
            data_dir=folder,
            database_url=database_url,
            **UNLIMITED,
            watch_host_requests_per_minute=MANY,
            seal_organisation_id="NTRFR-123456789",
        )
        self._runner = asyncio.Runner()
        self._open: AbstractAsyncContextManager[Gateway] | None = None
        self._operator = ""
        self._sealed = b""
        self.start()

    async def _web(self, url: str, *, accept: str = JSON, fresh: bool = False) -> Fetched:
        return await self.world.web(url, accept=accept, fresh=fresh)

    @asynccontextmanager
    async def _assembled(self) -> AsyncIterator[Gateway]:
        async with assembled(self._settings, web=self._web, clock=self.clock) as gateway:
            yield gateway

    def start(self) -> None:
        """Begin to serve what is in the store."""
        self._open = self._assembled()
        _app().state.gateway = self._runner.run(self._open.__aenter__())

    def stop(self) -> None:
        """Serve no more; the store stays."""
        if self._open is not None:
            self._runner.run(self._open.__aexit__(None, None, None))
        self._open = None

    def close(self) -> None:
        """Stop for good."""
        self.stop()
        self._runner.close()

    @property
    def gateway(self) -> Gateway:
        found: Gateway = _app().state.gateway
        return found

    def timers(self) -> None:
        """What timers of a process that serves do now and then: publish the status lists that are due."""
        self._runner.run(self.gateway.publish())

    def platform(self, name: str) -> str:
        """Make a platform that may seal, and return a key of it that may do everything."""
        if not self._operator:
            self._operator = self._key(Scope.INSTALLATION_MANAGE)
        self.sent(self._operator, "POST", "/v1/platforms", {"id": name, "name": name}, expect=201)
        wish_of_key = {"name": "of a test", "scopes": sorted(EVERY_SCOPE)}
        made_key = self.sent(self._operator, "POST", f"/v1/platforms/{name}/keys", wish_of_key, expect=201)
        return str(json.loads(made_key.body)["key"])

    def _key(self, *scopes: Scope) -> str:
        wish = Wish(name="of a test", scopes=frozenset(scopes))
        return self._runner.run(self.gateway.tenancy.make_key(DEFAULT_PLATFORM, wish, "command line")).text

    def sealed(self) -> bytes:
        """A credential in ELM that somebody else has sealed; always the same one."""
        if not self._sealed:
            key = self._key(*EVERY_SCOPE)
            body, media_type = form("_file", upload())
            self._sealed = self.sent(key, "POST", SEAL, body, expect=200, content_type=media_type).body
        return self._sealed

    def sent(
        self,
        key: str,
        method: str,
        path: str,
        body: object = None,
        query: Mapping[str, object] | None = None,
        *,
        expect: int = 0,
        **headers: str,
    ) -> Answer:
        """Ask; a body that is no bytes is sent as JSON.

        Args:
            key: API key or access token; "" for nobody's.
            expect: The status that the answer has to have; 0 for any below 500.
        """
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        usual = {"content-type": JSON, **({"authorization": f"Bearer {key}"} if key else {})}
        said = {**usual, **{name.replace("_", "-"): value for name, value in headers.items()}}
        answer = self._runner.run(
            asked(
                self.handle,
                method,
                path.removeprefix(PUBLIC_URL),
                query=urlencode(query or {}, doseq=True).encode(),
                headers=[(name.encode(), value.encode()) for name, value in said.items()],
                body=[content] if content else [],
            )
        )
        right = answer.status == expect if expect else answer.status < FAULT
        assert right, f"{method} {path}: {answer.status} instead of {expect or 'less than 500'}: {answer.body[:600]!r}"
        self._is_tagged(f"{key} {path} {query}", answer)
        return answer

    def _is_tagged(self, what: str, answer: Answer) -> None:
        """What changed has another ETag than before."""
        tag = answer.headers.get(b"etag")
        if tag is not None:
            assert self._tags.setdefault((what, tag), answer.body) == answer.body, f"{what}: the same ETag"


def read(answer: Answer) -> Any:
    """The JSON of an answer."""
    return json.loads(answer.body)
