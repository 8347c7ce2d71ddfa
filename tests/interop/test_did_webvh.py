"""Logs of did:webvh before didwebvh-ts: it takes what we take, and what it takes besides is named."""

from collections.abc import Callable, Iterator

import pytest

from tests.gateway.proofs.test_did_webvh import SPOILT
from tests.interop.oracles import Talk, node_project
from tests.simulators.did_webvh import WebvhLog, commitment, public, update_key

pytestmark = pytest.mark.interop

FIRST, SECOND, THIRD = update_key(1), update_key(2), update_key(3)

LAXER = {
    "portable as text": "parameters are not checked for their types",
    "update keys as text": "parameters are not checked for their types",
    "an unknown parameter": "parameters that the version does not define are let through",
    "an older method version": "it reads logs of version 0.5 as well",
    "a time in the future": "its own clock is later than the one of our tests",
    "no proof": "an empty list of proofs is taken for enough",
    "five proofs": "any number of proofs is verified",
    "a proof with a context": "the context is signed with the proof, and not compared with the entry",
    "committed keys without next hashes": "nextKeyHashes may be left out while keys are committed to",
    "an entry after the end": "a log may go on after the DID was deactivated",
    "a move that hides the place before": "alsoKnownAs is not asked for",
}
"""Logs that version 2.8.0 resolves and we do not; each against a MUST of the specification, or its clock."""


@pytest.fixture(scope="module")
def didwebvh_ts() -> Iterator[Talk]:
    with Talk(node_project("did_webvh.mjs")) as talk:
        yield talk


def rotated() -> WebvhLog:
    log = WebvhLog("issuer.example", {})
    log.add(parameters={"updateKeys": [public(SECOND)]})
    log.add(key=SECOND)
    return log


def committed() -> WebvhLog:
    log = WebvhLog("issuer.example%3A8443:academy", {}, parameters={"nextKeyHashes": [commitment(SECOND)]})
    log.add(key=SECOND, parameters={"updateKeys": [public(SECOND)], "nextKeyHashes": []})
    log.add(key=SECOND, parameters={"updateKeys": [public(THIRD)]})
    log.add(key=THIRD)
    return log


def moved() -> WebvhLog:
    log = WebvhLog("issuer.example", {}, parameters={"portable": True})
    log.add({"id": log.did.replace("issuer.example", "other.example"), "alsoKnownAs": [log.did]})
    return log


def ended() -> WebvhLog:
    log = WebvhLog("issuer.example", {})
    log.add(parameters={"deactivated": True, "updateKeys": []})
    return log


@pytest.mark.parametrize("make", [rotated, committed, moved, ended])
def test_log_that_we_take_is_taken(make: Callable[[], WebvhLog], didwebvh_ts: Talk) -> None:
    found = didwebvh_ts.ask({"log": make().entries})

    assert found.verified, found.reasons


@pytest.mark.parametrize("case", SPOILT)
def test_log_that_we_refuse_is_refused_unless_it_is_known_to_be_laxer(case: str, didwebvh_ts: Talk) -> None:
    found = didwebvh_ts.ask({"log": SPOILT[case][0]().entries})

    assert found.verified is (case in LAXER), found.reasons
