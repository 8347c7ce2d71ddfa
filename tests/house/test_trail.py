"""Every action that the gateway writes into its audit trail is looked for there by some test."""

import ast
from collections.abc import Iterator

from tests.house.sources import texts

ACTION = 2
"""The place of the action among what ``noted(platform, actor, action, target, at)`` is given."""


def actions() -> Iterator[str]:
    """What stands literally in an action: all of it, or what it begins with."""
    for path, text in texts().items():
        if path.parts[0] != "gateway" or path.suffix != ".py" or "note" not in text:
            continue
        nodes = [*ast.walk(ast.parse(text))]
        calls = [node for node in nodes if isinstance(node, ast.Call) and _notes(node.func)]
        said = [call.args[ACTION] for call in calls if len(call.args) > ACTION]
        if calls:
            said += [node.value for node in nodes if isinstance(node, ast.Assign) and _is_action(node.targets)]
        for each in (literal for part in said for literal in ast.walk(part)):
            if isinstance(each, ast.Constant) and isinstance(each.value, str) and "." in each.value:
                yield each.value.strip()


def _notes(called: ast.expr) -> bool:
    return (isinstance(called, ast.Name) and called.id == "noted") or (
        isinstance(called, ast.Attribute) and called.attr == "note"
    )


def _is_action(targets: list[ast.expr]) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "action" for target in targets)


def test_every_action_of_the_trail_stands_in_a_test() -> None:
    written = set(actions())
    tests = "".join(text for path, text in texts().items() if path.parts[0] == "tests" and path.suffix == ".py")

    assert len(written) > 30
    assert sorted(action for action in written if f'"{action}' not in tests) == []
