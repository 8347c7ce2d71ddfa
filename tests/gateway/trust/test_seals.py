"""Sealed credentials: intact, whose, and by which certificate are three questions."""

import datetime as dt
import json
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.proofs import base64url, jades, jwk, multikey
from gateway.records import KeyState
from gateway.trust.anchors import NO_ANCHORS
from gateway.trust.policy import Verdict, decide
from gateway.trust.report import Mender, Outcome, Report
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators import seals
from tests.simulators.clock import NOON
from tests.simulators.sealer import DID, ISSUED, SimulatedSealer, credential, of_did
from tests.simulators.web import SimulatedWeb

AFTER = dt.datetime(2028, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def sealer(web: SimulatedWeb) -> SimulatedSealer:
    return SimulatedSealer(web)


def refused(report: Report) -> bool:
    return decide(report).verdict is Verdict.REFUSE


async def test_a_seal_that_leads_to_an_anchor_and_names_the_issuer_is_verified(sealer: SimulatedSealer) -> None:
    report = await report_on(sealer.sealed(credential()), sealer.web, anchors=sealer.anchors)

    assert report.outcome is Outcome.PASSED
    assert outcome(report, "certificate") is Outcome.PASSED
    assert "is trusted here" in check(report, "issuer").detail
    assert decide(report).verdict is Verdict.REISSUE


async def test_a_seal_round_parts_that_are_only_named_is_intact(sealer: SimulatedSealer) -> None:
    document = credential()
    [claim] = document["credentialSubject"]["hasClaim"]
    body = {"id": claim["awardedBy"]["awardingBody"][0]["id"], "type": "Organisation"}
    awarding = {"id": "urn:epass:awardingProcess:2", "type": "AwardingProcess", "awardingBody": [body]}
    second = {
        "id": "urn:epass:learningAchievement:2",
        "type": "LearningAchievement",
        "title": {"en": "Splices"},
        "awardedBy": awarding,
    }
    document["credentialSubject"]["hasClaim"] = [claim, second]

    report = await report_on(sealer.sealed(document), sealer.web, anchors=sealer.anchors)

    assert report.outcome is Outcome.PASSED, report
    assert "the seal is intact" in check(report, "proof").detail


async def test_nothing_is_asked_of_the_web_for_it(sealer: SimulatedSealer) -> None:
    await report_on(sealer.sealed(credential()), sealer.web, anchors=sealer.anchors)

    assert sealer.web.requests == []


async def test_a_seal_that_nobody_vouches_for_is_intact_and_not_converted(sealer: SimulatedSealer) -> None:
    report = await report_on(sealer.sealed(credential()), sealer.web, anchors=NO_ANCHORS)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "issuer") is Outcome.UNKNOWN
    assert check(report, "issuer").detail.startswith("signature valid, issuer not authenticated")
    assert "GATEWAY_SEAL_ANCHORS" in check(report, "issuer").fix
    assert refused(report)


async def test_who_runs_the_gateway_is_told_what_to_configure(sealer: SimulatedSealer) -> None:
    report = await report_on(sealer.sealed(credential()), sealer.web)

    steps = [*check(report, "certificate").remedies, *check(report, "issuer").remedies]
    assert any(step.by is Mender.READER and "GATEWAY_SEAL_ANCHORS" in step.expected for step in steps)


async def test_a_certificate_is_called_qualified_nowhere(sealer: SimulatedSealer) -> None:
    report = await report_on(sealer.sealed(credential()), sealer.web, anchors=sealer.anchors)

    assert "does not claim to be qualified" in check(report, "certificate").detail
    assert "revoked was not looked up" in check(report, "certificate").detail


@pytest.mark.parametrize("listed", [True, False])
async def test_a_self_made_seal_is_the_issuers_where_its_did_lists_the_key(
    sealer: SimulatedSealer, *, listed: bool
) -> None:
    sealer.publish_did(listed=listed)
    body = sealer.sealed(of_did(), chain=sealer.self_made)

    report = await report_on(body, sealer.web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert (outcome(report, "issuer") is Outcome.PASSED) is listed
    assert refused(report) is not listed
    assert "self-made, not qualified" in check(report, "certificate").detail
    if listed:
        assert "the issuer's own word" in check(report, "issuer").detail
        assert "self-made, not qualified" in check(report, "issuer").detail


def dids_that_are_keys(sealer: SimulatedSealer) -> tuple[str, str]:
    public = sealer.private.public_key()
    return multikey.did_key(public), f"did:jwk:{base64url.encode(json.dumps(jwk.public_jwk(public)).encode())}"


async def test_a_did_that_is_only_the_key_of_the_seal_vouches_for_nobody(sealer: SimulatedSealer) -> None:
    for did in dids_that_are_keys(sealer):
        report = await report_on(sealer.sealed(of_did(did), chain=sealer.self_made), sealer.web)

        found = check(report, "issuer")
        assert (outcome(report, "proof"), found.outcome, report.outcome) == (Outcome.PASSED, *[Outcome.UNKNOWN] * 2)
        assert "nobody vouches" in found.detail
        assert "self-made, not qualified" in found.detail
        assert "GATEWAY_SEAL_ANCHORS" in found.fix
        assert outcome(report, "certificate") is Outcome.UNKNOWN
        assert refused(report)


async def test_a_did_that_is_only_a_key_is_the_issuers_by_an_anchor(sealer: SimulatedSealer) -> None:
    for did in dids_that_are_keys(sealer):
        report = await report_on(sealer.sealed(of_did(did)), sealer.web, anchors=sealer.anchors)

        assert report.outcome is Outcome.PASSED
        assert "is trusted here" in check(report, "issuer").detail


class OneSealOfOurs:
    """Knows one key."""

    def __init__(self, sealer: SimulatedSealer, state: KeyState) -> None:
        self.key_id, self.state = jwk.thumbprint(sealer.private.public_key()), state

    async def seal_state(self, key_id: str) -> KeyState | None:
        return self.state if key_id == self.key_id else None


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (KeyState.ACTIVE, Outcome.PASSED),
        (KeyState.RETIRED, Outcome.PASSED),
        (KeyState.REVOKED, Outcome.FAILED),
    ],
)
async def test_a_seal_of_ours_is_known_until_its_key_is_revoked(
    sealer: SimulatedSealer, state: KeyState, expected: Outcome
) -> None:
    for did in dids_that_are_keys(sealer):
        body = sealer.sealed(of_did(did), chain=sealer.self_made)

        report = await report_on(body, sealer.web, own_seals=OneSealOfOurs(sealer, state))

        assert outcome(report, "issuer") is expected


async def test_a_key_of_ours_seals_in_nobody_elses_name(sealer: SimulatedSealer) -> None:
    body = sealer.sealed(credential(), chain=sealer.self_made)

    report = await report_on(body, sealer.web, own_seals=OneSealOfOurs(sealer, KeyState.ACTIVE))

    assert outcome(report, "issuer") is Outcome.UNKNOWN


async def test_a_key_that_the_domain_withdrew_is_not_the_issuers_by_an_anchor(sealer: SimulatedSealer) -> None:
    sealer.publish_did(listed=False)

    report = await report_on(sealer.sealed(of_did()), sealer.web, anchors=sealer.anchors)

    assert outcome(report, "issuer") is Outcome.FAILED


async def test_another_did_key_is_not(sealer: SimulatedSealer) -> None:
    did = multikey.did_key(seals.key(9).public_key())

    report = await report_on(sealer.sealed(of_did(did), chain=sealer.self_made), sealer.web)

    assert refused(report)


async def test_a_did_that_does_not_answer_leaves_the_issuer_unknown(sealer: SimulatedSealer) -> None:
    sealer.web.unreachable("https://university.example/.well-known/did.json")

    report = await report_on(sealer.sealed(of_did()), sealer.web)

    assert outcome(report, "issuer") is Outcome.UNKNOWN


@pytest.mark.parametrize("did", [DID, "did:key:x", "did:ebsi:zx"])
async def test_an_anchor_makes_no_did_its_own_that_does_not_say_so(sealer: SimulatedSealer, did: str) -> None:
    sealer.web.unreachable("https://university.example/.well-known/did.json")

    report = await report_on(sealer.sealed(of_did(did)), sealer.web, anchors=sealer.anchors)

    assert outcome(report, "issuer") is Outcome.UNKNOWN
    assert refused(report)


async def test_an_anchor_makes_no_other_key_its_own(sealer: SimulatedSealer) -> None:
    other = SimulatedSealer(sealer.web, number=5)
    other.publish_did()

    for did in (DID, multikey.did_key(other.private.public_key())):
        report = await report_on(sealer.sealed(of_did(did)), sealer.web, anchors=sealer.anchors)

        assert refused(report)


async def test_a_certificate_that_had_ended_when_it_was_sealed_fails(web: SimulatedWeb) -> None:
    sealer = SimulatedSealer(web, since=NOON - dt.timedelta(days=9), until=NOON - dt.timedelta(days=1))

    report = await report_on(sealer.sealed(credential()), web, anchors=sealer.anchors)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "certificate") is Outcome.FAILED
    assert refused(report)


async def test_a_certificate_that_ended_since_proves_nothing_without_a_timestamp(sealer: SimulatedSealer) -> None:
    report = await report_on(sealer.sealed(credential()), sealer.web, anchors=sealer.anchors, now=AFTER)

    assert outcome(report, "certificate") is Outcome.UNKNOWN
    assert "no trusted timestamp" in check(report, "certificate").detail
    assert refused(report)


async def test_what_a_did_lists_outlives_its_certificate(sealer: SimulatedSealer) -> None:
    sealer.publish_did()

    report = await report_on(sealer.sealed(of_did(), chain=sealer.self_made), sealer.web, now=AFTER)

    assert outcome(report, "certificate") is Outcome.NOTED
    assert report.outcome is Outcome.PASSED


@pytest.mark.parametrize("at", [NOON + dt.timedelta(days=1), NOON + dt.timedelta(days=700)])
async def test_a_seal_from_the_future_is_not_believed_whoever_lists_its_key(
    sealer: SimulatedSealer, at: dt.datetime
) -> None:
    sealer.publish_did()

    report = await report_on(sealer.sealed(of_did(), at=at, chain=sealer.self_made), sealer.web)

    assert refused(report)


async def test_one_byte_of_the_payload_is_enough(sealer: SimulatedSealer) -> None:
    body = sealer.sealed(credential()).replace(b"Knots", b"Knotz")

    report = await report_on(body, sealer.web, anchors=sealer.anchors)

    assert outcome(report, "proof") is Outcome.FAILED
    assert outcome(report, "issuer") is not Outcome.PASSED
    assert outcome(report, "certificate") is Outcome.UNKNOWN


async def test_a_second_signature_that_is_wrong_spoils_the_seal(sealer: SimulatedSealer) -> None:
    file = json.loads(sealer.sealed(credential()))
    other = json.loads(sealer.sealed(credential(), at=ISSUED + dt.timedelta(seconds=1)))
    wrong = {**other["signatures"][0], "signature": file["signatures"][0]["signature"]}
    body = json.dumps({**file, "signatures": [*file["signatures"], wrong]})

    report = await report_on(body, sealer.web, anchors=sealer.anchors)

    assert outcome(report, "proof") is Outcome.FAILED


async def test_a_time_that_only_old_seals_state_is_noted(sealer: SimulatedSealer) -> None:
    body = sealer.sealed(credential(), member=jades.TimeMember.SIG_T)

    report = await report_on(body, sealer.web, anchors=sealer.anchors)

    assert outcome(report, "certificate") is Outcome.NOTED
    assert "sigT" in check(report, "certificate").detail


async def test_an_unsealed_credential_fails(web: SimulatedWeb) -> None:
    report = await report_on(credential(), web)

    assert outcome(report, "proof") is Outcome.FAILED
    assert "JAdES" in check(report, "proof").fix
    assert outcome(report, "context") is Outcome.PASSED
    assert outcome(report, "certificate") is Outcome.SKIPPED


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"validUntil": "2026-01-01T11:30:00Z", "expirationDate": "2026-01-01T11:30:00Z"}, "validity-period"),
        ({"validUntil": "2027-01-01T00:00:00Z", "expirationDate": "2028-01-01T00:00:00Z"}, "validity-period"),
        ({"validFrom": "2026-02-01T00:00:00Z"}, "validity-period"),
        ({"issued": "2026-02-01T00:00:00Z"}, "validity-period"),
        ({"validFrom": "2026-01-01"}, "validity-period"),
        ({"displayParameter": None}, "shape"),
        ({"achievement": "urn:x"}, "context"),
        ({"credentialProfiles": []}, "shape"),
    ],
)
async def test_what_is_wrong_under_a_right_seal_is_found(
    sealer: SimulatedSealer, changes: dict[str, Any], name: str
) -> None:
    report = await report_on(sealer.sealed(credential(**changes)), sealer.web, anchors=sealer.anchors)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, name) is Outcome.FAILED


async def test_who_it_is_for_is_judged_as_for_every_badge(sealer: SimulatedSealer) -> None:
    body = sealer.sealed(credential())

    for_them = await report_on(body, sealer.web, anchors=sealer.anchors, recipients=("learner@example.org",))
    for_others = await report_on(body, sealer.web, anchors=sealer.anchors, recipients=("other@example.org",))

    assert outcome(for_them, "recipient") is Outcome.PASSED
    assert outcome(for_others, "recipient") is Outcome.FAILED


async def test_a_document_does_not_choose_whom_we_ask(sealer: SimulatedSealer) -> None:
    body = sealer.sealed(of_did("https://inside.example/issuer"))

    await report_on(body, sealer.web, anchors=sealer.anchors)

    assert sealer.web.requests == []


@pytest.mark.parametrize(("hour", "standing"), [(11, Outcome.NOTED), (10, Outcome.UNKNOWN)])
async def test_two_times_are_one_where_they_say_the_same(sealer: SimulatedSealer, hour: int, standing: Outcome) -> None:
    payload = json.dumps(credential()).encode()
    said = {**jades.header("ES256", sealer.chain, "k", ISSUED), "sigT": f"2026-01-01T{hour}:00:00Z"}
    signed = jades.signing_input({**said, "crit": ["b64", "sigT"]}, payload)
    body = jades.assembled(signed, seals.signature(sealer.private, signed))

    report = await report_on(body, sealer.web, anchors=sealer.anchors)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "certificate") is standing
    assert "both iat and sigT" in check(report, "certificate").detail
