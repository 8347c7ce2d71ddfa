"""What a document says that its signature over RDF does not cover, by kind and place."""

from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """Why a signature over RDF is blind at a place, or why the document has no canonical form at all."""

    UNDEFINED_TERM = "undefined-term"
    """A member name that no context defines: it leaves no trace in the RDF."""
    UNDEFINED_TYPE = "undefined-type"
    """A type that no context defines: likewise."""
    RELATIVE_IRI = "relative-iri"
    """An id without a scheme: everything said of it is lost."""
    COMPACT_IRI = "compact-iri"
    """An id or type that a prefix changes: what is signed is not what is written."""
    TYPE_BY_IRI = "type-by-iri"
    """A type written as the IRI of a term: the same RDF, which whoever looks for the term does not see."""
    BLANK_NODE_ID = "blank-node-id"
    """An id that begins with ``_:``: it may be renamed, added and removed at will."""
    KEYWORD_KEY = "keyword-key"
    """A member name that begins with ``@``: such members restructure a document under its signature."""
    COMPACT_IRI_KEY = "compact-iri-key"
    """A member name with a colon: the same property under another name."""
    TYPE_AS_PROPERTY = "type-as-property"
    """A class used as a member name: several share their IRI with a property."""
    SPLIT_NODE = "split-node"
    """An id that is described at two places: what is said at one may be moved to the other."""
    UNSIGNED_VALUE = "unsigned-value"
    """A value whose content is not in the RDF: a bare reference where a graph is expected."""
    NESTED_CONTEXT = "nested-context"
    """An ``@context`` below the top, outside an embedded endorsement."""
    CONTEXT_ORDER = "context-order"
    """Pinned contexts in an order that is not the known one, or the first one missing."""
    UNSIGNED_CONTEXT = "unsigned-context"
    """A context that a proof over JSON does not name among its own: it was not signed."""
    WITHHELD = "withheld"
    """A signature over single statements: that something is not said does not mean that the issuer did not say it."""
    INLINE_CONTEXT = "inline-context"
    """An ``@context`` that is not a URL or a list of URLs."""
    REDEFINED_TERM = "redefined-term"
    """Contexts that contradict each other (a protected term redefined) or cannot be processed."""
    INVALID_IRI = "invalid-iri"
    """Characters that no IRI may hold."""
    NUMBER = "number"
    """A number that implementations print differently."""
    TEXT = "text"
    """Text that is not Unicode (a lone surrogate)."""
    LANGUAGE = "language"
    """A language tag that is not well formed."""
    STRUCTURE = "structure"
    """JSON that JSON-LD does not allow here."""


class Finding(msgspec.Struct, frozen=True):
    """One place and what is wrong there.

    Attributes:
        kind: The reason, by name.
        pointer: JSON Pointer (RFC 6901) into the secured document, proof included; "" for all of it.
        detail: One clause for a reader.
    """

    kind: Kind
    pointer: str
    detail: str


def step(pointer: str, token: str | int) -> str:
    """Return the pointer one step down (RFC 6901 section 4: ``~`` and ``/`` are escaped)."""
    return f"{pointer}/{str(token).replace('~', '~0').replace('/', '~1')}"
