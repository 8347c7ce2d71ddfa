"""The small world in which every example plays: one platform, a badge that everybody can verify, and a web."""

import datetime as dt
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, cast  # Any: members of JSON documents
from uuid import UUID

import msgspec
from httpx import AsyncClient, Response
from litestar import Litestar

from gateway.assembly.whole import Gateway, assembled
from gateway.commands.sample_issuer import open_badges_3
from gateway.edges.key_uses import StoredKeyUses
from gateway.flows.convert import Caller
from gateway.flows.platform.keys import Wish
from gateway.records.access import Scope
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings
from tests.gateway.http.asgi import transport
from tests.gateway.http.conftest import routed
from tests.gateway.http.known_key import HOLDER, KEY, make_known
from tests.laundering.sources import World
from tests.simulators.clock import SimulatedClock

PUBLIC_URL = "https://badges.example.net"
NOON = dt.datetime(2026, 9, 1, 12, tzinfo=dt.UTC)
"""When everything happens, but what a scene puts before it."""

SETTINGS = Settings(
    public_url=PUBLIC_URL,
    issuer_name="Example Academy",
    seal_organisation_id="NTRFR-123456789",
    public_requests_per_minute=10**6,
    key_requests_per_minute=10**6,
    platform_requests_per_minute=10**6,
    sign_in_links_per_hour=10**6,
)

SAMPLE = msgspec.json.encode(msgspec.json.decode(open_badges_3()), order="sorted")
"""An Open Badges 3.0 credential that any gateway verifies: its issuer is a key, and nothing has to be fetched.

As the documents show it, where members are sorted.
"""

THE_RECORD = "the record"
"""The name under which ids begin for the record of that badge."""

BEARER = {"Authorization": f"Bearer {KEY}"}
"""What shows the API key of the platform, which may do everything for it."""


class SeededIds:
    """Ids that are the same whenever the same scene plays, whatever played before it."""

    def __init__(self) -> None:
        self.begin("")

    def begin(self, scene: str) -> None:
        """Start anew, for a scene with this name."""
        self._scene, self._given = scene, 0

    def __call__(self) -> str:
        self._given += 1
        seed = sha256(f"{self._scene} {self._given}".encode()).digest()
        return str(UUID(bytes=seed[:16], version=4))


@dataclass
class Story:
    """What a scene may use, and add to.

    Attributes:
        client: Speaks to the gateway, without an API key.
        record: The record of the sample badge, converted into Open Badges 2.0 and 3.0.
    """

    gateway: Gateway
    client: AsyncClient
    world: World
    clock: SimulatedClock
    ids: SeededIds
    caller: Caller = HOLDER
    record: dict[str, Any] = field(default_factory=dict)

    def begin(self, scene: str) -> None:
        """Make ready for a scene: it is noon again, nobody is remembered, and ids begin anew."""
        self.clock.now = NOON
        self.client.cookies.clear()
        self.ids.begin(scene)

    async def post(self, path: str, **request: Any) -> dict[str, Any]:
        """Send something as the platform; what is answered, which is no refusal."""
        return dict(said(await self.client.post(path, headers=BEARER, **request)).json())

    async def patch(self, path: str, json: dict[str, Any]) -> dict[str, Any]:
        """Change something as the platform."""
        return dict(said(await self.client.patch(path, headers=BEARER, json=json)).json())

    async def used(self) -> None:
        """Wait until the last use of every API key is noted."""
        await cast("StoredKeyUses", self.gateway.tenancy.admit.uses).settled()

    async def converted(self, badge: bytes = SAMPLE, *to: str) -> dict[str, Any]:
        """The record of a badge that is converted."""
        made = await self.post(
            "/v1/credentials", params={"to": to or ("open-badges-2", "open-badges-3")}, content=badge
        )
        return dict(made["record"])

    async def key(self, *scopes: Scope) -> dict[str, str]:
        """The header with a new API key of the platform that may do this."""
        made = await self.gateway.tenancy.make_key(
            DEFAULT_PLATFORM, Wish(name="Registry", scopes=frozenset(scopes)), "an owner"
        )
        return {"Authorization": f"Bearer {made.text}"}

    async def awarded(self, *to: str, **changes: Any) -> dict[str, Any]:
        """The record of a badge that the platform awards itself; members that are given here are said too."""
        achievement = {
            "name": "Repairing bicycles",
            "description": "Takes a bicycle apart and puts it together again.",
            "criteria": {"text": "Two repaired under supervision."},
        }
        award = {"achievement": achievement, "recipient": {"email": "learner@example.org"}, **changes}
        made = await self.post("/v1/credentials/issue", params={"to": to or ("open-badges-3",)}, json=award)
        return dict(made["record"])


def said(answer: Response) -> Response:
    """An answer that is no refusal."""
    assert answer.status_code < 400, answer.text
    return answer


class Stage:
    """Where scenes play: those that bear each other in one world, the others in one of their own each."""

    def __init__(self, shared: Story) -> None:
        self._shared = shared

    @asynccontextmanager
    async def world(self, *, alone: bool, first: bool) -> AsyncIterator[Story]:
        """The world for a scene; ``first`` for one without any record."""
        if not alone:
            yield self._shared
            # What was signed in a day to come is nothing to who comes next.
            assert self._shared.clock.now == NOON, "a scene that moves the clock plays alone"
            return
        async with begun(first=first) as story:
            yield story


@asynccontextmanager
async def begun(*, first: bool = False) -> AsyncIterator[Story]:
    """The world as every scene finds it; without the record of the sample badge when a scene comes first."""
    clock, world, ids = SimulatedClock(NOON - dt.timedelta(days=30)), World(), SeededIds()
    app = routed(SETTINGS.max_body_bytes)
    with tempfile.TemporaryDirectory() as folder:
        settings = msgspec.structs.replace(SETTINGS, data_dir=Path(folder))
        async with assembled(settings, web=world.web, clock=clock, new_id=ids) as gateway:
            await make_known(gateway)
            async with (
                _served(app, gateway),
                AsyncClient(transport=transport(app), base_url=PUBLIC_URL) as client,
            ):
                story = Story(gateway, client, world, clock, ids)
                story.begin(THE_RECORD)
                if not first:
                    story.record = await story.converted()
                yield story


@asynccontextmanager
async def _served(app: Litestar, gateway: Gateway) -> AsyncIterator[None]:
    """Serve this gateway, and afterwards the one before again: to build an application takes longer than all else."""
    before = app.state.get("gateway")
    app.state.gateway = gateway
    try:
        yield
    finally:
        app.state.gateway = before
