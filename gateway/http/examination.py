"""``/v1/inspections`` and ``/v1/verifications``: what is this badge, and is it what it claims to be?"""

from typing import Annotated

import msgspec
from litestar import Controller, post
from litestar.di import NamedDependency
from litestar.params import QueryParameter, RawBody

from gateway.apart import apart
from gateway.flows.answer import Verification, verification
from gateway.flows.inspect import Inspect, Inspection
from gateway.flows.verify import Structure, Verify
from gateway.http.admission import in_test_mode
from gateway.http.body_type import only_badges
from gateway.http.openapi import BADGE, documented
from gateway.http.parameters import only_known_parameters
from gateway.http.problems import problems

RECIPIENTS = 10
RECIPIENT_CHARACTERS = 500

Recipients = Annotated[
    tuple[Annotated[str, msgspec.Meta(min_length=1, max_length=RECIPIENT_CHARACTERS)], ...],
    QueryParameter(
        description="E-mail address, URL or DID that the badge is said to be for; each one is tried.",
        max_items=RECIPIENTS,
    ),
]


Thoroughness = Annotated[
    Structure,
    QueryParameter(
        description="Of a European Digital Credential: `full` holds it against the official shapes of its profile "
        "(SHACL) as well, where the gateway has them. Of other badges it says nothing."
    ),
]

RepairWanted = Annotated[
    bool, QueryParameter(description="Whether to offer a corrected copy of a document that breaks its format.")
]


class ExaminationController(Controller):
    """What is this badge, and is it what it claims to be? Nothing is stored."""

    path = "/v1"
    tags = ["Examination"]
    security = [{}]
    guards = [only_known_parameters]

    @post(
        "/inspections",
        operation_id="inspectBadge",
        summary="Say what a badge is",
        guards=[only_badges],
        operation_class=documented(body=BADGE),
        status_code=200,
        responses=problems(408, 413, 415, 429),
    )
    async def inspect(
        self, body: RawBody, inspect: NamedDependency[Inspect], *, repair: RepairWanted = False
    ) -> Inspection:
        """Format, version, securing, and the evidence for each. Nothing is fetched, verified or stored.

        With `repair=true` a document that breaks its format comes back corrected and unsigned, with each correction and
        what only its issuer can add.
        """
        return await inspect(body, repair=repair)

    @post(
        "/verifications",
        operation_id="verifyBadge",
        summary="Check a badge",
        security=[{"apiKey": []}],
        guards=[only_badges, in_test_mode],
        operation_class=documented(body=BADGE),
        status_code=200,
        responses=problems(401, 408, 413, 415, 422, 429, 503),
    )
    async def verify(
        self,
        body: RawBody,
        verify: NamedDependency[Verify],
        recipient: Recipients = (),
        structure: Thoroughness = Structure.FAST,
    ) -> Verification:
        """Every check with its outcome, what it looked at, and what the issuer should change.

        The answer is 200 whatever the verdict; 422 means that the badge's address serves nothing. No API key is needed;
        one that is shown has to be right, and its limits count as well. With a test key, or a token of a test
        platform's client, the badge is judged in test mode: by the clock that was set there, and the fixtures of its
        test issuer can be verified, as they cannot by anybody else.
        """
        verified = await verify(body, recipients=recipient, structure=structure)
        return await apart(len(verified.received.opened.payload), verification, verified)
