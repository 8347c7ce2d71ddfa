"""JSON-LD contexts compiled into the tables of ``plans``.

pyld processes the contexts, so scoped contexts, propagation and protected terms are as it has them.

Source: JSON-LD 1.1 Processing Algorithms and API, sections 4 and 5.1.
"""

import functools
import re
import threading
from collections.abc import Mapping
from typing import Any, Final

from pyld import jsonld
from pyld.context_resolver import ContextResolver

from gateway.proofs.contexts import ContextChoice, loader
from gateway.proofs.findings import Kind
from gateway.proofs.iri import has_scheme, is_absolute, is_taken_for_absolute
from gateway.proofs.keyscan import disorder, is_unicode, misnamed
from gateway.proofs.plans import ActiveContext, Local, NotCompiled, ProcessedContext, Term, Types, remember
from gateway.proofs.rdfc import literal

XSD_DOUBLE: Final = "http://www.w3.org/2001/XMLSchema#double"
LANGUAGE: Final = re.compile(r"[a-z]{1,8}(-[a-z0-9]{1,8})*")
"""BCP 47 in the lower case that expansion makes of it."""

MOST_CONTEXTS: Final = 256
"""Active contexts of one choice. All samples of Open Badges together need a hundred."""
_MOST_WORK: Final = 250
"""What one walk may have compiled: active contexts, each URL of an ``@context`` counting for ten. It is 0.2 s at most;
an endorsed credential in a process that has just started needs half of it."""
_WORK_OF_A_URL: Final = 10


class Compiled:
    """All that is compiled of one choice of context bodies; several threads may use it at once.

    Args:
        choice: The body behind each context URL.
    """

    def __init__(self, choice: ContextChoice) -> None:
        self.choice = choice
        self.processor = jsonld.JsonLdProcessor()
        self.options = {
            "base": None,
            "contextResolver": ContextResolver({}, loader(choice)),
            "documentLoader": loader(choice),
            "isFrame": False,
            "processingMode": "json-ld-1.1",
        }
        # Compiling takes turns, for pyld is not made for threads; looking up does not.
        self.turn = threading.RLock()
        self._contexts: list[ActiveContext] = []
        self._longest_name = len("@context")
        self._root = self._initial()

    @property
    def active_contexts(self) -> int:
        """How many there are."""
        return len(self._contexts)

    @property
    def longest_name(self) -> int:
        """Characters of the longest name that any context defines."""
        return self._longest_name

    def root(self) -> ActiveContext:
        """Return the active context before any ``@context``."""
        if len(self._contexts) >= MOST_CONTEXTS:
            with self.turn:
                # Walks under way keep what they have.
                self._contexts = []
                self._root = self._initial()
        return self._root

    def _initial(self) -> ActiveContext:
        return self.shared(self.processor._get_initial_context(self.options))  # noqa: SLF001 - no other way

    def shared(self, processed: ProcessedContext) -> ActiveContext:
        """Return the one active context that says this: pyld makes another each time.

        Raises:
            NotCompiled: There are too many; the next walk begins anew.
        """
        before = processed.get("previousContext")
        previous = None if before is None else self.shared(before)
        for known in self._contexts:
            if known.processed is processed or (known.previous is previous and _alike(known.processed, processed)):
                return known
        if len(self._contexts) >= MOST_CONTEXTS:
            raise NotCompiled
        context = ActiveContext(processed, previous)
        self._contexts.append(context)
        self._longest_name = max(self._longest_name, *map(len, processed["mappings"]), 0)
        return context


@functools.lru_cache(maxsize=16)
def compiled(choice: ContextChoice) -> Compiled:
    """Return what is compiled of a choice."""
    return Compiled(choice)


class Compiling:
    """Implements ``plans.Compiler`` for one walk, which may ask for so much that is new and no more.

    Args:
        done: What there is already; all that is new goes there.
    """

    def __init__(self, done: Compiled) -> None:
        self._done = done
        self._left = _MOST_WORK

    def term(self, context: ActiveContext, name: str) -> Term:
        """Compile one member name.

        Raises:
            NotCompiled: A keyword, or a definition that is not covered.
        """
        if not is_unicode(name):
            raise NotCompiled
        misnomer = misnamed(name)
        found = () if misnomer is None else (misnomer,)
        iri = self.iri(context, name)
        if iri in ("@id", "@type"):
            return Term(inside=context, reverted=context, kept=context, keyword=iri, found=found)
        if name.startswith("@"):
            raise NotCompiled
        if iri is None or not is_absolute(iri):
            if iri is not None and (iri.startswith("@") or is_taken_for_absolute(iri)):
                raise NotCompiled
            found = (*found, (Kind.UNDEFINED_TERM, f"no context defines {name}"))
            return Term(inside=context, reverted=context, kept=context, found=found)
        with self._done.turn:
            return self._property(context, name, f"<{iri}>", found)

    def types(self, context: ActiveContext, names: tuple[str, ...]) -> Types:
        """Compile the types of an object.

        Raises:
            NotCompiled: Something else than texts, or what is refused or is not an IRI as it stands.
        """
        # No types at all: taken for none by some, and refused by others.
        if not names or not all(type(name) is str and is_unicode(name) for name in names):
            raise NotCompiled
        iris = []
        terms = []
        found = []
        for index, name in enumerate(names):
            iri, finding = self._type(context, name)
            iris.append(iri)
            if finding is None:
                terms.append(f"<{iri}>")
            else:
                found.append((index, *finding))
        typed = self._typed(context, tuple(name for name in sorted(names) if _scoped(context, name) is not None))
        if typed.type_names != context.type_names:
            raise NotCompiled
        return Types(typed, tuple(iris), tuple(terms), tuple(found))

    def _typed(self, context: ActiveContext, names: tuple[str, ...]) -> ActiveContext:
        """Return what the contexts of types make of one: in the order of their names (5.1.2, step 11)."""
        if (found := context.typed.get(names)) is not None:
            return found
        typed = context
        with self._done.turn:
            for name in names:
                typed = self._process(typed, _scoped(context, name), propagate=False)
        remember(context.typed, names, typed)
        return typed

    def local(self, context: ActiveContext, urls: list[str]) -> Local:
        """Compile an ``@context``.

        Raises:
            NotCompiled: A URL is not of the choice, or the contexts cannot be processed.
        """
        if not all(url in self._done.choice.bodies for url in urls):
            raise NotCompiled
        with self._done.turn:
            return Local(self._process(context, list(urls)), disorder(urls), sum(map(len, urls)))

    def iri(self, context: ActiveContext, name: str) -> str | None:
        """Return the IRI that a term, a compact IRI or an IRI stands for; relative where it is none of these."""
        iri: str | None = self._done.processor._expand_iri(context.processed, name, vocab=True)  # noqa: SLF001 - no other way
        return iri

    def _property(self, context: ActiveContext, name: str, predicate: str, found: tuple[tuple[Kind, str], ...]) -> Term:
        outer = context.processed["mappings"].get(name) or {}
        inside = context
        if (scoped := outer.get("@context")) is not None:
            inside = self._process(context, scoped, override_protected=True)
        if inside.odd_aliases:
            raise NotCompiled
        # A scoped context may define its own term anew; pyld then asks now the one, now the other.
        inner = inside.processed["mappings"].get(name) or {}
        container = _container(outer)
        if outer.get("reverse") or inner.get("reverse") or (container == "@list") != (_container(inner) == "@list"):
            raise NotCompiled
        if (container and outer.get("@type") == "@json") or str(inner.get("@id")).startswith("@"):
            raise NotCompiled
        reverted = inside.previous or inside
        kept = inside
        if (scoped := inner.get("@context")) is not None:
            reverted = self._process(reverted, scoped, override_protected=True)
            kept = self._process(kept, scoped, override_protected=True)
        values = _values(inside.processed, inner)
        if values != _values(context.processed, outer):
            if outer.get("@type") == "@json":
                raise NotCompiled
            values = {"datatype": None}
        return Term(
            predicate=predicate,
            plain=None if found or container in ("@list", "@graph") else values.get("text"),
            container=container,
            simple=not container and outer.get("@type") != "@json",
            found=found,
            inside=inside,
            reverted=reverted,
            kept=kept,
            **values,
        )

    def _type(self, context: ActiveContext, name: str) -> tuple[str, tuple[Kind, str] | None]:
        iri = self.iri(context, name)
        if iri is None or iri.startswith(("@", "_:")):
            raise NotCompiled
        if has_scheme(iri):
            if not is_absolute(iri) or (":" in name and iri != name):
                raise NotCompiled
            return iri, None
        if is_taken_for_absolute(iri):
            raise NotCompiled
        if ":" in name:
            return iri, (Kind.RELATIVE_IRI, f"{name} has no scheme")
        return iri, (Kind.UNDEFINED_TYPE, f"no context defines the type {name}")

    def _process(
        self, context: ActiveContext, local: object, *, override_protected: bool = False, propagate: bool = True
    ) -> ActiveContext:
        self._left -= _WORK_OF_A_URL * len(local) if isinstance(local, list) else 1
        if self._left < 0:
            raise NotCompiled
        try:
            processed = self._done.processor._process_context(  # noqa: SLF001 - in public it knows no scoped contexts
                context.processed,
                local,
                self._done.options,
                override_protected=override_protected,
                propagate=propagate,
            )
        except jsonld.JsonLdError as error:
            raise NotCompiled from error
        return self._done.shared(processed)


def _alike(one: ProcessedContext, other: ProcessedContext) -> bool:
    return all(one.get(key) == other.get(key) for key in (one.keys() | other.keys()) - {"_uuid", "previousContext"})


def _scoped(context: ActiveContext, name: str) -> object:
    """The context that a type brings, None for none."""
    scoped = (context.processed["mappings"].get(name) or {}).get("@context")
    return None if scoped is False else scoped


def _container(mapping: Mapping[str, Any]) -> str:
    containers = {*mapping.get("@container", ())} - {"@set"}
    if not containers:
        return ""
    if containers in ({"@list"}, {"@graph"}, {"@language"}):
        return str(*containers)
    raise NotCompiled


def _values(context: ProcessedContext, mapping: Mapping[str, Any]) -> dict[str, Any]:
    """Return how values that are no objects are written: members of ``Term``."""
    coercion = mapping.get("@type", "@none")
    if coercion == "@none":
        return _text(context, mapping)
    if coercion in ("@id", "@vocab"):
        return {"coercion": coercion}
    if coercion == "@json" or not is_absolute(coercion):
        return {"coercion": "@json" if coercion == "@json" else "", "datatype": None}
    # A double written as text is refused: implementations bring it into different forms.
    text = None if coercion == XSD_DOUBLE else literal("", datatype=coercion)[1:]
    return {"text": text, "datatype": coercion, "expanded": {"@type": coercion}}


def _text(context: ProcessedContext, mapping: Mapping[str, Any]) -> dict[str, Any]:
    language = mapping["@language"] if "@language" in mapping else context.get("@language")
    direction = mapping["@direction"] if "@direction" in mapping else context.get("@direction")
    if direction is None and language is None:
        return {"text": '"'}
    if direction is None and LANGUAGE.fullmatch(str(language)):
        return {"text": f'"@{language}', "expanded": {"@language": language}}
    return {}
