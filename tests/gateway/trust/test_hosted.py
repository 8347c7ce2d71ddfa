"""Hosted badges: the copy against its host, and the host against what the issuer vouches for."""

from typing import Any  # Any: members of JSON documents

import pytest

from gateway.ports import Fetched
from gateway.trust.report import Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb


class Redirecting(SimulatedWeb):
    """Serves another web, one address of it from elsewhere."""

    def __init__(self, web: SimulatedWeb, start: str, end: str) -> None:
        super().__init__()
        self.web, self.start, self.end = web, start, end

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        answer = await self.web(url, accept=accept, fresh=fresh)
        final = self.end if url == self.start else answer.url
        return Fetched(url=final, status=answer.status, body=answer.body, media_type=answer.media_type, at=answer.at)


async def test_host_that_does_not_answer_leaves_proof_and_status_unknown(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    received = issuer.hosted(issuer.assertion())
    web.unreachable("https://issuer.example/assertions/1")

    report = await report_on(received, web)

    assert outcome(report, "proof") is Outcome.UNKNOWN
    assert outcome(report, "status") is Outcome.UNKNOWN
    assert check(report, "proof").looked_at == ("https://issuer.example/assertions/1",)


async def test_copy_that_differs_from_the_host_fails_and_names_place_and_url(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    issuer.hosted(issuer.assertion())

    report = await report_on(issuer.assertion(narrative="Forged"), web)

    proof = check(report, "proof")
    assert proof.outcome is Outcome.FAILED
    assert "/narrative" in proof.detail
    assert proof.fix == "Convert the hosted copy: give its URL, https://issuer.example/assertions/1."


async def test_copy_of_what_the_host_serves_passes_after_its_issuer_was_renamed(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    profile = issuer.controller_document()
    embedding = issuer.assertion(badge={**issuer.badge_class(), "issuer": profile})
    received = issuer.hosted(embedding)
    issuer.serve(issuer.id, {**profile, "name": "Another Name"})
    forged = {**embedding, "badge": {**embedding["badge"], "issuer": {**profile, "name": "A Third Name"}}}

    assert outcome(await report_on(received, web), "proof") is Outcome.PASSED
    assert "/badge/issuer/name" in check(await report_on(forged, web), "proof").detail


async def test_scope_of_a_renamed_issuer_is_that_of_its_own_address(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    profile = issuer.controller_document()
    received = issuer.hosted(issuer.assertion(badge={**issuer.badge_class(), "issuer": profile}))
    issuer.serve(issuer.id, {**profile, "name": "Other", "verification": {"allowedOrigins": ["other.example"]}})

    report = await report_on(received, web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "hosted-scope") is Outcome.FAILED


async def test_badge_that_is_gone_is_revoked(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    received = issuer.hosted(issuer.assertion())
    web.gone("https://issuer.example/assertions/1")

    report = await report_on(received, web)

    assert outcome(report, "status") is Outcome.FAILED
    assert outcome(report, "proof") is Outcome.UNKNOWN


async def test_badge_whose_host_says_revoked_is_revoked(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    received = issuer.hosted(issuer.assertion())
    address = "https://issuer.example/assertions/1"
    issuer.serve(address, {"id": address, "revoked": True, "revocationReason": "A mistake"})

    found = check(await report_on(received, web), "status")

    assert found.outcome is Outcome.FAILED
    assert "A mistake" in found.detail


async def test_badge_that_says_itself_that_it_is_revoked_is_revoked(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.hosted(issuer.assertion(revoked=True)), web)

    assert outcome(report, "status") is Outcome.FAILED


async def test_badge_on_another_host_is_outside_the_issuers_scope(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.hosted(issuer.assertion(id="https://other.example/assertions/1")), web)

    assert outcome(report, "proof") is Outcome.PASSED
    assert outcome(report, "hosted-scope") is Outcome.FAILED


async def test_scope_inside_the_badge_proves_nothing(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    profile = {**issuer.controller_document(), "verification": {"allowedOrigins": ["other.example"]}}
    forged = issuer.assertion(
        id="https://other.example/assertions/1", badge={**issuer.badge_class(), "issuer": profile}
    )

    report = await report_on(issuer.hosted(forged), web)

    assert outcome(report, "hosted-scope") is Outcome.FAILED


async def test_open_redirect_on_the_issuers_host_does_not_make_a_badge_its_own(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    start, end = "https://issuer.example/go?to=other", "https://other.example/forged"
    received = issuer.hosted(issuer.assertion(id=start))

    report = await report_on(received, Redirecting(web, start, end))

    assert outcome(report, "hosted-scope") is Outcome.FAILED
    assert end in check(report, "hosted-scope").looked_at


async def test_redirect_within_the_issuers_host_is_followed(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    start = "https://issuer.example/assertions/1"
    received = issuer.hosted(issuer.assertion())

    report = await report_on(received, Redirecting(web, start, "https://issuer.example/new/1"))

    assert report.outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        ({"startsWith": "https://issuer.example/assertions/"}, Outcome.PASSED),
        ({"startsWith": ["https://issuer.example/x", "https://issuer.example/a"]}, Outcome.PASSED),
        ({"allowedOrigins": "issuer.example"}, Outcome.PASSED),
        ({"allowedOrigins": ["https://issuer.example", "other.example"]}, Outcome.PASSED),
        ({"startsWith": "https://issuer.example/a", "allowedOrigins": "issuer.example"}, Outcome.PASSED),
        # Both readings refuse.
        ({"startsWith": "https://issuer.example/other/"}, Outcome.FAILED),
        ({"startsWith": ["https://issuer.example/x", "https://issuer.example/y"]}, Outcome.FAILED),
        ({"allowedOrigins": "other.example"}, Outcome.FAILED),
        ({"allowedOrigins": []}, Outcome.FAILED),
        # Alternatives in the specification, a conjunction in the validators.
        ({"startsWith": "https://issuer.example/x", "allowedOrigins": "issuer.example"}, Outcome.UNKNOWN),
        ({"startsWith": "https://issuer.example/a", "allowedOrigins": "other.example"}, Outcome.UNKNOWN),
    ],
)
async def test_scope_that_the_issuer_states_decides(
    web: SimulatedWeb, issuer: SimulatedIssuer, scope: dict[str, Any], expected: Outcome
) -> None:
    issuer.publish(verification=scope)

    report = await report_on(issuer.hosted(issuer.assertion()), web)

    assert outcome(report, "hosted-scope") is expected


async def test_prefix_on_another_host_is_noted_when_the_issuer_names_it(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    issuer.publish(verification={"startsWith": "https://host.example/issuer/"})

    report = await report_on(issuer.hosted(issuer.assertion(id="https://host.example/issuer/1")), web)

    assert outcome(report, "hosted-scope") is Outcome.NOTED


async def test_badge_class_on_another_host_is_noted(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    elsewhere = "https://classes.example/knots"
    issuer.serve(elsewhere, {**issuer.badge_class(), "id": elsewhere})

    report = await report_on(issuer.hosted(issuer.assertion(badge=elsewhere)), web)

    assert outcome(report, "hosted-scope") is Outcome.NOTED


async def test_issuer_without_an_address_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    profile = {**issuer.controller_document(), "id": "urn:uuid:1c1d5a6e-6b0f-4a5e-9f0e-2f4f3c1a7d10"}
    badge = {**issuer.badge_class(), "issuer": profile}
    issuer.serve("https://issuer.example/badges/knots", badge)
    received = issuer.assertion(badge=badge)
    issuer.serve(received["id"], received)

    report = await report_on(received, web)

    assert outcome(report, "hosted-scope") is Outcome.UNKNOWN
    assert outcome(report, "issuer") is Outcome.UNKNOWN
    assert check(report, "issuer").fix


async def test_what_is_signed_has_no_hosted_scope(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    assert outcome(await report_on(issuer.signed_badge(), web), "hosted-scope") is Outcome.SKIPPED


MINE = "https://issuer.example/mine/"
STARTS_WITH = "http://purl.org/dqm-vocabulary/v1/dqm#startsWith"


async def scope_of(web: SimulatedWeb, issuer: SimulatedIssuer, **members: object) -> Outcome:
    """Hosted scope of a badge outside MINE that holds its issuer, whose served Profile has these members."""
    inside = {name: value for name, value in issuer.controller_document().items() if name != "@context"}
    issuer.publish(**members)
    received = issuer.hosted(issuer.assertion(badge=issuer.badge_class(issuer=inside)))
    return outcome(await report_on(received, web), "hosted-scope")


@pytest.mark.parametrize(
    "members",
    [
        {"verification": {"startsWith": MINE}},
        {"verification": [{"startsWith": [MINE]}]},
        {"verification": {"startsWith": {"@value": MINE}}},
        {"verification": {STARTS_WITH: [{"@id": MINE}]}},
        {"obi:verify": {"startsWith": MINE}},
        {"https://w3id.org/openbadges#verify": [{STARTS_WITH: MINE}]},
        {"verification": {"obi:allowedOrigins": "badges.example"}},
    ],
    ids=str,
)
async def test_scope_is_found_in_every_form_that_the_served_profile_writes_it_in(
    web: SimulatedWeb, issuer: SimulatedIssuer, members: dict[str, Any]
) -> None:
    assert await scope_of(web, issuer, **members) is Outcome.FAILED


@pytest.mark.parametrize(
    "members",
    [
        {"verification": "https://issuer.example/verification"},
        {"verification": []},
        {"verification": [{"startsWith": MINE}, {"startsWith": "https://issuer.example/"}]},
        {"verification": {"startsWith": []}},
        {"verification": {"startsWith": {"prefix": MINE}}},
        {"verification": {"startswith": MINE}},
        {"verification": {"startsWith": MINE, STARTS_WITH: "https://issuer.example/"}},
        {"verification": {"@graph": [{"startsWith": MINE}]}},
        {"verification": {"begins": MINE}, "@context": [{"begins": {"@id": STARTS_WITH}}]},
        {"startsWith": MINE},
        {"obi:verification": {}, "verification": {"startsWith": MINE}},
    ],
    ids=str,
)
async def test_scope_in_a_form_that_is_not_read_is_unknown(
    web: SimulatedWeb, issuer: SimulatedIssuer, members: dict[str, Any]
) -> None:
    assert await scope_of(web, issuer, **members) is Outcome.UNKNOWN
