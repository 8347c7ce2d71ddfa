"""Badges of Open Badges 0.5, 1.0 and 1.1: what vouches for them, and what does not."""

import json

import pytest

from adapters.hub.baking import KEYWORD_2, bake_png
from gateway.trust.report import Outcome, Report
from tests.gateway.trust.reports import check, outcome, report_on
from tests.laundering.sources import PICTURE
from tests.simulators.first_badges import LEARNER, FirstIssuer
from tests.simulators.web import SimulatedWeb

STRANGER = "https://stranger.example"


@pytest.fixture
def first(web: SimulatedWeb) -> FirstIssuer:
    return FirstIssuer(web)


def not_good(report: Report, name: str) -> bool:
    return report.outcome is not Outcome.PASSED and outcome(report, name) is Outcome.FAILED


async def test_a_hosted_badge_of_1_1_passes(web: SimulatedWeb, first: FirstIssuer) -> None:
    report = await report_on(first.hosted_1_1(), web)

    assert report.outcome is Outcome.PASSED, report


async def test_a_hosted_badge_of_1_0_passes(web: SimulatedWeb, first: FirstIssuer) -> None:
    report = await report_on(first.hosted(), web)

    assert report.outcome is Outcome.PASSED, report


async def test_a_signed_badge_passes_and_is_looked_up_in_the_issuers_list(
    web: SimulatedWeb, first: FirstIssuer
) -> None:
    report = await report_on(first.signed().encode(), web)

    assert report.outcome is Outcome.PASSED, report
    assert "https://first.example/revoked.json" in check(report, "status").looked_at


async def test_a_picture_of_2011_leads_to_the_badge_it_was_made_of(web: SimulatedWeb, first: FirstIssuer) -> None:
    baked = bake_png(PICTURE, first.of_2011().encode(), KEYWORD_2)

    report = await report_on(baked, web)

    assert report.outcome is Outcome.PASSED, report


async def test_the_recipient_of_2011_is_compared(web: SimulatedWeb, first: FirstIssuer) -> None:
    address = first.of_2011().encode()

    assert outcome(await report_on(address, web, recipients=(LEARNER,)), "recipient") is Outcome.PASSED
    assert outcome(await report_on(address, web, recipients=("other@example.org",)), "recipient") is Outcome.FAILED


async def test_an_altered_copy_fails_and_names_what_differs(web: SimulatedWeb, first: FirstIssuer) -> None:
    first.hosted_1_1()
    copy = json.loads(web.body("https://first.example/a1.json"))

    report = await report_on({**copy, "evidence": "https://first.example/other"}, web)

    assert not_good(report, "proof")
    assert "/evidence" in check(report, "proof").detail


async def test_a_badge_class_that_the_copy_tells_otherwise_fails(web: SimulatedWeb, first: FirstIssuer) -> None:
    copy = json.loads(first.hosted_1_1())
    told = first.badge(id=copy["badge"], name="Knots and Splices", issuer={**first.issuer(), "id": first.keys.id})

    report = await report_on({**copy, "badge": told}, web)

    assert "/badge/name" in check(report, "proof").detail
    assert not_good(report, "proof")


async def test_an_assertion_on_another_origin_is_not_the_issuers(web: SimulatedWeb, first: FirstIssuer) -> None:
    del first
    stranger = FirstIssuer(web, STRANGER)

    report = await report_on(stranger.hosted_1_1(badge="https://first.example/knots.json"), web)

    assert not_good(report, "hosted-scope")


async def test_a_badge_of_2011_on_another_origin_is_not_the_issuers(web: SimulatedWeb, first: FirstIssuer) -> None:
    first.of_2011()
    web.publish(f"{STRANGER}/2011.json", web.body("https://first.example/2011.json"))

    report = await report_on(f"{STRANGER}/2011.json".encode(), web)

    assert not_good(report, "hosted-scope")


async def test_a_badge_of_2011_sent_without_its_address_has_nobody_to_vouch_for_it(
    web: SimulatedWeb, first: FirstIssuer
) -> None:
    first.of_2011()

    report = await report_on(web.body("https://first.example/2011.json"), web)

    assert not_good(report, "proof")
    assert check(report, "proof").remedies[0].expected.startswith("its own address")


async def test_an_origin_with_a_path_names_nobody(web: SimulatedWeb, first: FirstIssuer) -> None:
    issuer = {"origin": "https://first.example/users/good", "name": "School of Knots"}
    address = first.of_2011(badge={**first.badge(issuer=issuer)})

    report = await report_on(address.encode(), web)

    assert not_good(report, "shape")


async def test_an_origin_that_serves_a_profile_is_held_to_its_scope(web: SimulatedWeb, first: FirstIssuer) -> None:
    address = first.of_2011()
    web.publish(
        "https://first.example", json.dumps({"verification": {"startsWith": "https://first.example/b/"}}).encode()
    )

    report = await report_on(address.encode(), web)

    assert report.outcome is not Outcome.PASSED
    assert outcome(report, "hosted-scope") is Outcome.FAILED


async def test_a_badge_that_is_gone_is_revoked(web: SimulatedWeb, first: FirstIssuer) -> None:
    received = first.hosted()
    web.gone("https://first.example/a1.json")

    assert not_good(await report_on(received, web), "status")


async def test_a_badge_whose_host_says_that_it_is_revoked_is_revoked(web: SimulatedWeb, first: FirstIssuer) -> None:
    received = first.hosted_1_1()
    first.serve("a1.json", {"revoked": True})

    assert not_good(await report_on(received, web), "status")


async def test_a_signed_badge_on_the_list_is_revoked_for_the_reason_there(
    web: SimulatedWeb, first: FirstIssuer
) -> None:
    received = first.signed().encode()
    first.revoke(a1="awarded by mistake")

    report = await report_on(received, web)

    assert not_good(report, "status")
    assert "awarded by mistake" in check(report, "status").detail


async def test_a_list_of_2_0_is_read_as_well(web: SimulatedWeb, first: FirstIssuer) -> None:
    received = first.signed().encode()
    first.serve("revoked.json", {"revokedAssertions": [{"uid": "a1"}]})

    assert not_good(await report_on(received, web), "status")


@pytest.mark.parametrize("served", [{"a1": 7}, {"others": {"a1": True}}])
async def test_a_list_that_cannot_be_read_leaves_the_status_unknown(
    web: SimulatedWeb, first: FirstIssuer, served: dict[str, object]
) -> None:
    received = first.signed(uid="a2").encode()
    first.serve("revoked.json", served)

    assert outcome(await report_on(received, web), "status") is Outcome.UNKNOWN


async def test_a_key_on_another_host_is_not_the_issuers_and_is_not_asked_for(
    web: SimulatedWeb, first: FirstIssuer
) -> None:
    del first
    stranger = FirstIssuer(web, STRANGER)
    forged = stranger.signed(badge="https://first.example/knots.json")

    report = await report_on(forged.encode(), web)

    assert report.outcome is not Outcome.PASSED
    assert outcome(report, "issuer") is Outcome.FAILED
    assert f"{STRANGER}/key.pem" not in web.requests


async def test_an_issuer_that_lists_its_keys_is_held_to_its_list(web: SimulatedWeb, first: FirstIssuer) -> None:
    received = first.signed().encode()
    pem = web.body("https://first.example/key.pem").decode()
    listed = {"id": "https://first.example/keys/1", "publicKeyPem": pem}

    first.serve("issuer.json", first.issuer(publicKey=listed))
    by_material = await report_on(received, web)
    first.serve("issuer.json", first.issuer(publicKey="https://first.example/key.pem"))
    by_address = await report_on(received, web)
    first.serve("issuer.json", first.issuer(publicKey="https://first.example/keys/2"))
    by_neither = await report_on(received, web)
    first.serve("issuer.json", first.issuer(publicKey={**listed, "revoked": "2020-01-01T00:00:00Z"}))
    withdrawn = await report_on(received, web)

    assert (by_material.outcome, by_address.outcome) == (Outcome.PASSED, Outcome.PASSED)
    assert outcome(by_neither, "issuer") is Outcome.UNKNOWN
    assert outcome(withdrawn, "issuer") is Outcome.FAILED


@pytest.mark.parametrize(
    ("scope", "verdict"),
    [
        ({"startsWith": "https://first.example/"}, Outcome.PASSED),
        ({"startsWith": "https://first.example/good/"}, Outcome.FAILED),
        ({"allowedOrigins": ["other.example"]}, Outcome.FAILED),
        ("everything", Outcome.UNKNOWN),
    ],
)
async def test_a_key_lies_where_its_issuer_vouches_for(
    web: SimulatedWeb, first: FirstIssuer, scope: object, verdict: Outcome
) -> None:
    received = first.signed().encode()
    first.serve("issuer.json", first.issuer(verification=scope))

    assert outcome(await report_on(received, web), "issuer") is verdict


async def test_an_issuer_that_cannot_be_asked_is_unknown_though_the_badge_embeds_it(
    web: SimulatedWeb, first: FirstIssuer
) -> None:
    badge = {**first.badge(), "id": "urn:uuid:1", "issuer": {**first.issuer(), "id": "https://first.example/gone.json"}}

    report = await report_on(first.signed(badge=badge).encode(), web)

    assert report.outcome is not Outcome.PASSED
    assert outcome(report, "issuer") is Outcome.UNKNOWN


async def test_a_signature_by_another_key_fails(web: SimulatedWeb, first: FirstIssuer) -> None:
    del first
    stranger = FirstIssuer(web, STRANGER)
    verify = {"type": "signed", "url": "https://first.example/key.pem"}
    forged = stranger.signed(badge="https://first.example/knots.json", verify=verify)

    assert not_good(await report_on(forged.encode(), web), "proof")


@pytest.mark.parametrize("served", [b"", b"no key", b"-----BEGIN PUBLIC KEY-----\nAA==\n-----END PUBLIC KEY-----"])
async def test_a_key_that_cannot_be_read_leaves_the_issuer_unknown(
    web: SimulatedWeb, first: FirstIssuer, served: bytes
) -> None:
    received = first.signed().encode()
    web.publish("https://first.example/key.pem", served)

    report = await report_on(received, web)

    assert report.outcome is not Outcome.PASSED
    assert outcome(report, "proof") is Outcome.UNKNOWN


async def test_a_badge_that_names_no_key_fails(web: SimulatedWeb, first: FirstIssuer) -> None:
    report = await report_on(first.signed(verify={"type": "signed"}).encode(), web)

    assert not_good(report, "issuer")


async def test_an_expired_badge_fails_at_the_beginning_of_its_last_day(web: SimulatedWeb, first: FirstIssuer) -> None:
    report = await report_on(first.hosted_1_1(expires="2019-12-31"), web)

    assert not_good(report, "validity-period")
    assert "2019-12-31T00:00:00" in check(report, "validity-period").detail
