"""What tests of this API say and expect over the wire."""

from typing import Any

import msgspec
from httpx import Response

from tests.gateway.http.conftest import Client

BASE = "/ims/ob/v3p0"
CREDENTIALS, PROFILE, DISCOVERY = f"{BASE}/credentials", f"{BASE}/profile", f"{BASE}/discovery"
JSON, TEXT = {"Content-Type": "application/json"}, {"Content-Type": "text/plain"}
ROW = {
    400: ("failure", "error", "invalid_query_parameter"),
    401: ("failure", "error", "unauthorizedrequest"),
    403: ("failure", "error", "forbidden"),
    404: ("failure", "status", "not_found"),
    405: ("failure", "error", "not_allowed"),
    406: ("failure", "error", "not_acceptable"),
    408: ("failure", "error", "unknown"),
    413: ("failure", "error", "unknown"),
    415: ("unsupported", "error", "unknown"),
    421: ("failure", "error", "misdirected_request"),
    422: ("failure", "error", "invalid_data"),
    429: ("failure", "error", "server_busy"),
    500: ("failure", "error", "internal_server_error"),
    503: ("failure", "error", "server_busy"),
}
"""codeMajor, severity and codeMinor by status, as the table of the specification has them."""


def refused(answer: Response, status: int) -> str:
    """Expect the status with its row of the table; return what is said for people."""
    assert answer.status_code == status, answer.text
    return status_info(answer, status)


def status_info(answer: Response, status: int) -> str:
    """Expect an Imsx_StatusInfo, and nothing else, that says this row of the table."""
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    info = msgspec.json.decode(answer.content, type=dict[str, Any])
    assert info.keys() == {"imsx_codeMajor", "imsx_severity", "imsx_description", "imsx_codeMinor"}
    [minor] = info["imsx_codeMinor"]["imsx_codeMinorField"]
    said = (info["imsx_codeMajor"], info["imsx_severity"], minor["imsx_codeMinorFieldValue"])
    assert said == ROW[status]
    assert minor["imsx_codeMinorFieldName"] == "TargetEndSystem"
    return str(info["imsx_description"])


async def upserted(application: Client, body: bytes) -> Response:
    """Hand over a credential, declared as what it is."""
    headers = JSON if body.lstrip().startswith(b"{") else TEXT
    return await application.post(CREDENTIALS, content=body, headers=headers)


def page_of(documents: list[bytes], tokens: list[bytes]) -> bytes:
    """The body of a page with exactly these bytes in it."""
    texts = b",".join(b'"' + token + b'"' for token in tokens)
    return b'{"credential":[' + b",".join(documents) + b'],"compactJwsString":[' + texts + b"]}"
