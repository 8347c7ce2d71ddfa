"""What the published document says of refusals."""

from litestar.openapi.datastructures import ResponseSpec

from gateway.flows.vc_api.problem_details import ProblemDetails
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
