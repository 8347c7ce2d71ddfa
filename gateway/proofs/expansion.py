"""JSON-LD to RDF by pyld, with every loss on the way witnessed.

pyld, like all JSON-LD 1.1 processors, drops what no context defines without a word. ``Witness`` looks at each
node right after pyld expanded it, while JSON, active context and result are at hand, and notes what is gone.
pyld is also kept from resolving relative IRIs (``base`` is None) and from mixing bodies of one URL (each
choice has a resolver of its own).

Source: JSON-LD 1.1 Processing Algorithms and API, sections 5.1.2, 7.1, 8.
"""

import functools
import re
import threading
from collections.abc import Iterator
from typing import Any

from pyld import jsonld
from pyld.context_resolver import ContextResolver

from gateway.proofs.contexts import ContextChoice, loader
from gateway.proofs.errors import NotCanonicalisable
from gateway.proofs.findings import Finding, Kind, step
from gateway.proofs.iri import has_scheme, is_absolute
from gateway.proofs.nodes import Place, splits
from gateway.proofs.rdfc import XSD_STRING, Quad, literal

_XSD_DOUBLE = "http://www.w3.org/2001/XMLSchema#double"
_RDF_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_LANGUAGE = re.compile(r"[a-z]{1,8}(-[a-z0-9]{1,8})*")
"""BCP 47 in the lower case that expansion makes of it."""

# pyld's caches are not made for threads; under the interpreter lock nothing is lost by taking turns.
_TURN = threading.Lock()


def quads(document: dict[str, Any], choice: ContextChoice) -> tuple[list[Quad], tuple[Finding, ...]]:
    """Return the document's RDF, and what of it is not in there.

    Args:
        document: Already measured and scanned: pyld has no limits of its own.
        choice: The bodies behind its context URLs.

    Raises:
        NotCanonicalisable: pyld refuses it, or implementations would disagree about the outcome.
    """
    with _TURN:
        witness = Witness()
        options = {
            "base": None,
            "documentLoader": loader(choice),
            "contextResolver": _resolver(choice),
            "processingMode": "json-ld-1.1",
        }
        try:
            dataset = witness.to_rdf(document, options)
        except jsonld.JsonLdError as error:
            raise NotCanonicalisable(_refusal(error)) from error
    return _quads(dataset), witness.findings()


@functools.lru_cache(maxsize=16)
def _resolver(choice: ContextChoice) -> ContextResolver:
    # pyld's own cache is shared by all loaders and knows a URL, not its body.
    return ContextResolver({}, loader(choice))


def _refusal(error: jsonld.JsonLdError) -> Finding:
    """Name the innermost error: pyld wraps the telling one."""
    cause: BaseException = error
    while isinstance(cause.__cause__, jsonld.JsonLdError):
        cause = cause.__cause__
    code = getattr(cause, "code", None) or ""
    kind = Kind.REDEFINED_TERM if "protected" in code or "context" in code else Kind.STRUCTURE
    return Finding(kind, "", code or str(cause.args[0] if cause.args else cause))


class Witness(jsonld.JsonLdProcessor):  # type: ignore[misc]  # pyld has no types
    """A processor that remembers, for one document, every place that RDF loses or changes."""

    def __init__(self) -> None:
        self._dropped = 0
        super().__init__(on_property_dropped=self._count)
        self._pointers: dict[int, str] = {}
        self._found: list[Finding] = []
        self._places: dict[str, list[Place]] = {}

    def findings(self) -> tuple[Finding, ...]:
        """Return what was found.

        Raises:
            NotCanonicalisable: pyld dropped more or less than was seen here; then nothing is certain.
        """
        seen = sum(finding.kind is Kind.UNDEFINED_TERM for finding in self._found)
        if seen != self._dropped:
            raise NotCanonicalisable(
                Finding(Kind.STRUCTURE, "", f"{self._dropped} members are dropped, {seen} were found")
            )
        moving = (finding for places in self._places.values() if len(places) > 1 for finding in splits(places))
        return (*self._found, *moving)

    def _count(self, _property: str | None) -> None:
        self._dropped += 1

    def _expand_object(  # noqa: PLR0913, PLR0917 - pyld's
        self,
        active_ctx: Any,  # pyld has no types
        active_property: str | None,
        expanded_active_property: str | None,
        element: dict[str, Any],
        expanded_parent: dict[str, Any],
        options: dict[str, Any],
        inside_list: bool = False,
        type_key: str | None = None,
        type_scoped_ctx: Any = None,  # pyld has no types
    ) -> None:
        if not self._pointers:
            # pyld works on a copy of its own; the first object it expands is the whole of it.
            self._pointers = _pointers(element)
        super()._expand_object(
            active_ctx,
            active_property,
            expanded_active_property,
            element,
            expanded_parent,
            options,
            inside_list,
            type_key,
            type_scoped_ctx,
        )
        losses = self._losses(active_ctx, type_scoped_ctx or active_ctx, element, expanded_parent)
        self._found += losses
        if isinstance(iri := expanded_parent.get("@id"), str):
            self._places.setdefault(iri, []).append(Place(self._pointers[id(element)], expanded_parent))

    def _losses(
        self,
        active: Any,  # pyld has no types
        typed: Any,  # pyld has no types
        element: dict[str, Any],
        expanded: dict[str, Any],
    ) -> Iterator[Finding]:
        pointer = self._pointers[id(element)]
        for key, value in element.items():
            if key == "@context":
                continue
            place = step(pointer, key)
            iri = self._expand_iri(active, key, vocab=True)
            if iri == "@id":
                yield from _identifier(value, expanded.get("@id"), place)
            elif iri == "@type":
                # type and @type together: pyld puts null into the one list of both.
                if None in _listed(expanded.get("@type")):
                    raise NotCanonicalisable(Finding(Kind.STRUCTURE, place, "is not a type"))
                for raw, where in _scalars(value, place):
                    yield from _type(raw, self._expand_iri(typed, raw, vocab=True), where)
            elif iri is None or not (iri.startswith("@") or is_absolute(iri)):
                yield Finding(Kind.UNDEFINED_TERM, place, f"no context defines {key}")
            elif not iri.startswith("@"):
                yield from _values(
                    value,
                    list(expanded.get(iri, ())),
                    coercion=self.get_context_value(active, key, "@type"),
                    graph="@graph" in (self.get_context_value(active, key, "@container") or ()),
                    place=place,
                )
            elif not key.startswith("@"):
                yield Finding(Kind.KEYWORD_KEY, place, f"{key} is another name of the keyword {iri}")


def _identifier(raw: object, iri: object, place: str) -> Iterator[Finding]:
    """Compare an id as written with the IRI that it became."""
    if not isinstance(raw, str) or not isinstance(iri, str) or raw.startswith("@"):
        raise NotCanonicalisable(Finding(Kind.STRUCTURE, place, "is not an IRI"))
    if raw.startswith("_:"):
        yield Finding(Kind.BLANK_NODE_ID, place, f"{raw} is a blank node")
    elif not has_scheme(iri):
        yield Finding(Kind.RELATIVE_IRI, place, f"{raw} has no scheme")
    elif not is_absolute(iri):
        raise NotCanonicalisable(Finding(Kind.INVALID_IRI, place, "holds characters that an IRI may not"))
    elif iri != raw:
        yield Finding(Kind.COMPACT_IRI, place, f"{raw} stands for {iri}")


def _type(raw: object, iri: object, place: str) -> Iterator[Finding]:
    if isinstance(raw, str) and isinstance(iri, str) and not iri.startswith("@"):
        if ":" in raw:
            yield from _identifier(raw, iri, place)
        elif not has_scheme(iri):
            yield Finding(Kind.UNDEFINED_TYPE, place, f"no context defines the type {raw}")
    else:
        raise NotCanonicalisable(Finding(Kind.STRUCTURE, place, "is not a type"))


def _values(value: object, expanded: list[Any], *, coercion: str | None, graph: bool, place: str) -> Iterator[Finding]:
    """Look at the values of one property: references that changed or vanished, contents outside the RDF."""
    references = frozenset(_references(expanded))
    for raw, where in _scalars(value, place):
        if graph:
            yield Finding(Kind.UNSIGNED_VALUE, where, "only an object is signed here")
        elif coercion == _XSD_DOUBLE and isinstance(raw, str):
            raise NotCanonicalisable(Finding(Kind.NUMBER, where, "is a number written as text"))
        elif coercion in ("@id", "@vocab") and isinstance(raw, str):
            if raw in references or raw.startswith(("_:", "@")):
                yield from _identifier(raw, raw, where)
            elif coercion == "@id" or ":" in raw:
                yield Finding(Kind.COMPACT_IRI, where, f"{raw} stands for another IRI")
    for item in expanded:
        if graph and not all(_says_something(node) for node in item.get("@graph", ())):
            yield Finding(Kind.UNSIGNED_VALUE, place, "what says nothing but its id is not signed here")


def _says_something(node: dict[str, Any]) -> bool:
    # Of an empty graph, pyld says that it is there and jsonld does not.
    return any(values for key, values in node.items() if key != "@id")


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _references(expanded: list[Any]) -> Iterator[str]:
    for item in expanded:
        if "@list" in item:
            yield from _references(item["@list"])
        elif set(item) == {"@id"}:
            yield item["@id"]


def _scalars(value: object, pointer: str) -> Iterator[tuple[object, str]]:
    """Yield every value that is no object, with its pointer; nulls say nothing and are left out."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _scalars(item, step(pointer, index))
    elif value is not None and not isinstance(value, dict):
        yield value, pointer


def _pointers(element: dict[str, Any]) -> dict[int, str]:
    """Map the identity of each object in a document to its pointer."""
    pointers = {}
    left: list[tuple[Any, str]] = [(element, "")]
    while left:
        value, pointer = left.pop()
        if isinstance(value, dict):
            pointers[id(value)] = pointer
            left += ((member, step(pointer, key)) for key, member in value.items())
        elif isinstance(value, list):
            left += ((item, step(pointer, index)) for index, item in enumerate(value))
    return pointers


def _quads(dataset: dict[str, list[dict[str, dict[str, Any]]]]) -> list[Quad]:
    return [
        (_term(triple["subject"]), _term(triple["predicate"]), _term(triple["object"]), _graph(name))
        for name, triples in dataset.items()
        for triple in triples
    ]


def _graph(name: str) -> str:
    if name == "@default":
        return ""
    return name if name.startswith("_:") else _iri(name)


def _term(term: dict[str, Any] | None) -> str:
    if term is None:
        # pyld writes nothing where a list holds a relative IRI; others leave it out.
        raise NotCanonicalisable(Finding(Kind.RELATIVE_IRI, "", "a list holds an id without a scheme"))
    value: str = term["value"]
    match term["type"]:
        case "IRI":
            return _iri(value)
        case "blank node":
            return value
    language = term.get("language", "")
    if term["datatype"] == _RDF_LANG_STRING or language:
        if not _LANGUAGE.fullmatch(language):
            raise NotCanonicalisable(Finding(Kind.LANGUAGE, "", f"{language!r} is no language tag"))
        return literal(value, language=language)
    if term["datatype"] != XSD_STRING:
        _iri(term["datatype"])
    return literal(value, datatype=term["datatype"])


def _iri(value: str) -> str:
    if not is_absolute(value):
        raise NotCanonicalisable(Finding(Kind.INVALID_IRI, "", f"{value!r} is not an IRI"))
    return f"<{value}>"
