"""What an upload does not say of the one who seals it, wherever it stands."""

from typing import Any  # Any: members of JSON documents

import pytest

from adapters.elm_3.uploading import refuse_a_second_issuer, refuse_claims_of_the_sealer
from adapters.hub.errors import NotWritable

CONVERSION = "http://data.europa.eu/snb/evidence-type/c_c4f849d7"
ISSUER = {"id": "did:web:issuer.example", "type": "Organisation", "legalName": {"en": "Academy"}}


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ({"evidence": [{"dcType": {"id": CONVERSION}}]}, "/evidence/0/dcType/id"),
        ({"evidence": {"dcType": [f" {CONVERSION}"]}}, "/evidence/dcType/0"),
        ({"a/b": CONVERSION}, "/a~1b"),
    ],
)
def test_a_conversion_is_found_however_it_is_written(document: dict[str, Any], pointer: str) -> None:
    with pytest.raises(NotWritable) as caught:
        refuse_claims_of_the_sealer(document)

    assert caught.value.pointer == pointer


def test_other_evidence_is_fine() -> None:
    refuse_claims_of_the_sealer({"evidence": [{"dcType": {"id": f"{CONVERSION}0"}, "title": {"en": CONVERSION[7:]}}]})


def test_the_issuer_may_be_named_again_and_not_described() -> None:
    document = {"issuer": ISSUER, "a": ["did:web:issuer.example", {"id": ISSUER["id"]}, dict(ISSUER)]}
    refuse_a_second_issuer(document)

    for name, value in (("legalName", {"en": "Other"}), ("vatIdentifier", []), ("@id", ISSUER["id"])):
        with pytest.raises(NotWritable) as caught:
            refuse_a_second_issuer({**document, "b": {"c": {**ISSUER, name: value}}})
        assert caught.value.pointer == f"/b/c/{name}"


def test_depth_is_no_matter() -> None:
    deep: dict[str, Any] = {}
    for _ in range(20_000):
        deep = {"a": deep}

    refuse_a_second_issuer({"issuer": ISSUER, **deep})
