"""Where every problem is brought about: a whole gateway that can be asked anything, and who asks."""

import asyncio
import dataclasses
import io
import re
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import msgspec
from httpx import AsyncClient, Response
from litestar import Litestar

from gateway import cli
from gateway.assembly.whole import Gateway, assembled
from gateway.flows.platform.keys import Wish
from gateway.http.delivery import HttpRequest
from gateway.http.problem import Problem
from gateway.http.surface import Failed, Failure
from gateway.http.surfaces import SURFACES
from gateway.ports import Fetch
from gateway.records.access import EVERY_SCOPE, Scope
from gateway.records.people import Person
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings
from tests.examples.story import BEARER, SeededIds
from tests.gateway.http.asgi import transport
from tests.gateway.http.conftest import PUBLIC_URL, routed
from tests.gateway.http.known_key import make_known
from tests.laundering.sources import Kind, World
from tests.simulators import people
from tests.simulators.application import Browser
from tests.simulators.clock import NOON, SimulatedClock
from tests.simulators.mail import SimulatedMail

PEOPLE = {"Accept": "text/html", "Accept-Language": "en", "Origin": PUBLIC_URL, "Sec-Fetch-Site": "same-origin"}
"""What a browser sends from a page of the gateway."""

MANY = 10**6
SETTINGS = Settings(
    public_url=PUBLIC_URL,
    seal_organisation_id="NTRFR-123456789",
    public_requests_per_minute=MANY,
    key_requests_per_minute=MANY,
    platform_requests_per_minute=MANY,
)


@dataclass
class Stage:
    """One gateway, as a scene finds it.

    Attributes:
        client: Speaks to it without showing anything, as a program.
        unlettered: The gateway as it is without a mail server.
        told: Every problem that a surface was asked to word, in order.
    """

    app: Litestar
    client: AsyncClient
    world: World
    clock: SimulatedClock
    mail: SimulatedMail
    ids: SeededIds
    unlettered: Gateway
    told: list[Problem] = field(default_factory=list)

    @property
    def gateway(self) -> Gateway:
        """What the application serves now."""
        served: Gateway = self.app.state.gateway
        return served

    def begin(self, scene: str) -> None:
        """Make ready for a scene."""
        self.told.clear()
        self.client.cookies.clear()
        self.ids.begin(scene)

    async def post(self, path: str, **request: Any) -> dict[str, Any]:
        """Send something as the platform; what is answered, which is no refusal."""
        headers = {**BEARER, **request.pop("headers", {})}
        answer = await self.client.post(path, headers=headers, **request)
        assert answer.status_code < 400, answer.text
        return dict(answer.json())

    async def converted(self, badge: bytes = b"", *to: str) -> dict[str, Any]:
        """The record of a badge that is converted, by default of a hosted one."""
        wanted = {"to": to or ("open-badges-3",)}
        made = await self.post("/v1/credentials", params=wanted, content=badge or self.world.sound(Kind.HOSTED))
        return dict(made["record"])

    async def key(self, *scopes: Scope, **wish: Any) -> dict[str, str]:
        """The header with a new API key of the platform."""
        wanted = Wish(name="Registry", scopes=frozenset(scopes) or EVERY_SCOPE, **wish)
        made = await self.gateway.tenancy.make_key(DEFAULT_PLATFORM, wanted, "command line")
        return {"Authorization": f"Bearer {made.text}"}

    async def person(self, email: str, *more: str) -> Person:
        """Somebody who has confirmed these addresses."""
        return await people.person(self.gateway, email, *more)

    async def browser(self, owner: Person) -> Browser:
        """The browser of somebody who is signed in."""
        return Browser(self.client, f"__Host-session={await people.session(self.gateway, owner)}")

    async def csrf(self, browser: Browser, path: str = "/account") -> str:
        """What the forms of a page send back."""
        page = await browser.open(path, Accept="text/html")
        found = re.search(r'name="csrf" value="([\w-]+)"', page.text)
        assert found is not None, page.text
        return found[1]

    async def application(self, owner: Person, *scopes: str) -> dict[str, str]:
        """The header with an access token that somebody has granted."""
        return {"Authorization": f"Bearer {await people.token(self.gateway, owner, *scopes)}"}

    def replace(self, **parts: Any) -> None:
        """Serve a gateway with other parts from now on."""
        self.app.state.gateway = msgspec.structs.replace(self.gateway, **parts)

    @asynccontextmanager
    async def otherwise(self, web: Fetch | None = None, **settings: Any) -> AsyncIterator["Stage"]:
        """Another gateway with these settings, in the same application; this one is there again afterwards."""
        kept = self.app.state.gateway, self.app.state.surfaces
        async with stage(msgspec.structs.replace(SETTINGS, **settings), self.app, web) as other:
            other.told = self.told
            self.app.state.surfaces = spied(self.told)
            yield other
        self.app.state.gateway, self.app.state.surfaces = kept


@asynccontextmanager
async def stage(
    settings: Settings = SETTINGS, app: Litestar | None = None, web: Fetch | None = None
) -> AsyncIterator[Stage]:
    """A gateway over a simulated web, whose letters are kept, and nothing in its store but an API key."""
    world, clock, mail, ids = World(), SimulatedClock(), SimulatedMail(), SeededIds()
    with tempfile.TemporaryDirectory() as folder:
        settings = msgspec.structs.replace(settings, data_dir=Path(folder))
        async with assembled(settings, web=web or world.web, clock=clock, new_id=ids) as gateway:
            await make_known(gateway)
            app = app or routed(settings.max_body_bytes)
            told: list[Problem] = []
            app.state.gateway, app.state.surfaces = lettered(gateway, mail), spied(told)
            async with AsyncClient(transport=transport(app), base_url=PUBLIC_URL) as client:
                yield Stage(app, client, world, clock, mail, ids, gateway, told)


def lettered(gateway: Gateway, mail: SimulatedMail) -> Gateway:
    """The gateway with a post office."""
    people = msgspec.structs.replace(gateway.people, mail_link=dataclasses.replace(gateway.people.mail_link, mail=mail))
    put = gateway.europass.put_in_wallet
    put = dataclasses.replace(put, announce=dataclasses.replace(put.announce, mail=mail))
    send = dataclasses.replace(gateway.europass.seal_and_send, put_in_wallet=put)
    europass = msgspec.structs.replace(gateway.europass, put_in_wallet=put, seal_and_send=send)
    return msgspec.structs.replace(gateway, people=people, europass=europass)


def spied(told: list[Problem]) -> tuple[Any, ...]:
    """Every surface, which words problems as ever, once each is written down."""
    return tuple(
        msgspec.structs.replace(surface, failed=_spy(surface.failed, told)) if surface.failed else surface
        for surface in SURFACES
    )


def _spy(failed: Failed, told: list[Problem]) -> Failed:
    def heard(request: HttpRequest, problem: Problem) -> Failure | None:
        told.append(problem)
        return failed(request, problem)

    return heard


class Printed(msgspec.Struct, frozen=True):
    """What a command said with ``--json``, and its exit status."""

    command: str
    status: int
    body: dict[str, Any]


async def printed(*words: str) -> Printed:
    """Run a command in this process, as its own."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(io.StringIO()):
        status = await asyncio.to_thread(cli.main, [*words, "--json"])
    return Printed(f"badge-gateway {' '.join(words)}", status, msgspec.json.decode(said.getvalue()))


class Explained(msgspec.Struct, frozen=True):
    """A page that says a problem in words of its own."""

    page: Response
    code: str


Answered = Response | Printed | Explained
__all__ = ["BEARER", "NOON", "PEOPLE", "Answered", "Explained", "Printed", "Stage", "printed", "stage"]
