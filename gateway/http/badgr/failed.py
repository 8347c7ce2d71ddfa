"""Refusals in the shape of the Badgr API: ``status`` with ``success: false``."""

import msgspec

from gateway.http.badgr.wire import BadgrFailure, State
from gateway.http.delivery import HttpRequest
from gateway.http.problem import Problem
from gateway.http.surface import Failure

_ERRORS = {400: "invalid_request", 401: "invalid_grant"}


def failed(request: HttpRequest, problem: Problem) -> Failure:  # noqa: ARG001 - as every surface's
    """Word a problem; the status stays what it is."""
    said = ". ".join(text.rstrip(".") for text in (problem.detail or problem.title, problem.fix) if text)
    body = BadgrFailure(
        status=State(success=False, description=said),
        error=_ERRORS.get(problem.status, problem.code.replace("-", "_")),
        error_description=said,
    )
    return Failure(status=problem.status, body=msgspec.json.encode(body))
