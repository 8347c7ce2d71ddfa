"""A credential that another leads to is judged under the same web, within bounds."""

import json

import pytest

from adapters.hub.credential import Endorsement
from adapters.hub.opened import Opened, open_bytes
from adapters.registry import detect
from gateway.errors import Unavailable
from gateway.ports import Fetched
from gateway.trust.case import Case
from gateway.trust.nested import MAX_DEPTH, MAX_NESTED, nested_badge, nested_endorsement
from gateway.trust.report import Outcome
from gateway.trust.subject import OneWeb, Subject
from gateway.trust.verify import examine
from tests.simulators.clock import NOON
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb


@pytest.fixture
def case(web: SimulatedWeb, issuer: SimulatedIssuer) -> Case:
    """A verification under way, of a badge that leads somewhere."""
    opened = open_bytes(issuer.token(issuer.credential()).encode())
    assert isinstance(opened, Opened)
    adapter, _ = detect(opened)
    subject = Subject(opened, adapter.read(opened, {}), {}, web, NOON)
    return Case(subject, OneWeb(web, {}), examine)


async def test_what_a_badge_leads_to_has_a_report_of_its_own(case: Case, issuer: SimulatedIssuer) -> None:
    newer = issuer.signed(issuer.credential(name="Knots and hitches"))

    found = await nested_badge(case, json.dumps(newer).encode())

    assert found.report.outcome is Outcome.PASSED
    assert found.reading is not None
    assert found.reading.credentials[0].name == {"und": "Knots and hitches"}


async def test_hosted_badge_is_read_with_what_it_refers_to(
    case: Case, web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    assertion = issuer.assertion()

    found = await nested_badge(case, issuer.hosted(assertion))

    assert found.report.outcome is Outcome.PASSED
    assert web.requests.count(assertion["id"]) == 1


async def test_address_that_two_credentials_need_is_asked_once(
    case: Case, web: SimulatedWeb, issuer: SimulatedIssuer
) -> None:
    badge = issuer.token(issuer.credential()).encode()

    await nested_badge(case, badge)
    await nested_badge(case, badge)

    assert len(web.requests) == len(set(web.requests)) > 0


@pytest.mark.parametrize("body", [b"", b"<html>", b"https://elsewhere.example/badge", b'{"type": "Nothing"}'])
async def test_bytes_that_are_no_badge_failed(case: Case, body: bytes) -> None:
    found = await nested_badge(case, body)

    assert found.reading is None
    assert found.report.outcome is Outcome.FAILED


async def test_no_more_than_so_many_are_looked_at(case: Case, issuer: SimulatedIssuer) -> None:
    badge = issuer.token(issuer.credential()).encode()

    outcomes = [(await nested_badge(case, badge)).report.outcome for _ in range(MAX_NESTED + 1)]

    assert outcomes == [Outcome.PASSED] * MAX_NESTED + [Outcome.UNKNOWN]


async def test_nothing_is_followed_deeper_than_so_deep(case: Case, issuer: SimulatedIssuer) -> None:
    deep = Case(case.subject, case.web, examine, depth=MAX_DEPTH)

    found = await nested_badge(deep, issuer.token(issuer.credential()).encode())

    assert found.report.outcome is Outcome.UNKNOWN
    assert "2 are followed" in found.report.checks[0].detail


class _FullWeb(SimulatedWeb):
    """A web whose own store does not answer."""

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        del url, accept, fresh
        raise Unavailable("the store does not answer")


async def test_store_that_does_not_answer_makes_a_further_credential_unknown(
    case: Case, issuer: SimulatedIssuer
) -> None:
    elsewhere = Case(case.subject, OneWeb(_FullWeb(), {}), examine)

    badge = await nested_badge(elsewhere, issuer.hosted(issuer.assertion()))
    endorsement = await nested_endorsement(
        elsewhere, Endorsement(format="open-badges-2", url="https://guild.example/endorsements/1")
    )

    assert (badge.report.outcome, endorsement.report.outcome) == (Outcome.UNKNOWN, Outcome.UNKNOWN)
