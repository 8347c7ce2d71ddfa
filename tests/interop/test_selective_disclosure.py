"""Selective disclosure as @digitalbazaar/ecdsa-sd-2023-cryptosuite signs and derives it, before our verifier."""

import json
from collections.abc import Iterator
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest

from gateway.proofs import contexts, data_integrity, multikey
from gateway.proofs.errors import ProofError
from gateway.proofs.findings import Kind
from tests.corpora import corpus
from tests.gateway.proofs.credentials import credential
from tests.interop.oracles import Talk, node_project

pytestmark = pytest.mark.interop

SUBJECT = "/credentialSubject"
ACHIEVEMENT = f"{SUBJECT}/achievement"
CHOICES: tuple[tuple[list[str], list[str]], ...] = (
    ([], []),
    ([], [f"{ACHIEVEMENT}/criteria"]),
    ([""], ["/issuer"]),
    (["/issuer", "/validFrom"], [SUBJECT]),
    (["/type"], [f"{ACHIEVEMENT}/criteria/narrative", f"{ACHIEVEMENT}/name"]),
    (["/type/1", f"{ACHIEVEMENT}/type", "/issuer/type"], ["/id"]),
    ([f"{ACHIEVEMENT}/criteria", SUBJECT], ["/issuer"]),
)
INNER: tuple[tuple[list[str], list[str]], ...] = (
    ([f"{SUBJECT}/result/1/alignment/0", f"{SUBJECT}/identifier/0"], [f"{SUBJECT}/result/0"]),
    (["/evidence/1/name", f"{ACHIEVEMENT}/tag"], ["/evidence"]),
    ([f"{ACHIEVEMENT}/creator/address", "/issuer/otherIdentifier"], [f"{ACHIEVEMENT}/resultDescription/1"]),
)


class Disclosed(msgspec.Struct, frozen=True):
    """What the signer made, or why it could not."""

    base: dict[str, Any] | None = None
    derived: dict[str, Any] | None = None
    reasons: tuple[str, ...] = ()


@pytest.fixture(scope="module")
def signer() -> Iterator[Talk]:
    with Talk(node_project("disclose.mjs")) as talk:
        talk.tell({"contexts": {url: body.document for url, body in contexts.NEWEST.bodies.items()}})
        yield talk


def _sample(name: str) -> dict[str, Any]:
    document = json.loads((corpus("ob/samples/ob3-1edtech-validator") / name).read_text())
    # The signer gives lists an id, which they cannot have, and loses the context of GeoCoordinates on the way.
    unsigned: dict[str, Any] = _without({"proof", "allowedValue", "geo"}, document)
    return unsigned


def _without(names: set[str], value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without(names, member) for name, member in value.items() if name not in names}
    return [_without(names, item) for item in value] if isinstance(value, list) else value


def _verified(document: dict[str, Any]) -> data_integrity.Verified:
    [proof] = data_integrity.proofs(document)
    return data_integrity.Secured(document).verify(proof, multikey.from_did(proof["verificationMethod"]))


DOCUMENTS = {
    "small": (credential("https://issuer.example"), CHOICES),
    "blank nodes": (_sample("bit-string-list/credential-status-revoked-blank-nodes.json"), CHOICES),
    "complete": (_sample("complete.json"), (*CHOICES, *INNER)),
}
CASES = [
    pytest.param(document, mandatory, selective, id=f"{name}-{mandatory}-{selective}")
    for name, (document, choices) in DOCUMENTS.items()
    for mandatory, selective in choices
]


@pytest.mark.parametrize(("document", "mandatory", "selective"), CASES)
def test_what_other_people_sign_and_derive_is_right(
    signer: Talk, document: dict[str, Any], mandatory: list[str], selective: list[str]
) -> None:
    made = signer.exchange({"credential": document, "mandatory": mandatory, "selective": selective}, Disclosed)

    assert made.reasons == ()
    shown = [form for form in (made.base, made.derived) if form is not None]
    assert len(shown) == (2 if selective else 1)
    for form in shown:
        assert Kind.WITHHELD in {finding.kind for finding in _verified(form).findings}


def test_what_other_people_sign_is_wrong_once_it_is_changed(signer: Talk) -> None:
    job = {"credential": credential("https://issuer.example"), "mandatory": ["/issuer"], "selective": [SUBJECT]}

    made = signer.exchange(job, Disclosed)

    assert made.base is not None
    assert made.derived is not None
    for form in (made.base, made.derived):
        form["credentialSubject"]["achievement"]["name"] = "Brain surgery"
        with pytest.raises(ProofError):
            _verified(form)
