"""What the forms that add a badge send: a file in a multipart form, or an address in a plain one."""

import msgspec
from litestar.datastructures import UploadFile

from gateway.http.account.session import CSRF_FIELD
from gateway.http.delivery import HttpRequest


class Added(msgspec.Struct, frozen=True):
    """The fields of both forms; empty where a form has no such field."""

    csrf: str
    file: bytes
    address: str


async def added(request: HttpRequest) -> Added:
    """Read either form. A field that came as something else than it should be counts as empty."""
    fields = await request.form()
    file = fields.get("file")
    content = await file.read() if isinstance(file, UploadFile) else b""
    return Added(csrf=_text(fields.get(CSRF_FIELD)), file=content, address=_text(fields.get("address"))[:2048])


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
