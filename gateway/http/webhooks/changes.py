"""``/v1/changes`` and the history of a credential: what happened, in order."""

from typing import Annotated
from urllib.parse import urlencode

import msgspec
from litestar import Controller, Response, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIHeader, OpenAPIResponse, OpenAPIType, Schema
from litestar.params import QueryParameter

from gateway.flows.convert import Caller
from gateway.flows.read_changes import CHANGES_LIMIT, Changes, History, ReadChanges, ReadHistory
from gateway.http.admission import admitted, needs
from gateway.http.delivery import HttpRequest, delivered
from gateway.http.openapi import component, documented, header
from gateway.http.parameters import only_known_parameters
from gateway.http.problems import problems
from gateway.http.records import RecordId
from gateway.records.access import Scope

PATH = "/v1/changes"
JSON = "application/json"
CACHE = "private, no-cache"

Cursor = Annotated[
    str,
    QueryParameter(
        description="`next` of the answer before; absent or empty to read from the beginning.", max_length=64
    ),
]
Limit = Annotated[int, QueryParameter(description=f"Events on a page, 1 to {CHANGES_LIMIT}.", ge=1, le=CHANGES_LIMIT)]
LINK = OpenAPIHeader(
    description='Where to read on, with `rel="next"` (RFC 8288); present when there is more already.',
    schema=Schema(type=OpenAPIType.STRING, max_length=300),
)
SHOWN = documented(
    responses={
        "200": OpenAPIResponse(
            description="Events, oldest first.",
            headers={**header("ETag", "Cache-Control", "Content-Digest"), "Link": LINK},
            content={JSON: component("Changes")},
        ),
        "304": OpenAPIResponse(
            description="Nothing is new since the answer with this ETag.",
            headers={**header("ETag", "Cache-Control"), "Link": LINK},
        ),
    }
)


class ChangeController(Controller):
    """What happened, in order."""

    tags = ["Webhooks"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.CREDENTIALS_READ)

    @get(
        PATH,
        operation_id="listChanges",
        summary="List what happened",
        operation_class=SHOWN,
        responses={**problems(401, 403, 429, 503), 200: ResponseSpec(Changes, generate_examples=False)},
    )
    async def changes(
        self,
        request: HttpRequest,
        caller: NamedDependency[Caller],
        read_changes: NamedDependency[ReadChanges],
        since: Cursor = "",
        limit: Limit = 100,
    ) -> Response[bytes]:
        """Everything that happened to the platform's credentials, exactly once and in an order that never changes.

        Keep `next` and ask with it as `since`, at once while `more` is true, later otherwise. With nothing new the
        answer is empty, has the same cursor and the same ETag.
        """
        found = await read_changes(since, limit, caller)
        query = urlencode({"since": found.next, "limit": limit})
        link = {"Link": f'<{PATH}?{query}>; rel="next"'} if found.more else {}
        return delivered(request, msgspec.json.encode(found), JSON, cache=CACHE, headers=link)

    @get(
        "/v1/credentials/{record_id:str}/history",
        operation_id="showHistory",
        summary="Show what happened to a credential",
        responses=problems(401, 403, 404, 429, 503),
    )
    async def history(
        self, record_id: RecordId, caller: NamedDependency[Caller], read_history: NamedDependency[ReadHistory]
    ) -> History:
        """Its events, oldest first, at most the newest 500; of looks at its source too, with what was seen and when."""
        return History(events=tuple(await read_history(record_id, caller)))
