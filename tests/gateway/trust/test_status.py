"""Status: whatever lists there are, the worst answer counts, and silence is never good."""

from gateway.trust.report import Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.issuer import SimulatedIssuer, status_entry
from tests.simulators.web import SimulatedWeb

LIST = "https://issuer.example/status/1"


async def test_credential_without_status_has_none_to_look_up(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    assert outcome(await report_on(issuer.signed(issuer.credential()), web), "status") is Outcome.SKIPPED


async def test_status_type_that_is_not_understood_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    entry = {"type": "RevocationList2020Status", "id": f"{LIST}#7"}

    report = await report_on(issuer.token(issuer.credential(credentialStatus=entry)), web)

    assert outcome(report, "status") is Outcome.UNKNOWN
    assert "BitstringStatusListEntry" in check(report, "status").fix
    assert report.outcome is Outcome.UNKNOWN


async def test_one_revoked_entry_among_several_revokes(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    good = issuer.status_list(LIST)
    bad = issuer.status_list("https://issuer.example/status/2", 7, purpose="suspension")

    report = await report_on(issuer.token(issuer.credential(credentialStatus=[good, bad])), web)

    assert outcome(report, "status") is Outcome.FAILED
    assert check(report, "status").detail.startswith("suspended")


async def test_list_that_cannot_be_had_beside_a_good_one_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    good = issuer.status_list(LIST)
    lost = issuer.status_list("https://issuer.example/status/2")
    web.unreachable("https://issuer.example/status/2")

    report = await report_on(issuer.token(issuer.credential(credentialStatus=[good, lost])), web)

    assert outcome(report, "status") is Outcome.UNKNOWN
    assert "https://issuer.example/status/2" in check(report, "status").looked_at


async def test_revocation_list_that_only_the_served_profile_names_is_looked_up(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    address = "https://issuer.example/revocations"
    issuer.publish(revocationList=address)
    revoked = {"id": address, "type": "RevocationList", "revokedAssertions": ["https://issuer.example/assertions/1"]}
    issuer.serve(address, revoked)
    badge = {**issuer.badge_class(), "issuer": SimulatedIssuer(web).controller_document()}

    report = await report_on(issuer.signed_badge(badge=badge), web)

    assert outcome(report, "status") is Outcome.FAILED


async def test_more_places_than_anybody_needs_are_not_asked(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    entries = [status_entry(f"https://issuer.example/status/{number}") for number in range(9)]

    found = check(await report_on(issuer.token(issuer.credential(credentialStatus=entries)), web), "status")

    assert found.outcome is Outcome.UNKNOWN
    assert not any("/status/" in url for url in web.requests)


async def test_an_entry_of_two_types_is_not_understood(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    entry = issuer.status_list("https://issuer.example/status/1")
    entry["type"] = ["BitstringStatusListEntry", "1EdTechRevocationList"]

    found = check(await report_on(issuer.token(issuer.credential(credentialStatus=entry)), web), "status")

    assert found.outcome is Outcome.UNKNOWN
