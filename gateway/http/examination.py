"""``/v1/inspections`` and ``/v1/verifications``: what is this badge, and is it what it claims to be?"""

from typing import Annotated

import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter, RawBody

from adapters.hub.contract import Format
from gateway.flows.inspect import Inspect, Inspection, title_of
from gateway.flows.verify import Verified, Verify
from gateway.http.openapi import BADGE, documented
from gateway.http.problems import problems
from gateway.records import Instant
from gateway.trust.report import Check, Outcome

RECIPIENTS = 10
RECIPIENT_CHARACTERS = 500

Recipients = Annotated[
    tuple[Annotated[str, msgspec.Meta(min_length=1, max_length=RECIPIENT_CHARACTERS)], ...],
    QueryParameter(
        description="E-mail address, URL or DID that the badge is said to be for; each one is tried.",
        max_items=RECIPIENTS,
    ),
]


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


class ExaminationController(Controller):
    """What is this badge, and is it what it claims to be? Nothing is stored."""

    path = "/v1"
    tags = ["Examination"]
    security = [{}]

    @post(
        "/inspections",
        operation_id="inspectBadge",
        summary="Say what a badge is",
        operation_class=documented(body=BADGE),
        status_code=200,
        responses=problems(408, 413, 415, 429),
    )
    async def inspect(self, body: RawBody, inspect: NamedDependency[Inspect]) -> Inspection:
        """Format, version, securing, and the evidence for each. Nothing is fetched, verified or stored."""
        return await inspect(body)

    @post(
        "/verifications",
        operation_id="verifyBadge",
        summary="Check a badge",
        operation_class=documented(body=BADGE),
        status_code=200,
        responses=problems(408, 413, 415, 422, 429, 503),
    )
    async def verify(self, body: RawBody, verify: NamedDependency[Verify], recipient: Recipients = ()) -> Verification:
        """Every check with its outcome, what it looked at, and what the issuer should change.

        The answer is 200 whatever the verdict; 422 means that the badge's address serves nothing.
        """
        return _verification(await verify(body, recipients=recipient))


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
