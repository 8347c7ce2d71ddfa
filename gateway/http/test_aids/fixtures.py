"""``/v1/test/fixtures``: badges in every format, with what the gateway says of each."""

from typing import Annotated

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter

from adapters.hub.contract import Format
from gateway.flows.convert import Caller
from gateway.flows.test_aids.catalogue import Fixture, Flaw
from gateway.flows.test_aids.fixtures import MakeFixture, fixtures
from gateway.http.admission import admitted, needs
from gateway.http.delivery import HttpRequest, delivered
from gateway.http.openapi import pages
from gateway.http.parameters import only_known_parameters
from gateway.http.problems import problems
from gateway.records.access import Scope
from gateway.records.test_issuers import COPIES

MEDIA_TYPES = (
    "application/ld+json",
    "application/jose",
    "application/dc+sd-jwt",
    "image/png",
    "image/svg+xml",
    "text/plain",
)

FixtureName = Annotated[
    str,
    PathParameter(description="As the list of fixtures has it.", pattern=r"^[a-z0-9-]{1,80}$(?!\n)", max_length=80),
]


InFormat = Annotated[
    tuple[Format, ...], QueryParameter(name="format", description="Only those in this format.", max_items=1)
]
WithFlaw = Annotated[tuple[Flaw, ...], QueryParameter(description="Only those with this flaw.", max_items=1)]


Copy = Annotated[
    int,
    QueryParameter(
        description="Each copy is another badge of another issuer: the verdict is the same, the record another one.",
        ge=0,
        le=COPIES - 1,
    ),
]


class FixtureList(msgspec.Struct, frozen=True, kw_only=True):
    """Every fixture; the same ones for each test platform."""

    fixtures: tuple[Fixture, ...]


class FixtureController(Controller):
    """Badges whose verdict is known."""

    path = "/v1/test/fixtures"
    tags = ["Test aids"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.CREDENTIALS_READ)

    @get(operation_id="listFixtures", summary="List the fixtures", responses=problems(401, 403, 429, 503))
    async def all(self, caller: NamedDependency[Caller], in_format: InFormat = (), flaw: WithFlaw = ()) -> FixtureList:
        """Each with what is wrong with it, the verdict, and what converting it answers.

        That answer (`conversion`) is to `open-badges-3`. To `elm-3`, what would be 201 is 409 `no-seal-identifier`
        until the platform has an `organisationId` (`changePlatform`).
        """
        return FixtureList(fixtures=fixtures(caller, in_format, flaw))

    @get(
        "/{name:str}",
        operation_id="fetchFixture",
        summary="Fetch a fixture",
        operation_class=pages("The badge, ready to be sent as it is.", *MEDIA_TYPES),
        responses=problems(401, 403, 404, 429, 503),
    )
    async def fetch(
        self,
        request: HttpRequest,
        name: FixtureName,
        caller: NamedDependency[Caller],
        make_fixture: NamedDependency[MakeFixture],
        copy: Copy = 0,
    ) -> Response[bytes]:
        """The very bytes: the same ones each time, and others for each test platform and each `copy`.

        Send them with the same test key, and with the fixture's `recipient` if it has one, to `verifyBadge`, or to
        `convertBadge`. Their issuer is a test issuer that nobody else can reach, and the authority of its seals is one
        that nobody else trusts: with a live key, with none, and for every other verifier they are not sound. What was
        made of one that was revoked (`setUpstream`) stays revoked: a test that begins anew takes another `copy`.
        """
        fixture, body = await make_fixture(name, copy, caller)
        return delivered(request, body, fixture.media_type, cache="private, max-age=0")
