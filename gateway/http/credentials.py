"""``/v1/credentials``: convert badges, and find again what was made of them."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIResponse
from litestar.params import HeaderParameter, QueryParameter, RawBody

from adapters.hub.contract import Format
from gateway.flows.answer import Conversion, conversion
from gateway.flows.convert import Caller, Convert, Converted
from gateway.flows.describe import Describe, Description
from gateway.flows.extend import Extend
from gateway.flows.look_up import PAGE_LIMIT, ListRecords, LookUp, ShowOriginal
from gateway.flows.once import Once
from gateway.flows.prepare import Target, targets
from gateway.http.admission import admitted, needs
from gateway.http.body_type import only_badges
from gateway.http.delivery import HttpRequest
from gateway.http.openapi import BADGE, component, documented, header, pages
from gateway.http.parameters import only_known_parameters
from gateway.http.problems import problems
from gateway.http.records import ORIGINALS, RecordId, received
from gateway.records import Securing, Summary
from gateway.records.access import Scope

MADE = {
    "201": OpenAPIResponse(
        description="The record, with forms that were made now.",
        headers=header("Location"),
        content={"application/json": component("Conversion")},
    ),
    "200": OpenAPIResponse(
        description="The record as it was: it has these forms, or its source verifies no more.",
        headers=header("Location"),
        content={"application/json": component("Conversion")},
    ),
}

# Parameters that may be absent are lists of at most one, or texts that may be empty: where None is allowed, msgspec
# takes the text "null" for it.
To = Annotated[list[Format], QueryParameter(description="Formats to issue the badge in.", min_items=1, max_items=8)]
SealedAs = Annotated[
    tuple[Securing, ...],
    QueryParameter(description="How to seal those formats that can be sealed so.", max_items=1),
]
After = Annotated[
    tuple[UUID, ...], QueryParameter(description="Id of the last record of the page before.", max_items=1)
]
Limit = Annotated[int, QueryParameter(description=f"Records on a page, 1 to {PAGE_LIMIT}.", ge=1, le=PAGE_LIMIT)]
IdempotencyKey = Annotated[
    str,
    HeaderParameter(
        name="Idempotency-Key",
        description="Any text of the caller's, at most 255 visible ASCII characters; the same key with the same "
        "request gets the same answer for a day. An empty one is none.",
        pattern="^[!-~]*$",
        max_length=255,
    ),
]


class RecordList(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Some of a platform's records, newest first; ``next`` is the cursor for the following page, "" at the end."""

    records: tuple[Summary, ...]
    next: str = ""


class CredentialController(Controller):
    """Convert badges, and find again what was made of them."""

    path = "/v1/credentials"
    tags = ["Credentials"]
    security = [{"apiKey": []}]
    guards = [admitted, only_known_parameters]
    opt = needs(Scope.CREDENTIALS_READ)

    @post(
        operation_id="convertBadge",
        summary="Convert a badge",
        guards=[only_badges],
        opt=needs(Scope.CREDENTIALS_ISSUE),
        operation_class=documented(body=BADGE, responses=MADE),
        responses=problems(401, 403, 408, 409, 413, 415, 422, 429, 503),
    )
    async def convert(
        self,
        body: RawBody,
        to: To,
        caller: NamedDependency[Caller],
        convert: NamedDependency[Convert],
        describe: NamedDependency[Describe],
        once: NamedDependency[Once],
        securing: SealedAs = (),
        idempotency_key: IdempotencyKey = "",
    ) -> Response[Conversion]:
        """Verify the badge and, only when every check passed, issue it anew in each format of ``to``.

        The same badge sent again by the same platform is the same record: nothing is signed twice.
        """
        asked = targets(to, *securing)

        async def work() -> bytes:
            return await _answer(await convert(body, "", asked, caller), describe)

        request = _request("convert", asked, body)
        return _replied(await once(caller, idempotency_key, request, work))

    @post(
        "/{record_id:str}/forms",
        operation_id="addForms",
        summary="Issue a stored badge in one more format",
        opt=needs(Scope.CREDENTIALS_ISSUE),
        operation_class=documented(responses=MADE),
        responses=problems(401, 403, 404, 409, 422, 429, 503),
    )
    async def extend(
        self,
        record_id: RecordId,
        to: To,
        caller: NamedDependency[Caller],
        extend: NamedDependency[Extend],
        describe: NamedDependency[Describe],
        once: NamedDependency[Once],
        securing: SealedAs = (),
        idempotency_key: IdempotencyKey = "",
    ) -> Response[Conversion]:
        """The stored source is verified again first; what it no longer passes is not signed."""
        asked = targets(to, *securing)

        async def work() -> bytes:
            return await _answer(await extend(record_id, asked, caller), describe)

        request = _request(f"extend {record_id}", asked, b"")
        return _replied(await once(caller, idempotency_key, request, work))

    @get(operation_id="listCredentials", summary="List records", responses=problems(401, 403, 429, 503))
    async def page(
        self,
        caller: NamedDependency[Caller],
        list_records: NamedDependency[ListRecords],
        after: After = (),
        limit: Limit = 20,
    ) -> RecordList:
        """The platform's records, newest first; follow ``next`` with ``after`` for more."""
        found = tuple(await list_records(caller, "".join(map(str, after)), limit))
        return RecordList(records=found, next=found[-1].id if len(found) == limit else "")

    @get(
        "/{record_id:str}",
        operation_id="showCredential",
        summary="Show a record",
        responses=problems(401, 403, 404, 429, 503),
    )
    async def show(
        self, record_id: RecordId, caller: NamedDependency[Caller], look_up: NamedDependency[LookUp]
    ) -> Description:
        """One record: links to every form, the verdict on its source, each loss, the original's own address."""
        return await look_up(record_id, caller)

    @get(
        "/{record_id:str}/original",
        operation_id="showOriginal",
        summary="Show an original",
        operation_class=pages("The exact bytes that were received.", *ORIGINALS),
        responses=problems(401, 403, 404, 429, 503),
    )
    async def original(
        self,
        record_id: RecordId,
        request: HttpRequest,
        caller: NamedDependency[Caller],
        show_original: NamedDependency[ShowOriginal],
    ) -> Response[bytes]:
        """The exact bytes that were received, for the platform that sent them."""
        return received(request, await show_original(record_id, caller=caller))


class _Reply(msgspec.Struct, frozen=True):
    """An answer as it is kept for a repeated Idempotency-Key."""

    status: int
    conversion: Conversion


async def _answer(converted: Converted, describe: Describe) -> bytes:
    answered = conversion(converted, await describe(converted.record, to_holder=True))
    return msgspec.json.encode(_Reply(201 if converted.created else 200, answered))


def _replied(answer: bytes) -> Response[Conversion]:
    reply = msgspec.json.decode(answer, type=_Reply)
    location = reply.conversion.record.url
    return Response(reply.conversion, status_code=reply.status, headers={"Location": location})


def _request(what: str, asked: tuple[Target, ...], body: bytes) -> bytes:
    return msgspec.json.encode([what, asked]) + body
