"""The whole line: what comes in verified goes out signed, recorded and traceable; nothing else does."""

import asyncio
import json

import msgspec
import pytest

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway, assembled
from gateway.flows.convert import Converted, NotTrusted
from gateway.flows.prepare import NotSealable, Target, target, targets
from gateway.flows.show import Wanted
from gateway.ports import Search
from gateway.proofs import jws
from gateway.proofs.signatures import public_key
from gateway.records import Purpose, Securing
from gateway.settings import Settings
from gateway.trust.report import Outcome
from tests.gateway.flows.conftest import CALLER, PUBLIC_URL
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.recorded import report_of, source_of
from tests.simulators.web import SimulatedWeb

OB3 = (target(Format.OPEN_BADGES_3),)
OB2 = (target(Format.OPEN_BADGES_2),)
ALL = tuple(
    Target(format, securing)
    for format, securing in (
        (Format.OPEN_BADGES_3, Securing.DATA_INTEGRITY),
        (Format.OPEN_BADGES_3, Securing.VC_JWT),
        (Format.OPEN_BADGES_2, Securing.HOSTED),
        (Format.OPEN_BADGES_2, Securing.JWS),
    )
)


async def converted(gateway: Gateway, body: bytes, asked: tuple[Target, ...]) -> Converted:
    return await gateway.convert(body, "", asked, CALLER)


def document(found: Converted) -> dict[str, object]:
    return dict(json.loads(found.record.forms[0].sealed or b""))


async def test_the_gateway_is_the_issuer_and_the_original_issuer_is_named_beside_it(
    gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    found = await converted(gateway, issuer.hosted(issuer.assertion()), OB3)

    issued = document(found)
    assert issued["issuer"]["id"] == "did:web:badges.example.org:p:default"  # type: ignore[index]
    assert issued["credentialSubject"]["source"]["id"] == issuer.id  # type: ignore[index]
    assert issued["credentialSubject"]["achievement"]["creator"]["id"] == issuer.id  # type: ignore[index]


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"open_badges_3_issuer": "https"},
        {"vc_jwt_algorithm": "RS256"},
        {"vc_jwt_algorithm": "EdDSA"},
        {"public_url": "http://127.0.0.1:8000"},
        {"public_url": "https://badges.example.org:8443"},
    ],
    ids=str,
)
async def test_every_form_verifies_again_from_what_the_gateway_publishes(
    settings: Settings, changed: dict[str, str], web: SimulatedWeb, clock: SimulatedClock, issuer: SimulatedIssuer
) -> None:
    async with assembled(msgspec.structs.replace(settings, **changed), web=web, clock=clock) as gateway:
        found = await converted(gateway, issuer.hosted(issuer.assertion()), ALL)

        reports = [(await gateway.verify(form.sealed or b"")).report for form in found.record.forms]

    assert [report.outcome for report in reports] == [Outcome.PASSED] * len(ALL)


async def test_a_baked_form_is_read_back_as_the_same_badge(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    found = await converted(gateway, issuer.hosted(issuer.assertion()), ALL)

    for form in found.record.forms:
        for suffix in ("png", "svg"):
            page = await gateway.show(Wanted("default", "issued", form.intent.id, suffix))
            verified = await gateway.verify(page.body)
            assert verified.report.outcome is Outcome.PASSED


async def test_the_same_source_sent_again_is_the_same_record_and_is_not_signed_again(
    gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    body = issuer.hosted(issuer.assertion())
    first = await converted(gateway, body, OB3)

    second = await converted(gateway, body, OB3)

    assert second.record.id == first.record.id
    assert second.record.forms == first.record.forms
    assert second.created == ()


async def test_fifty_at_once_make_one_record_with_one_form(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    body = issuer.hosted(issuer.assertion())

    found = await asyncio.gather(*(converted(gateway, body, OB3) for _ in range(50)))

    assert len({one.record.id for one in found}) == 1
    assert len({one.record.forms[0].sealed for one in found}) == 1


async def test_a_source_that_went_bad_is_said_and_signed_no_more(
    gateway: Gateway, issuer: SimulatedIssuer, web: SimulatedWeb
) -> None:
    assertion = issuer.assertion()
    body = issuer.hosted(assertion)
    await converted(gateway, body, OB3)
    web.gone(str(assertion["id"]))

    found = await converted(gateway, body, ALL)

    assert report_of(found).outcome is Outcome.FAILED
    assert found.created == ()
    assert len(found.record.forms) == 1


async def test_an_unreachable_issuer_is_refused_and_nothing_is_stored(
    gateway: Gateway, issuer: SimulatedIssuer, web: SimulatedWeb
) -> None:
    body = issuer.hosted(issuer.assertion())
    web.unreachable(issuer.id)

    with pytest.raises(NotTrusted):
        await converted(gateway, body, ALL)

    assert len((await gateway.native.search(CALLER, Search(limit=10))).records) == 0


async def test_the_original_comes_back_byte_for_byte(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    body = issuer.hosted(issuer.assertion())
    found = await converted(gateway, body, OB3)

    source = await gateway.show_original(found.record.id, capability=source_of(found.record).capability)

    assert source.received == body


async def test_the_receipt_says_what_was_checked_and_lost_and_verifies(
    gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    body = issuer.hosted(issuer.assertion())
    found = await converted(gateway, body, OB3)
    [form] = found.record.forms
    [key] = [key for key in await gateway.keys.all("default") if key.purpose is Purpose.RECEIPT]

    token = jws.parse(form.receipt)

    jws.verify(token, public_key(key.spki))
    claims = json.loads(token.payload)
    assert claims["source"]["sha256"] == source_of(found.record).sha256.hex()
    assert [check["name"] for check in claims["checks"]] == [check.name for check in report_of(found).checks]
    assert len(claims["losses"]) == len(msgspec.json.decode(form.intent.losses))


async def test_a_status_entry_is_published_and_revocation_shows_in_it(
    gateway: Gateway, issuer: SimulatedIssuer
) -> None:
    found = await converted(gateway, issuer.hosted(issuer.assertion()), OB3)

    await gateway.revoke(found.record.id, "awarded by mistake", CALLER)

    verified = await gateway.verify(found.record.forms[0].sealed or b"")
    status = next(check for check in verified.report.checks if check.name == "status")
    assert status.outcome is Outcome.FAILED


async def test_a_revoked_hosted_form_is_gone_and_says_so(gateway: Gateway, issuer: SimulatedIssuer) -> None:
    found = await converted(gateway, json.dumps(issuer.signed(issuer.credential())).encode(), OB2)
    form_id = found.record.forms[0].intent.id

    await gateway.revoke(found.record.id, "awarded by mistake", CALLER)

    page = await gateway.show(Wanted("default", "issued", form_id))
    assert page.gone
    assert json.loads(page.body)["revocationReason"] == "awarded by mistake"
    listed = json.loads((await gateway.show(Wanted("default", "revocations"))).body)
    assert listed["revokedAssertions"][0]["id"] == f"{PUBLIC_URL}/p/default/issued/{form_id}"


async def test_one_more_form_verifies_the_source_again_first(
    gateway: Gateway, issuer: SimulatedIssuer, web: SimulatedWeb
) -> None:
    assertion = issuer.assertion()
    found = await converted(gateway, issuer.hosted(assertion), OB3)
    web.requests.clear()

    extended = await gateway.extend(found.record.id, OB2, CALLER)

    assert str(assertion["id"]) in web.requests
    assert {form.intent.format for form in extended.record.forms} == {Format.OPEN_BADGES_2, Format.OPEN_BADGES_3}


async def test_keys_rotate_and_what_the_old_one_signed_still_verifies(
    gateway: Gateway, issuer: SimulatedIssuer, clock: SimulatedClock
) -> None:
    found = await converted(gateway, issuer.hosted(issuer.assertion()), ALL)
    used = {form.intent.key for form in found.record.forms}
    for key in await gateway.keys.all("default"):
        await gateway.keys.rotate("default", key.purpose, key.algorithm, clock())

    again = await converted(gateway, issuer.hosted(issuer.assertion(id=f"{issuer.host}/other")), ALL)

    assert used.isdisjoint(form.intent.key for form in again.record.forms if form.intent.key)
    for form in (*found.record.forms, *again.record.forms):
        assert (await gateway.verify(form.sealed or b"")).report.outcome is Outcome.PASSED


async def test_status_lists_are_signed_again_before_they_end(
    gateway: Gateway, issuer: SimulatedIssuer, clock: SimulatedClock
) -> None:
    found = await converted(gateway, issuer.hosted(issuer.assertion()), OB3)
    clock.advance(hours=23)
    assert await gateway.publish() == 1
    clock.advance(hours=23)

    verified = await gateway.verify(found.record.forms[0].sealed or b"")

    assert verified.report.outcome is Outcome.PASSED


def test_a_securing_holds_for_the_formats_that_know_it() -> None:
    asked = targets([Format.OPEN_BADGES_2, Format.OPEN_BADGES_3], Securing.VC_JWT)

    assert asked == (
        Target(Format.OPEN_BADGES_2, Securing.HOSTED),
        Target(Format.OPEN_BADGES_3, Securing.VC_JWT),
    )


def test_a_securing_that_no_format_knows_is_refused() -> None:
    with pytest.raises(NotSealable):
        targets([Format.OPEN_BADGES_2], Securing.VC_JWT)
