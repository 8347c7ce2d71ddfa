"""Nothing may be added to a signed document unnoticed, and nothing may break or stall the canonicaliser."""

import contextlib
import copy
import itertools
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gateway.errors import GatewayError
from gateway.proofs.canonical import canonical_nquads
from gateway.proofs.contexts import PINNED
from gateway.proofs.data_integrity import Secured
from tests.lengths import tries
from tests.simulators.provers import PROVERS

V2 = "https://www.w3.org/ns/credentials/v2"
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"

CREDENTIAL: dict[str, Any] = {
    "@context": [V2, OB3],
    "id": "urn:uuid:4b6fbc0e-6e0c-4f6a-9d0e-3f3f4f7c1d11",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "did:web:issuer.example", "type": ["Profile"], "address": {"type": ["Address"]}},
    "validFrom": "2026-01-01T00:00:00Z",
    "credentialSubject": {
        "type": ["AchievementSubject"],
        "identifier": [{"type": "IdentityObject", "hashed": False, "identityType": "emailAddress"}],
        "achievement": {
            "id": "https://issuer.example/achievements/1",
            "type": ["Achievement"],
            "criteria": {"narrative": "A basket."},
            "resultDescription": [{"id": "urn:uuid:1", "type": ["ResultDescription"]}],
        },
    },
    "endorsement": [
        {
            "@context": [V2, OB3],
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "credentialSubject": {"id": "did:web:issuer.example", "type": ["EndorsementSubject"]},
            "proof": [{"type": "DataIntegrityProof", "proofPurpose": "assertionMethod"}],
        }
    ],
}
SIGNED = canonical_nquads(CREDENTIAL)
PROVER = PROVERS["eddsa-jcs-2022"]
PROVED = PROVER.proved(CREDENTIAL)


def _terms(context: Any) -> Iterator[str]:
    for part in context if isinstance(context, list) else [context]:
        if isinstance(part, dict):
            for term, definition in part.items():
                yield term
                if isinstance(definition, dict):
                    yield from _terms(definition.get("@context"))


TERMS = sorted({term for pinned in PINNED for body in pinned.bodies for term in _terms(body.document["@context"])})
ODD_KEYS = [
    "@id",
    "@type",
    "@value",
    "@language",
    "@graph",
    "@set",
    "@list",
    "@included",
    "@reverse",
    "@nest",
    "@index",
    "@json",
    "@none",
    "@foo",
    "@context",
    "id:x",
    "_:a",
    "",
    "a b",
    "schema:name",
]
KEYS = st.sampled_from([*TERMS, *ODD_KEYS]) | st.text(max_size=5)
LEAVES = st.sampled_from(
    [None, True, 0, -1, 2.5, 1e300, 2**60, "", "x", "_:b", "@id", "@foo", "@json", "urn:x", "urn:x y", "schema:x",
     "relative", "assertionMethod", "Achievement", "2026-01-01T00:00:00Z", "\u2028", "x\x00", "\ud800"]
)  # fmt: skip
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=2),
    max_leaves=4,
)


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for member in value.values():
            yield from _objects(member)
    elif isinstance(value, list):
        for item in value:
            yield from _objects(item)


PLACES = len(list(_objects(CREDENTIAL)))


def _says_nothing(value: Any) -> bool:
    """Nulls and empty arrays say nothing in JSON-LD, and a reader of JSON takes nothing from them either."""
    return value is None or (isinstance(value, list) and all(map(_says_nothing, value)))


@given(place=st.integers(0, PLACES - 1), key=KEYS, value=VALUES)
@settings(max_examples=300, deadline=None)
def test_a_member_added_anywhere_is_signed_or_found_or_refused(place: int, key: str, value: Any) -> None:
    _added(place, key, value)


@pytest.mark.slow
@given(place=st.integers(0, PLACES - 1), key=KEYS, value=VALUES)
@settings(max_examples=tries(2_000, 10_000), deadline=None)
def test_thousands_of_members_added_are_signed_or_found_or_refused(place: int, key: str, value: Any) -> None:
    _added(place, key, value)


def _added(place: int, key: str, value: Any) -> None:
    document = copy.deepcopy(CREDENTIAL)
    target = list(_objects(document))[place]
    assume(key not in target and not _says_nothing(value))
    target[key] = value

    try:
        canonical = canonical_nquads(document)
    except GatewayError:
        return

    assert canonical.findings or canonical.nquads != SIGNED.nquads


@given(place=st.integers(0, PLACES - 1), key=KEYS, value=VALUES)
@settings(max_examples=300, deadline=None)
def test_a_member_added_anywhere_breaks_a_proof_over_json(place: int, key: str, value: Any) -> None:
    document = copy.deepcopy(PROVED)
    target = list(_objects(document))[place]
    assume(key not in target)
    target[key] = value

    with pytest.raises(GatewayError):
        Secured(document).verify(document["proof"][0], PROVER.key.public_key())


@given(
    changes=st.lists(st.tuples(st.integers(0, 40), KEYS, VALUES), min_size=1, max_size=4),
    contexts=st.none() | st.lists(st.sampled_from([pinned.url for pinned in PINNED]), max_size=4),
)
@settings(max_examples=250, deadline=None)
def test_no_document_breaks_the_canonicaliser(changes: list[tuple[int, str, Any]], contexts: list[str] | None) -> None:
    document = copy.deepcopy(CREDENTIAL)
    for place, key, value in changes:
        objects = list(_objects(document))
        objects[place % len(objects)][key] = copy.deepcopy(value)
    if contexts is not None:
        document["@context"] = contexts

    with contextlib.suppress(GatewayError):
        canonical_nquads(document)


CLASSES = ["Achievement", "AchievementSubject", "Address", "Alignment", "Evidence", "Image", "Profile", "Result"]


def _nodes(many: int, **members: Any) -> dict[str, Any]:
    nodes = [{"id": f"urn:{i}", "type": ["Achievement"], **members} for i in range(many)]
    return {"@context": [V2, OB3], "id": "urn:x", "type": ["VerifiableCredential"], "evidence": nodes}


def _blanks(edges: list[tuple[int, int]]) -> dict[str, Any]:
    document = _nodes(0)
    for source, group in itertools.groupby(sorted(edges), key=lambda edge: edge[0]):
        images = [f"_:n{target}" for _, target in group]
        document["evidence"].append({"id": f"_:n{source}", "type": ["Achievement"], "image": images})
    return document


COSTLY: dict[str, dict[str, Any]] = {
    "long lists, each item compared with each": _nodes(11, tag=[str(i) for i in range(400)]),
    "types that bring many contexts": {
        **_nodes(0),
        "evidence": [{"type": list(pair)} for pair in itertools.permutations(CLASSES, 2)] * 7,
    },
    "a clique": _blanks([(a, b) for a in range(20) for b in range(20)]),
    "a ring": _blanks([(i, (i + 1) % 300) for i in range(300)]),
    "stars": _blanks([(i, 300 + i // 7) for i in range(300)] + [(i, 300 + (i // 7 + 1) % 43) for i in range(300)]),
    "pairs": _blanks([(a, b) for a in range(50) for b in range(50) if a // 2 != b // 2][:390]),
    "names that mean nothing": {**_nodes(0), **{f"member {i}": i for i in range(4_900)}},
}


@pytest.mark.parametrize("document", COSTLY.values(), ids=COSTLY)
def test_the_worst_that_the_budget_allows_takes_less_than_two_seconds(document: dict[str, Any]) -> None:
    started = time.process_time()

    with contextlib.suppress(GatewayError):
        canonical_nquads(document)

    assert time.process_time() - started < 2
