"""A name for every part of a document, and one description for one name: JSON-LD mixes what is said of one id.

Names are UUIDs made of the credential's id and the place, so that the same draft always has the same, and no two
credentials share one.
"""

import copy
from typing import Any, Final  # Any: the document that is being written

from adapters.elm_3.codecs import named
from adapters.elm_3.vocabulary import vocabulary_at
from adapters.hub.losses import escaped, pointers
from adapters.hub.mapping import Trail

_CLASH = "another part of the credential bears the same id, and JSON-LD would mix what is said of both"
_TERM = "a term of the EU's vocabularies has one label in a credential: the one that it has in another place"
_VALUES: Final = frozenset({"prefLabel", "title", "description", "definition", "noteLiteral", "legalName", "altLabel"})
_LANGUAGE_MAPS: Final = _VALUES | {"category", "fullName", "givenName", "familyName", "schemeAgency"}


def name_parts(document: dict[str, Any], trail: Trail) -> dict[str, Any]:
    """Return the document with an id on every part, id and class first; which id gives way is reported.

    Parts bear the ids of the source where they have some; of two that say different things under one id the later one
    gets a name of ours.
    """
    # Id -> what was said first under it, and that part itself, in which the parts inside have got their names since.
    said: dict[str, Any] = {document["id"]: (None, document)}
    _claim_ids(document, "", said, trail, document["id"])
    ordered: dict[str, Any] = _ordered(document)
    return ordered


def _claim_ids(value: Any, at: str, said: dict[str, Any], trail: Trail, credential: str) -> None:
    if isinstance(value, list):
        for index, child in enumerate(value):
            _claim_ids(child, f"{at}/{index}", said, trail, credential)
    elif isinstance(value, dict):
        if at and not _name(value, at, said, trail, credential):
            return
        for member, child in value.items():
            if member not in _LANGUAGE_MAPS and isinstance(child, dict | list):
                _claim_ids(child, f"{at}/{escaped(member)}", said, trail, credential)


def _name(part: dict[str, Any], at: str, said: dict[str, Any], trail: Trail, credential: str) -> bool:
    """Give a part its name; say whether the parts inside it still need theirs."""
    own = part.get("id")
    content = {name: child for name, child in part.items() if name != "id"}
    if own is not None:
        if own not in said:
            said[own] = copy.deepcopy(content), part
            return True
        before, first = said[own]
        if before == content and first is not part:
            _put(part, at, first, trail, _CLASH)  # with the names that the parts inside it have got
            return False
        if vocabulary_at(own) is not None:
            _put(part, at, first, trail, _TERM)
            return False
        source = trail.origins.pop(f"{at}/id", None)
        del part["id"]
        if source is not None:
            trail.approximated(source, f"{at}/id", _CLASH)
    part["id"] = named(_kind(part), credential, at)
    return True


def _put(part: dict[str, Any], at: str, first: dict[str, Any], trail: Trail, note: str) -> None:
    """Let a part say what was said under its id before."""
    before = {leaf: value_at(part, leaf) for leaf in pointers(part)}
    after = {leaf: value_at(first, leaf) for leaf in pointers(first)}
    for leaf, value in before.items():
        if leaf in after and after[leaf] == value:
            continue
        if (source := trail.origins.pop(f"{at}{leaf}", None)) is not None:
            if leaf in after:
                trail.approximated(source, f"{at}{leaf}", note)
            else:
                trail.dropped("", source, note)
    for leaf in after.keys() - before.keys():
        if not leaf.endswith(("/id", "/type")):
            trail.supplied(f"{at}{leaf}", note)
    part.clear()
    part.update(copy.deepcopy(first))


def value_at(value: Any, pointer: str) -> Any:
    """The value at a pointer inside of decoded JSON (RFC 6901)."""
    for token in pointer.split("/")[1:]:
        name = token.replace("~1", "/").replace("~0", "~")
        value = value[int(name)] if isinstance(value, list) else value[name]
    return value


def _kind(part: dict[str, Any]) -> str:
    kind = part.get("type", "part")
    kind = kind if isinstance(kind, str) else kind[0]
    return kind[:1].lower() + kind[1:]


def _ordered(value: Any) -> Any:
    """The same with id and class first in every part: people read these documents too."""
    if isinstance(value, list):
        return [_ordered(child) for child in value]
    if not isinstance(value, dict):
        return value
    first = {name: value[name] for name in ("@context", "id", "type") if name in value}
    return first | {name: _ordered(child) for name, child in value.items()}
