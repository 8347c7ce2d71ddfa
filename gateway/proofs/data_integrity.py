"""Embedded proofs: their form, what they sign, and whether they are right, whatever the cryptosuite.

Says nothing about whose key it is and whether a proof has expired: that is trust's affair.

Source: W3C Verifiable Credential Data Integrity 1.0 sections 2.1 and 4.2 to 4.5.
"""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from gateway.proofs.budget import DEFAULT, Allowance, Budget
from gateway.proofs.canonical import Canonicals, Path
from gateway.proofs.contexts import NEWEST, ContextChoice, choices
from gateway.proofs.cryptosuite import DATA_INTEGRITY_PROOF, Covered, Cryptosuite, SigningSuite
from gateway.proofs.ecdsa_jcs_2019 import EcdsaJcs2019
from gateway.proofs.ecdsa_rdfc_2019 import EcdsaRdfc2019
from gateway.proofs.ecdsa_sd_2023 import EcdsaSd2023
from gateway.proofs.ed25519_signature_2020 import Ed25519Signature2020
from gateway.proofs.eddsa_2022 import Eddsa2022
from gateway.proofs.eddsa_jcs_2022 import EddsaJcs2022
from gateway.proofs.eddsa_rdfc_2022 import EddsaRdfc2022
from gateway.proofs.errors import NotCanonicalisable, ProofError, ProofUnsupported
from gateway.proofs.findings import Finding
from gateway.proofs.keyscan import context_urls
from gateway.proofs.proof_chains import named, previous
from gateway.proofs.signatures import PublicKey
from gateway.proofs.timestamps import instant

_SIGNING: tuple[SigningSuite, ...] = (EddsaRdfc2022(),)
_VERIFYING: tuple[Cryptosuite, ...] = (
    EddsaJcs2022(),
    EcdsaRdfc2019(),
    EcdsaJcs2019(),
    EcdsaSd2023(),
)
_LEGACY: tuple[Cryptosuite, ...] = (Eddsa2022(), Ed25519Signature2020())

SIGNING: Mapping[str, SigningSuite] = {suite.name: suite for suite in _SIGNING}
"""Every cryptosuite that is signed with, by its name in proofs."""

SUITES: Mapping[str, Cryptosuite] = {suite.name: suite for suite in (*_SIGNING, *_VERIFYING, *_LEGACY)}
"""Every cryptosuite that is checked, by its name in proofs."""

LEGACY = frozenset(suite.name for suite in _LEGACY)
"""Names of those that others have replaced: sound, but nothing new should be secured with them."""

PURPOSE: Final = "assertionMethod"
"""What a credential's proof is for."""

AUTHENTICATION: Final = "authentication"
"""What the proof of a presentation is for: who made it shows that a key is theirs."""

_URI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20\x7f<>\"{}|\\^`]+")


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """The members of a proof whose form was checked.

    Attributes:
        cryptosuite: Its name in ``SUITES``.
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
        path: How RDF was made of it; None where none was made.
    """

    contexts: dict[str, str]
    findings: tuple[Finding, ...]
    path: Path | None = None


def read(proof: Mapping[str, Any], purpose: str = PURPOSE) -> Proof:
    """Check the form of a proof that is for ``purpose``.

    Raises:
        ProofUnsupported: Another type or cryptosuite.
        ProofError: A member is missing or malformed, or the purpose is another.
    """
    suite = _suite(proof)
    if "id" in proof and not _is_uri(proof["id"]):
        raise ProofError("is not an absolute URI", pointer="/id")
    named(proof)
    if proof.get("proofPurpose") != purpose:
        of = "presentation" if purpose == AUTHENTICATION else "credential"
        raise ProofError(f"the purpose of a {of}'s proof is {purpose}", pointer="/proofPurpose")
    method = proof.get("verificationMethod")
    if not isinstance(method, str) or not _is_uri(method):
        raise ProofError("is not an absolute URI", pointer="/verificationMethod")
    value = proof.get("proofValue")
    if not isinstance(value, str):
        raise ProofError("is missing or not text", pointer="/proofValue")
    return Proof(
        cryptosuite=suite.name,
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
        purpose: What its proofs must be for.
    """

    def __init__(
        self,
        document: dict[str, Any],
        *,
        budget: Budget = DEFAULT,
        allowance: Allowance | None = None,
        purpose: str = PURPOSE,
    ) -> None:
        self.purpose = purpose
        self._document = document
        self._proofs = proofs(document)
        self._budget = budget
        self._allowance = allowance or Allowance()
        self._inputs: dict[tuple[int, ...], Canonicals] = {}

    def before(self, proof: dict[str, Any]) -> tuple[dict[str, Any], ...]:
        """Return the proofs that this one follows in a chain; they are signed with the document.

        Raises:
            ProofError: As ``proof_chains.previous``.
        """
        return tuple(self._proofs[place] for place in previous(self._proofs, proof))

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
        read(proof, self.purpose)
        suite = _suite(proof)
        before = previous(self._proofs, proof)
        secured = self._input(before)
        urls = context_urls(secured.document)
        failure: ProofError | NotCanonicalisable | None = None
        for choice in choices(urls):
            try:
                covered = suite.verify(secured, proof, key, choice)
            except (ProofError, NotCanonicalisable) as error:
                failure = failure or error
            else:
                contexts = {url: choice.body(url).name for url in urls}
                return Verified(contexts, _findings(self._document, proof, covered, before), covered.path)
        raise failure or ProofError("there is nothing to verify")

    def _input(self, before: tuple[int, ...]) -> Canonicals:
        """What a proof signs: the document without proofs, but for those that come before it (section 4.5 step 4.2)."""
        if before not in self._inputs:
            document = _unsecured(self._document)
            if before:
                document["proof"] = [self._proofs[place] for place in before]
            self._inputs[before] = Canonicals(document, self._budget, self._allowance)
        return self._inputs[before]


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
        "type": DATA_INTEGRITY_PROOF,
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
        proof: As ``proof_options`` makes it, of a suite in ``SIGNING``.
        contexts: The body behind each context URL.
        budget: How much work canonicalising the document may cost.

    Raises:
        NotCanonicalisable: Also when the signature would leave any part of the document or proof uncovered.
        ContextUnknown, BudgetExceeded: As ``canonical.canonical_nquads``.
    """
    unsecured = Canonicals(_unsecured(document), budget)
    hashed = SIGNING[proof["cryptosuite"]].hash_data(unsecured, proof, contexts)
    if findings := _findings(document, proof, hashed.covered):
        raise NotCanonicalisable(*findings)
    return hashed.data


def attach(document: dict[str, Any], proof: dict[str, Any], signature: bytes) -> dict[str, Any]:
    """Return the document with the finished proof behind those it has; ``proof`` is always an array."""
    value = SIGNING[proof["cryptosuite"]].proof_value(signature)
    return {**document, "proof": [*proofs(document), {**proof, "proofValue": value}]}


def proofs(document: Mapping[str, Any]) -> list[Any]:
    """Return the proofs of a document, none, one or many."""
    found = document.get("proof", [])
    return found if isinstance(found, list) else [found]


def _unsecured(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != "proof"}


def _suite(proof: Mapping[str, Any]) -> Cryptosuite:
    """Return the suite of a proof: ``cryptosuite`` names it, or the type, for those that have one of their own."""
    kind = proof.get("type")
    if kind == DATA_INTEGRITY_PROOF:
        if not isinstance(name := proof.get("cryptosuite"), str):
            raise ProofError("names no cryptosuite", pointer="/cryptosuite")
        if (suite := SUITES.get(name)) is None or suite.proof_type != kind:
            raise ProofUnsupported(f"the cryptosuite {name!r} is not checked", pointer="/cryptosuite")
        return suite
    if not isinstance(kind, str) or (suite := SUITES.get(kind)) is None or suite.proof_type != kind:
        raise ProofUnsupported(f"proofs of type {kind!r} are not checked", pointer="/type")
    return suite


def _findings(
    document: Mapping[str, Any], proof: Mapping[str, Any], covered: Covered, before: tuple[int, ...] = ()
) -> tuple[Finding, ...]:
    """Put both lists together, with pointers from the top of the secured document."""
    pointer = "/proof"
    if isinstance(document.get("proof"), list) and proof in document["proof"]:
        pointer += f"/{document['proof'].index(proof)}"
    return (
        *(
            Finding(found.kind, _in_document(found.pointer, before), found.detail)
            for found in covered.document_findings
        ),
        *(Finding(found.kind, pointer + found.pointer, found.detail) for found in covered.proof_findings),
    )


def _in_document(pointer: str, before: tuple[int, ...]) -> str:
    """Turn a place among the earlier proofs into the same one among all."""
    match pointer.split("/", 3):
        case ["", "proof", place, *rest] if before:
            return "/".join(["", "proof", str(before[int(place)]), *rest])
    return pointer


def _is_uri(value: object) -> bool:
    return isinstance(value, str) and _URI.fullmatch(value) is not None


def _instant(proof: Mapping[str, Any], name: str) -> dt.datetime | None:
    if name not in proof:
        return None
    if (read_time := instant(proof[name])) is None:
        raise ProofError("is not a date-time with a zone", pointer=f"/{name}")
    return read_time


def _stamp(time: dt.datetime) -> str:
    return time.astimezone(dt.UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
