"""Every regular expression of ours, with text that was made to keep it busy: none may take more than 10 ms."""

import ast
import functools
import importlib
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any  # Any: what a module holds, and the parser's own structures

import pytest

from tests.house.sources import modules

LENGTH = 50_000
SHORT = 5_000
"""Long enough: what takes more than one pass shows, and the normal run has no time for more."""
BOUND_S = 0.010
METHODS = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn")
FREE = ("aaaa", "1", ".", " ", "\n", "a ", "a!", "é", "\0", "%", "<a ", "<!--", '"', "=", "={", "&a", "../", "\\")

Named = dict[str, tuple[re.Pattern[Any], frozenset[str]]]


@functools.cache
def expressions() -> Named:
    """Every expression by its place, with the methods that are called on it."""
    found: Named = {}
    for path, module in modules().items():
        if path.parts[0] in ("gateway", "adapters"):
            found |= {f"{path}: {name}": value for name, value in _of_module(path, module)}
    return found


def _of_module(path: Path, parsed: ast.Module) -> Iterator[tuple[str, tuple[re.Pattern[Any], frozenset[str]]]]:
    imported = importlib.import_module(".".join(path.with_suffix("").parts).removesuffix(".__init__"))
    for name, value in vars(imported).items():
        if isinstance(value, re.Pattern):
            called = {
                node.func.attr
                for node in ast.walk(parsed)
                if isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == name
            }
            yield name, (value, frozenset(called & set(METHODS)) or frozenset({"fullmatch"}))
    for node in ast.walk(parsed):
        if isinstance(node, ast.keyword) and node.arg == "pattern" and isinstance(node.value, ast.Constant):
            yield str(node.value.value), (re.compile(str(node.value.value)), frozenset({"search"}))  # as msgspec does
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {f"re.{method}" for method in METHODS}:
            pattern = ast.literal_eval(node.args[0])
            yield pattern, (re.compile(pattern), frozenset({ast.unparse(node.func).rpartition(".")[2]}))


def hostile(pattern: re.Pattern[Any], length: int) -> Iterator[str]:
    """Long texts of what the expression itself speaks of, repeated, and broken at the end."""
    said = sorted({*_literals(pattern.pattern), *FREE})
    for piece in said:
        for end in ("!", "\n", "\0"):
            yield (piece * (length // len(piece) + 1))[: length - 1] + end
    for first in said:
        for second in said[:3]:
            pair = first + second
            yield pair * (length // len(pair)) + "!"
    start = "".join(_literals(pattern.pattern))
    for piece in said:
        yield start + piece * (length // len(piece)) + "\0"


def _literals(pattern: str | bytes) -> list[str]:
    """Runs of plain characters, and one of each class."""
    text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
    runs = re.findall(r"[\w:/<>#&;.%@=\"' ~-]+", re.sub(r"\\[wdsWDSbBZA]|\(\?[a-zP<=!:]*", "\n", text))
    return [run for run in runs if run][:12]


def slow(place: str, length: int) -> dict[str, tuple[float, str]]:
    """The longest time above the bound, and the beginning of the text that took it, by method."""
    pattern, methods = expressions()[place]
    found = {}
    for method in methods:
        worst = (0.0, "")
        for text in hostile(pattern, length):
            subject = text if isinstance(pattern.pattern, str) else text.encode()
            took_s = _took_s(pattern, method, subject)
            if took_s > BOUND_S:  # once more: something else may have taken the time
                took_s = min(took_s, _took_s(pattern, method, subject))
            worst = max(worst, (took_s, text[:30]))
        if worst[0] > BOUND_S:
            found[method] = worst
    return found


def _took_s(pattern: re.Pattern[Any], method: str, subject: str | bytes) -> float:
    call = getattr(pattern, method)
    arguments = (subject[:0], subject) if method in ("sub", "subn") else (subject,)
    began = time.thread_time()
    found = call(*arguments)
    if method == "finditer":
        for _ in found:
            pass
    return time.thread_time() - began


def test_expressions_are_found() -> None:
    assert len(expressions()) > 25


@pytest.mark.parametrize("place", expressions())
def test_no_text_keeps_an_expression_busy(place: str) -> None:
    assert slow(place, SHORT) == {}


@pytest.mark.slow
@pytest.mark.parametrize("place", expressions())
def test_no_long_text_keeps_an_expression_busy(place: str) -> None:
    assert slow(place, LENGTH) == {}
