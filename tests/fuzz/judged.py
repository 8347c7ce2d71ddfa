"""What is wrong with an answer to a broken request; a refusal is fine, as long as it is a good one."""

import json
from collections.abc import Mapping

from tests.fuzz.requests import Request
from tests.gateway.http.asgi import Answer

BAD_REQUEST, FAULT, AWAY = 400, 500, 503
PROBLEM = "application/problem+json"
LEAKS = (b"Traceback (most recent call", b'File "/', b"site-packages", b"BEGIN PRIVATE KEY", b"BEGIN ENCRYPTED PRIVATE")


def wrong(request: Request, answer: Answer, secrets: Mapping[str, bytes]) -> str:
    """What is wrong with it, "" for nothing.

    Args:
        secrets: By their names: what no answer may hold, whatever was asked.
    """
    if answer.status >= FAULT and not (answer.status == AWAY and b"retry-after" in answer.headers):
        return f"a fault: {answer.body[:600].decode('utf-8', 'replace')}"
    if answer.headers.get(b"x-content-type-options") != b"nosniff":
        return "an answer without nosniff"
    for leak in LEAKS:
        if leak in answer.body and not any(leak in piece for piece in request.body):
            return f"the answer says {leak.decode()}"
    for name, secret in secrets.items():
        if secret in answer.body:
            return f"the answer holds {name}"
    return _badly_refused(request, answer) if answer.status >= BAD_REQUEST else ""


def _badly_refused(request: Request, answer: Answer) -> str:
    """A refusal is a problem, or in the words of its protocol, or a page; servers leave out the body after HEAD."""
    media_type = answer.headers.get(b"content-type", b"").partition(b";")[0].decode("latin-1")
    if request.method.upper() == "HEAD" and not answer.body:
        return ""
    if media_type.startswith(("text/html", "text/plain", "image/", "application/vc", "application/jwt")):
        return "" if answer.body else f"an empty refusal in {media_type}"
    if not (media_type == PROBLEM or media_type.endswith("json")):
        return f"a refusal in {media_type!r}"
    return _badly_said(media_type, answer)


def _badly_said(media_type: str, answer: Answer) -> str:
    try:
        said = json.loads(answer.body)
    except ValueError:
        return "a refusal that is no JSON"
    if not isinstance(said, dict) or not said:
        return "a refusal that says nothing"
    is_problem = said.get("status") == answer.status and said.get("title")
    return "a problem that is none" if media_type == PROBLEM and not is_problem else ""
