"""What the published document says of refusals."""

from litestar.openapi.datastructures import ResponseSpec

from gateway.http.badgr.wire import BadgrFailure

JSON = "application/json"
WORDS = {
    400: "The request or the badge is malformed.",
    401: "The token, the password or the refresh token is wrong.",
    404: "The person holds no such badge, or there is no such collection.",
    408: "The body did not arrive in time.",
    413: "The body or the badge is too large.",
    415: "The badge is in no format that is read here.",
    422: "The badge could be read and is refused, or something that it needs could not be fetched.",
    429: "Too many requests.",
    500: "A fault of the gateway's own; it is in its log.",
    503: "A part of the gateway does not answer; try again.",
}


def refusals(*statuses: int) -> dict[int, ResponseSpec]:
    """The documented refusals of an operation. A Host that is none is 400 everywhere."""
    return {
        status: ResponseSpec(BadgrFailure, media_type=JSON, description=WORDS[status], generate_examples=False)
        for status in sorted({400, *statuses, 429, 500, 503})
    }
