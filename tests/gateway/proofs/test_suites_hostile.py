"""Every suite against every way of being nearly right: nothing passes but what was signed, as it was signed."""

import copy
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any  # Any: members of JSON documents

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from gateway.errors import GatewayError
from gateway.proofs.data_integrity import Secured
from gateway.proofs.errors import ContextUnknown, KeyUnusable, NotCanonicalisable, ProofError, ProofUnsupported
from gateway.proofs.findings import Kind
from gateway.proofs.multikey import base58btc, decode_base58btc
from gateway.proofs.signatures import PublicKey
from tests.gateway.proofs.credentials import OB3, V2, credential
from tests.simulators.provers import JCS, PROVERS, RDF, Prover

SIGNED = {
    name: prover.proved(prover.contexts(credential(prover.did)), id="urn:uuid:5d6b5b52-4d1c-4ab0-9c4e-0e4d2f3a7c01")
    for name, prover in PROVERS.items()
}
ED25519 = [name for name in PROVERS if name.lower().startswith("ed")]
ELLIPTIC = [name for name in PROVERS if name not in ED25519]
ORDER_OF_ED25519 = 2**252 + 27742317777372353535851937790883648493
ORDERS = {
    256: 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    384: 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
}

Change = Callable[[dict[str, Any], dict[str, Any]], object]
each_suite = pytest.mark.parametrize("name", PROVERS)


def _verified(name: str, document: dict[str, Any], key: PublicKey | None = None) -> list[tuple[Kind, str]]:
    verified = Secured(document).verify(document["proof"][0], key or PROVERS[name].key.public_key())
    return [(finding.kind, finding.pointer) for finding in verified.findings]


def _changed(name: str, change: Change) -> dict[str, Any]:
    document = copy.deepcopy(SIGNED[name])
    change(document, document["proof"][0])
    return document


@each_suite
def test_what_was_signed_verifies_and_leaves_nothing_open(name: str) -> None:
    assert _verified(name, SIGNED[name]) == []


CHANGES: dict[str, Change] = {
    "a name": lambda d, _: d["issuer"].update(name="Another"),
    "a date": lambda d, _: d.update(validFrom="2020-01-01T00:00:00Z"),
    "a type less": lambda d, _: d["type"].pop(),
    "a member more": lambda d, _: d.update(name="Weaving"),
    "a member less": lambda d, _: d["issuer"].pop("name"),
    "no contexts": lambda d, _: d.pop("@context"),
    "the first context alone": lambda d, _: d.update({"@context": V2}),
    "when the proof was made": lambda _, p: p.update(created="2025-11-30T12:00:00Z"),
    "that it does not say when": lambda _, p: p.pop("created"),
    "the key that it names": lambda _, p: p.update(verificationMethod="did:web:other.example#1"),
    "the id of the proof": lambda _, p: p.update(id="urn:uuid:5d6b5b52-4d1c-4ab0-9c4e-0e4d2f3a7c02"),
    "a domain": lambda _, p: p.update(domain="issuer.example"),
    "a challenge": lambda _, p: p.update(challenge="1"),
    "a proof before it that is not there": lambda _, p: p.update(previousProof="urn:uuid:1"),
    "itself before it": lambda _, p: p.update(previousProof=p["id"]),
    "a created that is no time": lambda _, p: p.update(created="yesterday"),
    "a created without a zone": lambda _, p: p.update(created="2025-12-02T12:00:00"),
    "a created that is a number": lambda _, p: p.update(created=1764676800),
    "an expiry that is null": lambda _, p: p.update(expires=None),
    "another purpose": lambda _, p: p.update(proofPurpose="authentication"),
    "two purposes": lambda _, p: p.update(proofPurpose=["assertionMethod", "authentication"]),
    "no purpose": lambda _, p: p.pop("proofPurpose"),
    "no key named": lambda _, p: p.pop("verificationMethod"),
    "a key named relatively": lambda _, p: p.update(verificationMethod="#key-1"),
    "a key embedded": lambda _, p: p.update(verificationMethod={"id": p["verificationMethod"]}),
    "no value": lambda _, p: p.pop("proofValue"),
    "a value that is null": lambda _, p: p.update(proofValue=None),
    "a value in a list": lambda _, p: p.update(proofValue=[p["proofValue"]]),
    "a value in an object": lambda _, p: p.update(proofValue={"@value": p["proofValue"]}),
    "a value under another name": lambda _, p: p.update(signatureValue=p.pop("proofValue")),
}


@each_suite
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_another_document_or_proof_does_not_verify(name: str, change: Change) -> None:
    with pytest.raises((ProofError, NotCanonicalisable)):
        _verified(name, _changed(name, change))


@pytest.mark.parametrize("name", [name for name in PROVERS if name != "Ed25519Signature2020"])
def test_an_end_of_the_proof_added_later_breaks_it(name: str) -> None:
    with pytest.raises(ProofError):
        _verified(name, _changed(name, _with_an_end))


def test_an_end_added_to_the_legacy_type_is_found_for_its_context_knows_none() -> None:
    found = _verified("Ed25519Signature2020", _changed("Ed25519Signature2020", _with_an_end))

    assert found == [(Kind.UNDEFINED_TERM, "/proof/0/expires")]


def _with_an_end(_: dict[str, Any], proof: dict[str, Any]) -> None:
    proof["expires"] = "2030-01-01T00:00:00Z"


SPELLINGS: dict[str, Callable[[bytes], str]] = {
    "nothing": lambda _: "z",
    "no text at all": lambda _: "",
    "cut short": lambda raw: base58btc(raw[:-1]),
    "half of it": lambda raw: base58btc(raw[: len(raw) // 2]),
    "a zero behind it": lambda raw: base58btc(raw + b"\0"),
    "a zero before it": lambda raw: base58btc(b"\0" + raw),
    "twice": lambda raw: base58btc(raw + raw),
    "all zeros": lambda raw: base58btc(bytes(len(raw))),
    "all ones": lambda raw: base58btc(b"\xff" * len(raw)),
    "a bit turned": lambda raw: base58btc(bytes([raw[0] ^ 1]) + raw[1:]),
    "without its header": lambda raw: base58btc(raw)[1:],
    "with another header": lambda raw: "Z" + base58btc(raw)[1:],
    "base64url": lambda raw: "u" + urlsafe_b64encode(raw).rstrip(b"=").decode(),
    "base64url with the header of base58": lambda raw: "z" + urlsafe_b64encode(raw).rstrip(b"=").decode(),
    "hexadecimal": lambda raw: "f" + raw.hex(),
    "a space before it": lambda raw: " " + base58btc(raw),
    "a line feed behind it": lambda raw: base58btc(raw) + "\n",
    "a NUL behind it": lambda raw: base58btc(raw) + "\0",
    "a digit of full width": lambda raw: base58btc(raw)[:-1] + "\uff12",
    "very long": lambda raw: base58btc(raw) * 100,
}


@each_suite
@pytest.mark.parametrize("spelling", SPELLINGS.values(), ids=SPELLINGS)
def test_a_signature_written_otherwise_does_not_verify(name: str, spelling: Callable[[bytes], str]) -> None:
    raw = decode_base58btc(SIGNED[name]["proof"][0]["proofValue"])

    with pytest.raises(ProofError):
        _verified(name, _changed(name, lambda _, proof: proof.update(proofValue=spelling(raw))))


def _ecdsa_forms(r: bytes, s: bytes, order: bytes) -> dict[str, bytes]:
    none = bytes(len(r))
    return {
        "DER": encode_dss_signature(int.from_bytes(r), int.from_bytes(s)),
        "exchanged": s + r,
        "no r": none + s,
        "no s": r + none,
        "r is the order": order + s,
        "s is the order": r + order,
    }


@pytest.mark.parametrize("name", ELLIPTIC)
@pytest.mark.parametrize("form", _ecdsa_forms(b"", b"", b""))
def test_an_ecdsa_signature_of_another_form_does_not_verify(name: str, form: str) -> None:
    raw, bits = decode_base58btc(SIGNED[name]["proof"][0]["proofValue"]), PROVERS[name].key_bits
    size = bits // 8
    other = base58btc(_ecdsa_forms(raw[:size], raw[size:], ORDERS[bits].to_bytes(size))[form])

    with pytest.raises(ProofError):
        _verified(name, _changed(name, lambda _, proof: proof.update(proofValue=other)))


@pytest.mark.parametrize("name", ELLIPTIC)
def test_either_of_the_two_values_of_s_verifies(name: str) -> None:
    raw, bits = decode_base58btc(SIGNED[name]["proof"][0]["proofValue"]), PROVERS[name].key_bits
    size = bits // 8
    other = base58btc(raw[:size] + (ORDERS[bits] - int.from_bytes(raw[size:])).to_bytes(size))

    assert _verified(name, _changed(name, lambda _, proof: proof.update(proofValue=other))) == []


@pytest.mark.parametrize("name", ED25519)
def test_an_ed25519_signature_beyond_its_order_does_not_verify(name: str) -> None:
    raw = decode_base58btc(SIGNED[name]["proof"][0]["proofValue"])
    beyond = (int.from_bytes(raw[32:], "little") + ORDER_OF_ED25519).to_bytes(32, "little")

    with pytest.raises(ProofError):
        _verified(name, _changed(name, lambda _, proof: proof.update(proofValue=base58btc(raw[:32] + beyond))))


OTHER_KEYS: dict[str, PublicKey] = {
    "Ed25519": PROVERS["eddsa-jcs-2022"].key.public_key(),
    "P-256": PROVERS["ecdsa-jcs-2019 P-256"].key.public_key(),
    "P-384": PROVERS["ecdsa-jcs-2019 P-384"].key.public_key(),
    "P-521": ec.derive_private_key(7, ec.SECP521R1()).public_key(),
    "secp256k1": ec.derive_private_key(7, ec.SECP256K1()).public_key(),
    "another P-256": ec.derive_private_key(7, ec.SECP256R1()).public_key(),
    "another P-384": ec.derive_private_key(7, ec.SECP384R1()).public_key(),
    "RSA": rsa.generate_private_key(65537, 2048).public_key(),
}


@each_suite
@pytest.mark.parametrize("key", OTHER_KEYS.values(), ids=OTHER_KEYS)
def test_a_key_of_another_kind_or_owner_does_not_verify(name: str, key: PublicKey) -> None:
    if key == PROVERS[name].key.public_key():
        assert _verified(name, SIGNED[name], key) == []
        return

    with pytest.raises((ProofError, KeyUnusable)):
        _verified(name, SIGNED[name], key)


@pytest.mark.parametrize("name", [name for name in ELLIPTIC if PROVERS[name].key_bits == 384])
def test_p384_does_not_sign_hashes_of_p256(name: str) -> None:
    signer = PROVERS[name]
    weaker = Prover(signer.suite, PROVERS[name.replace("384", "256")].key)
    document = signer.contexts(credential(signer.did))
    options = signer.options(document)
    value = base58btc(signer.signature(weaker.data(document, options)))

    with pytest.raises(ProofError):
        _verified(name, {**document, "proof": [{**options, "proofValue": value}]})


NAMES: dict[str, dict[str, object]] = {
    **{
        suite: {"type": "DataIntegrityProof", "cryptosuite": suite}
        for suite in (
            "eddsa-rdfc-2022",
            "eddsa-jcs-2022",
            "eddsa-2022",
            "ecdsa-rdfc-2019",
            "ecdsa-jcs-2019",
            "bbs-2023",
        )
    },
    "the legacy type": {"type": "Ed25519Signature2020", "cryptosuite": None},
    "a suite as a type": {"type": "eddsa-rdfc-2022", "cryptosuite": None},
    "another case": {"type": "DataIntegrityProof", "cryptosuite": "EdDSA-RDFC-2022"},
    "no suite": {"type": "DataIntegrityProof", "cryptosuite": None},
    "suites in a list": {"type": "DataIntegrityProof", "cryptosuite": ["eddsa-rdfc-2022"]},
    "types in a list": {"type": ["DataIntegrityProof"]},
    "no type": {"type": None},
}


@each_suite
@pytest.mark.parametrize("members", NAMES.values(), ids=NAMES)
def test_a_proof_under_the_name_of_another_suite_does_not_verify(name: str, members: dict[str, object]) -> None:
    proof = {**SIGNED[name]["proof"][0], **members}
    renamed = {member: value for member, value in proof.items() if value is not None}
    if renamed == SIGNED[name]["proof"][0]:
        return

    with pytest.raises((ProofError, ProofUnsupported, NotCanonicalisable)):
        _verified(name, {**SIGNED[name], "proof": [renamed]})


@pytest.mark.parametrize("name", RDF)
def test_what_a_proof_over_rdf_does_not_cover_is_found(name: str) -> None:
    document = _changed(name, lambda _, proof: proof.update({"by": "somebody", "@context": [V2]}))

    assert _verified(name, document) == [
        (Kind.NESTED_CONTEXT, "/proof/0/@context"),
        (Kind.UNDEFINED_TERM, "/proof/0/by"),
    ]


def test_the_legacy_type_without_its_context_means_nothing() -> None:
    document = _changed("Ed25519Signature2020", lambda d, _: d["@context"].pop())

    with pytest.raises(NotCanonicalisable):
        _verified("Ed25519Signature2020", document)


OTHER_CONTEXTS: dict[str, Change] = {
    "in another order": lambda _, p: p.update({"@context": [OB3, V2]}),
    "one less": lambda _, p: p.update({"@context": [V2]}),
    "one more": lambda _, p: p.update({"@context": [V2, OB3, "https://w3id.org/security/data-integrity/v2"]}),
    "as text": lambda _, p: p.update({"@context": V2}),
    "none": lambda _, p: p.update({"@context": []}),
    "null": lambda _, p: p.update({"@context": None}),
    "inline": lambda _, p: p.update({"@context": [{"name": None}]}),
    "left out": lambda _, p: p.pop("@context"),
    "a member of no context": lambda _, p: p.update(by="somebody"),
}


@pytest.mark.parametrize("name", JCS)
@pytest.mark.parametrize("change", OTHER_CONTEXTS.values(), ids=OTHER_CONTEXTS)
def test_a_proof_over_json_with_other_contexts_or_members_does_not_verify(name: str, change: Change) -> None:
    with pytest.raises(ProofError):
        _verified(name, _changed(name, change))


@pytest.mark.parametrize("name", JCS)
def test_a_proof_over_json_need_not_name_its_contexts(name: str) -> None:
    prover = PROVERS[name]

    assert _verified(name, prover.proved(credential(prover.did), **{"@context": None})) == []


@pytest.mark.parametrize("name", JCS)
def test_what_no_context_defines_is_signed_by_a_proof_over_json(name: str) -> None:
    prover = PROVERS[name]

    assert _verified(name, prover.proved({**credential(prover.did), "credits": 30})) == []


@pytest.mark.parametrize("name", JCS)
def test_a_context_behind_those_that_were_signed_is_found(name: str) -> None:
    later = "https://w3id.org/security/data-integrity/v2"

    found = _verified(name, _changed(name, lambda document, _: document["@context"].append(later)))

    assert found == [(Kind.UNSIGNED_CONTEXT, "/@context/2")]


@pytest.mark.parametrize("name", JCS)
@pytest.mark.parametrize(
    ("where", "kind", "pointer"),
    [
        ({"@context": [V2, OB3, {"name": None}]}, Kind.INLINE_CONTEXT, "/@context"),
        (
            {"evidence": [{"type": ["Evidence"], "@context": {"name": None}}]},
            Kind.INLINE_CONTEXT,
            "/evidence/0/@context",
        ),
        ({"@graph": []}, Kind.KEYWORD_KEY, "/@graph"),
        ({"@id": "urn:x"}, Kind.KEYWORD_KEY, "/@id"),
        ({"evidence": [{"type": ["Evidence"], "@reverse": {}}]}, Kind.KEYWORD_KEY, "/evidence/0/@reverse"),
        (
            {"https://www.w3.org/2018/credentials#validUntil": "2020-01-01T00:00:00Z"},
            Kind.COMPACT_IRI_KEY,
            "/https:~1~1www.w3.org~12018~1credentials#validUntil",
        ),
    ],
)
def test_what_only_some_readers_understand_is_found_though_signed(
    name: str, where: dict[str, Any], kind: Kind, pointer: str
) -> None:
    prover = PROVERS[name]

    sealed = prover.proved({**credential(prover.did), **where})

    assert _verified(name, sealed) == [(kind, pointer)]


@pytest.mark.parametrize("name", JCS)
@pytest.mark.parametrize(
    ("where", "error"),
    [
        pytest.param({"@context": [V2, "https://issuer.example/c"]}, ContextUnknown, id="context of its own"),
        pytest.param({"credits": 2**53}, NotCanonicalisable, id="large number"),
        pytest.param({"credits": -(2**53)}, NotCanonicalisable, id="small number"),
        pytest.param({"credits": float("inf")}, NotCanonicalisable, id="infinity"),
        pytest.param({"name": "\ud800"}, NotCanonicalisable, id="half a surrogate pair"),
        pytest.param({"\ud800": "name"}, NotCanonicalisable, id="half a surrogate pair as a name"),
    ],
)
def test_a_proof_over_json_that_cannot_be_written_or_understood_is_refused(
    name: str, where: dict[str, Any], error: type[GatewayError]
) -> None:
    document = {**SIGNED[name], **where}
    document["proof"] = [{key: value for key, value in SIGNED[name]["proof"][0].items() if key != "@context"}]

    with pytest.raises(error):
        _verified(name, document)
