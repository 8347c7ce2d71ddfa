"""Results against what the achievement says of them: a result refers to a description in the same achievement.

That the description is there, and the status where its type is Status, the specification demands. That a value is one
of those described it only implies, and its own complete example names a level that its description lacks: advice.

Source: Open Badges 3.0, Result and ResultDescription.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any  # Any: decoded JSON, validated against document.py

from adapters.hub.securing import Finding
from adapters.open_badges_3.members import absent, items
from adapters.open_badges_3.vocabulary import RESULT_STATUSES, listed

Findings = Iterator[Finding]
_NUMBER = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")


def broken_results(subject: dict[str, Any], at: str) -> Findings:
    """The rules that the results of a subject break, and those that the descriptions of its achievement break."""
    achievement = subject.get("achievement", {})
    descriptions: dict[str, dict[str, Any]] = {}
    for pointer, description in items(achievement, "resultDescription", f"{at}/achievement"):
        yield from _description(description, pointer)
        if descriptions.setdefault(description["id"], description) != description:
            reason = f"bears the id of another result description: {description['id']}"
            yield Finding(pointer=f"{pointer}/id", reason=reason, fix="Give each an id of its own: urn:uuid:...")
    for pointer, result in items(subject, "result", at):
        yield from _result(result, descriptions, pointer)


def _description(description: dict[str, Any], at: str) -> Findings:
    required, levels = description.get("requiredLevel"), _levels(description)
    if required is not None and required not in levels:
        yield _advice(f"{at}/requiredLevel", "is no level of this result description", _one_of("requiredLevel", levels))
    if "requiredValue" in description:
        yield from _value(description["requiredValue"], description, f"{at}/requiredValue")
    least, most = _number(description.get("valueMin")), _number(description.get("valueMax"))
    if least is not None and most is not None and least > most:
        reason = f"is more than valueMax, {description['valueMax']}"
        yield _advice(f"{at}/valueMin", reason, "Write the lower one as valueMin.")


def _result(result: dict[str, Any], descriptions: dict[str, dict[str, Any]], at: str) -> Findings:
    described = descriptions.get(result.get("resultDescription", ""))
    if "resultDescription" in result and described is None:
        reason = "names no result description of the achievement"
        fix = _one_of("resultDescription", descriptions)
        yield Finding(pointer=f"{at}/resultDescription", reason=reason, fix=fix)
    if "status" in result and result["status"] not in RESULT_STATUSES:
        reason = f"{result['status']!r} is not in the enumeration"
        yield Finding(pointer=f"{at}/status", reason=reason, fix=_one_of("status", sorted(RESULT_STATUSES)))
    known = [described] if described is not None else list(descriptions.values())
    levels = [level for description in known for level in _levels(description)]
    if result.get("achievedLevel") not in {None, *levels}:
        reason = "is no level of its result description"
        yield _advice(f"{at}/achievedLevel", reason, _one_of("achievedLevel", levels))
    if described is not None:
        yield from _as_described(result, described, at)


def _as_described(result: dict[str, Any], described: dict[str, Any], at: str) -> Findings:
    kind = described["resultType"]
    if kind == "Status" and "status" not in result:
        yield absent("status", "a result of type Status", at)
    if kind == "RubricCriterionLevel" and "achievedLevel" not in result:
        reason = "a result of type RubricCriterionLevel has no achievedLevel"
        yield _advice(at, reason, _one_of("achievedLevel", _levels(described)))
    if "value" in result:
        yield from _value(result["value"], described, f"{at}/value")


def _value(value: str, described: dict[str, Any], at: str) -> Findings:
    """A value is one of those allowed, and where all three are numbers not below valueMin or above valueMax."""
    allowed = listed(described.get("allowedValue", []))
    member = at.rpartition("/")[2]
    if allowed and value not in allowed:
        yield _advice(at, f"{value!r} is not an allowedValue of its result description", _one_of(member, allowed))
    number, least, most = map(_number, (value, described.get("valueMin"), described.get("valueMax")))
    if number is None:
        return
    if (least is not None and number < least) or (most is not None and number > most):
        low, high = described.get("valueMin", "any"), described.get("valueMax", "any")
        fix = f'Write a {member} from {low} to {high}: "{member}": "{low if most is None else high}".'
        yield _advice(at, f"{value} is not between {low} and {high}, as its result description says", fix)


def _number(text: str | None) -> Decimal | None:
    return Decimal(text) if text is not None and _NUMBER.fullmatch(text) else None


def _levels(description: dict[str, Any]) -> list[str]:
    return [level["id"] for level in listed(description.get("rubricCriterionLevel", []))]


def _one_of(member: str, values: Any) -> str:
    shown = [f'"{value}"' for value in values]
    return f'Write "{member}": {" or ".join(shown)}.' if shown else f"Leave {member} out: there is none to name."


def _advice(pointer: str, reason: str, fix: str) -> Finding:
    return Finding(pointer=pointer, reason=reason, fix=fix, blocking=False)
