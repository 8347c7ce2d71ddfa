"""How much of a document a run reached: operations, parameters, and responses."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any  # Any: a document in JSON, and values that schemathesis makes up

import jsonschema_rs
import msgspec

from gateway.http.contract.references import resolved
from tests.fuzz.contract.aim import AnyCase

BAD_REQUEST, NOT_ALLOWED = 400, 405
CONTAINERS = {"query": "query", "header": "headers", "path": "path_parameters", "cookie": "cookies"}
METHODS = ("get", "post", "put", "patch", "delete")


class Share(msgspec.Struct, frozen=True):
    """What was reached of what there is.

    Attributes:
        missing: The names of what was not.
    """

    seen: int
    of: int
    missing: list[str]


class Coverage(msgspec.Struct, frozen=True):
    """Of one document.

    Attributes:
        operations: Answered with 2xx or 3xx.
        parameters: Of each one: there, left out where it may be, each value of an enumeration, one that breaks its
            schema. A body is one too: each media type, one that breaks its schema.
        responses: The documented statuses of each operation.
    """

    operations: Share
    parameters: Share
    responses: Share


class Counted:
    """Counts what is sent and answered."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document
        self._operations = {f"{method.upper()} {path}": each for path, method, each in _operations(document)}
        self._parameters = {label: list(self._of(label)) for label in self._operations}
        self._statuses: dict[str, set[str]] = defaultdict(set)
        self._seen: dict[str, set[str]] = defaultdict(set)
        self._validators: dict[str, Any] = {}

    def missing_statuses(self, label: str) -> set[str]:
        """Documented ones of an operation that were not seen."""
        return set(self._operations[label]["responses"]) - self._statuses[label]

    def answered(self, case: AnyCase, status: int, media_type: str = "") -> None:
        """Count one answer."""
        label = case.operation.label
        if label not in self._operations:
            return
        if case.method != case.operation.method.upper():
            if status == NOT_ALLOWED:  # the path says so, for all that is there
                for each in self._operations:
                    self._statuses[each] |= {"405"} if each.partition(" ")[2] == case.operation.path else set()
            return
        self._statuses[label].add(str(status))
        for parameter in self._parameters[label]:
            values: Mapping[str, Any] = getattr(case, CONTAINERS[parameter["in"]]) or {}
            self._seen[label] |= self._reached(parameter, values)
        if isinstance(body := self._operations[label].get("requestBody"), dict):
            positive = case.meta is None or case.meta.generation.mode.is_positive
            media = media_type or case.media_type or ""
            kinds = self._resolved(body)["content"]
            if not positive and status >= BAD_REQUEST:
                self._seen[label].add("body violated")
            elif media in kinds:
                self._seen[label].add(f"body {media}")

    def coverage(self) -> Coverage:
        """What came of it."""
        reached = {label for label, found in self._statuses.items() if any(each[0] in "23" for each in found)}
        operations = list(self._operations)
        wanted = [(label, unit) for label in operations for unit in self._units(label)]
        statuses = [(label, each) for label in operations for each in self._operations[label]["responses"]]
        return Coverage(
            operations=_share(operations, lambda each: each in reached),
            parameters=_share(wanted, lambda each: each[1] in self._seen[each[0]]),
            responses=_share(statuses, lambda each: each[1] in self._statuses[each[0]]),
        )

    def _of(self, label: str) -> Iterator[dict[str, Any]]:
        for parameter in self._operations[label].get("parameters", ()):
            yield self._resolved(parameter)

    def _resolved(self, value: dict[str, Any]) -> dict[str, Any]:
        return resolved(self._document, value)

    def _units(self, label: str) -> Iterator[str]:
        for parameter in self._parameters[label]:
            stem = f"{parameter['in']} {parameter['name']}"
            schema = self._resolved(parameter["schema"])
            yield f"{stem} there"
            if not parameter.get("required"):
                yield f"{stem} absent"
            yield from (f"{stem} = {value}" for value in _values(self._resolved(schema.get("items", schema))))
            if _can_be_violated(schema):
                yield f"{stem} violated"
        if "requestBody" in self._operations[label]:
            kinds = self._resolved(self._operations[label]["requestBody"])["content"]
            yield from (f"body {kind}" for kind in kinds)
            if any(set(kind.get("schema", {})) - {"description", "examples"} for kind in kinds.values()):
                yield "body violated"

    def _reached(self, parameter: dict[str, Any], values: Mapping[str, Any]) -> set[str]:
        stem = f"{parameter['in']} {parameter['name']}"
        value = values.get(parameter["name"])
        if value is None:
            return {f"{stem} absent"}
        each = value if isinstance(value, list) else [value]
        found = {f"{stem} there", *(f"{stem} = {one}" for one in each)}
        if not self._fits(parameter, value):
            found.add(f"{stem} violated")
        return found

    def _fits(self, parameter: dict[str, Any], value: Any) -> bool:
        key = msgspec.json.encode(parameter["schema"]).decode()
        if key not in self._validators:
            whole = {**parameter["schema"], "components": self._document["components"]}
            self._validators[key] = jsonschema_rs.validator_for(whole)
        validator = self._validators[key]
        kind = self._resolved(parameter["schema"]).get("type")
        wrapped = value if isinstance(value, list) or kind != "array" else [value]
        return any(validator.is_valid(each) for each in (wrapped, _as_sent(wrapped)))


def _as_sent(value: Any) -> Any:
    text = str(value)
    if re.fullmatch(r"-?\d{1,18}", text):
        return int(text)
    return {"true": True, "false": False}.get(text, text)


def _values(schema: dict[str, Any]) -> list[str]:
    found = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return [str(value) for value in found]


def _can_be_violated(schema: dict[str, Any]) -> bool:
    said = set(schema) - {"description", "title", "default", "example", "examples"}
    return bool(said - {"type"}) or schema.get("type") != "string"


def _operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def _share(whole: list[Any], reached: Callable[[Any], bool]) -> Share:
    missing = [each if isinstance(each, str) else " ".join(each) for each in whole if not reached(each)]
    return Share(seen=len(whole) - len(missing), of=len(whole), missing=missing)
