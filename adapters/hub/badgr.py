"""What the API of Badgr says of a badge: no Open Badge itself, but where that is."""

from typing import Any  # Any: members of JSON objects

_ENTITIES = frozenset({"Assertion", "BackpackAssertion"})


def badgr_entry(document: dict[str, Any]) -> tuple[str, str] | None:
    """Return the address of the badge that an entry leads to, and where it stands; None for another document.

    Args:
        document: An entry of the v2 API, or its answer about one: ``{"status": ..., "result": [entry]}``.
    """
    entry, at = document, ""
    if document.keys() == {"status", "result"}:
        match document["result"]:
            case [dict(entry)]:
                at = "/result/0"
            case _:
                return None
    address = entry.get("openBadgeId")
    named = entry.get("entityType")
    return (address, f"{at}/openBadgeId") if isinstance(address, str) and named in _ENTITIES else None
