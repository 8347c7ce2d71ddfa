"""``/ims/ob/v2p1/assertions``: what a person holds as Open Badges 2.0, and more for them to hold."""

from typing import Annotated

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter, RawBody
from litestar.status_codes import HTTP_200_OK

from gateway.apart import apart
from gateway.flows.backpack.list_assertions import Assertions, ListAssertions
from gateway.flows.backpack.push import Push
from gateway.flows.oauth.scopes import PersonScope
from gateway.http.badge_connect.documented import LISTED, PUSHED, refusals
from gateway.http.badge_connect.payload import pushed_badge
from gateway.http.badge_connect.status import DONE, StatusResponse
from gateway.http.badge_connect.wire import AssertionsResponse
from gateway.http.oauth.bearer import allows, authorised
from gateway.http.paging import page_headers
from gateway.http.provided import flow
from gateway.records import Instant
from gateway.records.oauth import Grant
from gateway.settings import Settings

BASE = "/ims/ob/v2p1"
PAGE_LIMIT = 50
INT32 = 2**31 - 1

Limit = Annotated[int, QueryParameter(description=f"At most {PAGE_LIMIT} come at once.", ge=1, le=INT32)]
Offset = Annotated[int, QueryParameter(description="Of the first one, counted from 0.", ge=0, le=INT32)]
Since = Annotated[
    tuple[Instant, ...],
    QueryParameter(description="Only what came or changed after this, such as 2026-01-31T12:00:00Z.", max_items=1),
]


class AssertionController(Controller):
    """What a person holds as Open Badges 2.0."""

    path = f"{BASE}/assertions"
    tags = ["Assertions"]
    guards = [authorised]
    dependencies = {"list_assertions": flow("backpack.list_assertions"), "push": flow("backpack.push")}

    @get(
        operation_id="getAssertions",
        summary="Assertions that the person holds",
        opt=allows(PersonScope.READ_ASSERTIONS),
        security=[{"OAuth2ACG": [PersonScope.READ_ASSERTIONS]}],
        operation_class=LISTED,
        responses=refusals(400, 401),
    )
    async def page(
        self,
        grant: NamedDependency[Grant],
        list_assertions: NamedDependency[ListAssertions],
        settings: NamedDependency[Settings],
        limit: Limit = PAGE_LIMIT,
        offset: Offset = 0,
        since: Since = (),
    ) -> Response[AssertionsResponse]:
        """Newest update first, each byte for byte as its issuer wrote it."""
        limit = min(limit, PAGE_LIMIT)
        found = await list_assertions(grant.person, since=since[0] if since else None, limit=limit, offset=offset)
        query = {"since": since[0].isoformat()} if since else {}
        headers = page_headers(
            f"{settings.public_url}{self.path}", query, total=found.total, limit=found.limit, offset=offset
        )
        return Response(_listed(found), headers=headers)

    @post(
        operation_id="postAssertion",
        summary="Give the person an Assertion",
        opt=allows(PersonScope.CREATE_ASSERTIONS),
        security=[{"OAuth2ACG": [PersonScope.CREATE_ASSERTIONS]}],
        operation_class=PUSHED,
        responses=refusals(400, 401, 408),
        status_code=HTTP_200_OK,
    )
    async def push(self, body: RawBody, grant: NamedDependency[Grant], push: NamedDependency[Push]) -> StatusResponse:
        """The badge is verified first; one that the person holds already is brought up to date."""
        await push(await apart(len(body), pushed_badge, body), grant.person)
        return StatusResponse(DONE)


def _listed(found: Assertions) -> AssertionsResponse:
    return AssertionsResponse(
        status=DONE, assertions=tuple(map(msgspec.Raw, found.documents)), signed_assertions=found.tokens
    )
