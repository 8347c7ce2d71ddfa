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


@pytest.mark.parametrize(("ahead_s", "expected"), [(60, Outcome.PASSED), (61, Outcome.FAILED)])
async def test_token_that_was_issued_in_the_future_fails(
    web: SimulatedWeb, issuer: SimulatedIssuer, ahead_s: int, expected: Outcome
) -> None:
    issued = int(NOON.timestamp()) + ahead_s

    report = await report_on(issuer.token(issuer.credential(), claims={"iat": issued}), web)

    assert outcome(report, "validity-period") is expected


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"validUntil": "2025-12-31T00:00:00Z"}, "expired: {}/validUntil"),
        ({"expirationDate": "2025-12-31T00:00:00Z"}, "expired: {}/expirationDate"),
        (
            {"expirationDate": "2030-01-01T00:00:00Z", "validUntil": "2025-12-31T00:00:00Z"},
            "expired: {}/validUntil",
        ),
        ({"validFrom": "2026-01-02T00:00:00Z"}, "not valid yet: {}/validFrom"),
        ({"issuanceDate": "2026-01-02T00:00:00Z"}, "not valid yet: {}/issuanceDate"),
    ],
)
@pytest.mark.parametrize("at", ["", "/vc"])
async def test_dates_of_the_other_data_model_count_as_well(
    web: SimulatedWeb, issuer: SimulatedIssuer, dates: dict[str, str], said: str, at: str
) -> None:
    document = issuer.older_credential(**dates)

    report = await report_on(issuer.older_token(document) if at else issuer.signed(document), web)

    found = check(report, "validity-period")
    assert found.outcome is Outcome.FAILED
    assert found.detail.startswith(said.format(at))


async def test_end_that_a_reader_passes_over_is_not_signed_away(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    document = issuer.older_credential(validUntil="2026-01-02T00:00:00Z")

    report = await report_on(issuer.signed(document), web)

    assert outcome(report, "validity-period") is Outcome.PASSED
    assert outcome(report, "shape") is Outcome.FAILED


async def test_end_that_is_no_date_time_of_the_data_model_fails(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    document = issuer.credential(validUntil="2030-01-01t00:00:00z")

    found = check(await report_on(issuer.token(document, claims={"exp": 1893456000}), web), "validity-period")

    assert found.outcome is Outcome.FAILED
    assert found.detail == "/validUntil is not a date-time with a zone"


async def test_award_in_the_future_is_noted(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.token(issuer.credential(awardedDate="2999-01-01T00:00:00Z")), web)

    found = check(report, "validity-period")
    assert found.outcome is Outcome.NOTED
    assert "/awardedDate is 2999" in found.detail


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


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("exp", 1_600_000_000),
        ("nbf", 1_900_000_000),
        ("iat", 1_900_000_000.5),
        ("validUntil", "2020-01-01T00:00:00Z"),
        ("validFrom", "2030-01-01T00:00:00Z"),
        ("expirationDate", "2020-01-01T00:00:00Z"),
        ("validUntil", "one day"),
    ],
)
async def test_limit_of_another_specification_binds_in_a_signed_badge(
    web: SimulatedWeb, issuer: SimulatedIssuer, member: str, value: object
) -> None:
    found = check(await report_on(issuer.signed_badge(**{member: value}), web), "validity-period")

    assert found.outcome is Outcome.FAILED
    assert member in found.detail


@pytest.mark.parametrize("value", ["1600000000", True, -1, 1e300, {"at": 1}])
async def test_claim_of_a_signed_badge_that_is_no_date_breaks_its_shape(
    web: SimulatedWeb, issuer: SimulatedIssuer, value: object
) -> None:
    assert outcome(await report_on(issuer.signed_badge(exp=value), web), "shape") is Outcome.FAILED


async def test_signed_badge_within_its_claims_is_good(web: SimulatedWeb, issuer: SimulatedIssuer) -> None:
    report = await report_on(issuer.signed_badge(exp=1_900_000_000, nbf=1_600_000_000, iat=1_600_000_000), web)

    assert outcome(report, "validity-period") is Outcome.PASSED
    assert outcome(report, "shape") is Outcome.PASSED
