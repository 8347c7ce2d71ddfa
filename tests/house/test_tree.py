"""The layout and the size of things: what lies where, how long it may be, what it may be called."""

import ast
from pathlib import Path

import pytest

from adapters.hub.contract import WRITTEN
from adapters.registry import ADAPTERS
from tests.house.sources import ROOT, files, modules

TOP_LEVEL = {
    ".ci",
    ".dockerignore",
    ".gitignore",
    "Dockerfile",
    "LICENSE",
    "README.md",
    "adapters",
    "gateway",
    "locks",
    "openapi",
    "pyproject.toml",
    "run.sh",
    "tests",
}
VAGUE = {"base", "common", "core", "helper", "helpers", "manager", "misc", "service", "util", "utils"}
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
FORMATS = sorted(path.parent for path in (ROOT / "adapters").glob("*/document.py"))
FORMAT_FILES = {"adapter.py", "document.py", "mapping.py", "reading.py", "README.md"}


def test_top_level_holds_what_the_design_names_and_nothing_else() -> None:
    found = {path.parts[0] for path in files()}

    assert found - TOP_LEVEL == set()


def test_no_module_is_longer_than_400_lines() -> None:
    lines = {path: len((ROOT / path).read_text().splitlines()) for path in modules()}

    assert {path: count for path, count in lines.items() if count > MAX_FILE_LINES} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    lines = {
        f"{path}:{node.lineno} {node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path, module in modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert {name: count for name, count in lines.items() if count > MAX_FUNCTION_LINES} == {}


def test_every_name_says_what_a_module_holds() -> None:
    vague = [path for path in modules() if VAGUE & {path.stem, *path.parent.parts}]

    assert vague == []


def test_every_module_opens_with_a_sentence() -> None:
    silent = [path for path, module in modules().items() if not ast.get_docstring(module)]

    assert silent == []


def test_every_package_is_declared() -> None:
    undeclared = [path for path in modules() if not (ROOT / path).with_name("__init__.py").exists()]

    assert undeclared == []


@pytest.mark.parametrize("folder", FORMATS, ids=lambda folder: folder.name)
def test_a_format_is_complete(folder: Path) -> None:
    wanted = FORMAT_FILES | ({"writing.py"} if folder.name.replace("_", "-") in WRITTEN else set())

    assert {name for name in wanted if not (folder / name).is_file()} == set()
    assert any((folder / "samples").iterdir())


@pytest.mark.parametrize("folder", FORMATS, ids=lambda folder: folder.name)
def test_a_format_is_registered(folder: Path) -> None:
    registered = {type(adapter).__module__.split(".")[1] for adapter in ADAPTERS}

    assert folder.name in registered
