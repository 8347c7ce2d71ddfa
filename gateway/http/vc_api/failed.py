"""Refusals as problem details with the names of the W3C specifications, and of verifications as their answer."""

import msgspec

from adapters.hub.errors import Malformed, NotWritable, TooLarge, UnknownFormat
from adapters.hub.opened import UnsupportedCarrier
from gateway.errors import NotIssuable
from gateway.flows.vc_api.problem_details import TITLES, Level, ProblemDetails, W3c
from gateway.flows.vc_api.verify_credential import CredentialVerification
from gateway.http.delivery import HttpRequest
from gateway.http.json_body import InvalidBody
from gateway.http.problem import Problem
from gateway.http.problems import MEDIA_TYPE
from gateway.http.surface import Failure
from gateway.http.vc_api.options import OPTIONS

BAD_REQUEST = 400
VERIFY = ("/vc-api/credentials/verify", "/vc-api/presentations/verify")
LIFECYCLE = ("/vc-api/credentials/", "/vc-api/presentations/")
"""Where the W3C's suites want 400 for whatever is wrong with what was sent, and for what is not verified."""

STATUS = "/vc-api/credentials/status"

_WRONG = (413, 415, 422)
_CONFLICT = 409
NAMED: dict[str, W3c] = {
    Malformed.code: W3c.PARSING_ERROR,
    UnsupportedCarrier.code: W3c.PARSING_ERROR,
    TooLarge.code: W3c.RANGE_ERROR,
    UnknownFormat.code: W3c.MALFORMED_VALUE_ERROR,
    NotWritable.code: W3c.MALFORMED_VALUE_ERROR,
    InvalidBody.code: W3c.MALFORMED_VALUE_ERROR,
    NotIssuable.code: W3c.MALFORMED_VALUE_ERROR,
}


def failed(request: HttpRequest, found: Problem) -> Failure:
    """Word a problem; 413, 415 and 422 become 400 where credentials are issued and verified.

    So does 409 where a status cannot be changed (VCALM 1.0, "Update Status"). A request to verify something that could
    not even be read is answered as one whose credential is not verified.
    """
    path = request.scope["path"]
    wrong = path.startswith(LIFECYCLE) and found.status in _WRONG
    status = BAD_REQUEST if wrong or (path == STATUS and found.status == _CONFLICT) else found.status
    said = _details(request, found, status)
    if path in VERIFY and status == BAD_REQUEST:
        said = msgspec.structs.replace(said, level=Level.ERROR)
        answer = CredentialVerification(verified=False, problem_details=(said,))
        return Failure(status=status, body=msgspec.json.encode(answer))
    return Failure(status=status, body=msgspec.json.encode(said), media_type=MEDIA_TYPE)


def _details(request: HttpRequest, found: Problem, status: int) -> ProblemDetails:
    kind = W3c.UNKNOWN_OPTION_PROVIDED if _is_unknown_option(found) else NAMED.get(found.code)
    public_url = request.app.state.gateway.settings.public_url
    return ProblemDetails(
        type=kind or f"{public_url}{found.type}",
        title=TITLES[kind] if kind else found.title,
        status=status,
        detail=found.detail,
        code=found.code,
        pointer=found.pointer,
        fix=found.fix,
    )


def _is_unknown_option(found: Problem) -> bool:
    """Whether a body is refused for a member of its options that none of these operations has."""
    place, _, name = found.pointer.rpartition("/")
    return found.code == InvalidBody.code and place in OPTIONS and name not in OPTIONS[place]
