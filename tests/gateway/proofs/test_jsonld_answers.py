"""Our canonical forms against those of jsonld for Node, as `python -m tests.interop.jsonld_answers` stored them."""

from hashlib import sha256

import pytest

from gateway.proofs.canonical import Path
from tests.differential.comparing import Said, said
from tests.interop.jsonld_answers import Stored, documents, fingerprint, stored
from tests.interop.jsonld_bugs import reasons


def agrees(mine: Said, theirs: Stored) -> bool:
    """Whether the bytes are the same, and what is clean here is taken in safe mode there."""
    if mine.refused:
        # We may refuse what they take, for implementations differ there.
        return True
    same = sha256(mine.nquads.encode()).hexdigest() == theirs.canonical
    return same and (theirs.safe or bool(mine.found))


@pytest.mark.parametrize("path", ["compiled", pytest.param("general", marks=pytest.mark.slow)])
def test_our_canonical_forms_are_those_of_jsonld(path: Path) -> None:
    answers = stored()
    asked = dict(documents())

    mine = {name: said(document, path) for name, document in asked.items()}
    apart = {name for name in mine if not agrees(mine[name], answers[name])}
    taken = {name for name in mine if answers[name].canonical is None and not mine[name].refused}
    unexplained = {name for name in apart if not reasons(asked[name], mine[name].nquads)}

    assert {name for name in asked if answers[name].document != fingerprint(asked[name])} == set()
    assert unexplained == set()
    assert taken == set(), "what jsonld refuses has no form here"
    assert all(name.startswith("made/") for name in apart)
    assert sum(1 for said in mine.values() if not said.refused) > 300
