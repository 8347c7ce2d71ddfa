"""The files of a batch: the parts of a form, or the members of a JSON list."""

import asyncio
from collections.abc import Sequence

import msgspec

from adapters.hub import strict_json
from gateway.flows.europass.send import File
from gateway.http.delivery import HttpRequest
from gateway.http.europass.uploads import files
from gateway.http.json_body import InvalidBody


async def listed(request: HttpRequest, *names: str) -> Sequence[File]:
    """Every file; of a list, each member in its own bytes, named by its place.

    Raises:
        AdapterError: The body is no JSON that everybody reads alike.
        InvalidBody: It is JSON, and no list.
    """
    found = await files(request, *names)
    if [each.name for each in found] != [""]:
        return found
    members = await asyncio.to_thread(_members, found[0].content)
    return found if members is None else members


def _members(body: bytes) -> Sequence[File] | None:
    """The members of a list; None for other JSON."""
    if not isinstance(strict_json.decode(body), list):
        return None
    try:
        raw = msgspec.json.decode(body, type=list[msgspec.Raw])
    except msgspec.DecodeError as error:
        raise InvalidBody(f"the body is no JSON list: {error}", fix="send a list of uploads") from error
    return [File(str(place), bytes(each)) for place, each in enumerate(raw)]
