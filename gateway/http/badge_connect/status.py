"""The status object that stands in every answer of Badge Connect, refusals included.

Source: Open Badges 2.1, section "Response Formats and Status Codes".
"""

from enum import StrEnum

import msgspec
from msgspec import UNSET, UnsetType

from gateway.http.delivery import HttpRequest
from gateway.http.problem import Problem
from gateway.http.surface import Failure

ASSERTIONS = "/assertions"
REQUEST_FAULTS = ("bad-request", "invalid-body", "unknown-parameter", "too-many-fields", "request-validation")
"""Codes of problems with what surrounds a badge: parameters, or members of the body."""

UNREAD = ("not-json", "body-timeout", "unsupported-media-type", "malformed-host", "too-large")
"""Codes of problems with a body that was not looked into."""

OWN_STATUSES = frozenset({401, 404, 405, 408, 429, 500, 503})
"""Statuses that stay what they are; other refusals are 400, the only one that the table has for them."""


class StatusText(StrEnum):
    """The values that the specification allows."""

    OK = "OK"
    REQUEST_VALIDATION_ERROR = "REQUEST_VALIDATION_ERROR"
    RECIPIENT_PROFILE_MISMATCH = "RECIPIENT_PROFILE_MISMATCH"
    INVALID_BADGE = "INVALID_BADGE"
    BAD_REQUEST = "BAD_REQUEST"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    PERMISSION_DENIED = "PERMISSION_DENIED"
    NOT_FOUND = "NOT_FOUND"
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"


class Status(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How it went.

    Attributes:
        error: What is wrong, for people; null when nothing is.
        status_code: The HTTP status again: Moodle reads it here and nowhere else.
        status_text: Left out where the specification has no word: 408, 429, 500 and 503.
    """

    error: str | None
    status_code: int
    status_text: StatusText | UnsetType = UNSET


class StatusResponse(msgspec.Struct, frozen=True):
    """An answer that only says how it went."""

    status: Status


DONE = Status(error=None, status_code=200, status_text=StatusText.OK)

_BY_STATUS = {
    401: StatusText.UNAUTHENTICATED,
    404: StatusText.NOT_FOUND,
    405: StatusText.METHOD_NOT_ALLOWED,
}
_MISSING_SCOPE = "insufficient-scope"
_OTHER_RECIPIENT = "recipient-mismatch"
_FULL = "backpack-full"


def failed(request: HttpRequest, problem: Problem) -> Failure:
    """Word a problem as Badge Connect does.

    A missing scope is 401 here, not 403 (the table of status codes lists PERMISSION_DENIED under 401).
    """
    status = 401 if problem.code == _MISSING_SCOPE else problem.status
    status = status if status in OWN_STATUSES else 400
    said = ". ".join(text.rstrip(".") for text in (problem.detail or problem.title, problem.fix) if text)
    text = _text(request, problem, status)
    body = StatusResponse(Status(error=said, status_code=status, status_text=text))
    return Failure(status=status, body=msgspec.json.encode(body))


def _text(request: HttpRequest, problem: Problem, status: int) -> StatusText | UnsetType:
    if status in OWN_STATUSES:
        found = _BY_STATUS.get(status, UNSET)
        return StatusText.PERMISSION_DENIED if problem.code == _MISSING_SCOPE else found
    if problem.code in REQUEST_FAULTS:
        return StatusText.REQUEST_VALIDATION_ERROR
    posted = request.method == "POST" and request.scope["path"].rstrip("/").endswith(ASSERTIONS)
    if problem.code in UNREAD or problem.code == _FULL or not posted:
        return StatusText.BAD_REQUEST
    return StatusText.RECIPIENT_PROFILE_MISMATCH if problem.code == _OTHER_RECIPIENT else StatusText.INVALID_BADGE
