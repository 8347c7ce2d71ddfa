"""Lists of revoked ids, of both versions and in all spellings."""

from typing import Any  # Any: members of JSON documents

import pytest

from gateway.trust.report import Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb

LIST = "https://issuer.example/revocations"
CREDENTIAL = "urn:uuid:0c1d5a6e-6b0f-4a5e-9f0e-2f4f3c1a7d10"
BADGE = "https://issuer.example/assertions/1"


async def third(web: SimulatedWeb, issuer: SimulatedIssuer, body: dict[str, Any]) -> Outcome:
    """Status of an Open Badges 3.0 credential when its 1EdTechRevocationList is this."""
    issuer.serve(LIST, body)
    status = {"id": LIST, "type": "1EdTechRevocationList"}
    return outcome(await report_on(issuer.token(issuer.credential(credentialStatus=status)), web), "status")


async def second(web: SimulatedWeb, issuer: SimulatedIssuer, body: dict[str, Any], **changes: object) -> Outcome:
    """Status of a signed Open Badges 2.0 Assertion when its issuer's RevocationList is this."""
    issuer.publish(revocationList=LIST)
    issuer.serve(LIST, body)
    return outcome(await report_on(issuer.signed_badge(**changes), web), "status")


@pytest.mark.parametrize("member", ["revokedCredentials", "revokedCredential"])
@pytest.mark.parametrize("entry", [CREDENTIAL, {"id": CREDENTIAL}, {"id": CREDENTIAL, "revoked": True}])
async def test_credential_in_the_list_is_revoked_in_both_spellings(
    web: SimulatedWeb, issuer: SimulatedIssuer, member: str, entry: object
) -> None:
    assert await third(web, issuer, {"id": LIST, "issuer": issuer.id, member: [entry]}) is Outcome.FAILED


@pytest.mark.parametrize(
    "entries", [[], ["urn:uuid:other"], [{"id": CREDENTIAL, "revoked": False}], ["https://issuer.example/a,b;c"]]
)
async def test_credential_not_in_the_list_is_good(
    web: SimulatedWeb, issuer: SimulatedIssuer, entries: list[object]
) -> None:
    assert await third(web, issuer, {"id": LIST, "revokedCredentials": entries}) is Outcome.PASSED


READ = [
    {"@id": BADGE},
    {"id": [BADGE]},
    {"uid": "other", "id": {"@value": BADGE}},
    [BADGE],
    [[], [[{"@id": BADGE}]]],
    "HTTPS://Issuer.Example/assertions/1",
]
UNREAD = [
    {"type": "Assertion", "assertion": BADGE},
    {"credentialId": BADGE},
    {BADGE: "fraud"},
    {"id": 7},
    {"id": [BADGE, 7]},
    {},
    [],
    7,
    None,
    "",
    f"https://issuer.example/assertions/2,{BADGE}",
    f"https://issuer.example/assertions/2 {BADGE}",
]


@pytest.mark.parametrize("entry", READ, ids=str)
async def test_entry_counts_in_every_form_that_can_be_read(
    web: SimulatedWeb, issuer: SimulatedIssuer, entry: object
) -> None:
    assert await second(web, issuer, {"revokedAssertions": [entry]}) is Outcome.FAILED


@pytest.mark.parametrize("entry", UNREAD, ids=str)
async def test_entry_that_cannot_be_read_leaves_the_status_unknown(
    web: SimulatedWeb, issuer: SimulatedIssuer, entry: object
) -> None:
    assert await second(web, issuer, {"revokedAssertions": ["urn:uuid:other", entry]}) is Outcome.UNKNOWN


async def test_entry_that_can_be_read_counts_beside_others_that_cannot(
    web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    assert await second(web, issuer, {"revokedAssertions": [7, BADGE]}) is Outcome.FAILED


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"revokedCredentials": {CREDENTIAL: "fraud"}}, Outcome.UNKNOWN),
        ({"revokedCredentials": None}, Outcome.UNKNOWN),
        ({"revokedCredentials": [], "@graph": [{"revokedCredentials": [CREDENTIAL]}]}, Outcome.UNKNOWN),
        ({"revokedCredentials": CREDENTIAL.upper()}, Outcome.FAILED),
        ({"revokedCredentials": [], "revokedAssertions": [CREDENTIAL]}, Outcome.FAILED),
        ({"revokedCredentials": [], "ext:revokedCredential": [CREDENTIAL]}, Outcome.FAILED),
        ({"revokedCredentials": [], "obi:revoked": [CREDENTIAL]}, Outcome.FAILED),
    ],
)
async def test_list_of_another_shape_never_hides_what_it_revokes(
    web: SimulatedWeb, issuer: SimulatedIssuer, body: dict[str, Any], expected: Outcome
) -> None:
    assert await third(web, issuer, body) is expected


async def test_id_spelled_otherwise_does_not_escape_its_revocation(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    spelled = CREDENTIAL.replace(":uuid:", "%3Auuid%3A") + " "

    assert await third(web, issuer, {"revokedCredentials": [spelled]}) is Outcome.FAILED


@pytest.mark.parametrize("body", [{"id": LIST}, {"issuer": "https://other.example/profile", "revokedCredentials": []}])
async def test_list_that_is_none_or_somebody_elses_is_unknown(
    web: SimulatedWeb, issuer: SimulatedIssuer, body: dict[str, Any]
) -> None:
    assert await third(web, issuer, body) is Outcome.UNKNOWN


async def test_list_that_cannot_be_had_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    status = {"id": LIST, "type": "1EdTechRevocationList"}

    found = check(await report_on(issuer.token(issuer.credential(credentialStatus=status)), web), "status")

    assert found.outcome is Outcome.UNKNOWN
    assert found.looked_at == (LIST,)


@pytest.mark.parametrize("entry", [BADGE, {"id": BADGE}, {"uid": "42"}, {"id": "42"}])
async def test_signed_badge_in_its_issuers_list_is_revoked_by_id_or_uid(
    web: SimulatedWeb, issuer: SimulatedIssuer, entry: object
) -> None:
    assert await second(web, issuer, {"revokedAssertions": [entry]}, uid="42") is Outcome.FAILED


@pytest.mark.parametrize("entries", [[], ["https://issuer.example/assertions/2"]])
async def test_signed_badge_not_in_its_issuers_list_is_good(
    web: SimulatedWeb, issuer: SimulatedIssuer, entries: list[object]
) -> None:
    assert await second(web, issuer, {"type": "RevocationList", "revokedAssertions": entries}) is Outcome.PASSED


async def test_signed_badge_whose_issuers_list_is_gone_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    issuer.publish(revocationList=LIST)
    web.gone(LIST)

    assert outcome(await report_on(issuer.signed_badge(), web), "status") is Outcome.UNKNOWN


@pytest.mark.parametrize(
    "members",
    [
        {"revocationList": [LIST]},
        {"revocationList": {"@id": LIST}},
        {"revocationList": [{"id": LIST, "type": "RevocationList"}]},
        {"revocationList": ["https://issuer.example/revocations/older", LIST]},
        {"revocationList": {"type": "RevocationList", "revokedAssertions": [BADGE]}},
        {"revocationList": {"id": LIST, "revokedAssertions": []}},
        {"obi:revocationList": LIST},
        {"https://w3id.org/openbadges#revocationList": {"@id": LIST}},
    ],
    ids=str,
)
async def test_list_is_found_in_every_form_that_the_served_profile_names_it_in(
    web: SimulatedWeb, issuer: SimulatedIssuer, members: dict[str, Any]
) -> None:
    inside = {name: value for name, value in issuer.controller_document().items() if name != "@context"}
    issuer.publish(**members)
    issuer.serve(LIST, {"revokedAssertions": [BADGE]})
    issuer.serve("https://issuer.example/revocations/older", {"revokedAssertions": []})

    report = await report_on(issuer.signed_badge(badge=issuer.badge_class(issuer=inside)), web)

    assert outcome(report, "status") is Outcome.FAILED


@pytest.mark.parametrize(
    "members",
    [
        {"revocationList": []},
        {"revocationList": 7},
        {"revocationList": {"address": LIST}},
        {"revocationList": [LIST, {"type": "RevocationList"}]},
        {"revocationList": LIST, "obi:revocationList": f"{LIST}/2"},
        {"ob:revocationList": LIST},
        {"revocationlist": LIST},
        {"@graph": [{"revocationList": LIST}]},
        {"@context": {"list": "https://w3id.org/openbadges#revocationList"}, "list": LIST},
    ],
    ids=str,
)
async def test_list_that_the_served_profile_names_in_no_form_that_is_read_leaves_the_status_unknown(
    web: SimulatedWeb, issuer: SimulatedIssuer, members: dict[str, Any]
) -> None:
    inside = {name: value for name, value in issuer.controller_document().items() if name != "@context"}
    issuer.publish(**members)
    issuer.serve(LIST, {"revokedAssertions": []})

    found = check(await report_on(issuer.signed_badge(badge=issuer.badge_class(issuer=inside)), web), "status")

    assert found.outcome is Outcome.UNKNOWN
    assert "revocationList" in found.fix
