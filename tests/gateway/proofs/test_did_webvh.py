"""Logs of did:webvh: right ones are read to the end, and one wrong entry spoils all."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from gateway.proofs.did_webvh import MAX_ENTRIES, history, multihash
from gateway.proofs.did_webvh_proofs import canonical
from gateway.proofs.errors import ProofError
from tests.simulators.clock import NOON
from tests.simulators.did_webvh import WebvhLog, commitment, proof, public, update_key

FIRST, SECOND, THIRD = update_key(1), update_key(2), update_key(3)


def log(**options: Any) -> WebvhLog:
    return WebvhLog("issuer.example", {"assertionMethod": ["{DID}#a"]}, **options)


def test_hash_of_an_entry_is_the_one_of_the_specification() -> None:
    entry = {
        "versionId": "QmdmPkUdYzbr9txmx8gM2rsHPgr5L6m3gHjJGAf4vUFoGE",
        "versionTime": "2025-04-01T17:39:50Z",
        "parameters": {
            "witness": {
                "threshold": 2,
                "witnesses": [
                    {"id": "did:key:z6Mkkc51mg2vpQzKWAbWQZupeGYhowaBjYkmvcKMTqteqHB4", "weight": 1},
                    {"id": "did:key:z6MkuDdJdKLCgwZuQuEi9xG6LVgJJ9Tebr74CXPYPSumqgJs", "weight": 1},
                    {"id": "did:key:z6MkoSWmQyp4fTk4ZQy4KUsss9dFX51XfEUzKKKj1J1JUsrF", "weight": 1},
                ],
            },
            "updateKeys": ["z6MkgzBDcBFV3sk4ypPE5YXMZHmS213A3HpYY2LmcVKV15jr"],
            "nextKeyHashes": ["QmZreDcjvWEpyRFznQeExWNCsvMLk5i59AcRJJuQC8UodJ"],
            "method": "did:webvh:0.5",
            "scid": "QmdmPkUdYzbr9txmx8gM2rsHPgr5L6m3gHjJGAf4vUFoGE",
        },
        "state": {
            "@context": ["https://www.w3.org/ns/did/v1"],
            "id": "did:webvh:QmdmPkUdYzbr9txmx8gM2rsHPgr5L6m3gHjJGAf4vUFoGE:domain.example",
        },
    }

    assert multihash(canonical(entry)) == "QmQ6FJ4fk2xheSSQoEjVpTgx9AQPKhJgtR9hn1nr4EeCrZ"


def test_every_version_is_found_with_its_time() -> None:
    written = log()
    written.add({"assertionMethod": []}, parameters={"updateKeys": [public(SECOND)]})
    written.add(key=SECOND)

    found = history(written.scid, written.lines(), NOON)

    assert [version.number for version in found.versions] == [1, 2, 3]
    assert found.versions[1].at == dt.datetime(2025, 1, 2, tzinfo=dt.UTC)
    assert found.latest.document == {"id": written.did, "assertionMethod": []}
    assert (found.deactivated, found.witnessed) == (False, False)


def test_keys_that_were_committed_to_sign_the_entry_that_names_them() -> None:
    written = log(parameters={"nextKeyHashes": [commitment(SECOND), commitment(FIRST)]})
    rotation = {"updateKeys": [public(SECOND)], "nextKeyHashes": []}
    written.add(key=SECOND, parameters=rotation)
    written.add(key=SECOND, parameters={"updateKeys": [public(THIRD)]})
    written.add(key=THIRD)

    assert history(written.scid, written.lines(), NOON).latest.number == 4


def test_moved_did_says_where_it_was() -> None:
    written = log(parameters={"portable": True})
    moved = written.did.replace("issuer.example", "other.example")
    written.add({"id": moved, "alsoKnownAs": [written.did]})

    assert history(written.scid, written.lines(), NOON).latest.document["id"] == moved


def test_end_of_a_did_is_told() -> None:
    written = log()
    written.add(parameters={"deactivated": True, "updateKeys": []})

    assert history(written.scid, written.lines(), NOON).deactivated


def test_none_is_written_as_null_in_early_logs() -> None:
    written = log(parameters={"nextKeyHashes": None, "witness": None, "watchers": None, "ttl": None})

    assert not history(written.scid, written.lines(), NOON).witnessed


def test_proof_may_stand_alone_outside_a_list() -> None:
    written = log()
    written.entries[0]["proof"] = written.entries[0]["proof"][0]

    assert history(written.scid, written.lines(), NOON).latest.number == 1


def spoilt(change: Callable[[dict[str, Any]], object] = bool, **options: Any) -> WebvhLog:
    """A log whose second entry was changed before it was hashed and signed."""
    written = log()
    written.add(change=change, **options)
    return written


def resigned(**changes: Any) -> WebvhLog:
    """A log whose second entry has another proof, right in itself."""
    written = log()
    written.add()
    written.entries[1]["proof"] = [proof(written.entries[1], FIRST, **changes)]
    return written


def committed(**options: Any) -> WebvhLog:
    """A log whose second entry has to use the second key."""
    written = log(parameters={"nextKeyHashes": [commitment(SECOND)]})
    written.add(**options)
    return written


def changed(place: int, change: Callable[[dict[str, Any]], object]) -> WebvhLog:
    """A log of which an entry was changed after it was signed."""
    written = log()
    written.add()
    change(written.entries[place])
    return written


def without_first() -> WebvhLog:
    written = log()
    written.add()
    del written.entries[0]
    return written


def swapped() -> WebvhLog:
    written = log()
    written.add()
    written.add()
    written.entries[1:] = written.entries[:0:-1]
    return written


def moved(**changes: object) -> WebvhLog:
    written = log(parameters={"portable": True})
    name = written.did.replace("issuer.example", "other.example")
    written.add({"id": name, "alsoKnownAs": [written.did], **changes})
    return written


DEACTIVATED = {"deactivated": True}
OTHER = "did:webvh:QmUQVmu7yyX6x9jCUH863pBacUmg8Wuu4ZZtsdfv7Uv5iD:issuer.example"
ROTATION = {"updateKeys": [public(SECOND)], "nextKeyHashes": []}


def after_the_end() -> WebvhLog:
    written = log()
    written.add(parameters=DEACTIVATED)
    written.add()
    return written


SPOILT: dict[str, tuple[Callable[[], WebvhLog], str]] = {
    "a document changed": (lambda: changed(0, lambda e: e["state"].update(name="x")), "its hash is another"),
    "a later document changed": (lambda: changed(1, lambda e: e["state"].update(name="x")), "its hash is another"),
    "a time changed": (lambda: changed(1, lambda e: e.update(versionTime="2025-01-03T00:00:00Z")), "its hash"),
    "parameters changed": (lambda: changed(1, lambda e: e.update(parameters=DEACTIVATED)), "its hash is another"),
    "the first entry missing": (without_first, "which alone is read"),
    "entries in another order": (swapped, "versionId"),
    "a number twice": (lambda: changed(1, lambda e: e.update(versionId=f"1{e['versionId'][1:]}")), "versionId"),
    "a number with a zero": (lambda: changed(1, lambda e: e.update(versionId=f"0{e['versionId']}")), "versionId"),
    "no hash": (lambda: changed(1, lambda e: e.update(versionId="2-")), "versionId"),
    "a member more": (lambda: changed(1, lambda e: e.update(note="x")), "exactly the members"),
    "a member less": (lambda: changed(1, lambda e: e.pop("proof")), "exactly the members"),
    "a state that is text": (lambda: changed(1, lambda e: e.update(state="x")), "wrong type"),
    "another did": (lambda: spoilt(lambda e: e.update(state={"id": OTHER})), "another DID"),
    "a document without id": (lambda: spoilt(lambda e: e.update(state={})), "another DID"),
    "a scid later": (lambda: spoilt(lambda e: e["parameters"].update(scid="x")), "only the first entry"),
    "portable later": (lambda: spoilt(lambda e: e["parameters"].update(portable=True)), "only the first entry"),
    "portable as text": (lambda: spoilt(lambda e: e["parameters"].update(portable="no")), "neither true nor false"),
    "another method version": (lambda: spoilt(lambda e: e["parameters"].update(method="did:webvh:2.0")), "1.0"),
    "an older method version": (lambda: log(parameters={"method": "did:webvh:0.5"}), "1.0"),
    "an unknown parameter": (lambda: spoilt(lambda e: e["parameters"].update(prerotation=True)), "prerotation"),
    "update keys as text": (lambda: spoilt(lambda e: e["parameters"].update(updateKeys="z6")), "updateKeys"),
    "no update keys": (lambda: log(parameters={"updateKeys": []}), "updateKeys"),
    "a time in the future": (lambda: spoilt(at="2026-01-01T12:00:01Z"), "still to come"),
    "a time that stands still": (lambda: spoilt(at="2025-01-01T00:00:00Z"), "not later"),
    "a time that goes back": (lambda: spoilt(at="2024-12-31T00:00:00Z"), "not later"),
    "a time in another zone": (lambda: spoilt(at="2025-01-02T00:00:00+01:00"), "UTC"),
    "a time without zone": (lambda: spoilt(at="2025-01-02T00:00:00"), "UTC"),
    "a key that may not sign": (lambda: spoilt(key=SECOND), "may not sign"),
    "a key that it names itself": (
        lambda: spoilt(lambda e: e["parameters"].update(updateKeys=[public(SECOND)]), key=SECOND),
        "may not sign",
    ),
    "no proof": (lambda: changed(1, lambda e: e.update(proof=[])), "0 proofs"),
    "five proofs": (lambda: changed(1, lambda e: e.update(proof=e["proof"] * 5)), "5 proofs"),
    "a second proof that is wrong": (
        lambda: changed(1, lambda e: e["proof"].append({**e["proof"][0], "created": "2025-01-03T00:00:00Z"})),
        "not of these bytes",
    ),
    "a proof that is text": (lambda: changed(1, lambda e: e.update(proof=["x"])), "members"),
    "a proof without value": (lambda: changed(1, lambda e: e["proof"][0].pop("proofValue")), "members"),
    "a proof with a context": (lambda: resigned(**{"@context": []}), "members"),
    "another suite": (lambda: resigned(cryptosuite="eddsa-rdfc-2022"), "another kind"),
    "another purpose": (lambda: resigned(proofPurpose="authentication"), "another kind"),
    "a method of two keys": (
        lambda: resigned(verificationMethod=f"did:key:{public(FIRST)}#{public(SECOND)}"),
        "may not sign",
    ),
    "a method that is a key": (lambda: resigned(verificationMethod=public(FIRST)), "may not sign"),
    "committed keys not named": (lambda: committed(key=FIRST), "committed"),
    "committed keys without next hashes": (
        lambda: committed(key=SECOND, parameters={"updateKeys": [public(SECOND)]}),
        "committed",
    ),
    "another key than the committed one": (
        lambda: committed(key=THIRD, parameters={**ROTATION, "updateKeys": [public(THIRD)]}),
        "did not commit",
    ),
    "another key beside the committed one": (
        lambda: committed(key=SECOND, parameters={**ROTATION, "updateKeys": [public(SECOND), public(THIRD)]}),
        "did not commit",
    ),
    "the key before the committed one": (lambda: committed(key=FIRST, parameters=ROTATION), "may not sign"),
    "a move without leave": (
        lambda: spoilt(lambda e: e["state"].update(id=e["state"]["id"].replace("issuer", "other"))),
        "moves the DID",
    ),
    "a move that hides the place before": (lambda: moved(alsoKnownAs=[]), "moves the DID"),
    "an entry after the end": (after_the_end, "the end of the DID"),
    "a number that nobody writes alike": (
        lambda: changed(1, lambda e: e["state"].update(big=2**60)),
        "canonical JSON",
    ),
}


@pytest.mark.parametrize("case", SPOILT)
def test_spoilt_log_is_refused(case: str) -> None:
    make, reason = SPOILT[case]
    written = make()

    with pytest.raises(ProofError, match=reason):
        history(written.scid, written.lines(), NOON)


def test_log_of_another_did_is_refused() -> None:
    with pytest.raises(ProofError, match="first entry of this DID"):
        history(OTHER.split(":")[2], log().lines(), NOON)


def test_scid_that_is_no_hash_of_the_first_entry_is_refused() -> None:
    text = log().lines().decode()
    forged = text.replace(log().scid, OTHER.split(":")[2])

    with pytest.raises(ProofError, match="its hash is another"):
        history(OTHER.split(":")[2], forged.encode(), NOON)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (b"", "strict JSON"),
        (b"\n", "strict JSON"),
        (b"[]\n", "exactly the members"),
        (log().lines() + b"\n", "strict JSON"),
        (log().lines().replace(b'"versionTime"', b'"versionTime": "x", "versionTime"', 1), "strict JSON"),
        (b"{}\n" * (MAX_ENTRIES + 1), "more than"),
        (b" " * (1 << 20), "larger than"),
        (b"[" * 100 + b"]" * 100, "strict JSON"),
    ],
    ids=["nothing", "an empty line", "a list", "a gap at the end", "a member twice", "entries", "bytes", "depth"],
)
def test_bytes_that_are_no_log_are_refused(lines: bytes, reason: str) -> None:
    with pytest.raises(ProofError, match=reason):
        history(log().scid, lines, NOON)


def test_cut_log_is_right_and_older() -> None:
    """What no verifier can see without a witness: who serves the log may withhold its newest entries."""
    written = log()
    written.add()
    written.entries.pop()

    assert history(written.scid, written.lines(), NOON).latest.number == 1


def test_every_entry_is_one_line_of_json() -> None:
    assert [json.loads(line)["versionTime"] for line in log().lines().splitlines()] == ["2025-01-01T00:00:00Z"]
