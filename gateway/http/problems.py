"""Errors as RFC 9457 problem documents; the only place that knows status codes."""

import logging
import math
from collections.abc import Callable
from typing import Any  # Any: what Litestar leaves open of exceptions and their handlers

import msgspec
from litestar import Request, Response
from litestar.exceptions import ClientException, HTTPException, SerializationException, ValidationException
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.datastructures import ResponseSpec

from adapters.hub.errors import AdapterError, Malformed, NotWritable, ReferenceMissing, TooLarge, UnknownFormat
from adapters.hub.opened import UnsupportedCarrier
from gateway.errors import (
    AnswerErased,
    Erased,
    FetchBudget,
    GatewayError,
    IdempotencyConflict,
    InProgress,
    InsufficientScope,
    KeyMissing,
    LastOwner,
    LimitRaised,
    Misconfigured,
    NoSealIdentifier,
    NotActive,
    NotFound,
    NotIssuable,
    NotSuspendable,
    OutlivesMaker,
    PastExpiry,
    PresentationRefused,
    Refused,
    SealUnusable,
    Taken,
    TooFarAhead,
    TooManyRequests,
    Unauthorised,
    Unavailable,
    Unreachable,
    Unstorable,
    UnusableId,
    WrongOccasion,
)
from gateway.flows.backpack.refusals import NotJson, RequestInvalid
from gateway.flows.convert import NoSuchAward, NotTrusted, SourceChanged
from gateway.flows.europass.refusals import (
    DuplicateCredential,
    LinkExpired,
    MissingFile,
    NoDelivery,
    NotAnUpload,
    NotSealed,
    SealedOtherwise,
    WalletFull,
)
from gateway.flows.hold import InvalidBadge
from gateway.flows.id_token import ProviderRefused
from gateway.flows.keep_account import LastAddress, SignInAgain
from gateway.flows.oauth.recognise import InvalidToken
from gateway.flows.oauth.refusals import OAuthRefused, QuestionExpired, UnknownClient
from gateway.flows.oauth.wallet_badges import NotForWallets
from gateway.flows.offers.claim import NotOffered, OfferOver
from gateway.flows.offers.confirmed_source import NotYet
from gateway.flows.offers.whose import NotTheRecipient
from gateway.flows.offers.withdraw import OfferClaimed
from gateway.flows.oid4vci.refusals import Oid4vciRefused
from gateway.flows.prepare import NoSuspension, NotSealable
from gateway.flows.read_changes import UnknownCursor
from gateway.flows.search import BadCursor
from gateway.flows.sign_in import AddressTaken, LinkUnusable, TooManyAddresses, WrongAccount
from gateway.flows.test_aids.only_twins import TestOnly
from gateway.flows.upsert import NoCredential
from gateway.flows.vc_api.issue_credential import IssuedOtherwise
from gateway.flows.webhooks.amend import WrongCode
from gateway.flows.webhooks.redeliver import WebhookInactive
from gateway.flows.webhooks.register import TooManyWebhooks
from gateway.http import missing_page, parameters
from gateway.http.accept import NotAcceptable
from gateway.http.body_type import UnsupportedMediaType
from gateway.http.catalogue.whole import CATALOGUE
from gateway.http.delivery import NOSNIFF, HttpRequest
from gateway.http.host import MalformedHost
from gateway.http.json_body import InvalidBody, no_json, takes_json, unfit
from gateway.http.problem import TYPE, Problem
from gateway.http.sign_in_first import ForeignForm, SignInNeeded, to_sign_in
from gateway.http.titles import TITLES
from gateway.records.mailbox import MalformedAddress

log = logging.getLogger("badge_gateway.http")

MEDIA_TYPE = "application/problem+json"
INTERNAL = 500
CHALLENGE, ENDED = 'Bearer realm="badge-gateway"', ', error="invalid_token"'
"""How to show a key; the second follows when an access token was shown that opens nothing (RFC 6750 section 3)."""
RETRY_S = 2
"""When to try again after 503, and after 409: most requests that are being worked on have ended by then."""

STATUS: dict[type[Exception], int] = {
    Malformed: 400,
    UnsupportedCarrier: 415,
    TooLarge: 413,
    UnknownFormat: 415,
    ReferenceMissing: 422,
    NotWritable: 422,
    Refused: 422,
    Unreachable: 422,
    FetchBudget: 429,
    NotSealable: 400,
    NoSuspension: 400,
    BadCursor: 400,
    NotIssuable: 422,
    NotActive: 409,
    NotSuspendable: 409,
    NoSealIdentifier: 409,
    SealUnusable: 422,
    NoSuchAward: 422,
    SourceChanged: 409,
    parameters.UnknownParameter: 400,
    parameters.TooManyFields: 400,
    MalformedHost: 400,
    InvalidBody: 400,
    MalformedAddress: 400,
    NotJson: 400,
    RequestInvalid: 400,
    ForeignForm: 403,
    SignInNeeded: 303,
    LinkUnusable: 410,
    ProviderRefused: 400,
    WrongAccount: 403,
    AddressTaken: 409,
    LastAddress: 409,
    SignInAgain: 403,
    TooManyAddresses: 409,
    UnsupportedMediaType: 415,
    OAuthRefused: 400,
    UnknownClient: 400,
    UnknownCursor: 400,
    TooManyWebhooks: 409,
    WebhookInactive: 409,
    WrongCode: 422,
    QuestionExpired: 400,
    NotForWallets: 400,
    NotFound: 404,
    Erased: 410,
    Unstorable: 400,
    NotAcceptable: 406,
    NoCredential: 400,
    OfferOver: 410,
    NotOffered: 422,
    NotYet: 503,
    PresentationRefused: 400,
    WrongOccasion: 400,
    Unauthorised: 401,
    InsufficientScope: 403,
    Taken: 409,
    LastOwner: 409,
    UnusableId: 422,
    PastExpiry: 422,
    TooFarAhead: 422,
    OutlivesMaker: 403,
    LimitRaised: 403,
    IdempotencyConflict: 422,
    InProgress: 409,
    AnswerErased: 409,
    TooManyRequests: 429,
    Unavailable: 503,
    Misconfigured: 503,
    KeyMissing: 503,
    MissingFile: 400,
    NotAnUpload: 400,
    NotSealed: 400,
    NoDelivery: 400,
    Oid4vciRefused: 400,
    DuplicateCredential: 409,
    SealedOtherwise: 409,
    IssuedOtherwise: 409,
    WalletFull: 409,
    LinkExpired: 410,
    NotTheRecipient: 422,
    OfferClaimed: 409,
    TestOnly: 403,
}

WORDS = {
    400: "The request or the badge is malformed",
    401: "The API key is missing or unknown",
    403: "The API key lacks the scope that this operation needs, or may not do just this",
    404: "There is nothing under this address",
    408: "The body did not arrive in time",
    409: "What the credential or platform is now is against it; or the same Idempotency-Key is being worked on, or was "
    "answered with what was erased since",
    410: "A credential was under this address, and was erased",
    413: "What was sent is too large",
    415: "The badge is in no format that is read here, or declared as something else",
    422: "The badge could be read and is refused, or something that it needs could not be fetched",
    429: "Too many requests from this address or with this API key, or too many documents fetched for them",
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


def of_ours(request: HttpRequest, error: AdapterError | GatewayError) -> Response[Problem] | Response[bytes]:
    """Answer an error of ours; who looks for a record in a browser and finds none gets a page."""
    status = status_of(type(error))
    if error.code == FRAMEWORK_CODES[INTERNAL]:
        return of_bugs(request, error)
    if status == INTERNAL:
        log.error("not answered: %s", error, exc_info=error)
    if isinstance(error, NotFound) and missing_page.is_wanted(request):
        return missing_page.answer(request, erased=isinstance(error, Erased))
    problem = Problem(
        type=TYPE + error.code,
        title=title_of(type(error)),
        status=status,
        code=error.code,
        detail=str(error),
        pointer=error.pointer if error.pointer.startswith("/") and not isinstance(error, NotSealable) else "",
        parameter=_parameter(error),
        fix=error.fix,
        checks=error.report.checks if isinstance(error, NotTrusted | InvalidBadge) else (),
    )
    return _answer(request, problem, _headers(error, status))


def _parameter(error: Exception) -> str:
    if isinstance(error, parameters.UnknownParameter):
        return error.name
    named: dict[type[Exception], str] = {
        NotSealable: "securing",
        NoSuspension: "status",
        NoSuchAward: "award",
        BadCursor: "after",
        UnknownCursor: "since",
    }
    return next((name for kind, name in named.items() if isinstance(error, kind)), "")


def _headers(error: Exception, status: int) -> dict[str, str]:
    if isinstance(error, TooManyRequests | FetchBudget):
        return {"Retry-After": str(max(1, math.ceil(error.retry_after_s)))}
    if isinstance(error, InvalidToken):
        # RFC 6750 section 3.1; who shows no token at all is told no error.
        return {"WWW-Authenticate": f"{CHALLENGE}{ENDED}"}
    if isinstance(error, Unauthorised):
        return {"WWW-Authenticate": CHALLENGE}
    again = isinstance(error, InProgress) or status == STATUS[Unavailable]
    return {"Retry-After": str(RETRY_S)} if again else {}


def of_framework(request: HttpRequest, error: HTTPException) -> Response[Problem] | Response[bytes]:
    """Answer an error that the framework raised: routing, parameters, body size."""
    faults = [item for item in error.extra if isinstance(item, dict)] if isinstance(error.extra, list) else []
    # An address that cannot be one of ours names nothing; only other parameters can be mistaken.
    if error.status_code == STATUS[NotFound] or any(fault.get("source") == "path" for fault in faults):
        return of_ours(request, NotFound("nothing is served at this address"))
    if any(fault.get("source") == "body" for fault in faults):
        return of_ours(request, unfit(request.route_handler, faults))
    if isinstance(error, ValidationException):
        found = [(str(fault.get("key", "")), _said(fault)) for fault in faults]
        return _answer(request, _of_parameters(request, found, error.detail), {})
    if type(error) is ClientException and takes_json(request.scope.get("route_handler")):
        return of_ours(request, no_json(error.detail))
    headers = dict(error.headers or {})
    code = FRAMEWORK_CODES.get(error.status_code, FRAMEWORK_CODES[400])
    problem = Problem(
        type=TYPE + code,
        title=TITLES[code],
        status=error.status_code,
        code=code,
        detail=error.detail,
        fix=_fix(request, error.status_code, headers),
    )
    return _answer(request, problem, headers)


def _of_parameters(request: HttpRequest, faults: list[tuple[str, str]], otherwise: str) -> Problem:
    """The problem of a request whose parameters are mistaken or missing: the first one with its remedy, all by name."""
    handler = request.route_handler
    faults = faults or [(name, "is missing") for name in parameters.missing(handler, list(request.query_params))]
    name = parameters.sent_as(handler, faults[0][0]) if faults else ""
    code = FRAMEWORK_CODES[400]
    return Problem(
        type=TYPE + code,
        title=TITLES[code],
        status=400,
        code=code,
        detail="; ".join(f"{parameters.sent_as(handler, each)}: {said}" for each, said in faults) or otherwise,
        parameter=name,
        allowed=parameters.allowed(handler, name),
        fix=parameters.fix(handler, name, parameters.values(request, name)),
    )


def _said(fault: dict[str, Any]) -> str:
    message = str(fault.get("message", "")).replace("`", "")
    return message.replace("Invalid enum value", "it has no value")


def _fix(request: HttpRequest, status: int, headers: dict[str, str]) -> str:
    if status == STATUS[TooLarge]:
        handler = request.scope.get("route_handler")
        own = handler.request_max_body_size if isinstance(handler, HTTPRouteHandler) else None
        usual = request.app.state.gateway.settings.max_body_bytes
        return f"send at most {own if isinstance(own, int) else usual} bytes"
    served = [method for method in sorted(headers.get("allow", "").split(", ")) if method not in ("", "OPTIONS")]
    return f"use {' or '.join(served)}" if served else ""


def of_bytes(request: HttpRequest, error: Exception) -> Response[Problem] | Response[bytes]:
    """Answer what msgspec lets through as built-in errors: bad UTF-8, or nesting too deep."""
    return of_ours(request, Malformed(f"the request cannot be decoded: {error}"))


def of_bugs(request: HttpRequest, error: Exception) -> Response[Problem] | Response[bytes]:
    """Answer what should not have happened; the log has it, the caller does not."""
    log.error("not answered: a bug", exc_info=error)
    code = FRAMEWORK_CODES[INTERNAL]
    return _answer(request, Problem(type=TYPE + code, title=TITLES[code], status=INTERNAL, code=code), {})


def _answer(request: HttpRequest, problem: Problem, headers: dict[str, str]) -> Response[Problem] | Response[bytes]:
    """The problem document, or what the surface under the request's path says instead.

    Where nothing better is known of this very request, the document says what to do about every problem of its kind.
    """
    sent = {**NOSNIFF, "Cache-Control": "no-store", **headers}
    path = request.scope["path"]
    for surface in request.app.state.get("surfaces", ()):
        said = surface.failed(request, problem) if surface.failed and surface.speaks_at(path) else None
        if said is not None:
            sent |= said.headers
            return Response(said.body, status_code=said.status, media_type=said.media_type, headers=sent)
    if not problem.fix and problem.code in CATALOGUE:
        problem = msgspec.structs.replace(problem, fix=CATALOGUE[problem.code].en.fix)
    return Response(problem, status_code=problem.status, media_type=MEDIA_TYPE, headers=sent)


def status_of(kind: type[Exception]) -> int:
    """The status of the nearest class in the table; 500 when there is none."""
    return next((STATUS[base] for base in kind.__mro__ if base in STATUS), INTERNAL)


def title_of(kind: type[AdapterError | GatewayError]) -> str:
    """The title of the nearest class that has one."""
    return next(TITLES[code] for base in kind.__mro__ if (code := getattr(base, "code", "")) in TITLES)


HANDLERS: dict[int | type[Exception], Callable[[Request[Any, Any, Any], Any], Response[Any]]] = {
    AdapterError: of_ours,
    GatewayError: of_ours,
    SignInNeeded: to_sign_in,
    HTTPException: of_framework,
    UnicodeDecodeError: of_bytes,
    RecursionError: of_bytes,
    SerializationException: of_bytes,
    INTERNAL: of_bugs,
}


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """The documented problem responses of an operation; 400 and 500 can befall every one."""
    return {
        status: ResponseSpec(Problem, media_type=MEDIA_TYPE, description=WORDS[status], generate_examples=False)
        for status in (400, *statuses, INTERNAL)
    }
