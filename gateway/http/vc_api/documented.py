"""What the published document says of bodies and refusals."""

import msgspec
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import (
    Example,
    OpenAPIHeader,
    OpenAPIMediaType,
    OpenAPIResponse,
    Operation,
    Reference,
    RequestBody,
    Schema,
)
from litestar.openapi.spec.enums import OpenAPIType

from gateway.flows.exchanges.messages import LIMITS
from gateway.flows.vc_api.problem_details import ProblemDetails
from gateway.http.openapi import OUR_ADDRESS, component, documented
from gateway.http.problems import MEDIA_TYPE

WORDS = {
    400: "The request or the credential is refused.",
    401: "The API key is missing, unknown, expired or revoked.",
    403: "The API key lacks the scope.",
    404: "There is nothing under this address or id.",
    408: "The body did not arrive in time.",
    409: "What is there is against it, or the same request is being worked on.",
    410: "It is over.",
    413: "The body is too large.",
    415: "The body is declared as something else.",
    422: "It cannot be had as it is asked for, or what it is made of holds no longer.",
    429: "Too many requests, or too much was fetched for them.",
    500: "A fault of the gateway's own; it is in its log.",
    503: "A part of the gateway does not answer; try again.",
}


def refusals(*statuses: int) -> dict[int, ResponseSpec]:
    """The documented refusals of an operation; 400, 429, 500 and 503 can befall every one."""
    return {
        status: ResponseSpec(ProblemDetails, media_type=MEDIA_TYPE, description=WORDS[status], generate_examples=False)
        for status in sorted({400, *statuses, 429, 500, 503})
    }


def judging(answer: type[msgspec.Struct]) -> dict[int, ResponseSpec]:
    """The refusals of an operation that judges, whose 400 is its own answer: it says that something is not verified."""
    words = "It is not verified, or the request is refused."
    return {**refusals(408), 400: ResponseSpec(answer, description=words, generate_examples=False)}


CREDENTIAL = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    ],
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Repairing bicycles",
    "credentialSubject": {
        "id": "did:example:learner",
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "https://workshop.example/achievements/bicycles",
            "type": ["Achievement"],
            "name": "Repairing bicycles",
            "description": "Takes a bicycle apart and puts it together again.",
            "criteria": {"narrative": "Two repaired under supervision."},
        },
    },
}
"""The least that an Open Badges 3.0 credential needs; issuer, id, dates and status are the gateway's to add."""


def at(description: str, struct: str, place: str) -> dict[str, OpenAPIResponse]:
    """The answer of an operation that makes something, with its address."""
    location = OpenAPIHeader(description=place, schema=OUR_ADDRESS, required=True)
    return {
        "201": OpenAPIResponse(
            description=description, headers={"Location": location}, content={"application/json": component(struct)}
        )
    }


def _taking(
    struct: str, summary: str, value: object, responses: dict[str, OpenAPIResponse] | None = None
) -> type[Operation]:
    content = OpenAPIMediaType(
        schema=Reference(ref=f"#/components/schemas/{struct}"),
        examples={"shortest": Example(summary=summary, value=value)},
    )
    return documented(body=RequestBody(required=True, content={"application/json": content}), responses=responses)


ISSUING = _taking(
    "IssueRequest",
    "The least that a credential needs",
    {"credential": CREDENTIAL},
    at("It is issued.", "IssuedCredential", "Where it is fetched again, with an API key."),
)
EXCHANGING = documented(responses=at("It is offered.", "Exchange", "Of the exchange: for its recipient alone."))
VERIFYING = _taking(
    "VerifyCredentialRequest",
    "A token",
    {"verifiableCredential": "eyJhbGciOiJFUzI1NiJ9.e30.AA", "options": {"returnResults": True}},
)

BARE = documented(
    body=RequestBody(
        required=True,
        description="One Verifiable Presentation.",
        content={
            "application/json": OpenAPIMediaType(
                schema=Schema(type=OpenAPIType.OBJECT, max_properties=LIMITS.max_nodes)
            )
        },
    )
)
