"""Files as they are handed out: exact bytes, to be saved and not opened in a browser."""

import re

from litestar import Response

from gateway.flows.europass.seal_upload import SealedUpload
from gateway.flows.show import Page
from gateway.http.delivery import HttpRequest, delivered
from gateway.http.europass.documented import JSON_LD
from gateway.records.europass import Deposit

PRIVATE = "private, no-cache"
_SUFFIXES = {JSON_LD: "jsonld", "image/png": "png", "image/svg+xml": "svg", "application/jose": "jws"}
_NAME = re.compile(r"[^A-Za-z0-9._-]+")


def sealed_file(request: HttpRequest, sealed: SealedUpload) -> Response[bytes]:
    """What was sealed, under the last part of its id."""
    return _saved(request, sealed.file, JSON_LD, str(sealed.form.intent.id), "jsonld")


def deposited_file(request: HttpRequest, deposit: Deposit) -> Response[bytes]:
    """What lies in a wallet, byte for byte as it was put there."""
    return _saved(request, deposit.received, JSON_LD, deposit.credential or deposit.id, "jsonld")


def converted_file(request: HttpRequest, page: Page, name: str) -> Response[bytes]:
    """What was made of a file, or the original that was in it."""
    return _saved(request, page.body, page.media_type, name, _SUFFIXES.get(page.media_type, "json"))


def _saved(request: HttpRequest, body: bytes, media_type: str, id_: str, suffix: str) -> Response[bytes]:
    name = _NAME.sub("-", id_.rpartition(":")[2])[:80].strip("-.") or "credential"
    headers = {"Content-Disposition": f'attachment; filename="{name}.{suffix}"'}
    return delivered(request, body, media_type, cache=PRIVATE, headers=headers)
