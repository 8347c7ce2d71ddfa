"""A document straight to quads by compiled plans, with all that its signature does not cover, in one walk.

It does what ``keyscan`` and ``expansion`` do together, and gives up wherever it could do anything else: for every
document that they refuse, and for JSON-LD that no plan covers. So it never decides that a document is wrong.

Source: JSON-LD 1.1 Processing Algorithms and API, sections 5.1 and 8.
"""

import operator
from typing import Any, Final

import msgspec
from pyld import jsonld

from gateway.proofs import keyscan
from gateway.proofs.budget import Budget, measure
from gateway.proofs.compiling import LANGUAGE, XSD_DOUBLE, Compiling, compiled
from gateway.proofs.contexts import ContextChoice
from gateway.proofs.errors import ContextUnknown, NotCanonicalisable
from gateway.proofs.expanded import expanded
from gateway.proofs.findings import Finding, Kind, step
from gateway.proofs.iri import has_scheme, is_absolute, is_taken_for_absolute
from gateway.proofs.nodes import Place, splits
from gateway.proofs.plans import ActiveContext, NotCompiled, Term
from gateway.proofs.rdfc import Quad, literal

_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TYPE: Final = f"<{_RDF}type>"
_FIRST: Final = f"<{_RDF}first>"
_REST: Final = f"<{_RDF}rest>"
_NIL: Final = f"<{_RDF}nil>"
_JSON: Final = f"{_RDF}JSON"
_XSD: Final = "http://www.w3.org/2001/XMLSchema#"

_OBJECT = operator.itemgetter(2)

_Path = tuple[Any, ...]  # Any: the path above (None at the top), a member name, and the index in an array
_Seen = tuple[_Path | None, dict[str, Any], ActiveContext]
"""Where an object stands, itself, and the active context that it was found under."""


class Walked(msgspec.Struct, frozen=True):
    """What a walk brings.

    Attributes:
        quads: At least one; blank nodes numbered as they come.
        findings: As ``keyscan.scan`` and ``expansion.quads`` together, in another order.
        values: How many JSON values there are, as ``budget.measure`` counts.
    """

    quads: list[Quad]
    findings: tuple[Finding, ...]
    values: int


def walk(document: dict[str, Any], choice: ContextChoice, budget: Budget) -> Walked:
    """Walk a document; what that costs is bounded by ``budget``.

    Raises:
        NotCompiled: It has to go the general way, which may well refuse it.
        BudgetExceeded: It is too large.
    """
    return _Walk(document, choice, budget).walked()


class _Walk:
    """One walk."""

    def __init__(self, document: dict[str, Any], choice: ContextChoice, budget: Budget) -> None:
        self._document = document
        self._choice = choice
        self._budget = budget
        self._compiled = compiled(choice)
        self._compiler = Compiling(self._compiled)
        self._quads: list[Quad] = []
        self._found: list[Finding] = []
        self._places: dict[str, _Seen] = {}
        self._again: dict[str, list[_Seen]] = {}
        self._blanks = 0
        self._labels: dict[str, str] = {}
        self._renamed = False
        self._values = 1
        self._types = 0
        self._characters = 0
        self._measured: int | None = None
        # Members and what is in their arrays are two levels below their object.
        self._deepest = budget.depth - 2

    def walked(self) -> Walked:
        if "@context" not in self._document:
            self._found.append(Finding(Kind.CONTEXT_ORDER, "", "there is no @context"))
        self._node(self._document, self._compiled.root(), "", None, 1)
        if not self._quads:
            raise NotCompiled
        if self._renamed and any(finding.kind is Kind.RELATIVE_IRI for finding in self._found):
            # A term may stand for an IRI here and for itself there; ``expansion`` tells them apart by the result.
            raise NotCompiled
        # Counting while walking is enough for plain documents; for others the measure is taken.
        characters = self._characters + sum(map(len, map(_OBJECT, self._quads)))
        characters += self._values * self._compiled.longest_name
        if self._found or self._again or characters > self._budget.characters:
            self._measure()
        moving = [finding for seen in self._again.values() for finding in splits(self._described(seen))]
        values = self._values if self._measured is None else self._measured
        return Walked(self._quads, (*self._found, *moving), values)

    def _measure(self) -> None:
        if self._measured is None:
            self._measured = measure(self._document, self._budget)

    def _node(  # noqa: C901, PLR0912 - one loop, run for every member there is
        self, element: dict[str, Any], context: ActiveContext, graph: str, path: _Path | None, depth: int
    ) -> str:
        """Walk one object; return its name in N-Quads, "" when it has none that RDF knows."""
        self._values += len(element)
        if self._values > self._budget.values or depth > self._deepest:
            raise NotCompiled
        above = context
        if "@context" in element:
            context = self._local(element["@context"], context, path)
        types: tuple[str, ...] = ()
        if (name := context.type_name) in element or (name := _used(context.type_names, element)):
            types, context = self._types_of(element[name], context, name, path)
        if (name := context.id_name) in element or (name := _used(context.id_names, element)):
            subject = self._id(element, context, name, path, above)
        else:
            self._blanks += 1
            subject = f"_:b{self._blanks}"
        # What is said of a relative id is lost; what is said of others below it is not.
        quads = self._quads if subject else []
        say = quads.append
        for iri in types:
            say((subject, _TYPE, iri, graph))
        terms = context.terms
        for key, value in element.items():
            term = terms.get(key)
            if term is None:
                if key == "@context":
                    continue
                term = self._odd(element, context, key, path)
            kind = type(value)
            if kind is str and (end := term.plain) is not None:
                # Control characters and halves of surrogate pairs are not printable.
                as_is = value.isprintable() and '"' not in value and "\\" not in value
                say((subject, term.predicate, f'"{value}{end}' if as_is else _text(value, end), graph))
            elif not term.predicate:
                continue
            elif kind is dict and term.simple:
                mere = len(value) == 1 and next(iter(value)) in term.inside.id_names
                about = self._node(value, term.kept if mere else term.reverted, graph, (path, key), depth + 1)
                if about:
                    say((subject, term.predicate, about, graph))
            else:
                for about in self._objects(term, key, value, quads, graph, path, depth):
                    say((subject, term.predicate, about, graph))
        return subject

    def _local(self, value: object, context: ActiveContext, path: _Path | None) -> ActiveContext:
        if isinstance(value, list):
            self._count(value)
        local = context.local(value, self._compiler)
        self._characters += local.characters
        if path is not None and path[1] != keyscan.EMBEDDED:
            self._note(Kind.NESTED_CONTEXT, "stands below the top of a credential", path, "@context")
        elif local.disorder:
            self._note(Kind.CONTEXT_ORDER, local.disorder, path, "@context")
        return local.context

    def _types_of(
        self, value: object, context: ActiveContext, name: str, path: _Path | None
    ) -> tuple[tuple[str, ...], ActiveContext]:
        """Return the types in N-Quads, and the active context that they make."""
        types = context.types(value, self._compiler)
        if type(value) is list:
            self._count(value)
            self._types += len(value)
        else:
            self._types += 1
        if self._types > self._budget.types:
            raise NotCompiled
        for index, kind, detail in types.found:
            self._note(kind, detail, path, name, *((index,) if type(value) is list else ()))
        return types.terms, types.context

    def _id(
        self, element: dict[str, Any], context: ActiveContext, name: str, path: _Path | None, above: ActiveContext
    ) -> str:
        iri = element[name]
        if type(iri) is not str:
            raise NotCompiled
        self._characters += len(iri)
        seen = (path, element, above)
        if (first := self._places.setdefault(iri, seen)) is not seen:
            self._again.setdefault(iri, [first]).append(seen)
        return self._reference(iri, context, path, name)

    def _odd(self, element: dict[str, Any], context: ActiveContext, key: str, path: _Path | None) -> Term:
        """Compile a name that is not in the table, and note what is wrong with it."""
        term = context.term(key, self._compiler)
        for kind, detail in term.found:
            self._note(kind, detail, path, key)
        if term.keyword:
            # A second name of the same keyword.
            if key != (usual := context.id_name if term.keyword == "@id" else context.type_name) and usual in element:
                raise NotCompiled
        elif not term.predicate:
            self._unwalked(key, element[key], path)
        return term

    def _unwalked(self, key: str, value: object, path: _Path | None) -> None:
        """Look through what is not expanded; its size is not counted on the way."""
        self._measure()
        try:
            self._found += keyscan.scan_member(key, value, _pointer(path, key), self._choice)
        except (ContextUnknown, NotCanonicalisable) as error:
            raise NotCompiled from error

    def _objects(
        self, term: Term, key: str, value: Any, quads: list[Quad], graph: str, path: _Path | None, depth: int
    ) -> list[str]:
        """Return what a property says, in N-Quads; what its values say of themselves is said by then.

        A list is made of ``quads``: they share the fate of what is said of the subject.
        """
        if term.coercion == "@json":
            self._unwalked(key, value, path)
            return [literal(jsonld.canonicalize(value).decode(), datatype=_JSON)]
        if type(value) is list:
            self._count(value)
            objects = [
                self._object(term, item, graph, (path, key, index), depth + 2)
                if type(item) is dict
                else self._scalar(term, item, path, key, index)
                for index, item in enumerate(value)
                if item is not None
            ]
        elif value is None:
            return []
        elif type(value) is not dict:
            objects = [self._scalar(term, value, path, key)]
        elif term.container == "@language":
            return self._language_map(value)
        else:
            objects = [self._object(term, value, graph, (path, key), depth + 1)]
        named = [about for about in objects if about]
        if term.container != "@list":
            return named
        if len(named) < len(objects):
            # pyld stumbles over a list that lacks an item.
            raise NotCompiled
        return [self._list(named, quads, graph)]

    def _object(self, term: Term, element: dict[str, Any], graph: str, path: _Path, depth: int) -> str:
        mere = len(element) == 1 and next(iter(element)) in term.inside.id_names
        context = term.kept if mere else term.reverted
        if term.container != "@graph":
            return self._node(element, context, graph, path, depth)
        name = self._blank()
        before = len(self._quads)
        self._node(element, context, name, path, depth)
        if len(self._quads) == before:
            # Perhaps a bare reference, of which nothing is signed.
            raise NotCompiled
        return name

    def _scalar(self, term: Term, value: object, path: _Path | None, *steps: str | int) -> str:
        if term.container == "@graph":
            raise NotCompiled
        if type(value) is str:
            if term.text is not None:
                return _text(value, term.text)
            if term.coercion == "@id":
                return self._reference(value, term.inside, path, *steps)
            if term.coercion == "@vocab":
                return self._vocabulary(value, term.inside, path, *steps)
            raise NotCompiled
        if term.datatype is None:
            raise NotCompiled
        return _number(value, term.datatype)

    def _reference(self, raw: str, context: ActiveContext, path: _Path | None, *steps: str | int) -> str:
        """Return an IRI as it stands, or a blank node, in N-Quads; "" for what has no scheme."""
        colon = raw.find(":")
        if raw[:colon] in context.prefixes and colon > 0 and not raw.startswith("//", colon + 1):
            raise NotCompiled
        if is_absolute(raw):
            return f"<{raw}>"
        if raw.startswith("@") or not keyscan.is_unicode(raw):
            raise NotCompiled
        if raw.startswith("_:"):
            self._note(Kind.BLANK_NODE_ID, f"{raw} is a blank node", path, *steps)
            if raw not in self._labels:
                self._labels[raw] = self._blank()
            return self._labels[raw]
        if has_scheme(raw) or is_taken_for_absolute(raw):
            raise NotCompiled
        self._note(Kind.RELATIVE_IRI, f"{raw} has no scheme", path, *steps)
        return ""

    def _vocabulary(self, raw: str, context: ActiveContext, path: _Path | None, *steps: str | int) -> str:
        iri = self._compiler.iri(context, raw)
        if iri == raw:
            return self._reference(raw, context, path, *steps)
        if iri is None or ":" in raw or not is_absolute(iri):
            raise NotCompiled
        self._renamed = True
        return f"<{iri}>"

    def _language_map(self, value: dict[str, Any]) -> list[str]:
        self._values += len(value)
        texts = []
        for name, items in value.items():
            language = name.lower()
            # Names that ``measure`` and ``keyscan`` read otherwise, and what is no language tag.
            if name in ("id", "type") or keyscan.misnamed(name) or not LANGUAGE.fullmatch(language):
                raise NotCompiled
            self._characters += len(name)
            if isinstance(items, list):
                self._count(items)
            for text in items if isinstance(items, list) else (items,):
                if type(text) is str:
                    texts.append(_text(text, f'"@{language}'))
                elif text is not None:
                    raise NotCompiled
        return texts

    def _list(self, objects: list[str], quads: list[Quad], graph: str) -> str:
        head = _NIL
        for about in reversed(objects):
            cell = self._blank()
            quads += ((cell, _FIRST, about, graph), (cell, _REST, head, graph))
            head = cell
        return head

    def _blank(self) -> str:
        self._blanks += 1
        return f"_:b{self._blanks}"

    def _count(self, array: list[Any]) -> None:
        self._values += len(array)
        if len(array) > self._budget.siblings:
            raise NotCompiled

    def _described(self, seen: list[_Seen]) -> list[Place]:
        """Return the places of one node as ``expansion`` meets them: by member names, an object after what it holds."""
        seen = sorted(seen, key=lambda one: [*((0, token) for token in _steps(one[0])), (1, "")])
        return [Place(_pointer(path), expanded(element, context, self._compiler)) for path, element, context in seen]

    def _note(self, kind: Kind, detail: str, path: _Path | None, *steps: str | int) -> None:
        self._found.append(Finding(kind, _pointer(path, *steps), detail))


def _used(names: tuple[str, ...], element: dict[str, Any]) -> str:
    """Return which name of a keyword an object uses; "" for none."""
    used = ""
    for name in names:
        if name in element:
            if used:
                raise NotCompiled
            used = name
    return used


def _text(text: str, end: str) -> str:
    if not keyscan.is_unicode(text):
        raise NotCompiled
    return literal(text)[:-1] + end


def _number(value: object, datatype: str) -> str:
    """Write a number or boolean (section 8.6)."""
    if isinstance(value, bool):
        return literal("true" if value else "false", datatype=datatype or f"{_XSD}boolean")
    if not isinstance(value, int | float) or keyscan.unshared(value):
        raise NotCompiled
    if datatype == XSD_DOUBLE or not float(value).is_integer():
        double = jsonld._canonicalize_double(float(value))  # noqa: SLF001 - the same digits on both paths
        return literal(double, datatype=datatype or XSD_DOUBLE)
    return literal(str(int(value)), datatype=datatype or f"{_XSD}integer")


def _steps(path: _Path | None) -> list[str | int]:
    steps: list[str | int] = []
    while path is not None:
        above, *last = path
        steps[:0] = last
        path = above
    return steps


def _pointer(path: _Path | None, *steps: str | int) -> str:
    pointer = ""
    for token in (*_steps(path), *steps):
        pointer = step(pointer, token)
    return pointer
