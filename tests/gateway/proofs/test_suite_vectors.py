"""The W3C's test vectors of every cryptosuite, step by step: canonical forms, hashes, signatures."""

import hashlib
import json
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from gateway.proofs import multikey
from gateway.proofs.canonical import Canonicals
from gateway.proofs.contexts import NEWEST, ContextBody, ContextChoice
from gateway.proofs.cryptosuite import Hashed
from gateway.proofs.data_integrity import SUITES, Secured, read
from gateway.proofs.errors import ContextUnknown
from gateway.proofs.jcs_hashing import jcs_hashed
from gateway.proofs.raw_signatures import verify_ecdsa, verify_ed25519
from gateway.proofs.rdf_hashing import proof_configuration, rdf_hashed
from gateway.proofs.rdfc import HashName
from tests.corpora import corpus

EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
EDDSA = "ob/vectors/w3c-vc-di-eddsa"
ECDSA = "sec/vc-di-ecdsa/TestVectors"


class Vector(msgspec.Struct, frozen=True, kw_only=True):
    """One folder of steps; its files end in ``suffix``, and ``keys`` holds the key they were signed with."""

    suite: str
    folder: str
    suffix: str
    keys: str
    hash_name: HashName = "sha256"

    def text(self, name: str) -> str:
        return (corpus(self.folder) / f"{name}{self.suffix}.txt").read_text()

    def hexadecimal(self, name: str) -> bytes:
        return bytes.fromhex(self.text(name).strip())

    def signed(self) -> tuple[dict[str, Any], dict[str, Any]]:
        document = json.loads((corpus(self.folder) / f"signed{self.suffix}.json").read_text())
        return document, document.pop("proof")

    def secret(self) -> bytes:
        folder, _, name = self.keys.rpartition("/")
        pair = json.loads((corpus(folder) / name).read_text())
        return multikey.decode_base58btc(pair.get("privateKeyMultibase") or pair["secretKeyMultibase"])[2:]


VECTORS = {
    "eddsa-rdfc-2022": Vector(
        suite="eddsa-rdfc-2022", folder=f"{EDDSA}/eddsa-rdfc-2022", suffix="DataInt", keys=f"{EDDSA}/keyPair.json"
    ),
    "eddsa-jcs-2022": Vector(
        suite="eddsa-jcs-2022", folder=f"{EDDSA}/eddsa-jcs-2022", suffix="JCS", keys=f"{EDDSA}/keyPair.json"
    ),
    "Ed25519Signature2020": Vector(
        suite="Ed25519Signature2020",
        folder=f"{EDDSA}/Ed25519Signature2020",
        suffix="EdSig",
        keys=f"{EDDSA}/keyPair.json",
    ),
    "ecdsa-rdfc-2019 P-256": Vector(
        suite="ecdsa-rdfc-2019",
        folder=f"{ECDSA}/ecdsa-rdfc-2019-p256",
        suffix="ECDSAP256",
        keys=f"{ECDSA}/p256KeyPair.json",
    ),
    "ecdsa-rdfc-2019 P-384": Vector(
        suite="ecdsa-rdfc-2019",
        folder=f"{ECDSA}/ecdsa-rdfc-2019-p384",
        suffix="ECDSAP384",
        keys=f"{ECDSA}/p384KeyPair.json",
        hash_name="sha384",
    ),
    "ecdsa-jcs-2019 P-256": Vector(
        suite="ecdsa-jcs-2019",
        folder=f"{ECDSA}/ecdsa-jcs-2019-p256",
        suffix="JCSECDSAP256",
        keys=f"{ECDSA}/p256KeyPair.json",
    ),
    "ecdsa-jcs-2019 P-384": Vector(
        suite="ecdsa-jcs-2019",
        folder=f"{ECDSA}/ecdsa-jcs-2019-p384",
        suffix="JCSECDSAP384",
        keys=f"{ECDSA}/p384KeyPair.json",
        hash_name="sha384",
    ),
}
RDF = {name: vector for name, vector in VECTORS.items() if "jcs" not in name}
ED25519 = {name: vector for name, vector in VECTORS.items() if name.lower().startswith("ed")}
ELLIPTIC = {name: vector for name, vector in VECTORS.items() if name not in ED25519}
# Made under contexts that are not pinned here.
OTHERS = {
    "eddsa-rdfc-2022": Vector(
        suite="eddsa-rdfc-2022", folder=f"{EDDSA}/eddsa-rdfc-2022/employ", suffix="DataInt", keys=""
    ),
    "ecdsa-rdfc-2019 P-256": Vector(
        suite="ecdsa-rdfc-2019", folder=f"{ECDSA}/ecdsa-rdfc-2019-p256/employ", suffix="ECDSAP256", keys=""
    ),
    "ecdsa-rdfc-2019 P-384": Vector(
        suite="ecdsa-rdfc-2019",
        folder=f"{ECDSA}/ecdsa-rdfc-2019-p384/employ",
        suffix="ECDSAP384",
        keys="",
        hash_name="sha384",
    ),
}


def _choice() -> ContextChoice:
    """The pinned contexts, and the one of the W3C's examples."""
    examples = json.loads((corpus("ob/contexts") / "w3c/credentials-examples-v2.jsonld").read_text())
    return ContextChoice({**NEWEST.bodies, EXAMPLES: ContextBody("examples-v2", "", examples)})


def _hashed(vector: Vector) -> Hashed:
    document, proof = vector.signed()
    hashed = jcs_hashed if "jcs" in vector.suite else rdf_hashed
    return hashed(Canonicals(document), proof, _choice(), vector.hash_name)


@pytest.mark.parametrize("vector", RDF.values(), ids=RDF)
def test_document_and_proof_have_the_canonical_forms_of_the_vector(vector: Vector) -> None:
    document, proof = vector.signed()
    canonicals = Canonicals(document)

    body = canonicals(_choice(), vector.hash_name)
    config = proof_configuration(canonicals, proof, _choice(), vector.hash_name)

    assert body.nquads.decode() == vector.text("canonDoc")
    assert config.nquads.decode() == vector.text("proofCanon")


@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)
def test_the_hashes_are_those_of_the_vector(vector: Vector) -> None:
    hashed = _hashed(vector)

    proof_hash, document_hash = vector.hexadecimal("proofHash"), vector.hexadecimal("docHash")
    assert hashed.data == proof_hash + document_hash == vector.hexadecimal("combinedHash")
    # Equal hashes, so equal forms; that of JSON ends without a line feed, whatever the file does.
    assert proof_hash == hashlib.new(vector.hash_name, vector.text("proofCanon").encode()).digest()
    assert document_hash == hashlib.new(vector.hash_name, vector.text("canonDoc").encode()).digest()


@pytest.mark.parametrize("vector", ED25519.values(), ids=ED25519)
def test_the_signature_of_ed25519_is_that_of_the_vector(vector: Vector) -> None:
    signature = Ed25519PrivateKey.from_private_bytes(vector.secret()).sign(_hashed(vector).data)

    assert signature == vector.hexadecimal("sigHex")
    assert multikey.base58btc(signature) == vector.text("sigBTC58").strip() == vector.signed()[1]["proofValue"]


@pytest.mark.parametrize("vector", ELLIPTIC.values(), ids=ELLIPTIC)
def test_the_signature_of_ecdsa_made_without_chance_is_that_of_the_vector(vector: Vector) -> None:
    key = multikey.from_did(vector.signed()[1]["verificationMethod"])
    assert isinstance(key, ec.EllipticCurvePublicKey)
    secret = ec.derive_private_key(int.from_bytes(vector.secret()), key.curve)
    digest = hashes.SHA256() if vector.hash_name == "sha256" else hashes.SHA384()

    der = secret.sign(_hashed(vector).data, ec.ECDSA(digest, deterministic_signing=True))

    size = key.key_size // 8
    signature = b"".join(number.to_bytes(size) for number in decode_dss_signature(der))
    assert secret.public_key() == key
    assert signature == vector.hexadecimal("sigHex")
    assert multikey.base58btc(signature) == vector.text("sigBTC58").strip() == vector.signed()[1]["proofValue"]


@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)
def test_the_vector_verifies_and_leaves_nothing_open(vector: Vector) -> None:
    document, proof = vector.signed()
    key = multikey.from_did(proof["verificationMethod"])

    covered = SUITES[vector.suite].verify(Canonicals(document), proof, key, _choice())

    assert covered.document_findings == covered.proof_findings == ()
    assert (covered.path is None) == ("jcs" in vector.suite)


@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)
def test_a_vector_is_not_understood_as_long_as_its_context_is_not_pinned(vector: Vector) -> None:
    document, proof = vector.signed()

    with pytest.raises(ContextUnknown):
        Secured({**document, "proof": proof}).verify(proof, multikey.from_did(proof["verificationMethod"]))


@pytest.mark.parametrize("vector", OTHERS.values(), ids=OTHERS)
def test_a_vector_with_contexts_of_others_is_right_from_its_canonical_form_on(vector: Vector) -> None:
    _, proof = vector.signed()
    members = read(proof)
    forms = (vector.text("proofCanon"), vector.text("canonDoc"))
    data = b"".join(hashlib.new(vector.hash_name, form.encode()).digest() for form in forms)
    verify = verify_ed25519 if vector.suite.startswith("eddsa") else verify_ecdsa

    verify(multikey.from_did(members.verification_method), data, members.proof_value)

    assert data == vector.hexadecimal("combinedHash")
