"""Whatever the official JSON schema refuses in a complete credential, the reader refuses too, but for what is named.

Each value of 1EdTech's most complete example is taken away and replaced by values of other kinds, one at a time.
"""

import copy
import functools
import json
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest

from adapters.hub.errors import AdapterError
from adapters.hub.opened import Opened, open_bytes
from adapters.open_badges_3 import OpenBadges3
from tests.corpora import corpus

COMPLETE = "ob/samples/ob3-1edtech-validator/complete.json"
SCHEMA = "ob/json-schema/ob3/official-jsonld-2026/ob_v3p0_achievementcredential_schema.json"
PARTS = 8
Path = tuple[str | int, ...]

GONE = object()
EXTRA = object()
ONE = object()
VALUES: dict[str, Any] = {
    "gone": GONE,
    "one more member": EXTRA,
    "in a list": ONE,
    "null": None,
    "number": 5,
    "true": True,
    "text": "x y",
    "no text": "",
    "no list": [],
    "list": ["x"],
    "no object": {},
    "object": {"x": 1},
}

LIST_OF_ONE = "a list of one means the same in JSON-LD; it is advice"
SEVERAL = "every one of several is looked at, so that nothing hides behind the first; it is advice"
APART = "an endorsement's contexts and types are judged with the endorsement, not with the badge"
LOOSER = {
    ("", "type", "in a list"): LIST_OF_ONE,
    ("credentialSchema", "type", "list"): LIST_OF_ONE,
    ("credentialStatus", "type", "list"): LIST_OF_ONE,
    ("refreshService", "type", "list"): LIST_OF_ONE,
    ("termsOfUse", "type", "list"): LIST_OF_ONE,
    ("", "credentialStatus", "in a list"): SEVERAL,
    ("", "credentialStatus", "no list"): SEVERAL,
    ("", "refreshService", "in a list"): SEVERAL,
    ("", "refreshService", "no list"): SEVERAL,
}
"""Where the reader takes what the schema refuses: owner, member and value, and why."""


@functools.cache
def schema() -> jsonschema_rs.Validator:
    return jsonschema_rs.Draft201909Validator(json.loads(corpus(SCHEMA).read_bytes()), validate_formats=True)


def places(value: Any, at: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value of a document but the document itself."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, child in children:
        yield (*at, name), child
        yield from places(child, (*at, name))


def changed(document: dict[str, Any], at: Path, value: Any) -> dict[str, Any] | None:
    """The document with this in the place of that; None where it does not apply."""
    result = copy.deepcopy(document)
    owner: Any = result
    for step in at[:-1]:
        owner = owner[step]
    was = owner[at[-1]]
    if value is GONE:
        del owner[at[-1]]
    elif value is EXTRA and isinstance(was, dict):
        was["extra"] = 1
    elif value is ONE and not isinstance(was, list):
        owner[at[-1]] = [was]
    elif value is EXTRA or value is ONE:
        return None
    else:
        owner[at[-1]] = value
    return result


def taken(document: dict[str, Any]) -> bool:
    opened = open_bytes(json.dumps(document).encode())
    assert isinstance(opened, Opened)
    try:
        return not any(finding.blocking for finding in OpenBadges3().read(opened, {}).findings)
    except AdapterError:
        return False


def excused(at: Path, kind: str) -> bool:
    names = ["", *(str(step) for step in at if isinstance(step, str))]
    owner, member = names[-2], names[-1]
    return "endorsement" in names or (owner, member, kind) in LOOSER or ("", member, kind) in LOOSER


def looser(document: dict[str, Any], part: int) -> list[tuple[Path, str]]:
    """What the reader takes of one part of the mutations, and the schema does not."""
    found = []
    mutations = [(at, kind) for at, _ in places(document) for kind in VALUES]
    for at, kind in mutations[part::PARTS]:
        mutant = changed(document, at, VALUES[kind])
        if mutant is not None and taken(mutant) and not schema().is_valid(mutant) and not excused(at, kind):
            found.append((at, kind))
    return found


@pytest.mark.parametrize("part", [0, *(pytest.param(part, marks=pytest.mark.slow) for part in range(1, PARTS))])
def test_reader_takes_nothing_that_the_schema_refuses(part: int) -> None:
    document = json.loads(corpus(COMPLETE).read_bytes())

    assert looser(document, part) == []


def test_complete_example_is_valid_in_both() -> None:
    document = json.loads(corpus(COMPLETE).read_bytes())

    assert schema().is_valid(document)
    assert taken(document)
