"""The words of a document as its readers know them: what is sent and answered, not how it is called in the source."""

import re
from collections.abc import Iterable
from typing import Any  # Any: parts of a document

from gateway.http.contract.keywords import members
from gateway.http.contract.made import Document, Made

QUOTED = re.compile(r"``([^`\n]+)``")
_MEMBER = re.compile(r"`([A-Z][A-Z0-9_]*)`")
_NO_WORD = re.compile(r"[^a-z0-9]+")
DATA = ("value", "example", "default", "enum", "const")
"""What stands there is said by nobody about the interface: it is what goes over it."""


def in_plain_words(document: Document, made: Made) -> Document:
    """Every text in Markdown, and what may be sent or answered by its very value, not by its name in the source."""
    del made
    for schema in document["components"].get("schemas", {}).values():
        if "enum" in schema and "description" in schema:
            schema["description"] = with_values(QUOTED.sub(r"`\1`", schema["description"]), schema["enum"])
    return {name: _plain(each) for name, each in document.items()}


def with_values(text: str, values: Iterable[object]) -> str:
    """A text about some values, with each value where its member's name stood: `server-error`, not `SERVER_ERROR`."""
    by_name = {_NO_WORD.sub("_", str(value).lower()).upper(): str(value) for value in values}
    return _MEMBER.sub(lambda found: f"`{by_name.get(found[1], found[1])}`", text)


def _plain(part: Any, *, is_named_by_us: bool = False) -> Any:
    if isinstance(part, dict):
        return {
            name: child if name in DATA and not is_named_by_us else _said(name, child, holds_names)
            for name, child, holds_names in members(part, is_named_by_us=is_named_by_us)
        }
    return [_plain(child) for child in part] if isinstance(part, list) else part


def _said(name: str, child: Any, holds_names: bool) -> Any:
    is_text = name in ("description", "summary") and isinstance(child, str)
    return QUOTED.sub(r"`\1`", child) if is_text else _plain(child, is_named_by_us=holds_names)
