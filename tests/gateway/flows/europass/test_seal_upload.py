"""What a platform may not have sealed: what would pass for something else that this gateway issued."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any  # Any: members of JSON documents

import pytest

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.errors import NotIssuable
from gateway.flows.prepare import target
from gateway.records import Form
from gateway.settings import Settings
from gateway.trust.report import Outcome
from tests.gateway.flows.conftest import CALLER, PUBLIC_URL
from tests.gateway.trust.reports import outcome
from tests.simulators import seals
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sealer import ISSUED, OWNER, concept, converted, credential, of_did, organisation

OUR_DID = "did:web:badges.example.org:p:default"
PROFILES = "http://data.europa.eu/snb/model/ap"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(public_url=PUBLIC_URL, data_dir=tmp_path, seal_organisation_id="NTRFR-123456789")


@pytest.fixture
async def form(gateway: Gateway, issuer: SimulatedIssuer) -> Form:
    """A live form in ELM that was converted for the platform."""
    body = json.dumps(issuer.signed(issuer.credential())).encode()
    [form] = (await gateway.convert(body, "", (target(Format.ELM_3),), CALLER)).created
    return form


async def refused(gateway: Gateway, document: dict[str, Any]) -> NotIssuable:
    with pytest.raises(NotIssuable) as caught:
        await gateway.europass.seal_upload(json.dumps(document).encode(), CALLER)
    return caught.value


@pytest.mark.parametrize("erased", [False, True])
async def test_no_upload_bears_the_id_of_what_was_converted(gateway: Gateway, form: Form, erased: bool) -> None:
    if erased:
        await gateway.native.erase(form.credential, CALLER)

    for id_ in (f"urn:credential:{form.intent.id}", f"urn:credential:{form.intent.id.upper()}"):
        problem = await refused(gateway, credential(id=id_))

        assert (problem.pointer, bool(problem.fix)) == ("/id", True)


@pytest.mark.parametrize(
    "id_", [f"{PUBLIC_URL}/p/default/issued/1", PUBLIC_URL, OUR_DID, "did:web:badges.example.org", f"{OUR_DID}#1"]
)
async def test_no_upload_bears_an_address_of_the_gateway(gateway: Gateway, id_: str) -> None:
    assert (await refused(gateway, credential(id=id_))).pointer == "/id"


async def test_an_upload_that_was_revoked_fails(gateway: Gateway) -> None:
    made = await gateway.europass.seal_upload(json.dumps(credential()).encode(), CALLER)
    await gateway.native.revoke(made.converted.record.id, "by mistake", CALLER)

    assert outcome((await gateway.verify(made.file)).report, "status") is Outcome.FAILED


async def test_what_was_converted_stands_until_it_is_revoked(gateway: Gateway, form: Form) -> None:
    before = (await gateway.verify(form.sealed or b"")).report
    await gateway.revoke(form.credential, "fraud", CALLER)

    after = (await gateway.verify(form.sealed or b"")).report
    assert (outcome(before, "status"), outcome(after, "status")) == (Outcome.PASSED, Outcome.FAILED)


async def test_another_document_does_not_stand_by_the_id_of_one_that_does(gateway: Gateway, form: Form) -> None:
    authority = seals.Authority("Other root", number=333)
    chain = seals.der(authority.seal(seals.key(44), OWNER), authority.certificate)
    forged = json.dumps(of_did(OUR_DID, id=f"urn:credential:{form.intent.id}")).encode()

    report = (await gateway.verify(seals.sealed(forged, seals.key(44), chain, ISSUED))).report

    assert outcome(report, "status") is not Outcome.PASSED
    assert report.outcome is not Outcome.PASSED


@pytest.mark.parametrize("profile", ["edc-converted", "edc-generic-full"])
async def test_no_conversion_that_nobody_made_is_sealed(
    gateway: Gateway, issuer: SimulatedIssuer, profile: str
) -> None:
    original = json.dumps(issuer.signed(issuer.credential())).encode()
    receipt = f"{PUBLIC_URL}/p/default/receipts/00000000-0000-4000-8000-000000000000"
    invented = converted(original, f"SHA-256 of the original: {sha256(original).hexdigest()}. Receipt: {receipt}")
    invented["credentialSchema"] = [{"id": f"{PROFILES}/{profile}", "type": "ShaclValidator2017"}]

    problem = await refused(gateway, invented)

    assert problem.pointer.endswith("/id")
    assert "converted" in problem.reason
    assert problem.fix


@pytest.mark.parametrize(
    "said",
    [
        {"credentialSchema": [{"id": f"{PROFILES}/edc-issued-by-mandate", "type": "ShaclValidator2017"}]},
        {"evidence": [{"type": "Evidence", "dcType": concept("evidence-type", "c_18016257")}]},
        {"credentialProfiles": [concept("credential", "c_9a31f32a")]},
    ],
)
async def test_no_mandate_that_nobody_has_seen_is_sealed(gateway: Gateway, said: dict[str, Any]) -> None:
    problem = await refused(gateway, credential(**said))

    assert problem.pointer.startswith(f"/{next(iter(said))}/0/")
    assert "mandate" in problem.reason


@pytest.mark.parametrize(
    "said",
    [
        {"legalName": {"fr": "Autre université"}},
        {"legalName": {"en": "Other University"}},
        {"identifier": [{"id": "urn:epass:identifier:9", "type": "Identifier", "notation": "OTHER"}]},
        {"altLabel": {"fr": "Autre"}},
    ],
)
async def test_nothing_is_added_to_whom_the_seal_names(gateway: Gateway, said: dict[str, Any]) -> None:
    document = credential()
    [body] = document["credentialSubject"]["hasClaim"][0]["awardedBy"]["awardingBody"]
    body |= {"id": OUR_DID, **said}

    problem = await refused(gateway, document)

    assert problem.pointer.startswith("/credentialSubject/hasClaim/0/awardedBy/awardingBody/0")


async def test_the_contact_of_the_issuer_is_not_the_issuer_by_another_name(gateway: Gateway) -> None:
    document = credential()
    document["issuer"]["contactPoint"] = [organisation("Other University", OUR_DID)]

    assert (await refused(gateway, document)).pointer.startswith("/issuer/contactPoint/0")


@pytest.mark.parametrize(
    ("member", "node"),
    [
        ("termsOfUse", {"id": OUR_DID, "type": "TermsOfUse", "legalName": {"fr": "Autre"}}),
        ("termsOfUse", {"id": "urn:x:1", "type": "TermsOfUse", "contactPoint": [organisation("Other", OUR_DID)]}),
        ("proof", {"id": OUR_DID, "type": "Organisation", "legalName": {"fr": "Autre"}}),
    ],
)
async def test_nor_is_anything_where_no_class_of_elm_holds_it(
    gateway: Gateway, member: str, node: dict[str, Any]
) -> None:
    assert (await refused(gateway, credential(**{member: [node]}))).pointer.startswith(f"/{member}/0")


async def test_the_issuer_may_be_named_as_who_awards(gateway: Gateway) -> None:
    document = credential()
    document["credentialSubject"]["hasClaim"][0]["awardedBy"]["awardingBody"] = [
        {"id": OUR_DID, "type": "Organisation"}
    ]

    made = await gateway.europass.seal_upload(json.dumps(document).encode(), CALLER)

    assert (await gateway.verify(made.file)).report.outcome is Outcome.PASSED


async def test_an_id_that_was_given_at_sealing_is_not_taken_for_a_correction(gateway: Gateway) -> None:
    made = await gateway.europass.seal_upload(json.dumps(credential(id=None)).encode(), CALLER)
    id_ = json.loads(json.loads(made.file)["payload"])["id"]
    corrected = credential(id=id_, validFrom="2025-12-31T00:00:00Z")

    assert (await refused(gateway, corrected)).pointer == "/id"
    await gateway.native.revoke(made.converted.record.id, "by mistake", CALLER)
    assert (await refused(gateway, corrected)).pointer == "/id"
    assert outcome((await gateway.verify(made.file)).report, "status") is Outcome.FAILED
