"""What a class says of its attributes, moved to where readers of a schema look for it."""

import inspect
import re
from collections.abc import Iterable
from typing import Any  # Any: a JSON Schema

import msgspec

HEADING = "\n\nAttributes:\n"
_ENTRY = re.compile(r"^ {4}(\w+): (.*(?:\n {5,}.*)*)", re.MULTILINE)


def described(schema: dict[str, Any], kind: type | None = None) -> dict[str, Any]:
    """A class's schema whose properties carry the descriptions that its docstring has under "Attributes".

    Args:
        kind: The class, where those that it inherits from may say more.
    """
    text = inspect.cleandoc(schema.get("description", ""))
    said: dict[str, str] = {}
    for each in (*(above.__doc__ or "" for above in reversed(kind.__mro__ if kind else ())), text):
        said |= _attributes(inspect.cleandoc(each))
    text = text.partition(HEADING)[0]
    properties = {
        name: {**value, "description": said[_plain(name)]} if _plain(name) in said else value
        for name, value in schema.get("properties", {}).items()
    }
    return {**schema, "description": text, **({"properties": properties} if properties else {})}


def structs_in(types: Iterable[Any]) -> dict[str, type]:
    """The structures that types are made of, however deep, by name; none of two that bear the same."""
    waiting: list[object] = list(msgspec.inspect.multi_type_info(types))
    found: set[type] = set()
    while waiting:
        each = waiting.pop()
        if isinstance(each, msgspec.inspect.StructType):
            if each.cls not in found:
                found.add(each.cls)
                waiting += [field.type for field in each.fields]
        elif isinstance(each, msgspec.inspect.Type):
            waiting += [getattr(each, name) for name in each.__struct_fields__]
        elif isinstance(each, tuple):
            waiting += each
    names = [each.__name__ for each in found]
    return {each.__name__: each for each in found if names.count(each.__name__) == 1}


def _attributes(docstring: str) -> dict[str, str]:
    said = docstring.partition(HEADING)[2]
    return {_plain(found[1]): " ".join(found[2].split()) for found in _ENTRY.finditer(said)}


def _plain(name: str) -> str:
    """A name without regard to how its words are joined: ``sourceUrl`` is ``source_url``."""
    return name.replace("_", "").lower()
