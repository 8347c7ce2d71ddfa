"""Files as programs send them: parts of a multipart form, or the body itself."""

from collections.abc import Sequence

from litestar.datastructures import UploadFile
from litestar.exceptions import ClientException

from gateway.flows.europass.refusals import MissingFile
from gateway.flows.europass.send import File
from gateway.http.delivery import HttpRequest
from gateway.http.europass.guard import MULTIPART
from gateway.http.json_body import InvalidBody

SHOWN_NAME = 200


async def files(request: HttpRequest, *names: str) -> Sequence[File]:
    """Every file of the request under one of these names, in their order.

    A name may be followed by ``[]``, as PHP writes it, and a part need not have a file name: curl sends texts so.

    Raises:
        InvalidBody: The form cannot be taken apart.
    """
    if not _is_form(request):
        return [File("", await request.body())]
    wanted = {f"{name}{end}" for name in names for end in ("", "[]")}
    return [await _file(value) for name, value in await _fields(request) if name in wanted]


async def file(request: HttpRequest, *names: str) -> bytes:
    """The one file of the request.

    Raises:
        MissingFile: There is none, or more than one, or it is empty.
        InvalidBody: The form cannot be taken apart.
    """
    found = await files(request, *names)
    if len(found) != 1 or not found[0].content:
        said = "is empty or missing" if len(found) < 2 else f"came {len(found)} times"  # noqa: PLR2004 - one is wanted
        raise MissingFile(
            f"the part {names[0]} {said}" if _is_form(request) else "the body is empty",
            pointer=f"/{names[0]}",
            fix=f"send one file: curl -F {names[0]}=@credential.jsonld, or the file itself as the body",
        )
    return found[0].content


async def _fields(request: HttpRequest) -> Sequence[tuple[str, object]]:
    """The parts of the form.

    Raises:
        InvalidBody: It cannot be taken apart.
    """
    try:
        return list((await request.form()).multi_items())
    except (ClientException, LookupError, ValueError) as error:
        if isinstance(error, ClientException) and error.status_code != 400:  # noqa: PLR2004 - too large is said so
            raise
        # A charset or boundary that does not exist is a fault of the form too.
        raise InvalidBody(
            "the multipart form cannot be taken apart", fix="send multipart/form-data as RFC 7578 says: curl -F"
        ) from error


async def _file(value: object) -> File:
    if isinstance(value, UploadFile):
        content = await value.read()
        await value.close()
        return File(value.filename[:SHOWN_NAME], content)
    return File("", str(value).encode("utf-8", "surrogatepass"))


def _is_form(request: HttpRequest) -> bool:
    return request.headers.get("Content-Type", "").partition(";")[0].strip().lower() == MULTIPART
