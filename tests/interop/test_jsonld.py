"""jsonld for Node, asked anew: its stored answers still hold, and safe mode takes what is clean here."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any  # Any: members of JSON documents

import pytest

from tests.differential.comparing import made, said
from tests.interop.jsonld_answers import answer, documents, started, stored
from tests.interop.jsonld_bugs import EMPTY_GRAPH, SORTED_AS_UTF_16, TWICE, reasons
from tests.interop.oracles import Talk
from tests.strategies.documents import V2

pytestmark = pytest.mark.interop

BUGS: dict[str, dict[str, Any]] = {
    EMPTY_GRAPH: {"@context": [V2], "id": "urn:x", "type": "VerifiableCredential", "proof": "urn:y"},
    TWICE: {
        "@context": [V2, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "urn:x",
        "type": "IdentityObject",
        "hashed": [True, "true"],
    },
    SORTED_AS_UTF_16: {"@context": [V2], "id": "urn:x", "name": ["\ue000", "\U0001f393"]},
}


@pytest.fixture(scope="module")
def jsonld() -> Iterator[Talk]:
    with started() as talk:
        yield talk


def test_the_stored_answers_still_hold(jsonld: Talk) -> None:
    slice_of_them = list(documents())[::5]

    assert {name: answer(jsonld, document) for name, document in slice_of_them} == {
        name: answers for name, answers in stored().items() if name in dict(slice_of_them)
    }


@pytest.mark.parametrize("bug", BUGS)
def test_jsonld_has_the_bug_that_explains_a_difference(bug: str, jsonld: Talk) -> None:
    document = BUGS[bug]
    ours = said(document, "compiled").nquads

    theirs = answer(jsonld, document).canonical

    assert theirs != sha256(ours.encode()).hexdigest()
    assert reasons(document, ours) == {bug}


def test_credentials_that_nobody_has_seen_have_the_form_of_jsonld(jsonld: Talk) -> None:
    wrong = []
    for number in range(100_000, 100_300):
        document, _ = made(number)
        mine = said(document, "compiled")
        if mine.refused or reasons(document, mine.nquads):
            continue
        theirs = answer(jsonld, document)
        if theirs.canonical != sha256(mine.nquads.encode()).hexdigest() or not (theirs.safe or mine.found):
            wrong.append(number)

    assert wrong == []
