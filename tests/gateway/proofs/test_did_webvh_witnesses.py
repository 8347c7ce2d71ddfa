"""Witnesses of a did:webvh: every version that needs their word has it, or is named."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from gateway.proofs.did_webvh import history
from gateway.proofs.did_webvh_witnesses import witnesses
from gateway.proofs.errors import ProofError
from tests.simulators.clock import NOON
from tests.simulators.did_webvh import WebvhLog, public, update_key

ONE, TWO, THREE, STRANGER = update_key(11), update_key(12), update_key(13), update_key(14)


def asking(threshold: object, *keys: Any) -> dict[str, Any]:
    return {"witness": {"threshold": threshold, "witnesses": [{"id": f"did:key:{public(key)}"} for key in keys]}}


def log(first: dict[str, Any], *later: dict[str, Any]) -> WebvhLog:
    """A log with a version for each of these parameters."""
    written = WebvhLog("issuer.example", {}, parameters=first)
    for parameters in later:
        written.add(parameters=parameters)
    return written


def unattested(written: WebvhLog, proofs: bytes) -> tuple[int, ...]:
    return history(written.scid, written.lines(), NOON).unattested(proofs)


CASES: dict[str, tuple[WebvhLog, list[tuple[int, Any]], tuple[int, ...]]] = {
    "all attest all": (log(asking(2, ONE, TWO), {}), [(1, ONE), (1, TWO), (2, ONE), (2, TWO)], ()),
    "the latest word stands for all before": (log(asking(2, ONE, TWO), {}), [(2, ONE), (2, TWO)], ()),
    "two of three": (log(asking(2, ONE, TWO, THREE)), [(1, ONE), (1, THREE)], ()),
    "one of three": (log(asking(2, ONE, TWO, THREE)), [(1, ONE)], (1,)),
    "one twice": (log(asking(2, ONE, TWO)), [(1, ONE), (1, ONE)], (1,)),
    "nobody": (log(asking(1, ONE), {}), [], (1, 2)),
    "a stranger": (log(asking(1, ONE)), [(1, STRANGER)], (1,)),
    "an earlier version alone": (log(asking(1, ONE), {}), [(1, ONE)], (2,)),
    "witnesses from the second version on": (log({}, asking(1, ONE)), [(2, ONE)], ()),
    "witnesses from the second version on, silent": (log({}, asking(1, ONE)), [], (2,)),
    "witnesses dismissed by themselves": (log(asking(1, ONE), {"witness": {}}, {}), [(2, ONE)], ()),
    "witnesses dismissed without them": (log(asking(1, ONE), {"witness": {}}, {}), [(1, ONE)], (2,)),
    "witnesses dismissed by null": (log(asking(1, ONE), {"witness": None}), [(1, ONE)], (2,)),
    "witnesses replaced by themselves": (log(asking(1, ONE), asking(1, TWO), {}), [(2, ONE), (3, TWO)], ()),
    "witnesses replaced by their followers": (log(asking(1, ONE), asking(1, TWO)), [(1, ONE), (2, TWO)], (2,)),
}


@pytest.mark.parametrize("case", CASES)
def test_versions_without_their_word_are_named(case: str) -> None:
    written, words, expected = CASES[case]

    assert unattested(written, written.witness_file(*words)) == expected


def spoilt(change: Callable[[list[Any]], object]) -> tuple[WebvhLog, bytes]:
    """A log of one version, and its one word changed."""
    written = log(asking(1, ONE))
    records = json.loads(written.witness_file((1, ONE)))
    change(records)
    return written, json.dumps(records).encode()


SPOILT: dict[str, Callable[[list[Any]], object]] = {
    "another version": lambda records: records[0].update(versionId="1-Qm"),
    "a version of another log": lambda records: records[0].update(versionId=log({}).entries[0]["versionId"]),
    "no version": lambda records: records[0].pop("versionId"),
    "no proof": lambda records: records[0].update(proof=[]),
    "a proof outside a list": lambda records: records[0].update(proof=records[0]["proof"][0]),
    "a proof that is text": lambda records: records[0].update(proof=["x"]),
    "another suite": lambda records: records[0]["proof"][0].update(cryptosuite="eddsa-rdfc-2022"),
    "another purpose": lambda records: records[0]["proof"][0].update(proofPurpose="authentication"),
    "another value": lambda records: records[0]["proof"][0].update(proofValue="z1"),
    "a record that is text": lambda records: records.__setitem__(0, "x"),
    "nothing": lambda records: records.clear(),
}


@pytest.mark.parametrize("case", SPOILT)
def test_word_that_is_not_right_counts_for_nothing(case: str) -> None:
    written, proofs = spoilt(SPOILT[case])

    assert unattested(written, proofs) == (1,)


def test_word_on_another_log_is_not_carried_over() -> None:
    """The same witness for two DIDs: what it attests names the version by its hash."""
    written, other = log(asking(1, ONE)), log(asking(1, ONE), {})

    assert unattested(written, other.witness_file((2, ONE))) == (1,)


@pytest.mark.parametrize(
    "proofs",
    [b"", b"{}", b"[", b'[{"versionId": "1-Qm", "versionId": "x"}]', b" " * (1 << 20)],
    ids=["nothing", "an object", "broken", "a member twice", "bytes"],
)
def test_file_that_is_none_is_an_error(proofs: bytes) -> None:
    with pytest.raises(ProofError):
        unattested(log(asking(1, ONE)), proofs)


def test_more_proofs_than_anybody_needs_are_an_error() -> None:
    written = log(asking(1, ONE))
    records = json.loads(written.witness_file((1, ONE)))

    with pytest.raises(ProofError, match="more than"):
        unattested(written, json.dumps([{**records[0], "proof": records[0]["proof"] * 513}]).encode())


BROKEN: dict[str, object] = {
    "text": "x",
    "a list": [],
    "no threshold": {"witnesses": asking(1, ONE)["witness"]["witnesses"]},
    "no witnesses": {"threshold": 1},
    "an empty list": {"threshold": 0, "witnesses": []},
    "a threshold of zero": asking(0, ONE)["witness"],
    "a threshold below": asking(-1, ONE)["witness"],
    "a threshold as text": asking("1", ONE)["witness"],
    "a threshold that is true": asking(True, ONE)["witness"],
    "a threshold that nobody reaches": asking(3, ONE, TWO)["witness"],
    "a witness twice": asking(1, ONE, ONE)["witness"],
    "a witness that is text": {"threshold": 1, "witnesses": ["x"]},
    "a witness without id": {"threshold": 1, "witnesses": [{}]},
    "a witness of another method": {"threshold": 1, "witnesses": [{"id": "did:web:witness.example"}]},
    "too many": {"threshold": 1, "witnesses": [{"id": f"did:key:z{number}"} for number in range(33)]},
}


@pytest.mark.parametrize("case", BROKEN)
def test_malformed_parameter_is_refused(case: str) -> None:
    with pytest.raises(ProofError):
        witnesses(BROKEN[case])
