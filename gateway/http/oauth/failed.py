"""How the endpoints that clients call say what goes wrong: the errors of RFC 6749 section 5.2."""

import re

import msgspec

from gateway.flows.oauth.refusals import InvalidClient, OAuthRefused
from gateway.http.delivery import HttpRequest
from gateway.http.problem import Problem
from gateway.http.sentences import sentences
from gateway.http.surface import Failure

UNAUTHORISED = 401

# RFC 6749 section 5.2 allows visible ASCII and blanks, without the quotation mark and the backslash.
_NOT_SAID = re.compile(r"[^\x20-\x21\x23-\x5b\x5d-\x7e]")

_CODES = {kind.code: kind.code.replace("-", "_") for kind in OAuthRefused.__subclasses__()}
_BY_STATUS = {429: "temporarily_unavailable", 503: "temporarily_unavailable", 500: "server_error"}


class OAuthError(msgspec.Struct, frozen=True, kw_only=True):
    """What went wrong (RFC 6749 section 5.2, RFC 7591 section 3.2.2).

    Attributes:
        error: A code of the specification.
        error_description: For developers, in English.
    """

    error: str
    error_description: str = ""


def failed(request: HttpRequest, problem: Problem) -> Failure:
    """A problem as a client of OAuth understands it; its status stays, except where the client itself is unknown."""
    body = OAuthError(
        error=error_of(problem.code, problem.status), error_description=_NOT_SAID.sub("'", sentences(problem))[:500]
    )
    headers = {"Pragma": "no-cache"}
    status = problem.status
    if problem.code == InvalidClient.code and "Authorization" in request.headers:
        # RFC 6749 section 5.2: whoever came with this header is answered with this status and the scheme it used.
        status, headers["WWW-Authenticate"] = UNAUTHORISED, 'Basic realm="badge-gateway", charset="UTF-8"'
    return Failure(status=status, body=msgspec.json.encode(body), headers=headers)


def error_of(code: str, status: int) -> str:
    """The error of RFC 6749, RFC 7591 or RFC 8707 that stands for a problem."""
    return _CODES.get(code) or _BY_STATUS.get(status, "invalid_request")
