"""What the source can say and what the catalogue says are the same, whichever of them one begins with."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

import gateway.commands.usage
from adapters.hub.errors import AdapterError
from gateway.errors import INTERNAL, GatewayError
from gateway.flows.oauth.refusals import OAuthRefused
from gateway.flows.oid4vci.refusals import Oid4vciRefused
from gateway.http.catalogue.whole import CATALOGUE
from gateway.http.problem_types.described import statuses
from gateway.http.problems import FRAMEWORK_CODES
from gateway.http.titles import TITLES

ROOT = Path(gateway.__file__).parent.parent
ROOTS = {AdapterError.__name__, GatewayError.__name__, gateway.commands.usage.Usage.__name__}
SAYS_PROBLEMS = "gateway/http/problems.py"


@functools.cache
def sources() -> dict[str, ast.Module]:
    """Every module of the program, by its path."""
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text())
        for package in ("adapters", "gateway")
        for path in sorted((ROOT / package).rglob("*.py"))
    }


@functools.cache
def classes() -> dict[str, list[ast.ClassDef]]:
    """Every class of error in the source, by name; others may bear the same name."""
    every: dict[str, list[ast.ClassDef]] = {}
    for tree in sources().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                every.setdefault(node.name, []).append(node)

    def is_error(node: ast.ClassDef) -> bool:
        above = (each for base in bases(node) for each in every.get(base, ()))
        return (node.name in ROOTS and own_code(node) != "") or any(map(is_error, above))

    errors = {name: [node for node in nodes if is_error(node)] for name, nodes in every.items()}
    return {name: nodes for name, nodes in errors.items() if nodes}


def bases(node: ast.ClassDef) -> list[str]:
    return [base.id for base in node.bases if isinstance(base, ast.Name)]


def own_code(node: ast.ClassDef) -> str:
    """The code that a class of error has of its own, "" for none; it is written down as text, or as the one name."""
    for item in node.body:
        target = item.targets[0] if isinstance(item, ast.Assign) else getattr(item, "target", None)
        if isinstance(target, ast.Name) and target.id == "code":
            value = getattr(item, "value", None)
            if isinstance(value, ast.Name) and value.id == "INTERNAL":
                return INTERNAL
            assert isinstance(value, ast.Constant), f"{node.name}.code is made up as the program runs"
            return str(value.value)
    return ""


@functools.cache
def raised() -> set[str]:
    """Names of errors that the source makes: called, raised bare, or handed on to something that does so."""
    known, found = classes().keys(), set()
    for tree in sources().values():
        for node in ast.walk(tree):
            match node:
                case ast.Call(func=ast.Name(id="isinstance" | "issubclass" | "frozenset")):
                    continue
                case ast.Call(func=func):
                    made = [func, *node.args, *(keyword.value for keyword in node.keywords)]
                case ast.Raise(exc=ast.Name() as exc):
                    made = [exc]
                case ast.IfExp(body=body, orelse=orelse):
                    made = [body, orelse]
                case _:
                    continue
            found |= {name for each in made for name in _named(each) if name in known}
    return found


def _named(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Name(id=name):
            yield name
        case ast.IfExp(body=body, orelse=orelse):
            yield from _named(body)
            yield from _named(orelse)


def test_every_code_that_the_source_can_say_is_in_the_catalogue_and_every_entry_is_said() -> None:
    known = classes()

    said = {own_code(node) for name in raised() for node in known[name]} - {""} | set(FRAMEWORK_CODES.values())

    assert said == CATALOGUE.keys()
    assert CATALOGUE.keys() == TITLES.keys()


def test_every_code_is_of_one_class() -> None:
    codes = [code for nodes in classes().values() for node in nodes if (code := own_code(node))]

    shared = {code for code in codes if codes.count(code) > 1}

    assert shared == {INTERNAL}


def test_what_errors_have_in_common_is_never_raised_itself() -> None:
    roots: set[type[AdapterError | GatewayError]] = {AdapterError, GatewayError, OAuthRefused, Oid4vciRefused}

    assert not {root.__name__ for root in roots} & raised()
    assert {root.code for root in roots} == {INTERNAL}


def test_no_code_is_made_up_as_the_program_runs() -> None:
    """A problem is made in one module, of the code of a class or of one of the framework's."""
    makers = {
        name
        for name, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem"
    }
    changed = [
        f"{name}:{node.lineno}"
        for name, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "code"
    ]
    given = {
        ast.unparse(keyword.value)
        for node in ast.walk(sources()[SAYS_PROBLEMS])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem"
        for keyword in node.keywords
        if keyword.arg == "code"
    }

    assert makers == {SAYS_PROBLEMS}
    assert changed == []
    assert given == {"error.code", "code"}


def test_every_code_over_http_has_its_status() -> None:
    assert CATALOGUE.keys() - statuses().keys() == {"usage"}
    assert {code for code, status in statuses().items() if not 300 <= status < 600} == set()
    assert statuses().keys() <= CATALOGUE.keys()


@pytest.mark.parametrize("code", CATALOGUE)
def test_an_entry_says_why_and_what_to_do_in_plain_sentences_of_both_languages(code: str) -> None:
    entry = CATALOGUE[code]

    assert entry.title_fr != TITLES[code]
    assert len({entry.en.cause, entry.en.fix, entry.fr.cause, entry.fr.fix, TITLES[code], entry.title_fr}) == 6
    for text in (entry.en.cause, entry.en.fix, entry.fr.cause, entry.fr.fix):
        assert 20 < len(text) < 400
        assert text[0].isupper()
        assert text.endswith(".")
        assert "  " not in text
    assert not entry.title_fr.endswith(".")
    assert "'" not in entry.fr.cause + entry.fr.fix + entry.title_fr, "French has its own apostrophe: ’"
