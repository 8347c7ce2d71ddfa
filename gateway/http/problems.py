"""Errors as RFC 9457 problem documents; the only place that knows status codes."""

import logging
from collections.abc import Callable
from typing import Any  # Any: what Litestar leaves open of exceptions and their handlers

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
from gateway.http.delivery import NOSNIFF, HttpRequest
from gateway.trust.report import Check

log = logging.getLogger("badge_gateway.http")

MEDIA_TYPE = "application/problem+json"
TYPE = "/problems/"
INTERNAL = 500
RETRY_S = 2

STATUS: dict[type[Exception], int] = {
    AdapterError: 400,
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

WORDS = {
    400: "The request or the badge is malformed",
    401: "The API key is missing or unknown",
    404: "There is nothing under this address",
    408: "The body did not arrive in time",
    409: "The same Idempotency-Key is being worked on",
    413: "The badge is too large",
    415: "The badge is in no format that is read here",
    422: "The badge could be read and is refused, or something that it needs could not be fetched",
    429: "Too many requests from this address",
    500: "A fault of the gateway's own; it is in its log",
    503: "A part of the gateway does not answer; try again",
}

FRAMEWORK_CODES = {
    400: "bad-request",
    404: "not-found",
    405: "method-not-allowed",
    408: "body-timeout",
    413: "too-large",
    INTERNAL: "internal",
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


def of_ours(_: HttpRequest, error: AdapterError | GatewayError) -> Response[Problem]:
    """Answer an error of ours."""
    status = status_of(type(error))
    if status == INTERNAL:
        log.error("not answered: %s", error, exc_info=error)
    return _answer(
        Problem(
            type=TYPE + error.code,
            title=title_of(type(error)),
            status=status,
            code=error.code,
            detail=str(error),
            pointer=error.pointer,
            fix=error.fix,
            checks=error.report.checks if isinstance(error, NotTrusted) else (),
        ),
        _headers(error, status),
    )


def _headers(error: Exception, status: int) -> dict[str, str]:
    if isinstance(error, TooManyRequests):
        return {"Retry-After": str(max(1, round(error.retry_after_s)))}
    if isinstance(error, Unauthorised):
        return {"WWW-Authenticate": 'Bearer realm="badge-gateway"'}
    return {"Retry-After": str(RETRY_S)} if status == STATUS[Unavailable] else {}


def of_framework(request: HttpRequest, error: HTTPException) -> Response[Problem]:
    """Answer an error that the framework raised: routing, parameters, body size."""
    faults = [item for item in error.extra if isinstance(item, dict)] if isinstance(error.extra, list) else []
    # An address that cannot be one of ours names nothing; only other parameters can be mistaken.
    nowhere = error.status_code == STATUS[NotFound] or any(fault.get("source") == "path" for fault in faults)
    status = STATUS[NotFound] if nowhere else error.status_code
    code = FRAMEWORK_CODES.get(status, FRAMEWORK_CODES[400])
    headers = dict(error.headers or {})
    problem = Problem(
        type=TYPE + code,
        title=WORDS.get(status, error.detail),
        status=status,
        code=code,
        detail="" if nowhere else "; ".join(map(_said, faults)) or error.detail.partition(" for path ")[0],
        pointer="" if nowhere else ", ".join(map(_parameter, faults)),
        fix=_fix(request, status, headers),
    )
    return _answer(problem, headers)


def _said(fault: dict[str, Any]) -> str:
    return f"{_parameter(fault)}: {fault.get('message', '')}"


def _parameter(fault: dict[str, Any]) -> str:
    """The name of a parameter as it is sent: a header has dashes where its argument has underscores."""
    name = str(fault.get("key", ""))
    return name.replace("_", "-") if fault.get("source") == "header" else name


def _fix(request: HttpRequest, status: int, headers: dict[str, str]) -> str:
    if status == STATUS[TooLarge]:
        return f"send at most {request.app.state.gateway.settings.max_body_bytes} bytes"
    return f"use {headers['allow']}" if "allow" in headers else ""


def of_bytes(request: HttpRequest, error: Exception) -> Response[Problem]:
    """Answer what msgspec lets through as built-in errors: bad UTF-8, or nesting too deep."""
    return of_ours(request, Malformed(f"the request cannot be decoded: {error}"))


def of_bugs(_: HttpRequest, error: Exception) -> Response[Problem]:
    """Answer what should not have happened; the log has it, the caller does not."""
    log.error("not answered: a bug", exc_info=error)
    code = FRAMEWORK_CODES[INTERNAL]
    return _answer(Problem(type=TYPE + code, title=WORDS[INTERNAL], status=INTERNAL, code=code), {})


def _answer(problem: Problem, headers: dict[str, str]) -> Response[Problem]:
    return Response(
        problem,
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={**NOSNIFF, "Cache-Control": "no-store", **headers},
    )


def status_of(kind: type[Exception]) -> int:
    """The status of the nearest class in the table; 500 when there is none."""
    return next((STATUS[base] for base in kind.__mro__ if base in STATUS), INTERNAL)


def title_of(kind: type[Exception]) -> str:
    """The first sentence that an error's class says of itself."""
    return (kind.__doc__ or "").strip().partition("\n")[0].rstrip(".")


HANDLERS: dict[int | type[Exception], Callable[[Request[Any, Any, Any], Any], Response[Problem]]] = {
    AdapterError: of_ours,
    GatewayError: of_ours,
    HTTPException: of_framework,
    UnicodeDecodeError: of_bytes,
    RecursionError: of_bytes,
    INTERNAL: of_bugs,
}


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """The documented problem responses of an operation; 400 and 500 can befall every one."""
    return {
        status: ResponseSpec(Problem, media_type=MEDIA_TYPE, description=WORDS[status], generate_examples=False)
        for status in (400, *statuses, INTERNAL)
    }
