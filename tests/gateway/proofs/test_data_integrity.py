"""Proofs: the official vectors byte for byte, and every way to be wrong."""

import copy
import datetime as dt
import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.errors import GatewayError
from gateway.proofs import data_integrity, multikey
from gateway.proofs.budget import DEFAULT, Allowance, Budget
from gateway.proofs.canonical import canonical_nquads
from gateway.proofs.contexts import NEWEST, ContextBody, ContextChoice, choices
from gateway.proofs.errors import BudgetExceeded, NotCanonicalisable, ProofError, ProofUnsupported
from gateway.proofs.findings import Kind
from tests.corpora import corpus
from tests.gateway.proofs.credentials import OB3, V2, credential

EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
DID = multikey.did_key(KEY.public_key())
CREATED = dt.datetime(2026, 1, 1, 12, 0, 0, 5, tzinfo=dt.timezone(dt.timedelta(hours=2)))
CREDENTIAL = credential(DID)


def options() -> dict[str, Any]:
    return data_integrity.proof_options(
        cryptosuite="eddsa-rdfc-2022", verification_method=f"{DID}#key", created=CREATED
    )


def signed(document: dict[str, Any], contexts: ContextChoice = NEWEST) -> dict[str, Any]:
    proof = options()
    data = data_integrity.hash_data(document, proof, contexts)
    return data_integrity.attach(document, proof, KEY.sign(data))


def verified(document: dict[str, Any]) -> data_integrity.Verified:
    return data_integrity.Secured(document).verify(document["proof"][0], KEY.public_key())


def test_the_official_open_badges_vector_is_made_byte_for_byte() -> None:
    folder = corpus("ob/vectors/ob3-eddsa-rdfc-2022")
    vector = json.loads((folder / "vector.json").read_text())
    unsigned, expected = (json.loads((folder / f"{name}.json").read_text()) for name in ("unsigned", "signed"))
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(vector["secretSeedHex"]))
    proof = data_integrity.proof_options(
        cryptosuite="eddsa-rdfc-2022",
        verification_method=f"https://example.edu/issuers/565049#{vector['publicKeyMultibase']}",
        created=dt.datetime(2010, 1, 1, 19, 23, 24, tzinfo=dt.UTC),
    )

    config = canonical_nquads({**proof, "@context": unsigned["@context"]})
    data = data_integrity.hash_data(unsigned, proof)
    signature = key.sign(data)
    sealed = data_integrity.attach(unsigned, proof, signature)

    assert config.nquads == (folder / "proof-canon.nq").read_bytes()
    assert hashlib.sha256(config.nquads).hexdigest() == vector["proofHashHex"]
    assert data.hex() == vector["dataToSignHex"] == vector["proofHashHex"] + vector["documentHashHex"]
    assert signature.hex() == vector["signatureHex"]
    assert sealed == {**expected, "proof": [expected["proof"]]}


def test_the_official_open_badges_vector_verifies() -> None:
    document = json.loads((corpus("ob/vectors/ob3-eddsa-rdfc-2022") / "signed.json").read_text())
    _, _, key = document["proof"]["verificationMethod"].partition("#")

    result = data_integrity.Secured(document).verify(document["proof"], multikey.decode(key))

    assert result.contexts == {V2: "credentials-v2", OB3: "open-badges-3.0.3-of-2026-06"}
    assert result.findings == ()


def test_the_w3c_vector_is_made_byte_for_byte() -> None:
    folder = corpus("ob/vectors/w3c-vc-di-eddsa")
    steps = folder / "eddsa-rdfc-2022"
    examples = json.loads((corpus("ob/contexts") / "w3c/credentials-examples-v2.jsonld").read_text())
    choice = ContextChoice({**NEWEST.bodies, EXAMPLES: ContextBody("examples-v2", "", examples)})
    expected = json.loads((steps / "signedDataInt.json").read_text())
    seed = multikey.decode_base58btc(json.loads((folder / "keyPair.json").read_text())["privateKeyMultibase"])[2:]
    document = {name: value for name, value in expected.items() if name != "proof"}
    proof = {name: value for name, value in expected["proof"].items() if name != "proofValue"}

    config = canonical_nquads({**proof, "@context": document["@context"]}, contexts=choice)
    body = canonical_nquads(document, contexts=choice)
    data = data_integrity.hash_data(document, proof, choice)
    sealed = data_integrity.attach(document, proof, Ed25519PrivateKey.from_private_bytes(seed).sign(data))

    assert config.nquads == (steps / "proofCanonDataInt.txt").read_bytes()
    assert body.nquads == (steps / "canonDocDataInt.txt").read_bytes()
    assert data.hex() == (steps / "combinedHashDataInt.txt").read_text().strip()
    assert sealed["proof"][0]["proofValue"] == expected["proof"]["proofValue"]


# Samples of the reference validator; the altered ones carry the proof of what they were. The names of those whose
# fault is elsewhere (dates, status, issuer) stand among the right ones.
RIGHT = {
    "simple",
    "complete",
    "endorsement-valid",
    "simple-context-alias",
    "simple-context-version",
    "simple-err-expired",
    "simple-err-issued",
    "simple-err-issuer",
    "simple-multiple-proofs",
    "bit-string-list/credential-status-revoked",
    "bit-string-list/credential-status-revoked-blank-nodes",
}
WRONG = {
    "simple-err-credential-subject-achievement-result-description-type",
    "simple-err-credential-subject-identifier-type",
    "simple-err-credential-subject-profile-type",
    "simple-err-credential-subject-result-type",
    "simple-err-credential-subject-type",
    "simple-err-evidence-type",
    "simple-err-issuer-otheridentifier-type",
    "simple-err-issuer-parentorg-type",
    "simple-err-issuer-type",
    "simple-err-proof-value",
}


def _sample(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    path = corpus("ob/samples/ob3-1edtech-validator") / f"{name}.json"
    document = json.loads(path.read_text())
    (proof,) = (p for p in data_integrity.proofs(document) if p["type"] == "DataIntegrityProof")
    return document, proof


@pytest.mark.parametrize("name", sorted(RIGHT))
def test_a_sample_of_the_reference_validator_verifies(name: str) -> None:
    document, proof = _sample(name)
    _, _, key = proof["verificationMethod"].partition("#")

    result = data_integrity.Secured(document).verify(proof, multikey.decode(key))

    assert result.findings == ()


@pytest.mark.parametrize("name", sorted(WRONG))
def test_an_altered_sample_of_the_reference_validator_does_not(name: str) -> None:
    document, proof = _sample(name)
    _, _, key = proof["verificationMethod"].partition("#")

    with pytest.raises(ProofError):
        data_integrity.Secured(document).verify(proof, multikey.decode(key))


def test_what_we_sign_verifies_without_findings() -> None:
    sealed = signed(CREDENTIAL)

    result = verified(sealed)

    assert result.findings == ()
    assert sealed["proof"][0]["created"] == "2026-01-01T10:00:00Z"
    assert {**sealed, "proof": None} == {**CREDENTIAL, "proof": None}


def test_each_of_two_proofs_verifies_alone() -> None:
    twice = signed(signed(CREDENTIAL))

    results = [data_integrity.Secured(twice).verify(proof, KEY.public_key()) for proof in twice["proof"]]

    assert len(results) == 2


def test_a_signature_under_an_older_body_verifies_and_says_so() -> None:
    older = choices([OB3])[1]
    document = {**CREDENTIAL, "endorsementJwt": ["e30.e30.AA"]}
    proof = options()
    lost = canonical_nquads({**document}, contexts=older).nquads
    config = canonical_nquads({**proof, "@context": document["@context"]}, contexts=older).nquads
    data = hashlib.sha256(config).digest() + hashlib.sha256(lost).digest()
    sealed = data_integrity.attach(document, proof, KEY.sign(data))

    result = verified(sealed)

    assert result.contexts[OB3] == "open-badges-3.0.3-of-2025-04"
    # Under that body the member means nothing: an older body must not become a way to add claims.
    assert [(finding.kind, finding.pointer) for finding in result.findings] == [
        (Kind.UNDEFINED_TERM, "/endorsementJwt")
    ]


def test_we_do_not_sign_what_the_signature_would_not_cover() -> None:
    with pytest.raises(NotCanonicalisable) as caught:
        data_integrity.hash_data({**CREDENTIAL, "credits": 30}, options())
    assert caught.value.findings[0].pointer == "/credits"


def test_we_do_not_sign_a_proof_with_members_that_mean_nothing() -> None:
    with pytest.raises(NotCanonicalisable) as caught:
        data_integrity.hash_data(CREDENTIAL, {**options(), "by": "somebody"})
    assert caught.value.findings[0].pointer == "/proof/by"


def test_what_is_added_to_a_proof_is_found_in_its_place() -> None:
    sealed = signed(signed(CREDENTIAL))
    sealed["proof"][1]["by"] = "somebody"
    sealed["proof"][1]["@context"] = [V2]

    result = data_integrity.Secured(sealed).verify(sealed["proof"][1], KEY.public_key())

    assert [(finding.kind, finding.pointer) for finding in result.findings] == [
        (Kind.NESTED_CONTEXT, "/proof/1/@context"),
        (Kind.UNDEFINED_TERM, "/proof/1/by"),
    ]


Change = Callable[[dict[str, Any]], object]

TAMPERED: dict[str, Change] = {
    "a name": lambda d: d["issuer"].update(name="Another"),
    "a date": lambda d: d.update(validFrom="2020-01-01T00:00:00Z"),
    "a type less": lambda d: d["type"].pop(),
    "a member more": lambda d: d.update(name="Weaving"),
    "a member less": lambda d: d["issuer"].pop("name"),
    "the creation of the proof": lambda d: d["proof"][0].update(created="2026-01-02T00:00:00Z"),
    "the method of the proof": lambda d: d["proof"][0].update(verificationMethod="did:web:other.example#1"),
    "a member of the proof more": lambda d: d["proof"][0].update(domain="issuer.example"),
    "another signature": lambda d: d["proof"][0].update(proofValue=multikey.base58btc(bytes(64))),
    "a signature too short": lambda d: d["proof"][0].update(proofValue=multikey.base58btc(bytes(63))),
    "a signature in another base": lambda d: d["proof"][0].update(proofValue="u" + "A" * 86),
}


@pytest.mark.parametrize("change", TAMPERED.values(), ids=TAMPERED)
def test_a_changed_document_or_proof_does_not_verify(change: Change) -> None:
    sealed = copy.deepcopy(signed(CREDENTIAL))
    change(sealed)

    with pytest.raises(ProofError):
        verified(sealed)


MALFORMED: dict[str, tuple[dict[str, Any], type[GatewayError]]] = {
    "another type": ({"type": "RsaSignature2018"}, ProofUnsupported),
    "a type in a list": ({"type": ["DataIntegrityProof"]}, ProofUnsupported),
    "another suite": ({"cryptosuite": "bbs-2023"}, ProofUnsupported),
    "no suite": ({"cryptosuite": None}, ProofError),
    "a type as a suite": ({"cryptosuite": "Ed25519Signature2020"}, ProofUnsupported),
    "a suite as a type": ({"type": "eddsa-rdfc-2022"}, ProofUnsupported),
    "an id that is a number": ({"id": 1}, ProofError),
    "a relative id": ({"id": "proof-1"}, ProofError),
    "a chain of nothing": ({"previousProof": []}, ProofError),
    "a chain of a number": ({"previousProof": 1}, ProofError),
    "a chain of the same twice": ({"previousProof": ["urn:uuid:1", "urn:uuid:1"]}, ProofError),
    "another purpose": ({"proofPurpose": "authentication"}, ProofError),
    "no purpose": ({"proofPurpose": None}, ProofError),
    "a relative method": ({"verificationMethod": "#key-1"}, ProofError),
    "a method with a space": ({"verificationMethod": "did:web:issuer.example #1"}, ProofError),
    "an embedded method": ({"verificationMethod": {"id": "did:web:issuer.example#1"}}, ProofError),
    "a created without zone": ({"created": "2026-01-01T00:00:00"}, ProofError),
    "an expiry that is a number": ({"expires": 1767225600}, ProofError),
    "no value": ({"proofValue": None}, ProofError),
}


@pytest.mark.parametrize(("members", "error"), MALFORMED.values(), ids=MALFORMED)
def test_a_proof_of_another_form_is_refused(members: dict[str, Any], error: type[GatewayError]) -> None:
    sealed = signed(CREDENTIAL)

    with pytest.raises(error):
        data_integrity.read({**sealed["proof"][0], **members})


def test_the_form_of_a_proof_is_read() -> None:
    sealed = signed(CREDENTIAL)

    proof = data_integrity.read({**sealed["proof"][0], "expires": "2027-01-01T00:00:00Z"})

    assert proof.verification_method == f"{DID}#key"
    assert proof.created == dt.datetime(2026, 1, 1, 10, tzinfo=dt.UTC)
    assert proof.expires == dt.datetime(2027, 1, 1, tzinfo=dt.UTC)


def test_a_key_of_another_kind_does_not_verify() -> None:
    sealed = signed(CREDENTIAL)

    with pytest.raises(ProofError, match="Ed25519"):
        data_integrity.Secured(sealed).verify(sealed["proof"][0], ec.derive_private_key(7, ec.SECP256R1()).public_key())


def test_verifying_keeps_its_budget() -> None:
    sealed = signed(CREDENTIAL)

    with pytest.raises(BudgetExceeded):
        data_integrity.Secured(sealed, budget=Budget(values=10)).verify(sealed["proof"][0], KEY.public_key())


def test_all_proofs_of_a_document_share_what_its_canonical_forms_may_cost() -> None:
    sealed = signed(CREDENTIAL)
    wrong = [{**sealed["proof"][0], "created": f"2026-01-0{day}T00:00:00Z"} for day in range(1, 9)]
    # Two bodies of the context: two forms of the document (28 values), and of each proof (9 values).
    allowance = Allowance(values=2 * 28 + 2 * 8 * 9)
    secured = data_integrity.Secured({**sealed, "proof": wrong}, allowance=allowance)

    for proof in wrong:
        with pytest.raises(ProofError):
            secured.verify(proof, KEY.public_key())

    with pytest.raises(BudgetExceeded):
        allowance.spend(values=1)


def test_a_proof_has_a_small_budget_of_its_own() -> None:
    sealed = signed(CREDENTIAL)
    proof = {**sealed["proof"][0], "domain": [f"https://{index}.example" for index in range(17)]}

    with pytest.raises(BudgetExceeded):
        data_integrity.Secured(sealed).verify(proof, KEY.public_key())


def test_a_proof_that_breaks_its_budget_takes_no_more_than_that_away() -> None:
    sealed = signed(CREDENTIAL)
    allowance = Allowance()
    knotted = {**sealed["proof"][0], "name": [{"name": f"a{number}"} for number in range(15)] * 2}
    secured = data_integrity.Secured({**sealed, "proof": [knotted] * 8}, allowance=allowance)

    for proof in [knotted] * 8:
        with pytest.raises(BudgetExceeded, match="more than"):
            secured.verify(proof, KEY.public_key())

    assert not allowance.is_exhausted
    allowance.spend(values=2 * DEFAULT.values, steps=2 * DEFAULT.steps)


def test_what_was_too_knotted_once_leaves_nothing_for_another_document() -> None:
    allowance = Allowance()
    knotted = {**signed(CREDENTIAL), "evidence": [{"type": ["Evidence"]} for _ in range(12)]}
    with pytest.raises(BudgetExceeded):
        data_integrity.Secured(knotted, budget=Budget(steps=1), allowance=allowance).verify(
            knotted["proof"][0], KEY.public_key()
        )

    with pytest.raises(BudgetExceeded):
        data_integrity.Secured(signed(CREDENTIAL), allowance=allowance).verify(
            signed(CREDENTIAL)["proof"][0], KEY.public_key()
        )
