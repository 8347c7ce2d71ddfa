"""What a class says of its attributes, moved to where readers of a schema look for it."""

import inspect
import re
from typing import Any  # Any: a JSON Schema

HEADING = "\n\nAttributes:\n"
_ENTRY = re.compile(r"^ {4}(\w+): (.*(?:\n {5,}.*)*)", re.MULTILINE)


def described(schema: dict[str, Any]) -> dict[str, Any]:
    """A class's schema whose properties carry the descriptions that its docstring has under "Attributes"."""
    text, _, attributes = inspect.cleandoc(schema.get("description", "")).partition(HEADING)
    said = {_plain(found[1]): " ".join(found[2].split()) for found in _ENTRY.finditer(attributes)}
    properties = {
        name: {**value, "description": said[_plain(name)]} if _plain(name) in said else value
        for name, value in schema.get("properties", {}).items()
    }
    return {**schema, "description": text, **({"properties": properties} if properties else {})}


def _plain(name: str) -> str:
    """A name without regard to how its words are joined: ``sourceUrl`` is ``source_url``."""
    return name.replace("_", "").lower()
