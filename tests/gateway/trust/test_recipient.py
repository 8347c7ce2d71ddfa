"""For whom it is: every name the caller knows against every identity in the document."""

import hashlib
import json
from typing import Any  # Any: members of JSON documents

import pytest

from adapters.elm_3.mapping_people import HASHED
from adapters.elm_3.vocabulary import SALT
from gateway.proofs.identity_hash import identity_hash
from gateway.trust.report import Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sealer import SimulatedSealer, converted, credential
from tests.simulators.web import SimulatedWeb


def hashed(address: str, salt: str = "salt") -> dict[str, object]:
    return {"type": "email", "hashed": True, "salt": salt, "identity": identity_hash(address, salt)}


async def test_nobody_expected_is_skipped(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.hosted(issuer.assertion()), web)

    assert outcome(report, "recipient") is Outcome.SKIPPED


async def test_plain_address_matches(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.hosted(issuer.assertion()), web, recipients=("learner@example.org",))

    assert check(report, "recipient").detail == "matches the plain emailAddress, spelled as given"


@pytest.mark.parametrize(
    ("asked", "how"),
    [("Learner@example.org", "in lower case"), ("learner@example.org", "spelled as given")],
)
async def test_hashed_address_matches_and_says_in_which_spelling(
    web: SimulatedWeb, issuer: SimulatedIssuer, asked: str, how: str
) -> None:
    received = issuer.hosted(issuer.assertion(recipient=hashed("learner@example.org")))

    report = await report_on(received, web, recipients=(asked,))

    assert check(report, "recipient").detail == f"matches the hashed emailAddress, {how}"


async def test_hash_of_the_address_as_written_matches_it_as_written(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    received = issuer.hosted(issuer.assertion(recipient=hashed("Learner@Example.org")))

    report = await report_on(received, web, recipients=("Learner@Example.org",))

    assert outcome(report, "recipient") is Outcome.PASSED


async def test_one_of_several_addresses_suffices(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    received = issuer.hosted(issuer.assertion())

    report = await report_on(received, web, recipients=("other@example.org", "learner@example.org"))

    assert outcome(report, "recipient") is Outcome.PASSED


async def test_somebody_else_fails_and_refuses(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.hosted(issuer.assertion()), web, recipients=("other@example.org",))

    assert outcome(report, "recipient") is Outcome.FAILED
    assert report.outcome is Outcome.FAILED


async def test_did_of_the_subject_matches(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.signed(issuer.credential()), web, recipients=("did:example:learner",))

    assert outcome(report, "recipient") is Outcome.PASSED


async def test_report_does_not_repeat_the_address(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.hosted(issuer.assertion()), web, recipients=("learner@example.org",))

    assert not any("learner@example.org" in check.detail for check in report.checks)


LEARNER, OTHER = "learner@example.org", "other@example.org"


def of_hash(document: dict[str, Any], *, salted: bool = False) -> dict[str, Any]:
    """A sealed credential for the holder of a salted hash, the salt beside it or not."""
    said = [(HASHED, identity_hash(LEARNER, "salt")), *([(SALT, "salt")] if salted else [])]
    identifiers = [
        {"id": f"urn:epass:identifier:{number}", "type": "Identifier", "schemeName": name, "notation": notation}
        for number, (name, notation) in enumerate(said, 1)
    ]
    person = {name: value for name, value in document["credentialSubject"].items() if name != "contactPoint"}
    return {**document, "credentialSubject": {**person, "identifier": identifiers}}


async def test_a_hash_without_its_salt_may_be_of_anybody(web: SimulatedWeb) -> None:
    sealer = SimulatedSealer(web)
    bare, salted = (sealer.sealed(of_hash(credential(), salted=salted)) for salted in (False, True))

    for body, expected in ((bare, [Outcome.UNKNOWN] * 2), (salted, [Outcome.PASSED, Outcome.FAILED])):
        found = [
            outcome(await report_on(body, web, recipients=(asked,), anchors=sealer.anchors), "recipient")
            for asked in (LEARNER, OTHER)
        ]
        assert found == expected


async def test_where_the_salt_is_in_the_original_that_says_for_whom_it_is(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    sealer = SimulatedSealer(web)
    subject = issuer.credential()["credentialSubject"]
    identity = {
        "type": "IdentityObject",
        "identityType": "emailAddress",
        "hashed": True,
        "salt": "salt",
        "identityHash": identity_hash(LEARNER, "salt"),
    }
    anonymous = {name: value for name, value in subject.items() if name != "id"}
    original = json.dumps(
        issuer.signed(issuer.credential(credentialSubject={**anonymous, "identifier": [identity]}))
    ).encode()
    copy = of_hash(converted(original, f"SHA-256 {hashlib.sha256(original).hexdigest()}"))

    async def found(document: dict[str, Any], asked: str) -> Outcome:
        report = await report_on(sealer.sealed(document), web, recipients=(asked,), anchors=sealer.anchors)
        return outcome(report, "recipient")

    assert await found(copy, LEARNER) is Outcome.PASSED
    assert await found(copy, OTHER) is Outcome.FAILED
    changed = json.loads(json.dumps(copy).replace(hashlib.sha256(original).hexdigest(), "0" * 64))
    assert await found(changed, LEARNER) is Outcome.UNKNOWN
