"""The cryptosuite ecdsa-sd-2023: every statement is signed by itself, so that a holder may leave some out.

The issuer's key signs the statements that must stay and a P-256 key made for this one proof; that key signs each
other statement. What is there was said by the issuer. What is not there proves nothing, and that holds for base proofs
as well: nothing says how many statements there were, so one can be taken away together with its signature.

Source: W3C Data Integrity ECDSA Cryptosuites v1.0 sections 3.5 and 3.6.
"""

import hashlib
from typing import Any, Final

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec

from gateway.proofs import multikey, sd_proof_value, selective_disclosure
from gateway.proofs.canonical import Canonicals
from gateway.proofs.contexts import ContextChoice
from gateway.proofs.cryptosuite import DATA_INTEGRITY_PROOF, Covered
from gateway.proofs.errors import BudgetExceeded, KeyUnusable, ProofError
from gateway.proofs.findings import Finding, Kind
from gateway.proofs.rdf_hashing import proof_configuration, proof_findings
from gateway.proofs.sd_proof_value import BaseProofValue, DerivedProofValue
from gateway.proofs.signatures import PublicKey, verify_signature

MAX_SIGNATURES: Final = 1_000
"""Of one proof; the most complete Open Badges 3.0 example has 363 statements."""

# What checking a signature costs, in steps of RDFC-1.0.
_STEPS_A_SIGNATURE: Final = 10

WITHHELD: Final = Finding(
    Kind.WITHHELD,
    "",
    "selectively disclosed: whatever else the issuer said, an end of validity or a status too, may have been left out",
)


class Statements(msgspec.Struct, frozen=True):
    """The statements of a document, as they were signed.

    Attributes:
        mandatory: Canonical N-Quads that the holder had to keep, in order, each ended by LF.
        others: All others, likewise.
    """

    mandatory: tuple[str, ...]
    others: tuple[str, ...]


class EcdsaSd2023:
    """Implements ``cryptosuite.Cryptosuite``."""

    name: Final = "ecdsa-sd-2023"
    proof_type: Final = DATA_INTEGRITY_PROOF

    def verify(self, document: Canonicals, proof: dict[str, Any], key: PublicKey, contexts: ContextChoice) -> Covered:
        """Verify the base signature and that of each statement (3.6.7); a base proof by what it was made of (3.6.2)."""
        value = sd_proof_value.parse(proof["proofValue"])
        if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
            raise ProofError("ecdsa-sd-2023 is signed with a P-256 key", pointer="/verificationMethod")
        if len(value.signatures) > MAX_SIGNATURES:
            raise BudgetExceeded(f"more than {MAX_SIGNATURES} signatures in one proof")
        config = proof_configuration(document, proof, contexts)
        body = document(contexts, "sha256")
        found = (
            _of_base(value, document, contexts)
            if isinstance(value, BaseProofValue)
            else _of_derived(value, body.nquads)
        )
        if len(found.others) != len(value.signatures):
            raise ProofError(
                f"{len(found.others)} statements are not mandatory, {len(value.signatures)} are signed",
                pointer="/proofValue",
            )
        verify_signature(key, "ES256", sign_data(config.nquads, value.public_key, found), value.base_signature)
        document.allowance.spend(steps=_STEPS_A_SIGNATURE * len(found.others))
        _verify_each(found.others, value)
        general = "general" in (config.path, body.path)
        return Covered((*body.findings, WITHHELD), proof_findings(proof, config), "general" if general else "compiled")


def sign_data(proof_configuration: bytes, public_key: bytes, found: Statements) -> bytes:
    """Return what the issuer's key signs: hash of the configuration, proof's key, hash of what is mandatory (3.5.1)."""
    mandatory = "".join(found.mandatory).encode()
    return hashlib.sha256(proof_configuration).digest() + public_key + hashlib.sha256(mandatory).digest()


def _of_base(value: BaseProofValue, document: Canonicals, contexts: ContextChoice) -> Statements:
    """Group as the issuer did, by the mandatory pointers (canonicalizeAndGroup)."""
    nquads = document(contexts, "sha256").nquads
    labels = selective_disclosure.hmac_labels(value.hmac_key, selective_disclosure.blank_nodes(nquads))
    lines = selective_disclosure.statements(nquads, labels)
    mandatory = selective_disclosure.selected(document, contexts, value.mandatory_pointers, value.hmac_key)
    return Statements(
        tuple(line for line in lines if line in mandatory), tuple(line for line in lines if line not in mandatory)
    )


def _of_derived(value: DerivedProofValue, nquads: bytes) -> Statements:
    """Group by the indexes (createVerifyData)."""
    lines = selective_disclosure.statements(nquads, value.labels)
    mandatory = set(value.mandatory_indexes)
    if mandatory and value.mandatory_indexes[-1] >= len(lines):
        raise ProofError("a mandatory index is that of no statement", pointer="/proofValue")
    return Statements(
        tuple(line for index, line in enumerate(lines) if index in mandatory),
        tuple(line for index, line in enumerate(lines) if index not in mandatory),
    )


def _verify_each(lines: tuple[str, ...], value: BaseProofValue | DerivedProofValue) -> None:
    try:
        key = multikey.decode(multikey.base58btc(value.public_key))
    except KeyUnusable as error:
        raise ProofError(f"the key of the statements: {error.reason}", pointer="/proofValue") from error
    for line, signature in zip(lines, value.signatures, strict=True):
        verify_signature(key, "ES256", line.encode(), signature)
