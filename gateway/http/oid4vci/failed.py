"""How wallets are told what goes wrong: the errors of OpenID4VCI 1.0, of RFC 6750 where it is the access token."""

import re

import msgspec
from litestar.openapi.datastructures import ResponseSpec

from gateway.flows.oid4vci.refusals import Oid4vciRefused
from gateway.http.delivery import HttpRequest
from gateway.http.problem import Problem
from gateway.http.sentences import sentences
from gateway.http.surface import Failure

UNAUTHORISED, UNPROCESSABLE = 401, 422
CONFLICT = 409
REFUSED = 400

# OpenID4VCI 1.0 section 8.3.1.2: visible ASCII and blanks, without the quotation mark and the backslash.
_NOT_SAID = re.compile(r"[^\x20-\x21\x23-\x5b\x5d-\x7e]")
_MOST_CHARS = 500

_CODES = {kind.code: kind.code.replace("-", "_") for kind in Oid4vciRefused.__subclasses__()}
_BY_STATUS = {
    UNAUTHORISED: "invalid_token",
    CONFLICT: "credential_request_denied",
    UNPROCESSABLE: "credential_request_denied",
    429: "temporarily_unavailable",
    500: "server_error",
    503: "temporarily_unavailable",
}

WORDS = {
    400: "The request is refused: `error` says why, in the words of OpenID4VCI 1.0.",
    401: "The access token is missing, unknown or expired (RFC 6750).",
    404: "There is nothing under this address.",
    408: "The body did not arrive in time.",
    410: "The offer is over, or there is none.",
    413: "The body is larger than any request of this kind.",
    429: "Too many requests, or the platform has issued as much as it may today.",
    500: "A fault of the gateway's own; it is in its log.",
    503: "A part of the gateway does not answer; try again.",
}


class CredentialError(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What went wrong (OpenID4VCI 1.0 sections 8.3.1.2, 9.3 and 11.3).

    Attributes:
        error: A code of the specification.
        error_description: For developers, in English.
        c_nonce: With `invalid_proof` where no proof came, to make one with, as drafts up to 13 had it.
        c_nonce_expires_in: Seconds.
    """

    error: str
    error_description: str = ""
    c_nonce: str = ""
    c_nonce_expires_in: int = 0


def failed(request: HttpRequest, problem: Problem) -> Failure:  # noqa: ARG001 - as every surface's
    """A problem as a wallet understands it; what its request is refused for is 400, whatever it is elsewhere."""
    refused = problem.status in (CONFLICT, UNPROCESSABLE)
    error = error_of(problem.code, problem.status)
    body = CredentialError(error=error, error_description=_NOT_SAID.sub("'", sentences(problem))[:_MOST_CHARS])
    return Failure(status=REFUSED if refused else problem.status, body=msgspec.json.encode(body))


def error_of(code: str, status: int) -> str:
    """The error of OpenID4VCI 1.0 or RFC 6750 that stands for a problem."""
    otherwise = "invalid_credential_request" if status == REFUSED else code.replace("-", "_")
    return _CODES.get(code) or _BY_STATUS.get(status) or otherwise


def refusals(*statuses: int) -> dict[int, ResponseSpec]:
    """The documented refusals of an operation; 400, 429, 500 and 503 can befall every one."""
    return {
        status: ResponseSpec(CredentialError, description=WORDS[status], generate_examples=False)
        for status in sorted({400, *statuses, 429, 500, 503})
    }
