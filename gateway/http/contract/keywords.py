"""Which names in a document are keywords: those of properties are our own, even where one is called like a keyword."""

from collections.abc import Iterator
from typing import Any  # Any: parts of a document

from gateway.http.contract.made import Document

_PROPERTIES = "properties"


def members(part: Document, *, is_named_by_us: bool) -> Iterator[tuple[str, Any, bool]]:
    """Every member of a part by its name, and whether what stands there is a map by names of ours.

    Args:
        is_named_by_us: Whether the part is such a map: its names are no keywords.
    """
    for name, child in part.items():
        yield name, child, name == _PROPERTIES and not is_named_by_us
