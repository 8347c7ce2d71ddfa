"""Embedded proofs: their form, what they sign, and whether they are right, whatever the cryptosuite.

Says nothing about whose key it is and whether a proof has expired: that is trust's affair.

Source: W3C Verifiable Credential Data Integrity 1.0 sections 2.1, 4.2 and 4.4.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from gateway.proofs.budget import DEFAULT, Allowance, Budget
from gateway.proofs.canonical import Canonicals
from gateway.proofs.contexts import NEWEST, ContextChoice, choices
from gateway.proofs.cryptosuite import Cryptosuite, Hashed
from gateway.proofs.eddsa_rdfc_2022 import EddsaRdfc2022
from gateway.proofs.errors import NotCanonicalisable, ProofError, ProofUnsupported
from gateway.proofs.findings import Finding, Kind
from gateway.proofs.keyscan import context_urls
from gateway.proofs.signatures import PublicKey
from gateway.proofs.timestamps import instant

_SUITES: tuple[Cryptosuite, ...] = (EddsaRdfc2022(),)

SUITES: Mapping[str, Cryptosuite] = {suite.name: suite for suite in _SUITES}
"""Every cryptosuite, by its name in proofs."""

PURPOSE: Final = "assertionMethod"

_TYPE: Final = "DataIntegrityProof"
_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20\x7f<>\"{}|\\^`]+")


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """The members of a proof whose form was checked.

    Attributes:
        verification_method: Absolute URI of the key.
        created, expires: As the proof states them, None where it does not.
    """

    cryptosuite: str
    verification_method: str
    proof_value: str
    created: dt.datetime | None = None
    expires: dt.datetime | None = None


class Verified(msgspec.Struct, frozen=True):
    """A signature that is right.

    Attributes:
        contexts: Context URL -> name of the body under which it is right.
        findings: What the document says beyond what was signed, under those bodies. With any, it must not be
            converted. Pointers go into the secured document, proofs included.
    """

    contexts: dict[str, str]
    findings: tuple[Finding, ...]


def read(proof: Mapping[str, Any]) -> Proof:
    """Check the form of a proof.

    Raises:
        ProofUnsupported: Another type or cryptosuite, or a link in a proof chain.
        ProofError: A member is missing or malformed, or the purpose is not ``assertionMethod``.
    """
    if proof.get("type") != _TYPE:
        raise ProofUnsupported(f"proofs of type {proof.get('type')!r} are not checked", pointer="/type")
    suite = proof.get("cryptosuite")
    if not isinstance(suite, str):
        raise ProofError("names no cryptosuite", pointer="/cryptosuite")
    if suite not in SUITES:
        raise ProofUnsupported(f"the cryptosuite {suite!r} is not checked", pointer="/cryptosuite")
    if "previousProof" in proof:
        raise ProofUnsupported("proof chains are not checked", pointer="/previousProof")
    if proof.get("proofPurpose") != PURPOSE:
        raise ProofError(f"the purpose of a credential's proof is {PURPOSE}", pointer="/proofPurpose")
    method = proof.get("verificationMethod")
    if not isinstance(method, str) or not _URI.fullmatch(method):
        raise ProofError("is not an absolute URI", pointer="/verificationMethod")
    value = proof.get("proofValue")
    if not isinstance(value, str):
        raise ProofError("is missing or not text", pointer="/proofValue")
    return Proof(
        cryptosuite=suite,
        verification_method=method,
        proof_value=value,
        created=_instant(proof, "created"),
        expires=_instant(proof, "expires"),
    )


class Secured:
    """A document with its proofs; what they all sign is canonicalised once for all of them.

    Args:
        document: With its proofs; not to be changed meanwhile.
        budget: How much work each canonicalisation of the document may cost.
        allowance: What all canonicalisations of this verification may cost together.
    """

    def __init__(
        self, document: dict[str, Any], *, budget: Budget = DEFAULT, allowance: Allowance | None = None
    ) -> None:
        self._document = document
        self._unsecured = Canonicals(_unsecured(document), budget, allowance)
        self._urls = context_urls(self._unsecured.document)

    def verify(self, proof: dict[str, Any], key: PublicKey) -> Verified:
        """Verify one proof.

        The newest body of each context is tried first; where that fails, the older ones, for a signature is over
        the terms that were published when it was made.

        Args:
            proof: One of the document's, as it stands there.
            key: The key that ``verificationMethod`` names, found and authorised by the caller.

        Raises:
            ProofError: Malformed, or not a signature of this document by this key.
            ProofUnsupported: As ``read``.
            ContextUnknown, NotCanonicalisable, BudgetExceeded: As ``canonical.canonical_nquads``.
        """
        read_proof = read(proof)
        suite = SUITES[read_proof.cryptosuite]
        failure: ProofError | NotCanonicalisable | None = None
        for choice in choices(self._urls):
            try:
                hashed = suite.hash_data(self._unsecured, _options(proof), choice)
                suite.verify(key, hashed.data, read_proof.proof_value)
            except (ProofError, NotCanonicalisable) as error:
                failure = failure or error
            else:
                contexts = {url: choice.body(url).name for url in self._urls}
                return Verified(contexts, _findings(self._document, proof, hashed))
        raise failure or ProofError("there is nothing to verify")


def proof_options(
    *,
    cryptosuite: str,
    verification_method: str,
    created: dt.datetime,
    expires: dt.datetime | None = None,
) -> dict[str, Any]:
    """Return a proof that lacks nothing but its value; times are written in UTC, to the second."""
    times = {"created": created, "expires": expires}
    return {
        "type": _TYPE,
        "cryptosuite": cryptosuite,
        **{name: _stamp(time) for name, time in times.items() if time is not None},
        "verificationMethod": verification_method,
        "proofPurpose": PURPOSE,
    }


def hash_data(
    document: dict[str, Any],
    proof: dict[str, Any],
    contexts: ContextChoice = NEWEST,
    *,
    budget: Budget = DEFAULT,
) -> bytes:
    """Return the bytes to sign for a document; for eddsa-rdfc-2022 64 bytes.

    Args:
        document: To be secured; proofs that it has already are not covered.
        proof: As ``proof_options`` makes it.
        contexts: The body behind each context URL.
        budget: How much work canonicalising the document may cost.

    Raises:
        NotCanonicalisable: Also when the signature would leave any part of the document or proof uncovered.
        ContextUnknown, BudgetExceeded: As ``canonical.canonical_nquads``.
    """
    unsecured = Canonicals(_unsecured(document), budget)
    hashed = SUITES[proof["cryptosuite"]].hash_data(unsecured, _options(proof), contexts)
    if findings := _findings(document, proof, hashed):
        raise NotCanonicalisable(*findings)
    return hashed.data


def attach(document: dict[str, Any], proof: dict[str, Any], signature: bytes) -> dict[str, Any]:
    """Return the document with the finished proof behind those it has; ``proof`` is always an array."""
    value = SUITES[proof["cryptosuite"]].proof_value(signature)
    return {**document, "proof": [*proofs(document), {**proof, "proofValue": value}]}


def proofs(document: Mapping[str, Any]) -> list[Any]:
    """Return the proofs of a document, none, one or many."""
    found = document.get("proof", [])
    return found if isinstance(found, list) else [found]


def _unsecured(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != "proof"}


def _options(proof: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in proof.items() if name != "proofValue"}


def _findings(document: Mapping[str, Any], proof: Mapping[str, Any], hashed: Hashed) -> tuple[Finding, ...]:
    """Put both lists together, with pointers from the top of the secured document."""
    pointer = "/proof"
    if isinstance(document.get("proof"), list) and proof in document["proof"]:
        pointer += f"/{document['proof'].index(proof)}"
    found = [*hashed.document_findings]
    if "@context" in proof:
        found.append(Finding(Kind.NESTED_CONTEXT, f"{pointer}/@context", "the document's contexts are used"))
    # Under the document's contexts, whose order the document's own findings judge.
    return (
        *found,
        *(
            Finding(finding.kind, pointer + finding.pointer, finding.detail)
            for finding in hashed.proof_findings
            if finding.pointer != "/@context"
        ),
    )


def _instant(proof: Mapping[str, Any], name: str) -> dt.datetime | None:
    if name not in proof:
        return None
    if (read_time := instant(proof[name])) is None:
        raise ProofError("is not a date-time with a zone", pointer=f"/{name}")
    return read_time


def _stamp(time: dt.datetime) -> str:
    return time.astimezone(dt.UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
