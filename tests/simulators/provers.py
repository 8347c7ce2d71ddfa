"""Provers: one for every cryptosuite and curve that is checked, each with a did:key of its own."""

import datetime as dt
from typing import Any  # Any: members of JSON documents

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from gateway.proofs import data_integrity, multikey
from gateway.proofs.canonical import Canonicals
from gateway.proofs.contexts import NEWEST
from gateway.proofs.jcs_hashing import jcs_hashed
from gateway.proofs.rdf_hashing import rdf_hashed
from gateway.proofs.rdfc import HashName
from tests.simulators.clock import NOON

SIGNED = NOON - dt.timedelta(days=30)
_SUITE_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"


class Prover(msgspec.Struct, frozen=True):
    """Whoever signs with one suite.

    Attributes:
        suite: Its name in ``data_integrity.SUITES``.
        key: Ed25519, P-256 or P-384.
    """

    suite: str
    key: Ed25519PrivateKey | ec.EllipticCurvePrivateKey

    @property
    def key_bits(self) -> int:
        """Of the curve."""
        return 255 if isinstance(self.key, Ed25519PrivateKey) else self.key.key_size

    @property
    def did(self) -> str:
        """The key as a did:key."""
        return multikey.did_key(self.key.public_key())

    @property
    def method(self) -> str:
        """How proofs name the key."""
        return f"{self.did}#{self.did.removeprefix('did:key:')}"

    def contexts(self, document: dict[str, Any]) -> dict[str, Any]:
        """The document with the context that the suite wants in it."""
        own = [_SUITE_2020] if self.suite == "Ed25519Signature2020" else []
        return {**document, "@context": [*document["@context"], *own]}

    def options(self, document: dict[str, Any], **members: object) -> dict[str, Any]:
        """A proof without its value; members that are None are left out."""
        options = data_integrity.proof_options(
            cryptosuite=self.suite, verification_method=self.method, created=SIGNED
        ) | dict(members)
        if self.suite == "Ed25519Signature2020":
            options |= {"type": self.suite, "cryptosuite": None}
        if "jcs" in self.suite:
            options = {"@context": [*document["@context"]], **options}
        return {name: value for name, value in options.items() if value is not None}

    def data(self, document: dict[str, Any], options: dict[str, Any]) -> bytes:
        """What is signed: both hashes."""
        unsecured = {name: value for name, value in document.items() if name != "proof"}
        previous = options.get("previousProof", [])
        if ids := [previous] if isinstance(previous, str) else previous:
            by_id = {proof.get("id"): proof for proof in data_integrity.proofs(document)}
            unsecured["proof"] = [by_id[id] for id in ids]
        hash_name: HashName = "sha384" if self.key_bits == 384 else "sha256"
        hashed = jcs_hashed if "jcs" in self.suite else rdf_hashed
        return hashed(Canonicals(unsecured), options, NEWEST, hash_name).data

    def signature(self, data: bytes) -> bytes:
        """Raw, as proofs hold it."""
        if isinstance(self.key, Ed25519PrivateKey):
            return self.key.sign(data)
        digest = hashes.SHA256() if self.key.key_size == 256 else hashes.SHA384()
        der = self.key.sign(data, ec.ECDSA(digest, deterministic_signing=True))
        return b"".join(number.to_bytes(self.key.key_size // 8) for number in decode_dss_signature(der))

    def proved(self, document: dict[str, Any], **members: object) -> dict[str, Any]:
        """The document with a proof of this suite behind those that it has."""
        options = self.options(document, **members)
        value = multikey.base58btc(self.signature(self.data(document, options)))
        return {**document, "proof": [*data_integrity.proofs(document), {**options, "proofValue": value}]}


_ED25519 = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
_P256 = ec.derive_private_key(2**200 + 1, ec.SECP256R1())
_P384 = ec.derive_private_key(2**300 + 1, ec.SECP384R1())

PROVERS = {
    "eddsa-rdfc-2022": Prover("eddsa-rdfc-2022", _ED25519),
    "eddsa-jcs-2022": Prover("eddsa-jcs-2022", _ED25519),
    "eddsa-2022": Prover("eddsa-2022", _ED25519),
    "Ed25519Signature2020": Prover("Ed25519Signature2020", _ED25519),
    "ecdsa-rdfc-2019 P-256": Prover("ecdsa-rdfc-2019", _P256),
    "ecdsa-rdfc-2019 P-384": Prover("ecdsa-rdfc-2019", _P384),
    "ecdsa-jcs-2019 P-256": Prover("ecdsa-jcs-2019", _P256),
    "ecdsa-jcs-2019 P-384": Prover("ecdsa-jcs-2019", _P384),
}
RDF = {name: prover for name, prover in PROVERS.items() if "jcs" not in prover.suite}
JCS = {name: prover for name, prover in PROVERS.items() if "jcs" in prover.suite}
