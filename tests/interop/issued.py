"""What a gateway issued for one source, and everything that it serves about it."""

import base64
import datetime as dt
import json
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any, cast  # Any: members of JSON documents

import httpx2
import msgspec

from adapters.hub.contract import Format
from gateway.app import create_app
from gateway.flows.prepare import Target
from gateway.http.middleware import HeadAsGet
from gateway.records import Securing
from tests.simulators.clock import SimulatedClock
from tests.simulators.platform import PUBLIC_URL, SimulatedPlatform, simulated_platform
from tests.simulators.web import SimulatedWeb

DEVELOPMENT_URL = "http://127.0.0.1:8000"
OPEN_BADGES_2 = (Target(Format.OPEN_BADGES_2, Securing.HOSTED), Target(Format.OPEN_BADGES_2, Securing.JWS))
OPEN_BADGES_3 = (
    Target(Format.OPEN_BADGES_3, Securing.DATA_INTEGRITY),
    Target(Format.OPEN_BADGES_3, Securing.VC_JWT),
)


class Page(msgspec.Struct, frozen=True):
    """One answer of the gateway."""

    status: int
    media_type: str
    body: bytes


class Site:
    """The gateway's public addresses, asked over HTTP in this process.

    Attributes:
        pages: Every answer so far, by URL.
        record: Id of the record that was made last.
    """

    def __init__(self, platform: SimulatedPlatform, client: httpx2.AsyncClient) -> None:
        self.platform = platform
        self.pages: dict[str, Page] = {}
        self.record = ""
        self._client = client

    @property
    def public_url(self) -> str:
        return self.platform.gateway.settings.public_url

    async def get(self, url: str) -> Page:
        """Ask for one address."""
        answer = await self._client.get(url)
        media_type = answer.headers["content-type"].partition(";")[0]
        self.pages[url] = Page(answer.status_code, media_type, answer.content)
        return self.pages[url]

    async def json(self, url: str) -> dict[str, Any]:
        """Ask for one document."""
        document: dict[str, Any] = json.loads((await self.get(url)).body)
        return document

    async def issue(self, source: bytes, *targets: Target) -> tuple[str, ...]:
        """Convert, and return the address of each form, in the order of ``targets``."""
        record = (await self.platform.convert(source, *targets)).record
        self.record = record.id
        made = {(form.intent.format, form.intent.securing): form.intent.id for form in record.forms}
        return tuple(f"{self.public_url}/p/default/issued/{made[target.format, target.securing]}" for target in targets)

    async def everything(self) -> Mapping[str, Page]:
        """Follow every link to ourselves, from what was asked for before; return all pages."""
        link = re.compile(re.escape(self.public_url).encode() + rb"/[\w./:-]+")
        while unasked := {found.decode() for page in self.pages.values() for found in link.findall(text(page))} - (
            self.pages.keys()
        ):
            for url in sorted(unasked):
                await self.get(url)
        return self.pages


def payload(token: str) -> bytes:
    """What a compact JWS says."""
    encoded = token.split(".")[1]
    return base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4))


def text(page: Page) -> bytes:
    """The JSON of a page, or whatever else it is."""
    return payload(page.body.decode()) if page.media_type == "text/plain" else page.body


@asynccontextmanager
async def site(data_dir: Path, web: SimulatedWeb, public_url: str = PUBLIC_URL, **settings: str) -> AsyncIterator[Site]:
    """A gateway and its HTTP surface, at the time of the verifiers: not all of them can be told another."""
    clock = SimulatedClock(dt.datetime.now(dt.UTC))
    async with simulated_platform(data_dir, web, clock, public_url=public_url, **settings) as platform:
        app = create_app(platform.gateway.settings, opened=nullcontext(platform.gateway))
        # Litestar and httpx2 describe the same ASGI with types of their own.
        transport = httpx2.ASGITransport(app=cast("Any", HeadAsGet(app)))
        async with app.lifespan(), httpx2.AsyncClient(transport=transport, base_url=public_url) as client:
            yield Site(platform, client)
