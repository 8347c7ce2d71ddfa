"""``/v1/credentials``: convert badges, find again what was made of them, and erase it."""

from typing import Annotated
from urllib.parse import urlencode

import msgspec
from litestar import Controller, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.openapi.spec import OpenAPIResponse
from litestar.params import QueryParameter, RawBody

from adapters.hub.contract import Format
from gateway.flows.answer import Conversion, Original
from gateway.flows.convert import Caller
from gateway.flows.describe import Describe, Description
from gateway.flows.erase import Erase
from gateway.flows.export import Carrier, Export
from gateway.flows.extend import Extend
from gateway.flows.hand_back import HandBack
from gateway.flows.look_up import LookUp, ShowOriginal
from gateway.flows.once import Once
from gateway.flows.search import PAGE_LIMIT, SearchRecords
from gateway.http.admission import admitted, needs
from gateway.http.body_type import only_badges
from gateway.http.delivery import OK, HttpRequest, delivered, digested, saved_as
from gateway.http.openapi import BADGE, PAGE_HEADERS, component, contents, documented, header, pages
from gateway.http.parameters import only_known_parameters
from gateway.http.problems import problems
from gateway.http.records import ORIGINALS, RecordId, received
from gateway.http.replies import (
    MADE,
    MADE_OR_HANDED_BACK,
    IdempotencyKey,
    SealedAs,
    Status,
    To,
    answer,
    replied,
    replied_with,
    request_of,
    wanted,
)
from gateway.ports import Search
from gateway.records import Instant, Securing, State, Summary
from gateway.records.access import Scope

GONE = 410
MOST_AWARDS = 9999

# Parameters that may be absent are lists of at most one, or texts that may be empty: where None is allowed, msgspec
# takes the text "null" for it.
After = Annotated[
    str,
    QueryParameter(
        description="The cursor that the page before gave as `next`.", pattern=r"^[A-Za-z0-9_-]*$(?!\n)", max_length=100
    ),
]
Limit = Annotated[int, QueryParameter(description=f"Records on a page, 1 to {PAGE_LIMIT}.", ge=1, le=PAGE_LIMIT)]
InState = Annotated[tuple[State, ...], QueryParameter(name="state", description="What they are now.", max_items=1)]
OfFormat = Annotated[tuple[Format, ...], QueryParameter(description="A format that they were issued in.", max_items=1)]
SourceFormat = Annotated[
    tuple[Format, ...], QueryParameter(description="The format of what they were converted from.", max_items=1)
]
SourceIssuer = Annotated[
    str,
    QueryParameter(description="The exact id of the issuer of what they were converted from.", max_length=2048),
]
CreatedAfter = Annotated[
    tuple[Instant, ...],
    QueryParameter(description="Made later than this, such as 2026-01-31T12:00:00Z.", max_items=1),
]
CreatedBefore = Annotated[
    tuple[Instant, ...],
    QueryParameter(description="Made earlier than this, such as 2026-01-31T12:00:00Z.", max_items=1),
]
LISTED = documented(
    responses={
        "200": OpenAPIResponse(
            description="A page of records; its Link leads to the next one.",
            headers=header("Link"),
            content={"application/json": component("RecordList")},
        )
    }
)
WhichAward = Annotated[
    int,
    QueryParameter(description="Which award of a document that holds several, 0 the first.", ge=0, le=MOST_AWARDS),
]
ExportFormat = Annotated[Format, QueryParameter(description="The format of the form.")]
ExportSecuring = Annotated[
    tuple[Securing, ...], QueryParameter(description="How it is sealed; else the first that was made.", max_items=1)
]
ExportCarrier = Annotated[
    tuple[Carrier, ...], QueryParameter(description="In what to get it; else as it was sealed.", max_items=1)
]
TAKEN_BACK = {
    "410": OpenAPIResponse(
        description="A hosted Assertion, or a credential in ELM, that was revoked; says so.",
        headers={**PAGE_HEADERS, **header("Content-Disposition")},
        content=contents("application/ld+json", "application/json"),
    )
}
EXPORTS = (
    "application/vc+ld+json",
    "application/ld+json",
    "text/plain",
    "application/dc+sd-jwt",
    "image/png",
    "image/svg+xml",
)


class RecordList(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Some of a platform's records, newest first; ``next`` is the cursor for the following page, "" at the end."""

    records: Annotated[tuple[Summary, ...], msgspec.Meta(max_length=PAGE_LIMIT)]
    next: str = ""


class CredentialController(Controller):
    """Convert badges, find again what was made of them, and erase it."""

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
        operation_class=documented(body=BADGE, responses=MADE_OR_HANDED_BACK),
        responses=problems(401, 403, 408, 409, 413, 415, 422, 429, 503),
    )
    async def convert(  # noqa: PLR0913, PLR0917 - each a parameter of the request, or a flow
        self,
        body: RawBody,
        to: To,
        caller: NamedDependency[Caller],
        hand_back: NamedDependency[HandBack],
        describe: NamedDependency[Describe],
        once: NamedDependency[Once],
        securing: SealedAs = (),
        status: Status = (),
        award: WhichAward = 0,
        idempotency_key: IdempotencyKey = "",
    ) -> Response[Conversion] | Response[Original]:
        """Verify the badge and, only when every check passed, issue it anew in each format of ``to``.

        The same badge sent again by the same platform is the same record: nothing is signed twice. Of a document that
        holds several awards each is a record of its own, and the losses say what was left for the others. Of a
        credential in ELM that holds what it was converted from, that format alone gives those very bytes.
        """
        asked = wanted(to, securing, status)

        async def work() -> bytes:
            made = await hand_back(body, asked, caller, award=award, original=not securing)
            return await answer(made, describe, caller)

        what = f"convert {award} {bool(securing)}" if award or securing else "convert"
        request = request_of(what, asked, body, caller)
        return await replied_with(await once(caller, idempotency_key, request, work))

    @post(
        "/{record_id:str}/forms",
        operation_id="addForms",
        summary="Issue a stored badge in one more format",
        opt=needs(Scope.CREDENTIALS_ISSUE),
        operation_class=documented(responses=MADE),
        responses=problems(401, 403, 404, 409, 422, 429, 503),
    )
    async def extend(  # noqa: PLR0913, PLR0917 - each a parameter of the request, or a flow
        self,
        record_id: RecordId,
        to: To,
        caller: NamedDependency[Caller],
        extend: NamedDependency[Extend],
        describe: NamedDependency[Describe],
        once: NamedDependency[Once],
        securing: SealedAs = (),
        status: Status = (),
        idempotency_key: IdempotencyKey = "",
    ) -> Response[Conversion]:
        """The stored source is verified again first; what it no longer passes is not signed."""
        asked = wanted(to, securing, status)

        async def work() -> bytes:
            return await answer(await extend(record_id, asked, caller), describe, caller)

        request = request_of(f"extend {record_id}", asked, b"", caller)
        return await replied(await once(caller, idempotency_key, request, work))

    @get(
        operation_id="listCredentials",
        summary="Search records",
        operation_class=LISTED,
        responses=problems(401, 403, 429, 503),
    )
    async def page(  # noqa: PLR0913, PLR0917 - each a parameter of the request, or a flow
        self,
        request: HttpRequest,
        caller: NamedDependency[Caller],
        search: NamedDependency[SearchRecords],
        in_state: InState = (),
        format: OfFormat = (),
        source_format: SourceFormat = (),
        source_issuer: SourceIssuer = "",
        created_after: CreatedAfter = (),
        created_before: CreatedBefore = (),
        after: After = "",
        limit: Limit = 20,
    ) -> Response[RecordList]:
        """The platform's records that are all of this, newest first; follow ``next``, or ``Link``, for more.

        Nobody can be looked for by whom a badge is for.
        """
        wanted = Search(
            limit=limit,
            state=next(iter(in_state), None),
            format=next(iter(format), None),
            source_format=next(iter(source_format), None),
            source_issuer=source_issuer,
            created_after=next(iter(created_after), None),
            created_before=next(iter(created_before), None),
        )
        found = await search(caller, wanted, after)
        return Response(RecordList(records=found.records, next=found.next), headers=_next(request, found.next))

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
        "/{record_id:str}/export",
        operation_id="exportCredential",
        summary="Export one form",
        operation_class=pages(
            "The exact issued bytes, in the carrier that was asked for.", *EXPORTS, saved=True, also=TAKEN_BACK
        ),
        responses=problems(401, 403, 404, 429, 503),
    )
    async def export(
        self,
        record_id: RecordId,
        request: HttpRequest,
        format: ExportFormat,
        caller: NamedDependency[Caller],
        export: NamedDependency[Export],
        securing: ExportSecuring = (),
        carrier: ExportCarrier = (),
    ) -> Response[bytes]:
        """A form that was made before, as its own address serves it; 404 says how to make one that was not."""
        sealed, wrapped = next(iter(securing), None), next(iter(carrier), None)
        found = await export(record_id, format, caller, securing=sealed, carrier=wrapped)
        status = GONE if found.gone else OK
        named = saved_as(found.filename)
        cache, digest = "private, no-cache", await digested(found.body)
        return delivered(
            request, found.body, found.media_type, cache=cache, status=status, headers=named, digest=digest
        )

    @get(
        "/{record_id:str}/original",
        operation_id="showOriginal",
        summary="Show an original",
        operation_class=pages("The exact bytes that were received.", *ORIGINALS, saved=True),
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

    @delete(
        "/{record_id:str}",
        operation_id="eraseCredential",
        summary="Erase a credential",
        opt=needs(Scope.CREDENTIALS_REVOKE),
        responses=problems(401, 403, 404, 409, 422, 429, 503),
    )
    async def erase(
        self,
        record_id: RecordId,
        caller: NamedDependency[Caller],
        erase: NamedDependency[Erase],
        once: NamedDependency[Once],
        idempotency_key: IdempotencyKey = "",
    ) -> None:
        """For good: every form is revoked, and all that the gateway keeps of it is deleted in the same step.

        Whoever verifies a copy reads that it was revoked where its format can say so (`revocable` of a form); others go
        on to verify elsewhere.

        Gone are the original and every form with its receipt, offers, the watch over its source, answers kept for an
        `Idempotency-Key` (the key itself is answered 409 `answer-erased` for a day), reasons in its history, and copies
        in Europass wallets of the platform. Its public addresses answer 410 from then on, and operations of the
        platform 404, this one too. Its ids stay, in the feed, in the audit trail, in what is counted and in the lists
        of what was revoked. What people hold in their own backpacks stays theirs.

        The same badge sent again becomes a new record, and so does what software issues under the same id. A record
        that was made by converting a form of this one is a record of its own, with this one whole in its original:
        erase that too.
        """

        async def work() -> bytes:
            await erase(record_id, caller)
            return b""

        await once(caller, idempotency_key, request_of(f"erase {record_id}", (), b""), work)


def _next(request: HttpRequest, cursor: str) -> dict[str, str]:
    """The same search from the cursor on (RFC 8288), in a reference that is relative to what was asked."""
    if not cursor:
        return {}
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "after"]
    return {"Link": f'<?{urlencode([*asked, ("after", cursor)])}>; rel="next"'}
