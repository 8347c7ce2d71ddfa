"""Credentials in ELM, end to end: sealed as the gateway, verified before release, handed out, taken back."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any  # Any: members of JSON objects

import msgspec
import pytest

from adapters.hub.contract import Format
from adapters.hub.losses import Change, Loss
from gateway.assembly.whole import Gateway, assembled
from gateway.errors import NoSealIdentifier, NotFound, NotSuspendable
from gateway.flows.convert import NotTrusted
from gateway.flows.export import Carrier
from gateway.flows.prepare import NoSuspension, target
from gateway.flows.show import Wanted
from gateway.ports import Search
from gateway.proofs import base64url, certificates
from gateway.records import Algorithm, Form, Purpose, Record, Securing, StatusPurpose
from gateway.records.seals import NOT_QUALIFIED
from gateway.records.tenants import twin_of
from gateway.settings import Settings
from gateway.trust.report import Outcome
from tests.gateway.flows.conftest import CALLER, PUBLIC_URL
from tests.gateway.plain import award
from tests.gateway.trust.reports import outcome
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.sealer import credential
from tests.simulators.web import SimulatedWeb

ELM = (target(Format.ELM_3),)
IDENTIFIER = "NTRFR-123456789"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(public_url=PUBLIC_URL, data_dir=tmp_path, seal_organisation_id=IDENTIFIER)


def body_of(issuer: SimulatedIssuer) -> bytes:
    return json.dumps(issuer.signed(issuer.credential())).encode()


async def sealed(gateway: Gateway, body: bytes) -> Form:
    [form] = (await gateway.convert(body, "", ELM, CALLER)).created
    return form


def payload(form: Form) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.loads(form.sealed or b"")["payload"])
    return found


async def test_a_converted_badge_is_sealed_and_its_seal_is_authenticated_by_the_did(
    gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    form = await sealed(gateway, body_of(issuer))

    verified = await gateway.verify(form.sealed or b"")

    assert verified.report.outcome is Outcome.PASSED, verified.report
    assert verified.received.recognition.format is Format.ELM_3
    document = payload(form)
    assert document["id"] == f"urn:credential:{form.intent.id}"
    assert document["issuer"]["id"] == "did:web:badges.example.org:p:default"
    assert IDENTIFIER in json.dumps(document["issuer"])


async def test_what_was_dropped_is_named_where_it_stood(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    form = await sealed(gateway, body_of(issuer))

    losses = msgspec.json.decode(form.intent.losses, type=tuple[Loss, ...])

    dropped = [loss for loss in losses if loss.change is Change.DROPPED]
    assert dropped
    assert all(loss.source for loss in dropped)


async def test_a_hosted_badge_is_sealed_too(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    form = await sealed(gateway, issuer.hosted(issuer.assertion()))

    assert (await gateway.verify(form.sealed or b"")).report.outcome is Outcome.PASSED


async def test_without_an_identifier_nothing_is_sealed_or_stored(
    settings: Settings, web: SimulatedWeb, clock: SimulatedClock, issuer: SimulatedIssuer, tmp_path: Path
) -> None:
    bare = msgspec.structs.replace(settings, seal_organisation_id="", data_dir=tmp_path / "bare")

    async with assembled(bare, web=web, clock=clock) as without:
        with pytest.raises(NoSealIdentifier) as refused:
            await without.convert(body_of(issuer), "", (target(Format.OPEN_BADGES_3), *ELM), CALLER)

        assert "GATEWAY_SEAL_ORGANISATION_ID" in refused.value.fix
        assert await without.keys.all("default") == ()
        assert (await without.native.search(CALLER, Search(limit=5), "")).records == ()


async def test_a_platform_seals_under_an_identifier_of_its_own(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    await gateway.tenancy.change("default", {"organisation_id": "VATDE-99", "name": "École"}, "command line")

    form = await sealed(gateway, body_of(issuer))

    record = await gateway.look_up(form.credential)
    [shown] = record.forms
    assert shown.seal is not None
    assert (shown.seal.legal_name, shown.seal.organisation_id, shown.seal.country) == ("École", "VATDE-99", "DE")
    assert shown.seal.certificate == NOT_QUALIFIED


async def test_what_a_platform_is_called_later_is_in_its_next_certificate(
    gateway: Gateway, issuer: SimulatedIssuer, clock: SimulatedClock
) -> None:
    first = await sealed(gateway, body_of(issuer))
    clock.advance(seconds=60)
    await gateway.tenancy.change("default", {"name": "Another name"}, "command line")

    second = await sealed(gateway, body_of(issuer).replace(b"  ", b" ") + b" ")

    assert first.intent.key != second.intent.key
    for form in (first, second):
        assert (await gateway.verify(form.sealed or b"")).report.outcome is Outcome.PASSED


async def test_its_pages_are_the_sealed_file_its_picture_and_the_certificate(
    gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    form = await sealed(gateway, body_of(issuer))

    for suffix in ("", "jsonld"):
        page = await gateway.show(Wanted("default", "issued", form.intent.id, suffix))
        assert page.body == form.sealed
        assert (page.media_type, page.filename) == ("application/ld+json", f"{form.intent.id}.jsonld")
    picture = await gateway.show(Wanted("default", "issued", form.intent.id, "display"))
    assert picture.media_type == "image/png"
    for suffix in ("png", "svg", "json"):
        with pytest.raises(NotFound, match="not put into a picture"):
            await gateway.show(Wanted("default", "issued", form.intent.id, suffix))
    pem = (await gateway.show(Wanted("default", "seal.pem"))).body
    [leaf] = certificates.parse_pem(pem)
    assert certificates.is_self_made(certificates.parse(leaf))


async def test_the_key_stands_in_the_did_document_and_among_the_published_keys(
    gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    form = await sealed(gateway, body_of(issuer))

    did = json.loads((await gateway.show(Wanted("default", "did.json"))).body)

    header = json.loads(base64url.decode(json.loads(form.sealed or b"")["signatures"][0]["protected"]))
    assert header["kid"] == f"did:web:badges.example.org:p:default#{form.intent.key}"
    assert header["kid"] in did["assertionMethod"]
    [jwk] = [jwk for jwk in await gateway.list_keys() if jwk["kid"] == header["kid"]]
    assert jwk["x5c"] == header["x5c"]


async def test_the_receipt_names_the_credential_as_it_names_itself(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    form = await sealed(gateway, body_of(issuer))

    receipt = json.loads((await gateway.show(Wanted("default", "receipts", form.intent.id, "json"))).body)

    assert receipt["issued"]["id"] == f"urn:credential:{form.intent.id}"
    assert receipt["issued"]["sha256"] == sha256(form.sealed or b"").hexdigest()
    assert receipt["issued"]["key"] == form.intent.key


async def test_a_revoked_one_is_gone_from_its_address_and_its_record_says_so(
    gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    form = await sealed(gateway, body_of(issuer))

    await gateway.revoke(form.credential, "awarded by mistake", CALLER)

    page = await gateway.show(Wanted("default", "issued", form.intent.id, "jsonld"))
    assert page.gone
    assert json.loads(page.body)["revocationReason"] == "awarded by mistake"
    [shown] = (await gateway.look_up(form.credential)).forms
    assert shown.revoked_at is not None
    assert not shown.revocable


async def test_what_was_revoked_fails_where_the_gateway_verifies_it(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    form = await sealed(gateway, body_of(issuer))
    await gateway.revoke(form.credential, "awarded by mistake", CALLER)

    report = (await gateway.verify(form.sealed or b"")).report

    [status] = [check for check in report.checks if check.name == "status"]
    assert (report.outcome, status.outcome) == (Outcome.FAILED, Outcome.FAILED)
    assert "awarded by mistake" in status.detail
    with pytest.raises(NotTrusted):
        await gateway.convert(form.sealed or b"", "", (target(Format.OPEN_BADGES_2),), CALLER)


async def test_it_is_revoked_and_never_suspended(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    form = await sealed(gateway, body_of(issuer))

    with pytest.raises(NotSuspendable):
        await gateway.native.suspend(form.credential, "for now", CALLER)
    with pytest.raises(NoSuspension):
        target(Format.ELM_3, status=StatusPurpose.SUSPENSION)


def test_what_is_read_only_is_not_asked_for() -> None:
    with pytest.raises(ValueError, match="read here and not written"):
        target(Format.OPEN_BADGES_1)


async def test_one_more_form_of_a_record_is_sealed(gateway: Gateway, record: Record) -> None:
    extended = await gateway.extend(record.id, ELM, CALLER)

    exported = await gateway.native.export(record.id, Format.ELM_3, CALLER, carrier=Carrier.JSON_LD)
    assert {form.intent.format for form in extended.record.forms} == {Format.OPEN_BADGES_3, Format.ELM_3}
    assert (await gateway.verify(exported.body)).report.outcome is Outcome.PASSED
    with pytest.raises(NotFound):
        await gateway.native.export(record.id, Format.ELM_3, CALLER, carrier=Carrier.PNG)


async def test_a_crash_before_the_signature_gives_the_same_bytes_afterwards(
    gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    form = await sealed(gateway, body_of(issuer))

    again = await gateway.convert.seal.signer.sign(form.intent.key, form.intent.unsigned)

    assert json.loads(form.sealed or b"")["signatures"][0]["signature"] == base64url.encode(again)
    assert (await gateway.convert(body_of(issuer), "", ELM, CALLER)).created == ()


async def test_plain_data_is_issued_in_elm(gateway: Gateway) -> None:
    made = await gateway.native.issue(msgspec.json.encode(award()), ELM, CALLER)

    [form] = made.created
    assert (await gateway.verify(form.sealed or b"")).report.outcome is Outcome.PASSED
    assert "edc-generic-full" in json.dumps(payload(form)["credentialSchema"])


async def test_a_test_platform_marks_what_it_seals(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    twin = msgspec.structs.replace(CALLER, platform=twin_of("default"))

    made = await gateway.convert(body_of(issuer), "", ELM, twin)

    document = payload(made.created[0])
    assert "TEST – " in json.dumps(document["issuer"], ensure_ascii=False)
    assert "TEST – " in json.dumps(document["credentialSubject"], ensure_ascii=False)


async def test_without_https_the_issuer_is_the_key_itself(
    settings: Settings, web: SimulatedWeb, clock: SimulatedClock, issuer: SimulatedIssuer
) -> None:
    local = msgspec.structs.replace(settings, public_url="http://127.0.0.1:8000")

    async with assembled(local, web=web, clock=clock) as gateway:
        form = await sealed(gateway, body_of(issuer))

        assert (await gateway.verify(form.sealed or b"")).report.outcome is Outcome.PASSED
        assert payload(form)["issuer"]["id"].startswith("did:key:zDn")


async def test_without_https_what_was_revoked_shows_too(
    settings: Settings, web: SimulatedWeb, clock: SimulatedClock, issuer: SimulatedIssuer
) -> None:
    local = msgspec.structs.replace(settings, public_url="http://127.0.0.1:8000")

    async with assembled(local, web=web, clock=clock) as gateway:
        made = await gateway.convert(body_of(issuer), "", ELM, CALLER)
        uploaded = await gateway.europass.seal_upload(json.dumps(credential()).encode(), CALLER)
        for record, file in ((made.record, made.created[0].sealed or b""), (uploaded.converted.record, uploaded.file)):
            before = (await gateway.verify(file)).report

            await gateway.native.revoke(record.id, "by mistake", CALLER)

            after = (await gateway.verify(file)).report
            assert (before.outcome, after.outcome) == (Outcome.PASSED, Outcome.FAILED)
            assert outcome(after, "status") is Outcome.FAILED


async def test_one_changed_byte_of_what_was_sealed_is_caught(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    form = await sealed(gateway, body_of(issuer))
    tampered = (form.sealed or b"").replace(b"urn:credential:", b"urn:credentiaL:", 1)

    report = (await gateway.verify(tampered)).report

    assert report.outcome is Outcome.FAILED


async def test_keys_rotate_and_what_the_old_one_sealed_still_verifies(
    gateway: Gateway, issuer: SimulatedIssuer, clock: SimulatedClock
) -> None:
    form = await sealed(gateway, body_of(issuer))
    clock.advance(seconds=60)

    rotated = await gateway.tenancy.rotate_key("default", Purpose.SEAL, Algorithm.RS256, "command line")

    assert rotated.certificate is not None
    assert rotated.id != form.intent.key
    assert (await gateway.verify(form.sealed or b"")).report.outcome is Outcome.PASSED
    assert form.intent.securing is Securing.JADES
