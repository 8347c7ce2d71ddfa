"""Hashes over JSON: written as RFC 8785 does, whatever the order, spacing and spelling it came in."""

import hashlib
import json

import pytest

from gateway.proofs.canonical import Canonicals
from gateway.proofs.contexts import NEWEST
from gateway.proofs.errors import BudgetExceeded
from gateway.proofs.jcs_hashing import jcs_hashed
from gateway.proofs.rdfc import HashName
from tests.corpora import corpus

VECTORS = corpus("sec/jcs-rfc8785/testdata")


@pytest.mark.parametrize("name", sorted(path.stem for path in (VECTORS / "input").iterdir()))
@pytest.mark.parametrize("hash_name", ["sha256", "sha384"])
def test_the_vectors_of_the_rfc_are_hashed_as_they_are_written(name: str, hash_name: HashName) -> None:
    document = {"vector": json.loads((VECTORS / f"input/{name}.json").read_text())}
    written = b'{"vector":' + bytes.fromhex((VECTORS / f"outhex/{name}.txt").read_text()) + b"}"

    data = jcs_hashed(Canonicals(document), {"type": "none", "proofValue": "z"}, NEWEST, hash_name).data

    assert data == b"".join(hashlib.new(hash_name, part).digest() for part in (b'{"type":"none"}', written))


def test_numbers_of_one_value_are_one_number() -> None:
    forms = [json.loads(text) for text in ('{"n": 1}', '{"n": 1.0}', '{"n": 1e0}', '{"n": 10E-1}')]

    assert len({jcs_hashed(Canonicals(form), {}, NEWEST).data for form in forms}) == 1


def test_a_document_that_is_too_deep_is_not_written() -> None:
    deep: dict[str, object] = {}
    for _ in range(5_000):
        deep = {"d": deep}

    with pytest.raises(BudgetExceeded):
        jcs_hashed(Canonicals(deep), {}, NEWEST)
