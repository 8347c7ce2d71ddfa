"""Keys of signed Open Badges 2.0: the Profile that the issuer's address serves decides."""

import pytest

from gateway.trust.report import Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb


async def test_signed_badge_with_a_key_that_the_hosted_profile_lists_is_the_issuers(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    assert outcome(await report_on(issuer.signed_badge(), web), "issuer") is Outcome.PASSED


async def test_profile_inside_a_signed_badge_proves_nothing(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    stranger = SimulatedIssuer(web, "https://other.example/profile")
    stranger.publish()
    profile = {**issuer.controller_document(), "publicKey": [stranger.key_url]}
    badge = {**issuer.badge_class(), "issuer": profile}

    report = await report_on(stranger.signed_badge(badge=badge), web)

    assert outcome(report, "issuer") is Outcome.FAILED
    assert "does not list" in check(report, "issuer").detail
    assert stranger.key_url not in web.requests


async def test_key_that_the_hosted_profile_does_not_list_signs_for_nobody(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    issuer.publish(publicKey=[])

    report = await report_on(issuer.signed_badge(), web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "issuer") is Outcome.FAILED


async def test_signed_badge_whose_profile_cannot_be_had_is_signed_by_nobody_known(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    web.unreachable(issuer.id)
    badge = {**issuer.badge_class(), "issuer": issuer.controller_document()}

    report = await report_on(issuer.signed_badge(badge=badge), web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "issuer") is Outcome.UNKNOWN


async def test_listed_key_that_names_another_owner_fails(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    issuer.serve(issuer.key_url, {**issuer.cryptographic_key(), "owner": "https://other.example/profile"})

    assert outcome(await report_on(issuer.signed_badge(), web), "issuer") is Outcome.FAILED


async def test_listed_key_on_another_host_fails(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    address = "https://other.example/keys/1"
    issuer.publish(publicKey=address)
    issuer.serve(address, {**issuer.cryptographic_key(), "id": address})

    report = await report_on(issuer.signed_badge(verification={"type": "SignedBadge", "creator": address}), web)

    assert outcome(report, "issuer") is Outcome.FAILED


async def test_key_embedded_in_the_hosted_profile_is_the_issuers(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    issuer.publish(publicKey=issuer.cryptographic_key())
    web.unreachable(issuer.key_url)

    assert outcome(await report_on(issuer.signed_badge(), web), "issuer") is Outcome.PASSED


async def test_badge_need_not_name_the_only_key_of_its_issuer(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.signed_badge(verification={"type": "SignedBadge"}), web)

    assert outcome(report, "issuer") is Outcome.PASSED


async def test_badge_that_names_none_of_several_keys_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    issuer.publish(publicKey=[issuer.key_url, "https://issuer.example/keys/2"])

    report = await report_on(issuer.signed_badge(verification={"type": "SignedBadge"}), web)

    assert outcome(report, "proof") is Outcome.UNKNOWN


async def test_key_of_a_signed_badge_that_is_gone_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    web.gone(issuer.key_url)

    assert outcome(await report_on(issuer.signed_badge(), web), "proof") is Outcome.UNKNOWN


ENDED = {
    "revoked": {"revoked": "2025-12-01T00:00:00Z"},
    "expired": {"expires": "2025-12-31T23:59:59Z"},
    "revoked at a time that nobody can read": {"revoked": True},
}


@pytest.mark.parametrize("ended", ENDED.values(), ids=ENDED)
@pytest.mark.parametrize("place", ["its own document", "the Profile", "the Profile alone"])
async def test_key_that_has_ended_signs_nothing(
    web: SimulatedWeb, issuer: SimulatedIssuer, ended: dict[str, object], place: str
) -> None:
    key = {**issuer.cryptographic_key(), **ended}
    if place == "its own document":
        issuer.serve(issuer.key_url, key)
    else:
        issuer.publish(publicKey=[key if place == "the Profile alone" else {"id": issuer.key_url, **ended}])

    report = await report_on(issuer.signed_badge(), web)

    assert (outcome(report, "proof"), outcome(report, "issuer")) == (Outcome.PASSED, Outcome.FAILED)
    assert check(report, "issuer").fix.startswith("Sign the badge anew")


async def test_key_that_ends_later_still_signs(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    issuer.serve(issuer.key_url, {**issuer.cryptographic_key(), "expires": "2026-12-31T00:00:00Z"})

    assert outcome(await report_on(issuer.signed_badge(), web), "issuer") is Outcome.PASSED


async def test_one_key_of_several_that_the_profile_lists_is_the_issuers(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    other = {**issuer.cryptographic_key(), "id": f"{issuer.host}/keys/2"}
    issuer.publish(publicKey=[other, issuer.key_url, f"{issuer.host}/keys/3"])

    assert outcome(await report_on(issuer.signed_badge(), web), "issuer") is Outcome.PASSED


@pytest.mark.parametrize("ended", ENDED.values(), ids=ENDED)
@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("named", ["id", "@id"])
async def test_key_that_any_entry_of_its_id_ends_signs_nothing(
    web: SimulatedWeb, issuer: SimulatedIssuer, ended: dict[str, object], first: bool, named: str
) -> None:
    entries: list[object] = [issuer.key_url, {named: issuer.key_url, **ended}]
    issuer.publish(publicKey=entries if first else entries[::-1])

    report = await report_on(issuer.signed_badge(), web)

    assert (outcome(report, "proof"), outcome(report, "issuer")) == (Outcome.PASSED, Outcome.FAILED)


async def test_key_that_the_profile_ended_under_another_id_signs_nothing(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    former = {**issuer.cryptographic_key(), "id": f"{issuer.host}/keys/0", "revoked": "2025-12-01T00:00:00Z"}
    issuer.publish(publicKey=[issuer.key_url, former])

    report = await report_on(issuer.signed_badge(), web)

    assert outcome(report, "issuer") is Outcome.FAILED
    assert f"as {issuer.host}/keys/0" in check(report, "issuer").detail


async def test_former_key_of_the_profile_that_is_another_changes_nothing(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    other = SimulatedIssuer(web, "https://other.example/profile").cryptographic_key()
    former = {**other, "id": f"{issuer.host}/keys/0", "revoked": "2025-12-01T00:00:00Z"}
    issuer.publish(publicKey=[issuer.key_url, former, {"id": f"{issuer.host}/keys/00", "revoked": True}])

    assert outcome(await report_on(issuer.signed_badge(), web), "issuer") is Outcome.PASSED


async def test_two_keys_of_one_id_in_the_profile_are_none(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    other = SimulatedIssuer(web, "https://other.example/profile").cryptographic_key()
    issuer.publish(publicKey=[issuer.cryptographic_key(), {**other, "id": issuer.key_url, "owner": issuer.id}])

    report = await report_on(issuer.signed_badge(), web)

    assert (outcome(report, "proof"), outcome(report, "issuer")) == (Outcome.UNKNOWN, Outcome.UNKNOWN)
    assert check(report, "proof").fix
