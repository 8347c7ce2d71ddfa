"""What a signature over RDF does not cover must not be converted."""

from collections.abc import Callable
from typing import Any  # Any: members of JSON documents

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from gateway.proofs import data_integrity
from gateway.proofs.contexts import choices
from gateway.trust.report import Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.careless import carelessly_signed
from tests.simulators.disclosing import BASE, DERIVED, Issued, secured
from tests.simulators.issuer import ISSUED, SimulatedIssuer
from tests.simulators.web import SimulatedWeb

OPEN_BADGES_3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


def _credits(document: dict[str, Any]) -> None:
    document["credentialSubject"]["achievement"]["credits"] = 30


def _keyword(document: dict[str, Any]) -> None:
    document["@foo"] = "bar"


def _included(document: dict[str, Any]) -> None:
    document["credentialSubject"]["@included"] = []


def _compact_key(document: dict[str, Any]) -> None:
    document["credentialSubject"]["ex:credits"] = 30


@pytest.mark.parametrize("smuggle", [_credits, _keyword, _included, _compact_key])
async def test_member_added_after_signing_is_never_convertible(
    web: SimulatedWeb, issuer: SimulatedIssuer, smuggle: Callable[[dict[str, Any]], None]
) -> None:
    document = issuer.signed(issuer.credential())
    smuggle(document)

    report = await report_on(document, web)

    assert report.outcome is Outcome.FAILED


async def test_dropped_term_leaves_the_proof_right_and_fails_the_context(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    document = issuer.signed(issuer.credential())
    _credits(document)

    report = await report_on(document, web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "context") is Outcome.FAILED
    assert "/credentialSubject/achievement/credits" in check(report, "context").detail


async def test_token_may_say_what_no_context_defines(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    document = issuer.credential()
    _credits(document)

    report = await report_on(issuer.token(document), web)

    assert outcome(report, "context") is Outcome.SKIPPED
    assert report.outcome is Outcome.PASSED


async def test_token_whose_context_is_not_pinned_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    document = issuer.credential()
    document["@context"].append("https://issuer.example/words")

    report = await report_on(issuer.token(document), web)

    assert outcome(report, "context") is Outcome.UNKNOWN
    assert "https://issuer.example/words" in check(report, "context").detail
    assert report.outcome is Outcome.UNKNOWN


REFRESH = {"id": "https://issuer.example/refresh/1", "type": "1EdTechCredentialRefresh"}
BY_IRI = {**REFRESH, "type": "https://purl.imsglobal.org/spec/vccr/v1p0/context.json#1EdTechCredentialRefresh"}


async def test_type_by_its_iri_fails_the_context_though_the_proof_is_right(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    contexts = [*issuer.credential()["@context"], "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"]
    document = issuer.signed(issuer.credential(**{"@context": contexts}, refreshService=REFRESH))

    report = await report_on({**document, "refreshService": BY_IRI}, web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "context") is Outcome.FAILED
    assert "/refreshService/type: type-by-iri" in check(report, "context").detail


async def test_type_by_its_iri_fails_the_context_of_a_token(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.token(issuer.credential(refreshService=BY_IRI)), web)

    assert outcome(report, "context") is Outcome.FAILED


async def test_signature_under_an_older_content_of_a_context_says_which(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    # The newest content defines endorsementJwt; under the older one it is dropped, so nothing of it is signed.
    document = issuer.credential(endorsementJwt=["eyJhbGciOiJFUzI1NiJ9.e30.c2ln"])
    options = data_integrity.proof_options(
        cryptosuite="eddsa-rdfc-2022", verification_method=issuer.method(), created=web.at
    )
    older = choices([OPEN_BADGES_3])[1]
    hashed = data_integrity.hash_data(issuer.credential(), options, older)
    signed = data_integrity.attach(document, options, issuer.signature("EdDSA", hashed))

    found = check(await report_on(signed, web), "context")

    assert found.outcome is Outcome.FAILED
    assert "/endorsementJwt" in found.detail
    assert any("of-2025-04" in place for place in found.looked_at)


async def test_without_a_right_proof_nothing_is_known_of_its_contexts(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    document = issuer.signed(issuer.credential())
    document["name"] = "Forged"

    assert outcome(await report_on(document, web), "context") is Outcome.UNKNOWN


def _end_in_evidence(issuer: SimulatedIssuer) -> dict[str, Any]:
    """An expired credential whose evidence bears its id: the end is moved there."""
    id = issuer.credential()["id"]
    evidence = [{"id": id, "type": ["Evidence"], "name": "copy"}]
    document = carelessly_signed(issuer, issuer.credential(validUntil="2025-12-20T00:00:00Z", evidence=evidence))
    document["evidence"][0].update(type=["Evidence", "VerifiableCredential"], validUntil=document.pop("validUntil"))
    return document


def _end_in_endorsement(issuer: SimulatedIssuer) -> dict[str, Any]:
    """The same with an endorsement of the credential by its own issuer."""
    endorsement = {
        "@context": issuer.credential()["@context"],
        "id": "urn:uuid:6a3b1d0e-7f36-4b0a-8d21-b8a6d8e4d5c1",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": issuer.id, "type": ["Profile"], "name": "Example University"},
        "validFrom": "2025-12-01T00:00:00Z",
        "credentialSubject": {"id": issuer.credential()["id"], "type": ["EndorsementSubject"]},
    }
    document = carelessly_signed(
        issuer, issuer.credential(validUntil="2025-12-20T00:00:00Z", endorsement=[endorsement])
    )
    document["endorsement"][0]["credentialSubject"].update(
        type=["EndorsementSubject", "VerifiableCredential"], validUntil=document.pop("validUntil")
    )
    return document


def _narrative_in_issuer(issuer: SimulatedIssuer) -> dict[str, Any]:
    """An issuer that awards itself: what limits the award is moved into its profile."""
    document = issuer.credential()
    document["credentialSubject"].update(id=issuer.id, narrative="Only with help.")
    signed = carelessly_signed(issuer, document)
    signed["issuer"]["narrative"] = signed["credentialSubject"].pop("narrative")
    return signed


@pytest.mark.parametrize("moved", [_end_in_evidence, _end_in_endorsement, _narrative_in_issuer])
async def test_member_moved_to_another_description_of_the_same_id_is_never_convertible(
    web: SimulatedWeb, issuer: SimulatedIssuer, moved: Callable[[SimulatedIssuer], dict[str, Any]]
) -> None:
    report = await report_on(moved(issuer), web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "context") is Outcome.FAILED
    assert "split-node" in check(report, "context").detail


@pytest.mark.parametrize("header", [BASE, DERIVED])
async def test_what_is_signed_statement_by_statement_may_be_a_part_and_is_unknown(
    web: SimulatedWeb, issuer: SimulatedIssuer, header: bytes
) -> None:
    issued = _disclosed(issuer, issuer.credential(validUntil="2025-12-20T00:00:00Z"))
    shown = issued.document if header == BASE else issuer.credential()
    components = issued.base() if header == BASE else issued.derived(shown)
    document = secured(shown, header, components, issuer.method("ES256"))

    report = await report_on(document, web, now=ISSUED)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "issuer") is Outcome.PASSED
    assert report.outcome is Outcome.UNKNOWN
    assert "selectively disclosed" in check(report, "context").detail
    assert "eddsa-rdfc-2022" in check(report, "context").fix
    assert "over all of the document" in check(report, "context").remedies[0].expected


async def test_an_expired_credential_without_its_end_is_never_convertible(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    """The holder shows no end, and takes it out of the base proof as well: both are right, and neither is enough."""
    issued = _disclosed(issuer, issuer.credential(validUntil="2025-12-20T00:00:00Z"))
    shown = issuer.credential()
    base = issued.base()
    base[3] = [value for line, value in issued.signatures.items() if "#validUntil>" not in line]

    for header, components in ((DERIVED, issued.derived(shown)), (BASE, base)):
        report = await report_on(secured(shown, header, components, issuer.method("ES256")), web)

        assert outcome(report, "proof") is Outcome.PASSED
        assert outcome(report, "context") is Outcome.UNKNOWN


async def test_a_signature_over_all_of_it_makes_up_for_one_over_its_statements(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    issued = _disclosed(issuer, issuer.credential())
    document = secured(issuer.signed(issued.document), BASE, issued.base(), issuer.method("ES256"))

    report = await report_on(document, web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert report.outcome is Outcome.PASSED


async def test_what_is_undefined_fails_under_a_signature_over_statements_too(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    issued = _disclosed(issuer, issuer.credential())
    document = secured(issued.document, BASE, issued.base(), issuer.method("ES256"))
    _credits(document)

    report = await report_on(document, web)

    assert outcome(report, "context") is Outcome.FAILED
    assert "selectively" not in check(report, "context").detail


def _disclosed(issuer: SimulatedIssuer, document: dict[str, Any]) -> Issued:
    key = issuer.keys["ES256"]
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return Issued(document, ("/issuer", "/credentialSubject/achievement"), key, issuer.method("ES256"))
