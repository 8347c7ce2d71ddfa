"""``Imsx_StatusInfo``: how this API words everything that is no success.

Source: Open Badges 3.0 section 6.1 and its appendix on service status; the official ``Imsx_StatusInfo`` JSON Schema.
"""

from typing import Annotated, Literal

import msgspec
from litestar.openapi.datastructures import ResponseSpec

from gateway.http.delivery import HttpRequest
from gateway.http.problem import Problem
from gateway.http.surface import Failure

JSON = "application/json"
TARGET = "TargetEndSystem"
"""Who reports, in the words of 1EdTech: the provider that was asked."""

CodeMajor = Literal["failure", "processing", "success", "unsupported"]
Severity = Literal["error", "status", "warning"]
CodeMinor = Literal[
    "forbidden",
    "fullsuccess",
    "internal_server_error",
    "invalid_data",
    "invalid_query_parameter",
    "misdirected_request",
    "not_acceptable",
    "not_allowed",
    "not_found",
    "not_modified",
    "server_busy",
    "unauthorizedrequest",
    "unknown",
]


class ImsxCodeMinorField(msgspec.Struct, frozen=True, kw_only=True):
    """One code: which system reports it, and what it is."""

    name: Annotated[str, msgspec.Meta(max_length=100)] = msgspec.field(name="imsx_codeMinorFieldName")
    value: CodeMinor = msgspec.field(name="imsx_codeMinorFieldValue")


class ImsxCodeMinor(msgspec.Struct, frozen=True, kw_only=True):
    """At least one code."""

    fields: Annotated[tuple[ImsxCodeMinorField, ...], msgspec.Meta(min_length=1)] = msgspec.field(
        name="imsx_codeMinorField"
    )


class ImsxStatusInfo(msgspec.Struct, frozen=True, kw_only=True):
    """How it went.

    Attributes:
        description: What is wrong and what the caller can change, for people.
    """

    code_major: CodeMajor = msgspec.field(name="imsx_codeMajor")
    severity: Severity = msgspec.field(name="imsx_severity")
    description: str = msgspec.field(name="imsx_description")
    code_minor: ImsxCodeMinor = msgspec.field(name="imsx_codeMinor")


_MINOR: dict[int, CodeMinor] = {
    400: "invalid_query_parameter",
    401: "unauthorizedrequest",
    403: "forbidden",
    404: "not_found",
    405: "not_allowed",
    406: "not_acceptable",
    421: "misdirected_request",
    422: "invalid_data",
    429: "server_busy",
    500: "internal_server_error",
    503: "server_busy",
}
_NOT_FOUND = 404
_INVALID_DATA = 422
_UNSUPPORTED = 415

_OF_THE_REQUEST = frozenset(
    {"bad-request", "invalid-body", "unknown-parameter", "too-many-fields", "malformed-host", "unsupported-media-type"}
)
"""Codes of problems with what surrounds a body. With these statuses every other problem is the body's own."""

WORDS = {
    400: "A parameter of the query is wrong (`invalid_query_parameter`).",
    401: "The access token is missing, unknown, expired or revoked (`unauthorizedrequest`).",
    403: "The access token does not have the scope (`forbidden`).",
    404: "There is nothing under this address (`not_found`).",
    405: "This method is not served here (`not_allowed`).",
    406: "The client takes no JSON (`not_acceptable`).",
    408: "The body did not arrive in time (`unknown`).",
    413: "The body is too large (`unknown`).",
    415: "The body is declared as something that this operation does not take.",
    422: "The body is wrong: malformed, forged, or about somebody else (`invalid_data`).",
    429: "Too many requests with this authorisation or from this address (`server_busy`).",
    500: "A fault of the gateway's own; it is in its log (`internal_server_error`).",
    503: "A part of the gateway does not answer; try again (`server_busy`).",
}


def imsx(_: HttpRequest, problem: Problem) -> Failure:
    """Word a problem as this API does.

    400 is about the query here, so what is wrong with a body is 422 ``invalid_data``, also where its bytes are nothing
    that could be a badge. The table has no code for a media type that is not taken: that is ``unsupported``.
    """
    status = status_of(problem.code, problem.status)
    said = ". ".join(text.rstrip(".") for text in (problem.detail or problem.title, problem.fix) if text)
    return Failure(status=status, body=msgspec.json.encode(status_info(status, said)), media_type=JSON)


def status_of(code: str, status: int) -> int:
    """The status that a problem has here."""
    of_the_body = status in (400, _UNSUPPORTED) and code not in _OF_THE_REQUEST
    return _INVALID_DATA if of_the_body else status


def status_info(status: int, said: str) -> ImsxStatusInfo:
    """The row of the table for a status that is no success."""
    field = ImsxCodeMinorField(name=TARGET, value=_MINOR.get(status, "unknown"))
    return ImsxStatusInfo(
        code_major="unsupported" if status == _UNSUPPORTED else "failure",
        severity="status" if status == _NOT_FOUND else "error",
        description=said,
        code_minor=ImsxCodeMinor(fields=(field,)),
    )


def refusals(*statuses: int) -> dict[int, ResponseSpec]:
    """The documented refusals of an operation; 400 (a Host that is none), 405 and 500 can befall every one."""
    return {
        status: ResponseSpec(ImsxStatusInfo, media_type=JSON, description=WORDS[status], generate_examples=False)
        for status in sorted({400, 405, 500, *statuses})
    }
