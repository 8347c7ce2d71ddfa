"""What each member name and each type means under a JSON-LD context: compiled once, looked up ever after.

An active context is a table of ``Term`` by member name, and remembers to which active context every type, every
``@context`` and every property leads. Nothing depends on the shape of a document. ``compiling`` makes what is not
there yet.

Source: JSON-LD 1.1 Processing Algorithms and API, sections 4 and 5.1.
"""

from collections.abc import Mapping
from typing import Any, Final, Protocol

import msgspec

from gateway.proofs.findings import Kind
from gateway.proofs.keyscan import MAX_CONTEXTS

_MOST_REMEMBERED: Final = 512
"""Entries of a table that a document's own words are the keys of."""

ProcessedContext = Mapping[str, Any]  # Any: pyld has no types
"""An active context as pyld has it."""


class NotCompiled(Exception):
    """The plans do not cover this exactly; never leaves ``canonical``."""


class Term(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """What one member name means under one active context.

    Attributes:
        predicate: In N-Quads; "" for what is no property.
        plain: What follows a text in its literal, closing quote included, where a text stands for itself alone;
            None where more has to be looked at.
        text: The same wherever the text stands; None where a text is a reference or cannot be written exactly.
        coercion: "@id", "@vocab", "@json" or "".
        datatype: IRI for numbers and booleans; "" for the one of their own, None when they cannot be written exactly.
        container: "@list", "@graph", "@language" or ""; ``@set`` makes no difference.
        simple: Whether an object stands for itself alone.
        expanded: Members beside ``@value`` of an expanded text.
        found: What is wrong with the name, wherever it stands: kind and detail.
        keyword: "@id" or "@type" for a name of these.
        inside: The active context of its values.
        reverted, kept: That of objects among them, which leave what types brought; of mere references, which do not.
    """

    inside: "ActiveContext"
    reverted: "ActiveContext"
    kept: "ActiveContext"
    predicate: str = ""
    plain: str | None = None
    text: str | None = None
    coercion: str = ""
    datatype: str | None = ""
    container: str = ""
    simple: bool = False
    expanded: dict[str, str] = {}
    found: tuple[tuple[Kind, str], ...] = ()
    keyword: str = ""


class Types(msgspec.Struct, frozen=True, eq=False):
    """What the types of an object mean.

    Attributes:
        context: The active context of its members.
        iris: As expansion has them.
        terms: Those that are in the RDF, in N-Quads.
        found: Index into the types, kind and detail of each that has something wrong.
    """

    context: "ActiveContext"
    iris: tuple[str, ...]
    terms: tuple[str, ...]
    found: tuple[tuple[int, Kind, str], ...]


class Local(msgspec.Struct, frozen=True, eq=False):
    """What an ``@context`` leads to.

    Attributes:
        context: The active context.
        disorder: As ``keyscan.disorder``.
        characters: Of its URLs.
    """

    context: "ActiveContext"
    disorder: str
    characters: int


class Compiler(Protocol):
    """Makes what an active context does not have yet. Every method raises NotCompiled where it cannot be exact."""

    def term(self, context: "ActiveContext", name: str) -> Term:
        """Compile one member name."""

    def types(self, context: "ActiveContext", names: tuple[str, ...]) -> Types:
        """Compile the types of an object."""

    def local(self, context: "ActiveContext", urls: list[str]) -> Local:
        """Compile an ``@context``."""

    def iri(self, context: "ActiveContext", name: str) -> str | None:
        """Return what a term, a compact IRI or an IRI stands for; relative where it is none of these."""


class ActiveContext:
    """One active context.

    Attributes:
        terms: By member name: those that it defines and with which nothing is wrong. Others: ``term``.
        id_name, type_name: The usual names of ``@id`` and ``@type``: the only ones in ``terms``.
        id_names, type_names: All of them.
        prefixes: Of compact IRIs.
        previous: The one to which objects below revert.
        odd_aliases: Whether ``@value`` or ``@none`` has another name.
        processed: As pyld has it.
        typed: What the contexts of types make of it, by those types that bring one.
    """

    __slots__ = (
        "_locals",
        "_odd",
        "_types",
        "id_name",
        "id_names",
        "odd_aliases",
        "prefixes",
        "previous",
        "processed",
        "terms",
        "type_name",
        "type_names",
        "typed",
    )

    def __init__(self, processed: ProcessedContext, previous: "ActiveContext | None") -> None:
        self.processed = processed
        self.previous = previous
        self.id_names = self.names("@id")
        self.type_names = self.names("@type")
        self.id_name, self.type_name = self.id_names[-1], self.type_names[-1]
        self.prefixes = frozenset(name for name, mapping in processed["mappings"].items() if mapping["_prefix"])
        self.odd_aliases = len(self.names("@value") + self.names("@none")) > 2  # noqa: PLR2004 - themselves
        self.terms: dict[str, Term] = {}
        self._odd: dict[str, Term] = {}
        self.typed: dict[tuple[str, ...], ActiveContext] = {}
        self._types: dict[str | tuple[str, ...], Types] = {}
        self._locals: dict[tuple[str, ...], Local] = {}

    def names(self, keyword: str) -> tuple[str, ...]:
        """Return all names of a keyword, itself among them."""
        mappings: Mapping[str, Any] = self.processed["mappings"]
        return tuple({keyword: None} | {name: None for name in mappings if mappings[name]["@id"] == keyword})

    def term(self, name: str, compiler: Compiler) -> Term:
        """Return what a member name means that is not in ``terms``.

        Raises:
            NotCompiled: It cannot be said exactly.
        """
        if (term := self._odd.get(name)) is None:
            term = compiler.term(self, name)
            # Names that no context defines come from documents and are without number.
            if name in self.processed["mappings"]:
                usual = not term.keyword or name in (self.id_name, self.type_name)
                (self.terms if usual and not term.found else self._odd)[name] = term
        return term

    def types(self, value: object, compiler: Compiler) -> Types:
        """Return what the value of ``type`` means.

        Raises:
            NotCompiled: It cannot be said exactly.
        """
        key: Any = value
        if type(value) is list:
            key = value[0] if len(value) == 1 else tuple(value)
        try:
            found = self._types.get(key)
        except TypeError as error:
            raise NotCompiled from error
        if found is None:
            names = key if isinstance(key, tuple) else (key,)
            found = compiler.types(self, names)
            if all(map(self.processed["mappings"].__contains__, names)):
                remember(self._types, key, found)
        return found

    def local(self, value: object, compiler: Compiler) -> Local:
        """Return what the value of ``@context`` leads to.

        Raises:
            NotCompiled: It is not one or more URLs of the choice, or cannot be processed.
        """
        urls: list[Any] = value if isinstance(value, list) else [value]
        if not 0 < len(urls) <= MAX_CONTEXTS or not all(type(url) is str for url in urls):
            raise NotCompiled
        key = tuple(urls)
        if (found := self._locals.get(key)) is None:
            found = compiler.local(self, urls)
            remember(self._locals, key, found)
        return found


def remember(table: dict[Any, Any], key: object, value: object) -> None:
    """Put into a table that documents may fill, and that begins anew when they fill it too far."""
    if len(table) >= _MOST_REMEMBERED:
        table.clear()
    table[key] = value
