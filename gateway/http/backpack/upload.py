"""What the forms that add a badge send: a file in a multipart form, or an address in a plain one."""

from collections.abc import Mapping

import msgspec
from litestar.enums import RequestEncodingType

from gateway.http.account.session import CSRF_FIELD
from gateway.http.delivery import HttpRequest
from gateway.http.multipart_form import is_multipart, parts
from gateway.http.page_form import fields


class Added(msgspec.Struct, frozen=True):
    """The fields of both forms; empty where a form has no such field."""

    csrf: str
    file: bytes
    address: str


async def added(request: HttpRequest) -> Added:
    """Read either form. A field that came as something else than it should be counts as empty.

    Raises:
        InvalidBody: It is a multipart form that cannot be taken apart, or has too many parts.
        RequestEntityTooLarge: It is a plain form of more than ``FORM_BYTES``.
        TooManyFields: It is a plain form of more than ``MAX_FIELDS``.
    """
    if is_multipart(request):
        found = await parts(request)
        files = {part.name: part.content for part in found if part.filename}
        texts = {part.name: part.content.decode(errors="replace") for part in found if not part.filename}
        return _added(texts, files.get("file", b""))
    if request.content_type[0] != RequestEncodingType.URL_ENCODED:
        return _added({}, b"")
    sent = await fields(await request.body())
    return _added({name: value for name, value in sent.items() if isinstance(value, str)}, b"")


def _added(texts: Mapping[str, str], file: bytes) -> Added:
    return Added(csrf=texts.get(CSRF_FIELD, ""), file=file, address=texts.get("address", "")[:2048])
