"""Refusals in the shape of European Digital Credentials (``ApiErrorMessage``); of share links, pages for people."""

import msgspec

from gateway.flows.europass.share_deposit import PLACE
from gateway.http.delivery import HttpRequest
from gateway.http.europass.share_page import refusal
from gateway.http.europass.wire import ApiErrorMessage
from gateway.http.html_page import for_people
from gateway.http.problems import Problem
from gateway.http.surface import Failure

UNAUTHORISED = 401
_CHALLENGES = 'Bearer realm="badge-gateway", Basic realm="badge-gateway", charset="UTF-8"'


def failed(request: HttpRequest, problem: Problem) -> Failure:
    """Word a problem; the status stays what it is."""
    path = request.scope["path"]
    if path.startswith(f"{PLACE}/") and request.scope["method"] in ("GET", "HEAD") and for_people(request):
        return refusal(request, problem)
    assets = {"pointer": problem.pointer, "parameter": problem.parameter, "allowed": ", ".join(problem.allowed)}
    body = ApiErrorMessage(
        code=problem.code,
        message=problem.detail or problem.title,
        description=problem.fix,
        timestamp=request.app.state.gateway.clock(),
        path=_shown(request),
        affected_assets={name: said for name, said in assets.items() if said},
    )
    # A browser that is asked for a password keeps it, and sends it along with what other pages make it send.
    asks = problem.status == UNAUTHORISED and "Sec-Fetch-Site" not in request.headers
    headers = {"WWW-Authenticate": _CHALLENGES} if asks else {}
    return Failure(status=problem.status, body=msgspec.json.encode(body), headers=headers)


def _shown(request: HttpRequest) -> str:
    """The operation's address, without what was filled in: a link's token or somebody's e-mail address ends in logs."""
    template = request.scope.get("path_template")
    return template.replace(":str}", "}") if isinstance(template, str) else request.scope["path"]
