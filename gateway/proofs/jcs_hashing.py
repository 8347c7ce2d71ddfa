"""What every suite over JSON hashes: the proof configuration and the document, each as RFC 8785 writes it.

Such a signature covers every byte that matters, so nothing of the document is left open, known terms or not. Its
words are still read under its contexts: one that is not pinned may say that they mean something else, and what is
written as JSON-LD alone understands it (keywords, IRIs as names) says to one reader what it hides from another.

Sources: VC-DI-EdDSA 1.0 sections 3.3.2 to 3.3.5; VC-DI-ECDSA 1.0 sections 3.3.2 to 3.3.5; RFC 8785.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

import rfc8785

from gateway.proofs.budget import DEFAULT, measure
from gateway.proofs.canonical import Canonicals
from gateway.proofs.contexts import ContextChoice
from gateway.proofs.cryptosuite import Covered, Hashed
from gateway.proofs.errors import ContextUnknown, NotCanonicalisable, ProofError
from gateway.proofs.findings import Finding, Kind, step
from gateway.proofs.rdfc import HashName


def jcs_hashed(
    document: Canonicals, proof: dict[str, Any], contexts: ContextChoice, hash_name: HashName = "sha256"
) -> Hashed:
    """Return the hash of the proof configuration and the hash of the document, and what both leave open.

    Args:
        document: What is secured.
        proof: With or without its value. The contexts that it names are those that were signed.
        contexts: Which context URLs are known.
        hash_name: Of both forms.

    Raises:
        ProofError: It names contexts that the document does not begin with (3.3.2 step 4).
        NotCanonicalisable: Numbers beyond 2^53 - 1, text that is not Unicode.
        ContextUnknown: A context that is not pinned.
        BudgetExceeded: The document is too large or too deep.
    """
    unsecured = document.document
    measure(unsecured, DEFAULT)
    findings = (*_own(unsecured, "", contexts), *_unsigned(unsecured, proof))
    if "@context" in proof:
        unsecured = {**unsecured, "@context": proof["@context"]}
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    data = b"".join(hashlib.new(hash_name, _written(part)).digest() for part in (options, unsecured))
    return Hashed(data, Covered(findings))


_TEXTS = frozenset({"@value", "@language", "@direction"})
"""Keywords that a text in several languages needs (VCDM 2.0 section 11.1)."""


def _unsigned(document: dict[str, Any], proof: dict[str, Any]) -> Iterator[Finding]:
    """Contexts behind those that the proof names are not signed (3.3.2 step 4 leaves them out)."""
    if "@context" not in proof:
        return
    named, used = _as_list(proof["@context"]), _as_list(document.get("@context"))
    if used[: len(named)] != named:
        raise ProofError("names contexts that the document does not begin with", pointer="/@context")
    for index in range(len(named), len(used)):
        yield Finding(Kind.UNSIGNED_CONTEXT, step("/@context", index), "the proof does not name this context")


def _own(value: object, pointer: str, contexts: ContextChoice) -> Iterator[Finding]:
    """Words of the document's own, wherever they stand; the URL of a context that is not pinned is an error."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _own(item, step(pointer, index), contexts)
    elif isinstance(value, dict):
        for name, member in value.items():
            place = step(pointer, name)
            if name == "@context":
                yield from _defined(member, place, contexts)
                continue
            if name.startswith("@") and name not in _TEXTS:
                yield Finding(Kind.KEYWORD_KEY, place, f"the member {name} is a keyword of JSON-LD")
            elif ":" in name:
                yield Finding(Kind.COMPACT_IRI_KEY, place, f"the member {name} is an IRI, not a term")
            yield from _own(member, place, contexts)


def _defined(value: object, pointer: str, contexts: ContextChoice) -> Iterator[Finding]:
    for url in _as_list(value):
        if not isinstance(url, str):
            yield Finding(Kind.INLINE_CONTEXT, pointer, "is not a URL or a list of URLs")
        elif url not in contexts.bodies:
            raise ContextUnknown(url, pointer=pointer)


def _written(value: dict[str, Any]) -> bytes:
    try:
        return rfc8785.dumps(value)
    except ValueError as error:
        # Half a surrogate pair, too: in a member's name it is a UnicodeEncodeError, which is a ValueError.
        kind = Kind.NUMBER if isinstance(error, rfc8785.IntegerDomainError | rfc8785.FloatDomainError) else Kind.TEXT
        raise NotCanonicalisable(Finding(kind, "", f"has no canonical JSON: {error}")) from error


def _as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]
