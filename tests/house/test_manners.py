"""What no file may hold: doors out of the architecture, traces of a machine, work left undone."""

import ast
import functools
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.sources import modules, texts

# Letters in brackets, so that this file does not find itself.
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:[w]ork|[f]arm|[r]oot|[t]mp)/\w")
REGISTRY = re.compile(r"\b(?:[p]ypi|[p]ythonhosted|[n]pmjs|[d]ebian|[c]rates)\.(?:org|com|io)\b")
UNFINISHED = re.compile(r"\b(?:[T]ODO|[F]IXME|[X]XX)\b")


def test_no_file_names_a_machine_or_a_package_registry() -> None:
    assert list(_found(MACHINE_PATH)) == []
    assert list(_found(REGISTRY)) == []


def test_nothing_is_left_undone() -> None:
    assert list(_found(UNFINISHED)) == []


def test_no_function_is_a_stub() -> None:
    stubs = [
        f"{path}:{node.lineno} {node.name}"
        for path, node in _nodes()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _only_refuses(node)
    ]

    assert stubs == []


def test_no_import_is_only_for_the_type_checker() -> None:
    used = [
        f"{path}:{node.lineno}"
        for path, node in _nodes()
        if (isinstance(node, ast.Name) and node.id == "TYPE_CHECKING")
        or (isinstance(node, ast.Attribute) and node.attr == "TYPE_CHECKING")
    ]

    assert used == []


def test_no_annotation_is_postponed() -> None:
    postponed = [
        f"{path}:{node.lineno}"
        for path, node in _nodes()
        if isinstance(node, ast.ImportFrom) and node.module == "__future__"
    ]

    assert postponed == []


def test_no_import_stands_inside_a_function() -> None:
    inside = {
        f"{path}:{node.lineno}"
        for path, function in _nodes()
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }

    assert inside == set()


def test_no_handler_catches_everything() -> None:
    everything = [
        f"{path}:{node.lineno}"
        for path, node in _nodes()
        if isinstance(node, ast.ExceptHandler) and _names(node.type) & {"", "Exception", "BaseException"}
    ]

    assert everything == []


def test_no_test_mocks() -> None:
    mocked = [
        f"{path}:{node.lineno}"
        for path, node in _nodes()
        if isinstance(node, ast.Import | ast.ImportFrom)
        and "unittest" in {getattr(node, "module", None), *(alias.name.split(".")[0] for alias in node.names)}
    ]

    assert mocked == []


@functools.cache
def _nodes() -> tuple[tuple[Path, ast.stmt | ast.expr | ast.ExceptHandler], ...]:
    return tuple(
        (path, node)
        for path, module in modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.stmt | ast.expr | ast.ExceptHandler)
    )


def _names(caught: ast.expr | None) -> set[str]:
    """The names that an `except` catches; the empty name for a bare one."""
    if caught is None:
        return {""}
    parts = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return {ast.unparse(part).removeprefix("builtins.") for part in parts}


def _only_refuses(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether all that it does is to say that it does nothing yet."""
    *before, last = function.body
    return (
        all(isinstance(statement, ast.Expr) for statement in before)
        and isinstance(last, ast.Raise)
        and last.exc is not None
        and "NotImplementedError" in ast.unparse(last.exc)
    )


def _found(pattern: re.Pattern[str]) -> Iterator[str]:
    for path, text in texts().items():
        for number, line in enumerate(text.splitlines(), 1):
            if pattern.search(line):
                yield f"{path}:{number}: {line.strip()[:120]}"
