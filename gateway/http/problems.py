"""Errors of ours as RFC 9457 problem documents; the only place that knows status codes."""

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec

from adapters.hub.errors import AdapterError, Malformed, NotWritable, ReferenceMissing, TooLarge, UnknownFormat
from adapters.hub.opened import UnsupportedCarrier
from gateway.errors import (
    GatewayError,
    IdempotencyConflict,
    InProgress,
    KeyMissing,
    Misconfigured,
    NotFound,
    Refused,
    TooManyRequests,
    Unauthorised,
    Unavailable,
    Unreachable,
)
from gateway.flows.convert import NotTrusted
from gateway.flows.prepare import NotSealable
from gateway.trust.report import Check

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "/problems/"
INTERNAL = 500
RETRY_S = 2

STATUS: dict[type[Exception], int] = {
    Malformed: 400,
    UnsupportedCarrier: 415,
    TooLarge: 413,
    UnknownFormat: 415,
    ReferenceMissing: 422,
    NotWritable: 422,
    Refused: 422,
    Unreachable: 422,
    NotSealable: 400,
    NotFound: 404,
    Unauthorised: 401,
    IdempotencyConflict: 422,
    InProgress: 409,
    TooManyRequests: 429,
    Unavailable: 503,
    Misconfigured: 503,
    KeyMissing: 503,
}

FRAMEWORK_CODES = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    413: "too-large",
    415: "unknown-format",
}


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An RFC 9457 problem document.

    Attributes:
        code: Stable machine name of the reason; also the last part of ``type``.
        pointer: JSON Pointer into the request body, or the name of the parameter or header that is at fault.
        fix: What the caller can change.
        checks: For a refused conversion: every check that was made of the source.
    """

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    pointer: str = ""
    fix: str = ""
    checks: tuple[Check, ...] = ()


def status_of(error: Exception) -> int:
    """The status of the error's nearest class in the table; 500 when no class is in it."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), INTERNAL)


def of_ours(_: Request, error: AdapterError | GatewayError) -> Response[Problem]:
    """Answer an error of ours."""
    status = status_of(error)
    headers = {"Retry-After": str(RETRY_S)} if status == STATUS[Unavailable] else {}
    if isinstance(error, Unauthorised):
        headers["WWW-Authenticate"] = 'Bearer realm="badge-gateway"'
    if isinstance(error, TooManyRequests):
        headers["Retry-After"] = str(max(1, round(error.retry_after_s)))
    problem = Problem(
        type=TYPE_PREFIX + error.code,
        title=(type(error).__doc__ or error.code).strip().partition("\n")[0],
        status=status,
        code=error.code,
        detail=str(error),
        pointer=error.pointer,
        fix=error.fix,
        checks=error.report.checks if isinstance(error, NotTrusted) else (),
    )
    return Response(problem, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def of_framework(_: Request, error: HTTPException) -> Response[Problem]:
    """Answer an error that the framework raised: routing, parameters, body size."""
    status = error.status_code
    extra = error.extra if isinstance(error.extra, list) else []
    pointer = next((str(item["key"]) for item in extra if isinstance(item, dict) and "key" in item), "")
    code = FRAMEWORK_CODES.get(status, "bad-request" if status < INTERNAL else "internal")
    problem = Problem(
        type=TYPE_PREFIX + code,
        title=code.replace("-", " ").capitalize(),
        status=status,
        code=code,
        detail=str(error.detail),
        pointer=pointer,
    )
    return Response(problem, status_code=status, media_type=MEDIA_TYPE, headers=dict(error.headers or {}))


def of_bytes(request: Request, error: Exception) -> Response[Problem]:
    """Answer what msgspec lets through as built-in errors: a body in bad UTF-8, or nested too deep."""
    return of_ours(request, Malformed(f"the request cannot be decoded: {error}"))


HANDLERS = {
    AdapterError: of_ours,
    GatewayError: of_ours,
    HTTPException: of_framework,
    UnicodeDecodeError: of_bytes,
    RecursionError: of_bytes,
}


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """The documented problem responses of an operation."""
    words = {
        400: "The request or the badge is malformed",
        401: "The API key is missing or unknown",
        404: "There is nothing under this address",
        405: "This method is not served here",
        409: "The same Idempotency-Key is being worked on",
        413: "The badge is too large",
        415: "The badge is in no format that is read here",
        422: "The badge could be read and is refused, or something that it needs could not be fetched",
        429: "Too many requests from this address",
        503: "A part of the gateway does not answer; try again",
    }
    return {
        status: ResponseSpec(Problem, media_type=MEDIA_TYPE, description=words[status], generate_examples=False)
        for status in statuses
    }


