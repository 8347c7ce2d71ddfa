"""Answers of this API that hold what was signed: the exact bytes, never written anew."""

import msgspec
from litestar import Response

from gateway.flows.hold import Held
from gateway.flows.present import Presentation
from gateway.http.delivery import NOT_MODIFIED, OK
from gateway.http.open_badges_3.status_info import JSON
from gateway.http.paging import page_headers
from gateway.records.holdings import Change

CREDENTIALS, PROFILE = "/ims/ob/v3p0/credentials", "/ims/ob/v3p0/profile"
CREATED = 201


def page(found: Presentation, public_url: str, offset: int, since: tuple[str, ...]) -> Response[bytes]:
    """A ``GetOpenBadgeCredentialsResponse``: JSON credentials as they came, tokens as texts."""
    documents = b",".join(each.text for each in found.credentials if not each.token)
    tokens = b",".join(msgspec.json.encode(each.text.decode()) for each in found.credentials if each.token)
    body = b'{"credential":[' + documents + b'],"compactJwsString":[' + tokens + b"]}"
    asked = {"since": since[0].replace(" ", "+")} if since else {}
    headers = page_headers(public_url + CREDENTIALS, asked, total=found.total, limit=found.limit, offset=offset)
    return Response(body, media_type=JSON, headers=headers)


def kept(held: Held, body: bytes, media_type: str) -> Response[bytes]:
    """The credential as it was sent; 201 when it is new, 200 when it is held now, 304 when a newer one is."""
    if held.change is Change.OLDER:
        return Response(b"", status_code=NOT_MODIFIED, media_type=media_type)
    return Response(body, status_code=CREATED if held.change is Change.CREATED else OK, media_type=media_type)
