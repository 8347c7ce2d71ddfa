"""Work that is dear where its input is large, done in a thread so that the event loop serves others meanwhile."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

LARGE_BYTES = 16 * 1024
"""From this size on, opening or reading may cost more than the event loop may be kept waiting (5 ms).

So it does with JSON of many small objects, one of which has a name twice: 60 KB of that take 20 ms.
"""

_Arguments = ParamSpec("_Arguments")
_Made = TypeVar("_Made")


async def apart(
    size: int, work: Callable[_Arguments, _Made], *args: _Arguments.args, **kwargs: _Arguments.kwargs
) -> _Made:
    """Do ``work``: in a thread when its input has more than ``LARGE_BYTES``, else here, where it is done sooner."""
    if size > LARGE_BYTES:
        return await asyncio.to_thread(work, *args, **kwargs)
    return work(*args, **kwargs)
