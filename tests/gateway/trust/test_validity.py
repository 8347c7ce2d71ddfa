"""Dates: of the credential, and of the token round it."""

import datetime as dt

import pytest

from gateway.trust.report import Outcome
from tests.gateway.trust.reports import check, outcome, report_on
from tests.simulators.clock import NOON
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb


def stamp(at: dt.datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


async def test_expired_credential_fails(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    document = issuer.credential(validUntil=stamp(NOON - dt.timedelta(seconds=1)))

    found = check(await report_on(issuer.signed(document), web), "validity-period")

    assert found.outcome is Outcome.FAILED
    assert found.detail.startswith("expired: /validUntil")


async def test_credential_is_good_until_its_last_second(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    document = issuer.credential(validUntil=stamp(NOON + dt.timedelta(seconds=1)))

    report = await report_on(issuer.signed(document), web)

    assert outcome(report, "validity-period") is Outcome.PASSED


@pytest.mark.parametrize(("ahead_s", "expected"), [(59, Outcome.PASSED), (61, Outcome.FAILED)])
async def test_clock_of_the_issuer_may_be_a_minute_ahead(
    web: SimulatedWeb, issuer: SimulatedIssuer, ahead_s: int, expected: Outcome
) -> None:
    document = issuer.credential(validFrom=stamp(NOON + dt.timedelta(seconds=ahead_s)))

    report = await report_on(issuer.signed(document), web)

    assert outcome(report, "validity-period") is expected


async def test_end_before_the_beginning_fails(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    document = issuer.credential(validFrom="2030-01-01T00:00:00Z", validUntil="2029-01-01T00:00:00Z")

    found = check(await report_on(issuer.signed(document), web), "validity-period")

    assert found.outcome is Outcome.FAILED
    assert "before" in found.detail


@pytest.mark.parametrize("claims", [{"exp": int(NOON.timestamp())}, {"nbf": int(NOON.timestamp()) + 61}])
async def test_dates_of_the_token_count_as_well(
    web: SimulatedWeb, issuer: SimulatedIssuer, claims: dict[str, int]
) -> None:
    report = await report_on(issuer.token(issuer.credential(), claims=claims), web)

    assert outcome(report, "validity-period") is Outcome.FAILED


async def test_date_beyond_the_calendar_is_no_crash(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.token(issuer.credential(), claims={"exp": 10**18}), web)

    assert outcome(report, "claims") is Outcome.FAILED


async def test_hosted_badge_issued_in_the_future_fails(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    received = issuer.hosted(issuer.assertion(issuedOn="2040-01-01T00:00:00Z"))

    report = await report_on(received, web)

    assert outcome(report, "validity-period") is Outcome.FAILED


async def test_hosted_badge_that_expired_fails(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    received = issuer.hosted(issuer.assertion(expires="2025-12-31T00:00:00Z"))

    report = await report_on(received, web)

    assert outcome(report, "validity-period") is Outcome.FAILED
