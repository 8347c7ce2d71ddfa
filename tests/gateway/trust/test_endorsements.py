"""Endorsements are judged as credentials of their own; none of them makes the badge false, or true."""

import asyncio
from typing import Any

import pytest

from gateway.ports import Fetched
from gateway.trust import endorsements
from gateway.trust.nested import MAX_NESTED
from gateway.trust.report import Outcome, Report
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.issuer import ISSUED, SimulatedIssuer
from tests.simulators.web import SimulatedWeb

BADGE = "urn:uuid:0c1d5a6e-6b0f-4a5e-9f0e-2f4f3c1a7d10"
ACHIEVEMENT = "https://issuer.example/achievements/knots"
GUILD = "https://guild.example/profile"


@pytest.fixture
def guild(web: SimulatedWeb) -> SimulatedIssuer:
    """Somebody else, who endorses."""
    guild = SimulatedIssuer(web, GUILD)
    guild.publish()
    return guild


def endorsement(guild: SimulatedIssuer, **changes: object) -> dict[str, Any]:
    """An unsigned EndorsementCredential about the badge."""
    about = changes.pop("about", BADGE)
    return guild.credential(
        **{
            "id": "urn:uuid:7f4a1c90-5f5e-4f0e-8a3b-0b8f5b1f4a77",
            "type": ["VerifiableCredential", "EndorsementCredential"],
            "issuer": {"id": guild.id, "type": ["Profile"], "name": "Guild of Knots"},
            "credentialSubject": {"id": about, "type": ["EndorsementSubject"], "endorsementComment": "Firm knots."},
            **changes,
        }
    )


async def judged(issuer: SimulatedIssuer, web: SimulatedWeb, **members: object) -> tuple[Outcome, str]:
    """Outcome and detail of the check over a badge with these members; the badge is right all the same."""
    report = await report_on(issuer.token(issuer.credential(**members)), web)
    assert report.outcome is Outcome.PASSED
    found = check(report, "endorsements")
    return found.outcome, found.detail


async def test_badge_without_endorsements_skips_the_check(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    assert await judged(issuer, web) == (Outcome.SKIPPED, "carries none")


async def test_embedded_endorsement_and_token_are_verified(
    web: SimulatedWeb, issuer: SimulatedIssuer, guild: SimulatedIssuer
) -> None:
    embedded, token = guild.signed(endorsement(guild)), guild.token(endorsement(guild))

    found, detail = await judged(issuer, web, endorsement=[embedded], endorsementJwt=[token])

    assert (found, detail.partition(";")[0]) == (Outcome.PASSED, "carries 2, 2 verified")


async def test_endorsement_survives_the_signature_of_the_badge(
    web: SimulatedWeb, issuer: SimulatedIssuer, guild: SimulatedIssuer
) -> None:
    badge = issuer.signed(issuer.credential(endorsement=[guild.signed(endorsement(guild))]))

    report = await report_on(badge, web)

    assert outcome(report, "endorsements") is Outcome.PASSED


def _altered(guild: SimulatedIssuer) -> dict[str, Any]:
    document = guild.signed(endorsement(guild))
    document["credentialSubject"]["endorsementComment"] = "The firmest knots."
    return document


WRONG = {
    "altered": (_altered, "proof"),
    "without proof": (endorsement, "proof"),
    "expired": (lambda g: g.signed(endorsement(g, validUntil="2025-12-31T00:00:00Z")), "validity-period"),
    "to come": (lambda g: g.signed(endorsement(g, validFrom="2027-01-01T00:00:00Z")), "validity-period"),
    "about something else": (lambda g: g.signed(endorsement(g, about="urn:example:other")), "is about"),
    "with a term of its own": (
        lambda g: g.signed(endorsement(g)) | {"rank": 1},
        "context",
    ),
    "of another issuer than its key": (
        lambda g: g.signed(endorsement(g, issuer={"id": "https://crown.example/profile", "type": ["Profile"]})),
        "issuer",
    ),
}


@pytest.mark.parametrize("case", WRONG)
async def test_wrong_endorsement_is_noted_with_its_reason(
    case: str, web: SimulatedWeb, issuer: SimulatedIssuer, guild: SimulatedIssuer
) -> None:
    make, named = WRONG[case]
    SimulatedIssuer(web, "https://crown.example/profile").publish()

    found, detail = await judged(issuer, web, endorsement=[make(guild)])

    assert found is Outcome.NOTED
    assert f"/endorsement/0 failed, {named}" in detail


async def test_endorsement_that_breaks_its_format_is_noted(
    web: SimulatedWeb, issuer: SimulatedIssuer, guild: SimulatedIssuer
) -> None:
    token = guild.token(endorsement(guild, name=None))

    found, detail = await judged(issuer, web, endorsementJwt=[token])

    assert found is Outcome.NOTED
    assert "/endorsementJwt/0 failed, shape: /: EndorsementCredential has no name" in detail


async def test_endorsement_that_its_issuer_revoked_is_noted(
    web: SimulatedWeb, issuer: SimulatedIssuer, guild: SimulatedIssuer
) -> None:
    entry = guild.status_list("https://guild.example/status/1", 7)

    found, detail = await judged(issuer, web, endorsement=[guild.signed(endorsement(guild, credentialStatus=entry))])

    assert found is Outcome.NOTED
    assert "/endorsement/0 failed, status: revoked" in detail


async def test_endorser_whose_host_does_not_answer_is_unknown(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    away = SimulatedIssuer(web, "https://away.example/profile")

    found, detail = await judged(issuer, web, endorsement=[away.signed(endorsement(away))])

    assert found is Outcome.NOTED
    assert "/endorsement/0 unknown, issuer" in detail


PLACES = {
    "the credential, about its achievement": ({"endorsement": ACHIEVEMENT}, Outcome.PASSED),
    "the credential, about its issuer": ({"endorsement": "https://issuer.example/profile"}, Outcome.PASSED),
    "the achievement, about itself": ({"achievement": ACHIEVEMENT}, Outcome.PASSED),
    "the achievement, about the credential": ({"achievement": BADGE}, Outcome.NOTED),
    "the issuer, about itself": ({"issuer": "https://issuer.example/profile"}, Outcome.PASSED),
    "the issuer, about the achievement": ({"issuer": ACHIEVEMENT}, Outcome.NOTED),
}


@pytest.mark.parametrize("case", PLACES)
async def test_endorsement_is_about_what_it_hangs_on(
    case: str, web: SimulatedWeb, issuer: SimulatedIssuer, guild: SimulatedIssuer
) -> None:
    (place, about), expected = next(iter(PLACES[case][0].items())), PLACES[case][1]
    token = guild.token(endorsement(guild, about=about))
    badge = issuer.credential()
    thing = {
        "endorsement": badge,
        "achievement": badge["credentialSubject"]["achievement"],
        "issuer": badge["issuer"],
    }[place]
    thing["endorsementJwt"] = [token]

    report = await report_on(issuer.token(badge), web)

    assert outcome(report, "endorsements") is expected


def _endorsed_deep(issuer: SimulatedIssuer, guild: SimulatedIssuer, depth: int) -> dict[str, Any]:
    """A badge whose endorser is endorsed in turn, and so on; each hangs on the profile of the one before."""
    inner: dict[str, Any] = {}
    for about in [GUILD] * (depth - 1) + [BADGE]:
        profile = {"id": guild.id, "type": ["Profile"], "name": "Guild of Knots", **inner}
        inner = {"endorsementJwt": [guild.token(endorsement(guild, about=about, issuer=profile))]}
    return issuer.credential(**inner)


@pytest.mark.parametrize("depth", [1, 2, 3])
async def test_endorsements_of_endorsers_never_change_the_verdict(
    depth: int, web: SimulatedWeb, issuer: SimulatedIssuer, guild: SimulatedIssuer
) -> None:
    report = await report_on(issuer.token(_endorsed_deep(issuer, guild, depth)), web)

    assert outcome(report, "endorsements") is Outcome.PASSED


class _SlowWeb(SimulatedWeb):
    """A web on which one host never answers."""

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        if url.startswith("https://guild.example/"):
            await asyncio.Event().wait()
        return await super().__call__(url, accept=accept, fresh=fresh)


async def test_endorser_who_never_answers_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endorsements, "TIME_LIMIT_S", 0.05)
    web = _SlowWeb()
    issuer, guild = SimulatedIssuer(web), SimulatedIssuer(web, GUILD)
    issuer.publish()

    found, detail = await judged(issuer, web, endorsementJwt=[guild.token(endorsement(guild))] * 2)

    assert found is Outcome.NOTED
    assert "/endorsementJwt/1 unknown, not looked at within 0.05 s" in detail


async def test_no_more_than_so_many_are_looked_at(
    web: SimulatedWeb, issuer: SimulatedIssuer, guild: SimulatedIssuer
) -> None:
    token = guild.token(endorsement(guild))

    found, detail = await judged(issuer, web, endorsementJwt=[token] * (MAX_NESTED + 3))

    assert found is Outcome.NOTED
    assert detail.startswith(f"carries {MAX_NESTED + 3}, {MAX_NESTED} verified")


def _of_version_2(guild: SimulatedIssuer, **changes: object) -> dict[str, Any]:
    document = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Endorsement",
        "id": "https://guild.example/endorsements/1",
        "claim": {"id": "https://issuer.example/assertions/1", "endorsementComment": "Firm knots."},
        "issuer": guild.id,
        "issuedOn": ISSUED.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verification": {"type": "HostedBadge"},
        **changes,
    }
    return {name: value for name, value in document.items() if value is not None}


async def _hosted(web: SimulatedWeb, issuer: SimulatedIssuer, carried: object) -> Report:
    report = await report_on(issuer.hosted(issuer.assertion(endorsement=carried)), web)
    assert report.outcome is Outcome.PASSED
    return report


async def test_hosted_endorsement_is_verified_by_address_and_whole(
    web: SimulatedWeb, issuer: SimulatedIssuer, guild: SimulatedIssuer
) -> None:
    document = _of_version_2(guild)
    guild.serve(document["id"], document)

    report = await _hosted(web, issuer, [document["id"], document])

    assert outcome(report, "endorsements") is Outcome.PASSED
    assert web.requests.count(document["id"]) == 1


async def test_signed_endorsement_is_verified(
    web: SimulatedWeb, issuer: SimulatedIssuer, guild: SimulatedIssuer
) -> None:
    signed = _of_version_2(guild, verification={"type": "SignedBadge", "creator": guild.key_url})

    report = await _hosted(web, issuer, [guild.compact({"alg": "RS256"}, signed)])

    assert outcome(report, "endorsements") is Outcome.PASSED


OF_VERSION_2: dict[str, tuple[dict[str, object], dict[str, object], str]] = {
    "another copy than its host serves": ({"claim": {"id": "https://issuer.example/assertions/1"}}, {}, "proof"),
    "taken back by its host": ({}, {"revoked": True}, "proof"),
    "about something else": (
        {"claim": {"id": "https://issuer.example/assertions/2"}},
        {"claim": {"id": "https://issuer.example/assertions/2"}},
        "is about",
    ),
    "of a day to come": (
        {"issuedOn": "2027-01-01T00:00:00Z"},
        {"issuedOn": "2027-01-01T00:00:00Z"},
        "validity-period",
    ),
    "without a date": ({"issuedOn": None}, {"issuedOn": None}, "shape"),
}


@pytest.mark.parametrize("case", OF_VERSION_2)
async def test_wrong_hosted_endorsement_is_noted_with_its_reason(
    case: str, web: SimulatedWeb, issuer: SimulatedIssuer, guild: SimulatedIssuer
) -> None:
    copy, host, named = OF_VERSION_2[case]
    guild.serve("https://guild.example/endorsements/1", _of_version_2(guild, **host))

    found = check(await _hosted(web, issuer, _of_version_2(guild, **copy)), "endorsements")

    assert found.outcome is Outcome.NOTED
    assert f"/endorsement failed, {named}" in found.detail


async def test_hosted_endorsement_off_its_issuers_host_is_not_its_own(
    web: SimulatedWeb, issuer: SimulatedIssuer, guild: SimulatedIssuer
) -> None:
    document = _of_version_2(guild, id="https://elsewhere.example/endorsements/1")
    guild.serve(document["id"], document)

    found = check(await _hosted(web, issuer, document["id"]), "endorsements")

    assert "hosted-scope" in found.detail


async def test_endorsement_that_is_gone_failed(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    web.gone("https://guild.example/endorsements/1")

    found = check(await _hosted(web, issuer, "https://guild.example/endorsements/1"), "endorsements")

    assert "/endorsement failed, status: https://guild.example/endorsements/1: gone (410)" in found.detail


async def test_each_endorsement_has_an_outcome_of_its_own(
    web: SimulatedWeb, issuer: SimulatedIssuer, guild: SimulatedIssuer
) -> None:
    badge = issuer.credential(endorsement=[guild.signed(endorsement(guild)), _altered(guild)])

    found = check(await report_on(issuer.token(badge), web), "endorsements")

    assert found.looked_at == ("/endorsement/0 passed", "/endorsement/1 failed")
