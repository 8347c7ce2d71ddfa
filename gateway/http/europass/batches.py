"""The files of a batch: the parts of a form, or the members of a JSON list."""

import asyncio
from collections.abc import Sequence

import msgspec

from adapters.hub import strict_json
from gateway.flows.europass.send import MAX_FILES, File
from gateway.http.delivery import HttpRequest
from gateway.http.europass.uploads import files


async def listed(request: HttpRequest, *names: str) -> Sequence[File]:
    """Every file; of a list, each member in its own bytes, named by its place and to be judged by itself.

    Raises:
        AdapterError: The body begins as a list, and nobody can tell where its members end.
        InvalidBody: The form cannot be taken apart.
    """
    found = await files(request, *names)
    if [each.name for each in found] != [""]:
        return found
    members = await asyncio.to_thread(_members, found[0].content)
    return found if members is None else members


def _members(body: bytes) -> Sequence[File] | None:
    """The members of a list, which together may hold what each of so many files may; None for what is no list."""
    limits = msgspec.structs.replace(
        strict_json.DEFAULT,
        max_bytes=len(body),
        max_depth=strict_json.DEFAULT.max_depth + 1,
        max_nodes=strict_json.DEFAULT.max_nodes * MAX_FILES,
    )
    members = strict_json.members(body, limits)
    return None if members is None else [File(str(place), each) for place, each in enumerate(members)]
