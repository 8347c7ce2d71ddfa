"""The endorsements that a badge carries, each with what it is about."""

from collections.abc import Iterator, Mapping
from typing import Any  # Any: members of JSON objects

from adapters.hub.contract import Endorsed, Format
from adapters.hub.credential import Endorsement
from adapters.open_badges_2.terms import listed


def carried(document: dict[str, Any]) -> tuple[Endorsed, ...]:
    """Every endorsement of an assembled Assertion, its BadgeClass and its issuer."""
    badge = document["badge"]
    return carried_on({"": document, "/badge": badge, "/badge/issuer": badge["issuer"]})


def carried_on(things: Mapping[str, Any]) -> tuple[Endorsed, ...]:
    """Every endorsement of things, by their pointers; each is about what it hangs on. An address has none.

    Source: Open Badges 2.0, member ``endorsement``.
    """
    return tuple(found for at, thing in things.items() if isinstance(thing, dict) for found in _on(thing, at))


def _on(thing: dict[str, Any], at: str) -> Iterator[Endorsed]:
    about = (thing["id"],) if isinstance(thing.get("id"), str) else ()
    given = thing.get("endorsement", [])
    for index, item in enumerate(listed(given)):
        place = f"{at}/endorsement/{index}" if isinstance(given, list) else f"{at}/endorsement"
        if isinstance(item, dict):
            found = Endorsement(format=Format.OPEN_BADGES_2, document=item)
        elif isinstance(item, str):
            found = Endorsement(format=Format.OPEN_BADGES_2, url=item)
        else:
            continue
        yield Endorsed(endorsement=found, pointer=place, about=about)
