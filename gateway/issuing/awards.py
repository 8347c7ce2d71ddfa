"""One award of a document that holds several: each becomes a credential of its own."""

import re

import msgspec

from adapters.hub.contract import Reading
from adapters.hub.losses import Change, Loss, LossReport

_INDEX = re.compile(r"/(\d+)(?=/|$)")


def chosen(reading: Reading, award: int) -> Reading:
    """The reading as if it held this award alone; what belongs to the others alone is a loss.

    Args:
        award: Which one, 0 the first; it must be there.
    """
    if len(reading.credentials) == 1 and award == 0:
        return reading
    origins = {
        f"/0{pointer[found.end() :]}": origin
        for pointer, origin in reading.origins.items()
        if (found := _INDEX.match(pointer)) and int(found[1]) == award
    }
    there = set(origins.values())
    others = {
        origin: int(found[1])
        for pointer, origin in sorted(reading.origins.items(), reverse=True)
        if (found := _INDEX.match(pointer)) and int(found[1]) != award and origin not in there
    }
    left = tuple(
        Loss(change=Change.DROPPED, source=origin, note=f"left for another conversion: it is of award {index} alone")
        for origin, index in sorted(others.items())
    )
    return msgspec.structs.replace(
        reading, credentials=(reading.credentials[award],), origins=origins, losses=reading.losses + LossReport(left)
    )
