"""One proof over every restructured document: whatever the suite, only what it covers decides."""

import pytest

from gateway.proofs.data_integrity import Secured
from gateway.proofs.errors import ContextUnknown, NotCanonicalisable, ProofError
from tests.gateway.proofs.restructured import (
    ACCEPTED,
    FOLDER,
    OTHER_SIGNATURE,
    OVER_JSON,
    ROWS,
    UNCHANGED,
    UNKNOWN_CONTEXT,
    document,
    expected,
)
from tests.simulators.provers import JCS, PROVERS, RDF


def _said(prover: str, name: str) -> str:
    """What is said of a document that carries the proof of the unchanged one."""
    signer = PROVERS[prover]
    [proof] = signer.proved(signer.contexts(document(UNCHANGED)))["proof"]
    secured = Secured({**signer.contexts(document(name)), "proof": proof})
    try:
        findings = secured.verify(proof, signer.key.public_key()).findings
    except ProofError:
        return OTHER_SIGNATURE
    except ContextUnknown:
        return UNKNOWN_CONTEXT
    except NotCanonicalisable as error:
        findings = error.findings
    return findings[0].kind if findings else ACCEPTED


def test_each_document_has_its_row_which_says_what_the_corpus_expects() -> None:
    assert set(ROWS) == {path.name for path in FOLDER.glob("*-*.json")}
    assert {name: said == ACCEPTED for name, said in ROWS.items()} == expected()


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("prover", RDF)
def test_a_proof_over_rdf_takes_no_document_that_says_anything_else(prover: str, name: str) -> None:
    assert _said(prover, name) == ROWS[name]


@pytest.mark.parametrize("name", OVER_JSON)
@pytest.mark.parametrize("prover", JCS)
def test_a_proof_over_json_takes_the_unchanged_document_alone(prover: str, name: str) -> None:
    assert _said(prover, name) == OVER_JSON[name]
