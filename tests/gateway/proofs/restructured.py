"""A row for each restructured document of the corpus: the same RDF, or nearly, under other JSON."""

import json
from typing import Any  # Any: members of JSON documents

from gateway.proofs.findings import Kind
from tests.corpora import corpus

FOLDER = corpus("sec/made/jsonld")
ISSUER = "did:web:uni.example"
UNCHANGED = "00-unchanged.json"

ACCEPTED, OTHER_SIGNATURE, UNKNOWN_CONTEXT = "accepted", "not of these bytes", "context unknown"

ROWS = {
    "00-unchanged.json": ACCEPTED,
    "01-undefined-term-in-achievement.json": Kind.UNDEFINED_TERM,
    "03-OB2-ish-undefined-term--credits-.json": Kind.UNDEFINED_TERM,
    "04-ELM-term--hasClaim---not-in-ctx-.json": Kind.UNDEFINED_TERM,
    "06-null-value-of-signed-term.json": OTHER_SIGNATURE,
    "07-empty-array-added.json": ACCEPTED,
    "09-empty-credentialStatus-object.json": OTHER_SIGNATURE,
    "10-alignment---.json": ACCEPTED,
    "12-keyword-like-term--foo.json": Kind.KEYWORD_KEY,
    "13-compact-IRI-with-unknown-prefix-id-x.json": OTHER_SIGNATURE,
    "15-achievement-hoisted-to-top--VC-moved-to--included.json": Kind.KEYWORD_KEY,
    "16-claims-moved-into--included.json": Kind.KEYWORD_KEY,
    "18--id--type-instead-of-id-type.json": Kind.KEYWORD_KEY,
    "19-issuer-under-its-full-IRI.json": Kind.COMPACT_IRI_KEY,
    "21--set-at-top.json": Kind.KEYWORD_KEY,
    "22-redefine-protected-term-name.json": Kind.INLINE_CONTEXT,
    "24-term-mapped-to-null---value.json": Kind.INLINE_CONTEXT,
    "25-alias--name-moved-to-title.json": Kind.INLINE_CONTEXT,
    "27-remote-context.json": UNKNOWN_CONTEXT,
    "28-nested--context-nulls-achievement.json": Kind.INLINE_CONTEXT,
    "30--import.json": Kind.INLINE_CONTEXT,
    "31-context-order-swapped.json": Kind.CONTEXT_ORDER,
}
"""What a proof over RDF that was made for the unchanged document says of each."""

OVER_JSON = {
    **dict.fromkeys(ROWS, OTHER_SIGNATURE),
    UNCHANGED: ACCEPTED,
    # What is added behind the contexts that were signed is seen, and not taken.
    "22-redefine-protected-term-name.json": Kind.INLINE_CONTEXT,
    "27-remote-context.json": UNKNOWN_CONTEXT,
    "30--import.json": Kind.INLINE_CONTEXT,
}
"""What a proof over JSON says: even an empty list more is another document."""


def document(name: str) -> dict[str, Any]:
    """One document, unsigned."""
    read: dict[str, Any] = json.loads((FOLDER / name).read_text())
    return read


def expected() -> dict[str, bool]:
    """Whether the corpus itself expects a document to be accepted, by file."""
    return {case["file"]: case["expect"] == "accept" for case in json.loads((FOLDER / "index.json").read_text())}
