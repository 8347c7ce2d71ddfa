"""Files as they are handed out: exact bytes, to be saved and not opened in a browser."""

import re

import msgspec
from litestar import Response

from gateway.flows.europass.seal_upload import SealedUpload
from gateway.flows.show import Page
from gateway.http.delivery import HttpRequest, delivered, digested
from gateway.http.europass.documented import JSON_LD
from gateway.records.europass import Deposit

PRIVATE = "private, no-cache"
_SUFFIXES = {
    JSON_LD: "jsonld",
    "image/png": "png",
    "image/svg+xml": "svg",
    "application/jose": "jws",
    "application/dc+sd-jwt": "sdjwt",
}
_NAME = re.compile(r"[^A-Za-z0-9._-]+")


class SavedFile(msgspec.Struct, frozen=True):
    """A file, and the name under which it is saved."""

    body: bytes
    media_type: str
    name: str


def sealed_file(sealed: SealedUpload) -> SavedFile:
    """What was sealed, under the last part of its id."""
    return _named(sealed.file, JSON_LD, str(sealed.form.intent.id), "jsonld")


async def deposited_file(request: HttpRequest, deposit: Deposit) -> Response[bytes]:
    """What lies in a wallet, byte for byte as it was put there."""
    return await saved(request, _named(deposit.received, JSON_LD, deposit.credential or deposit.id, "jsonld"))


def converted_file(page: Page, name: str) -> SavedFile:
    """What was made of a file, or the original that was in it."""
    return _named(page.body, page.media_type, name, _SUFFIXES.get(page.media_type, "json"))


async def saved(request: HttpRequest, file: SavedFile) -> Response[bytes]:
    """Hand a file out."""
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    digest = await digested(file.body)
    return delivered(request, file.body, file.media_type, cache=PRIVATE, headers=headers, digest=digest)


def _named(body: bytes, media_type: str, id_: str, suffix: str) -> SavedFile:
    name = _NAME.sub("-", id_.rpartition(":")[2])[:80].strip("-.") or "credential"
    return SavedFile(body, media_type, f"{name}.{suffix}")
