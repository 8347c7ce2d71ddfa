"""Whose a seal is: what the certificate names, and what the document says beside it."""

from typing import Any  # Any: members of JSON documents

import msgspec
import pytest

from gateway.proofs.certificates import SealOwner
from gateway.trust.report import Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.sealer import DID, OWNER, SimulatedSealer, credential
from tests.simulators.web import SimulatedWeb


@pytest.fixture
def sealer(web: SimulatedWeb) -> SimulatedSealer:
    return SimulatedSealer(web)


async def test_a_domain_vouches_for_no_name_beside_that_of_the_certificate(sealer: SimulatedSealer) -> None:
    sealer.publish_did()
    document = claimed(id=DID, legalName={"en": "Another University"})

    report = await report_on(sealer.sealed(document, chain=sealer.self_made), sealer.web)

    assert outcome(report, "issuer") is Outcome.FAILED


def claimed(**changes: Any) -> dict[str, Any]:  # Any: JSON values
    return credential(issuer={**credential()["issuer"], **changes})


_THEIRS = {**credential()["issuer"]["eIDASIdentifier"], "id": "urn:epass:legalIdentifier:2", "notation": "NTRFR-9"}
_SCHEME = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#IdentifierTypeEnum"
_KIND = {"type": "Concept", "inScheme": {"id": _SCHEME, "type": "ConceptScheme"}, "notation": "ext:eidas"}
_OURS = {"id": "urn:epass:identifier:7", "type": "Identifier", "notation": "NTRFR-123456789", "dcType": [_KIND]}


@pytest.mark.parametrize(
    "document",
    [
        claimed(legalName={"en": "Another University", "fr": "Example University"}),
        claimed(eIDASIdentifier=_THEIRS, identifier=[_OURS]),
        claimed(type="Agent", prefLabel={"en": "Example University"}, legalName={"en": "Another University"}),
        claimed(type="Agent", prefLabel={"en": "Another University"}),
        credential(
            evidence=[
                {
                    "id": "urn:epass:evidence:1",
                    "type": "Evidence",
                    "accreditation": {
                        "organisation": {**credential()["issuer"], "legalName": {"fr": "Another University"}}
                    },
                }
            ]
        ),
    ],
)
async def test_no_second_name_or_number_hides_beside_that_of_the_certificate(
    sealer: SimulatedSealer, document: dict[str, Any]
) -> None:
    report = await report_on(sealer.sealed(document), sealer.web, anchors=sealer.anchors)

    assert outcome(report, "issuer") is Outcome.FAILED


async def test_a_number_that_the_certificate_does_not_name_is_not_the_issuers(web: SimulatedWeb) -> None:
    sealer = SimulatedSealer(web, owner=msgspec.structs.replace(OWNER, organisation_identifier=""))

    report = await report_on(sealer.sealed(credential()), web, anchors=sealer.anchors)

    assert outcome(report, "issuer") is Outcome.FAILED


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("organisation_identifier", "NTRFR-987654321", "identifier"),
        ("organisation", "Another University", "legal name"),
        ("country", "BE", "country"),
    ],
)
async def test_a_certificate_of_another_organisation_is_not_the_issuers(
    web: SimulatedWeb, field: str, value: str, said: str
) -> None:
    other = {field: value, **({"common_name": value} if field == "organisation" else {})}
    sealer = SimulatedSealer(web, owner=msgspec.structs.replace(OWNER, **other))

    report = await report_on(sealer.sealed(credential()), web, anchors=sealer.anchors)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "issuer") is Outcome.FAILED
    assert said in check(report, "issuer").detail
    assert value in check(report, "issuer").detail


async def test_a_certificate_that_names_nobody_is_nobodys(web: SimulatedWeb) -> None:
    sealer = SimulatedSealer(web, owner=SealOwner(organisation_identifier=OWNER.organisation_identifier))

    report = await report_on(sealer.sealed(credential()), web, anchors=sealer.anchors)

    assert outcome(report, "issuer") is Outcome.FAILED


async def test_case_and_spaces_make_no_other_organisation(web: SimulatedWeb) -> None:
    sealer = SimulatedSealer(web, owner=msgspec.structs.replace(OWNER, organisation="EXAMPLE  University"))

    report = await report_on(sealer.sealed(credential()), web, anchors=sealer.anchors)

    assert report.outcome is Outcome.PASSED
