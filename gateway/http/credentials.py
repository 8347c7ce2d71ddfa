"""``/v1``: inspect, verify and convert badges; the records that were made of them."""

from typing import Annotated

import msgspec
from litestar import Controller, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromHeader, FromPath, FromQuery, Parameter, RawBody

from adapters.hub.contract import Format
from gateway.flows.convert import Caller, Convert, Converted
from gateway.flows.describe import Describe, Description
from gateway.flows.extend import Extend
from gateway.flows.inspect import Inspect, Inspection, title_of
from gateway.flows.look_up import PAGE_LIMIT, ListRecords, LookUp
from gateway.flows.once import Once
from gateway.flows.prepare import Target, targets
from gateway.flows.verify import Verified, Verify
from gateway.http.openapi import BadgeBody
from gateway.http.problems import problems
from gateway.records import Instant, Securing, Summary
from gateway.trust.report import Check, Outcome

READ = (400, 413, 415, 429)
"""Problems of an operation that opens a badge."""


class Verification(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The report on one badge: what it is, every check, and the verdict over all of them.

    Attributes:
        outcome: ``passed``, ``failed``, or ``unknown`` when something could not be found out.
        sha256: Of the bytes that were judged, lower-case hex.
    """

    outcome: Outcome
    at: Instant
    checks: tuple[Check, ...]
    format: Format
    version: str
    carrier: str
    securing: str = ""
    issuer: str = ""
    title: str = ""
    sha256: str
    url: str = ""


class Conversion(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The stored record, the verification that just ran, and the forms that were made now.

    Attributes:
        outcome: Of this verification. When it is not ``passed`` the record was made earlier and its source has gone bad
            since; nothing new was signed.
        created: Ids of the forms sealed by this request; empty when all were there already.
    """

    record: Description
    outcome: Outcome
    checks: tuple[Check, ...]
    created: tuple[str, ...]


class RecordPage(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Some of a platform's records, newest first; ``next`` is the cursor for the following page, "" at the end."""

    records: tuple[Summary, ...]
    next: str = ""


class ExaminationController(Controller):
    """What is this badge, and is it what it claims to be? Nothing is stored."""

    path = "/v1"
    tags = ["Examination"]

    @post(
        "/inspections",
        operation_id="inspectBadge",
        summary="Say what a badge is",
        operation_class=BadgeBody,
        status_code=200,
        responses=problems(*READ),
    )
    async def inspect(self, body: RawBody, inspect: NamedDependency[Inspect]) -> Inspection:
        """Format, version, securing, and the evidence for each. Nothing is fetched, verified or stored."""
        return await inspect(body)

    @post(
        "/verifications",
        operation_id="verifyBadge",
        summary="Check a badge",
        operation_class=BadgeBody,
        status_code=200,
        responses=problems(*READ, 422),
    )
    async def verify(
        self,
        body: RawBody,
        verify: NamedDependency[Verify],
        recipient: FromQuery[Annotated[list[str] | None, Parameter(max_items=10)]] = None,
    ) -> Verification:
        """Every check with its outcome, what it looked at, and what the issuer should change. 200 whatever the verdict."""
        return _verification(await verify(body, recipients=tuple(recipient or ())))


class CredentialController(Controller):
    """Convert badges, and find again what was made of them."""

    path = "/v1/credentials"
    tags = ["Credentials"]
    security = [{"apiKey": []}]

    @post(
        operation_id="convertBadge",
        summary="Convert a badge",
        operation_class=BadgeBody,
        responses=problems(*READ, 401, 409, 422, 503),
    )
    async def convert(
        self,
        body: RawBody,
        to: FromQuery[Annotated[list[Format], Parameter(min_items=1, max_items=8)]],
        caller: NamedDependency[Caller],
        convert: NamedDependency[Convert],
        describe: NamedDependency[Describe],
        once: NamedDependency[Once],
        securing: FromQuery[Securing | None] = None,
        idempotency_key: FromHeader[Annotated[str, Parameter(header="Idempotency-Key", max_length=255)]] = "",
    ) -> Response[Conversion]:
        """Verify the badge and, only when every check passed, issue it anew in each format of ``to``.

        The same badge sent again by the same platform is the same record: nothing is signed twice.
        """
        asked = targets(to, securing)

        async def work() -> bytes:
            return await _answer(await convert(body, "", asked, caller), describe)

        return _replied(await once(caller.holder, idempotency_key, _request("convert", asked, body), work))

    @post(
        "/{record_id:str}/forms",
        operation_id="addForms",
        summary="Issue a stored badge in one more format",
        responses=problems(400, 401, 404, 409, 422, 429, 503),
    )
    async def extend(
        self,
        record_id: FromPath[str],
        to: FromQuery[Annotated[list[Format], Parameter(min_items=1, max_items=8)]],
        caller: NamedDependency[Caller],
        extend: NamedDependency[Extend],
        describe: NamedDependency[Describe],
        once: NamedDependency[Once],
        securing: FromQuery[Securing | None] = None,
        idempotency_key: FromHeader[Annotated[str, Parameter(header="Idempotency-Key", max_length=255)]] = "",
    ) -> Response[Conversion]:
        """The stored source is verified again first; what it no longer passes is not signed."""
        asked = targets(to, securing)

        async def work() -> bytes:
            return await _answer(await extend(record_id, asked, caller), describe)

        request = _request(f"extend {record_id}", asked, b"")
        return _replied(await once(caller.holder, idempotency_key, request, work))

    @get(operation_id="listCredentials", summary="List records", responses=problems(400, 401, 429, 503))
    async def page(
        self,
        caller: NamedDependency[Caller],
        list_records: NamedDependency[ListRecords],
        after: FromQuery[Annotated[str, Parameter(max_length=64)]] = "",
        limit: FromQuery[Annotated[int, Parameter(ge=1, le=PAGE_LIMIT)]] = 20,
    ) -> RecordPage:
        """The platform's records, newest first; follow ``next`` with ``after`` for more."""
        found = tuple(await list_records(caller, after, limit))
        return RecordPage(records=found, next=found[-1].id if len(found) == limit else "")

    @get(
        "/{record_id:str}",
        operation_id="showCredential",
        summary="Show a record",
        responses=problems(401, 404, 429, 503),
    )
    async def show(
        self, record_id: FromPath[str], caller: NamedDependency[Caller], look_up: NamedDependency[LookUp]
    ) -> Description:
        """One record: links to every form, the verdict on its source, each loss, the original's own address."""
        return await look_up(record_id, caller)


class _Reply(msgspec.Struct, frozen=True):
    """An answer as it is kept for a repeated Idempotency-Key."""

    status: int
    body: msgspec.Raw


async def _answer(converted: Converted, describe: Describe) -> bytes:
    conversion = Conversion(
        record=await describe(converted.record, to_holder=True),
        outcome=converted.report.outcome,
        checks=converted.report.checks,
        created=tuple(form.intent.id for form in converted.created),
    )
    status = 201 if converted.created else 200
    return msgspec.json.encode(_Reply(status, msgspec.Raw(msgspec.json.encode(conversion))))


def _replied(answer: bytes) -> Response[Conversion]:
    reply = msgspec.json.decode(answer, type=_Reply)
    conversion = msgspec.json.decode(reply.body, type=Conversion)
    return Response(conversion, status_code=reply.status, headers={"Location": conversion.record.url})


def _request(what: str, asked: tuple[Target, ...], body: bytes) -> bytes:
    return msgspec.json.encode([what, asked]) + body


def _verification(verified: Verified) -> Verification:
    received, report = verified.received, verified.report
    reading = received.reading
    return Verification(
        outcome=report.outcome,
        at=report.at,
        checks=report.checks,
        format=received.recognition.format,
        version=received.recognition.version,
        carrier=received.opened.carrier,
        securing=received.securing,
        issuer=reading.issuer_id if reading else "",
        title=title_of(reading.credentials[0].achievement.name) if reading else "",
        sha256=received.sha256.hex(),
        url=received.url,
    )
