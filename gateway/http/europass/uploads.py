"""Files as programs send them: parts of a multipart form, or the body itself."""

from collections.abc import Sequence

from gateway.flows.europass.refusals import MissingFile
from gateway.flows.europass.send import File
from gateway.http.delivery import HttpRequest
from gateway.http.multipart_form import is_multipart, parts

SHOWN_NAME = 200


async def files(request: HttpRequest, *names: str) -> Sequence[File]:
    """Every file of the request under one of these names, in their order.

    A name may be followed by ``[]``, as PHP writes it, and a part need not have a file name: curl sends texts so.

    Raises:
        InvalidBody: The form cannot be taken apart.
    """
    if not is_multipart(request):
        body = await request.body()
        return [File("", body)] if body else []
    wanted = {f"{name}{end}" for name in names for end in ("", "[]")}
    return [File(part.filename[:SHOWN_NAME], part.content) for part in await parts(request) if part.name in wanted]


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
            f"the part {names[0]} {said}" if is_multipart(request) else "the body is empty",
            pointer=f"/{names[0]}",
            fix=f"send one file: curl -F {names[0]}=@credential.jsonld, or the file itself as the body",
        )
    return found[0].content
