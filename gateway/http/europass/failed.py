"""Refusals in the shape of European Digital Credentials (``ApiErrorMessage``); of share links, pages for people."""

import msgspec

from gateway.flows.europass.share_deposit import PLACE
from gateway.http.delivery import HttpRequest
from gateway.http.europass.share_page import refusal
from gateway.http.europass.wire import ApiErrorMessage
from gateway.http.html_page import for_people
from gateway.http.problem import Problem
from gateway.http.surface import Failure

UNAUTHORISED, NOT_FOUND = 401, 404
VERSION = "/europass/api/v1/"
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
        description=_fix(path, problem),
        timestamp=request.app.state.gateway.clock(),
        path=_shown(request),
        affected_assets={name: said for name, said in assets.items() if said},
    )
    # A browser that is asked for a password keeps it, and sends it along with what other pages make it send.
    asks = problem.status == UNAUTHORISED and "Sec-Fetch-Site" not in request.headers
    headers = {"WWW-Authenticate": _CHALLENGES} if asks else {}
    return Failure(status=problem.status, body=msgspec.json.encode(body), headers=headers)


def _fix(path: str, problem: Problem) -> str:
    if problem.status == UNAUTHORISED:
        return f"{problem.fix}; or send the key as the password of HTTP basic authentication (curl -u :KEY)"
    if problem.status == NOT_FOUND and not problem.fix and not path.startswith(VERSION):
        return f"the addresses here begin with {VERSION}"
    return problem.fix


def _shown(request: HttpRequest) -> str:
    """The operation's address, without what was filled in: a link's token or somebody's e-mail address ends in logs."""
    if template := request.scope.get("path_template", ""):
        return template.replace(":str}", "}")
    return request.scope["path"].encode(errors="replace").decode()  # whoever calls without a server may send no text
