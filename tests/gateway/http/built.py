"""Structures with every member there is, built from their types alone: a member that is added is in them, too."""

from collections.abc import Mapping
from enum import Enum
from typing import Any  # Any: a value of whatever type a member has

import msgspec
from msgspec import inspect

from tests.gateway.edges.stores import AT

PLAIN = "00000000-0000-4000-8000-000000000000"


def built(kind: type, text: str, known: Mapping[str, Any], chosen: tuple[Enum, ...] = ()) -> Any:
    """One with nothing left out: of a tuple one item, of what may be absent what it is when it is there.

    Args:
        text: Stands in every member that may hold any text; what has a pattern of its own holds ``PLAIN``.
        known: Members that hold something else, by the names of structure and member: ``Holding.id``.
        chosen: What enumerations are; else the first of each.
    """
    return _value(inspect.type_info(kind), text, known, {type(each): each for each in chosen})


def _value(kind: inspect.Type, text: str, known: Mapping[str, Any], chosen: Mapping[type, Enum]) -> Any:
    match kind:
        case inspect.Metadata(type=inner):
            return _value(inner, text, known, chosen)
        case inspect.UnionType(types=types):
            there = next(each for each in types if not isinstance(each, inspect.NoneType))
            return _value(there, text, known, chosen)
        case inspect.StructType(cls=cls, fields=fields):
            own = {
                name: held
                for place, held in known.items()
                for of, _, name in (place.partition("."),)
                if of == cls.__name__
            }
            rest = (each for each in fields if each.name not in own)
            return cls(**own, **{each.name: _value(each.type, text, known, chosen) for each in rest})
        case inspect.VarTupleType(item_type=item):
            return (_value(item, text, known, chosen),)
        case inspect.EnumType(cls=of):
            return chosen.get(of, next(iter(of)))
    return (PLAIN if kind.pattern else text) if isinstance(kind, inspect.StrType) else _SIMPLE[type(kind)]


_SIMPLE: dict[type[inspect.Type], Any] = {
    inspect.BoolType: True,
    inspect.IntType: 1,
    inspect.BytesType: msgspec.json.encode({}),
    inspect.DateTimeType: AT,
}
