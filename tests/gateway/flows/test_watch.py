"""A source that was taken back takes with it what was made of it; and nothing else does."""

import datetime as dt

import pytest

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.flows.prepare import target
from gateway.records import Securing, StatusPurpose
from gateway.records.watches import SourceState
from gateway.trust.report import Outcome
from tests.gateway.flows.conftest import CALLER
from tests.gateway.flows.watching import EVERY_FORM, LIST, Watched
from tests.simulators.clock import NOON, SimulatedClock
from tests.simulators.issuer import SimulatedIssuer, status_entry
from tests.simulators.lists import revocation_list, token_list
from tests.simulators.web import SimulatedWeb

SUSPENDABLE = (
    target(Format.OPEN_BADGES_3, Securing.DATA_INTEGRITY, StatusPurpose.SUSPENSION),
    target(Format.OPEN_BADGES_3, Securing.VC_JWT, StatusPurpose.SUSPENSION),
)
ALL_PASSED, ALL_FAILED = [Outcome.PASSED] * 4, [Outcome.FAILED] * 4
REVOKED = [("source.revoked", "revoked")]


@pytest.fixture
def watched(gateway: Gateway, web: SimulatedWeb, clock: SimulatedClock, issuer: SimulatedIssuer) -> Watched:
    return Watched(gateway, web, clock, issuer)


async def test_a_bit_in_the_source_s_list_revokes_every_form(watched: Watched) -> None:
    record = await watched.credential(targets=EVERY_FORM)
    assert await watched.verdicts(record) == ALL_PASSED
    watched.clock.advance(minutes=1)
    watched.listed(7)

    await watched.later(minutes=5)

    assert await watched.verdicts(record) == ALL_FAILED
    assert await watched.told(record) == REVOKED
    reasons = {form.revocation_reason for form in (await watched.now(record)).forms}
    assert reasons == {"revoked by its issuer: its entry in the issuer's status list is set"}
    assert await watched.state(record) == (SourceState.REVOKED, NOON)


async def test_the_history_says_what_was_seen_where_and_when_and_nothing_else(watched: Watched) -> None:
    record = await watched.credential()
    watched.clock.advance(minutes=1)
    watched.listed(7)

    await watched.later(minutes=5)

    [event] = await watched.history(record)
    assert (event.data.source, event.data.seen, event.data.seen_at) == ("status-list", "revoked", watched.clock.now)
    assert event.at == watched.clock.now
    assert event.data.form == event.data.format == event.data.securing == ""


@pytest.mark.parametrize("says", ["410", "revoked", "revoked and nothing else"])
async def test_a_hosted_badge_that_its_host_took_back_revokes_every_form(watched: Watched, says: str) -> None:
    issuer, assertion = watched.issuer, watched.issuer.assertion()
    record = await watched.converted(issuer.hosted(assertion), EVERY_FORM)
    if says == "410":
        watched.web.gone(assertion["id"])
    elif says == "revoked":
        issuer.serve(assertion["id"], {**assertion, "revoked": True, "revocationReason": "a reason"})
    else:
        issuer.serve(assertion["id"], {"id": assertion["id"], "revoked": True})

    await watched.later(hours=24)

    assert await watched.verdicts(record) == ALL_FAILED
    assert await watched.told(record) == [("source.revoked", "gone" if says == "410" else "revoked")]


async def test_an_entry_in_the_issuer_s_revocation_list_revokes_the_forms(watched: Watched) -> None:
    issuer, url = watched.issuer, f"{watched.issuer.host}/revoked"
    issuer.publish(revocationList=url)
    listed = {"id": url, "type": "RevocationList", "issuer": issuer.id}
    issuer.serve(url, {**listed, "revokedAssertions": []})
    record = await watched.converted(issuer.signed_badge().encode())
    issuer.serve(url, {**listed, "revokedAssertions": [{"id": f"{issuer.host}/assertions/1"}]})

    await watched.later()

    assert await watched.revoked(record)
    assert await watched.told(record) == REVOKED


async def test_a_revocation_list_that_the_profile_names_only_later_counts(watched: Watched) -> None:
    issuer, url = watched.issuer, f"{watched.issuer.host}/revoked"
    record = await watched.converted(issuer.signed_badge().encode())
    assert await watched.state(record) == (SourceState.CONFIRMED, NOON)
    await watched.later()
    issuer.publish(revocationList=url)
    listed = {"id": url, "type": "RevocationList", "issuer": issuer.id}
    issuer.serve(url, {**listed, "revokedAssertions": [{"id": f"{issuer.host}/assertions/1"}]})

    await watched.later()

    assert await watched.told(record) == REVOKED


async def test_an_entry_in_a_revocation_list_of_1edtech_revokes_the_forms(watched: Watched) -> None:
    url = f"{watched.issuer.host}/revoked"
    document = watched.issuer.credential(credentialStatus=revocation_list(watched.issuer, url))
    record = await watched.converted(watched.issuer.token(document).encode())
    revoked = {"id": document["id"], "revocationReason": "a reason"}
    revocation_list(watched.issuer, url, revokedCredentials=[revoked])

    await watched.later()

    assert await watched.revoked(record)
    assert await watched.told(record) == REVOKED


@pytest.mark.parametrize(("status", "seen"), [(1, "revoked"), (2, "suspended")])
async def test_a_token_status_list_is_watched_as_well(watched: Watched, status: int, seen: str) -> None:
    issuer, url = watched.issuer, f"{watched.issuer.host}/tokens/1"
    entry = token_list(issuer, url, bits=2, exp=None)
    token = issuer.token(issuer.credential(), claims={"status": entry})
    record = await watched.converted(token.encode())
    watched.clock.advance(minutes=1)
    made = int(watched.clock.now.timestamp())
    token_list(issuer, url, bytes([0, status << 6, *bytes(14)]), bits=2, iat=made, exp=None)

    await watched.later()

    assert await watched.told(record) == [(f"source.{seen}", seen)]
    assert await watched.revoked(record) == (seen == "revoked")


async def test_a_suspension_is_followed_and_lifted_again(watched: Watched) -> None:
    record = await watched.credential(targets=SUSPENDABLE, credentialStatus=watched.listed(purpose="suspension"))
    watched.clock.advance(minutes=1)
    watched.listed(7, purpose="suspension")
    await watched.later()
    assert await watched.verdicts(record) == [Outcome.FAILED] * 2
    assert (await watched.state(record))[0] is SourceState.SUSPENDED
    watched.listed(purpose="suspension")

    await watched.later()

    assert await watched.verdicts(record) == [Outcome.PASSED] * 2
    assert await watched.told(record) == [("source.suspended", "suspended"), ("source.confirmed", "valid")]
    assert await watched.state(record) == (SourceState.CONFIRMED, watched.clock.now)


async def test_a_suspension_that_forms_cannot_say_is_flagged_and_revokes_nothing(watched: Watched) -> None:
    record = await watched.credential(credentialStatus=watched.listed(purpose="suspension"))
    watched.clock.advance(minutes=1)
    watched.listed(7, purpose="suspension")

    await watched.later()

    assert not await watched.revoked(record)
    assert await watched.told(record) == [("source.suspended", "suspended")]
    assert (await watched.state(record))[0] is SourceState.SUSPENDED


async def test_what_the_platform_itself_suspended_is_not_lifted_with_the_source(watched: Watched) -> None:
    record = await watched.credential(targets=SUSPENDABLE, credentialStatus=watched.listed(purpose="suspension"))
    await watched.gateway.native.suspend(record.id, "we are looking into it", CALLER)
    watched.clock.advance(minutes=1)
    watched.listed(7, purpose="suspension")
    await watched.later()
    watched.listed(purpose="suspension")

    await watched.later()

    assert await watched.verdicts(record) == [Outcome.FAILED] * 2
    assert [kind for kind, _ in await watched.told(record)] == ["source.suspended", "source.confirmed"]


async def test_404_is_flagged_once_and_revokes_nothing(watched: Watched) -> None:
    assertion = watched.issuer.assertion()
    record = await watched.converted(watched.issuer.hosted(assertion))
    watched.web.absent(assertion["id"])

    for _ in range(3):
        await watched.later(days=8)

    assert not await watched.revoked(record)
    assert await watched.told(record) == [("source.missing", "missing")]
    assert await watched.state(record) == (SourceState.MISSING, NOON)


@pytest.mark.parametrize("answer", [404, 410])
async def test_a_list_that_is_not_there_any_more_is_flagged_and_revokes_nothing(watched: Watched, answer: int) -> None:
    record = await watched.credential()
    watched.web.publish(LIST, b"", "", status=answer)

    await watched.later()

    assert not await watched.revoked(record)
    assert await watched.told(record) == [("source.missing", "missing")]


async def test_a_host_that_is_down_for_a_year_changes_nothing_but_that_it_is_said(watched: Watched) -> None:
    record = await watched.credential(validUntil=None)
    watched.web.unreachable(LIST)

    for _ in range(53):
        await watched.later(days=7)

    assert not await watched.revoked(record)
    assert await watched.told(record) == [("source.unreachable", "unreachable")]
    assert await watched.state(record) == (SourceState.UNREACHABLE, NOON)


async def test_a_host_that_is_down_is_asked_less_and_less(watched: Watched) -> None:
    await watched.credential()
    watched.web.unreachable(LIST)
    asked = 0

    for _ in range(24 * 12):
        await watched.later(minutes=5)
        asked += watched.web.requests.count(LIST)

    assert 20 <= asked <= 40


async def test_a_host_that_comes_back_is_told_and_confirms_again(watched: Watched) -> None:
    record = await watched.credential()
    watched.web.unreachable(LIST)
    await watched.later(days=1)
    await watched.later(days=1)
    watched.listed()

    await watched.later(days=1)

    assert await watched.told(record) == [("source.unreachable", "unreachable"), ("source.confirmed", "valid")]
    assert await watched.state(record) == (SourceState.CONFIRMED, watched.clock.now)


async def test_what_is_confirmed_is_not_told_and_moves_the_date(watched: Watched) -> None:
    record = await watched.credential()

    for _ in range(3):
        await watched.later()

    assert await watched.told(record) == []
    assert await watched.state(record) == (SourceState.CONFIRMED, watched.clock.now)


async def test_an_older_list_that_is_served_again_is_told_and_never_believed(watched: Watched) -> None:
    record = await watched.credential()
    await watched.rolled_back()

    await watched.later()

    assert await watched.revoked(record)
    assert await watched.told(record) == [*REVOKED, ("source.rolled-back", "replayed")]
    assert (await watched.state(record))[0] is SourceState.REVOKED


async def test_an_older_list_lifts_no_suspension(watched: Watched) -> None:
    record = await watched.credential(targets=SUSPENDABLE, credentialStatus=watched.listed(purpose="suspension"))
    await watched.rolled_back("suspension")

    await watched.later()

    assert await watched.verdicts(record) == [Outcome.FAILED] * 2
    assert [kind for kind, _ in await watched.told(record)] == ["source.suspended", "source.rolled-back"]


async def test_a_newer_list_without_the_bit_is_noted_and_revocation_stays(watched: Watched) -> None:
    record = await watched.credential()
    watched.clock.advance(minutes=1)
    watched.listed(7)
    await watched.later()
    watched.listed()

    await watched.later()

    assert await watched.revoked(record)
    assert await watched.told(record) == [*REVOKED, ("source.confirmed", "valid")]
    assert (await watched.state(record))[0] is SourceState.REVOKED


async def test_a_clock_that_was_set_back_revokes_nothing_and_loses_no_date(watched: Watched) -> None:
    record = await watched.credential()
    await watched.later(days=2)
    _, last = await watched.state(record)

    await watched.later(days=-1)
    await watched.later(hours=2)

    assert not await watched.revoked(record)
    assert (await watched.state(record))[1] == last
    assert await watched.told(record) == []


async def test_a_clock_that_was_set_back_keeps_no_source_from_being_looked_at(watched: Watched) -> None:
    record = await watched.credential(validFrom="2025-11-01T00:00:00Z")
    await watched.later(days=2)
    watched.clock.advance(days=-1)
    watched.listed(7)

    await watched.later(minutes=5)

    assert await watched.revoked(record)


async def test_a_badge_that_names_no_list_is_never_asked_about(watched: Watched) -> None:
    record = await watched.credential(credentialStatus=None)

    done = await watched.later(days=30)

    assert (done.asked, watched.web.requests) == ((), [])
    assert await watched.state(record) == (SourceState.UNWATCHED, NOON)


async def test_badges_of_several_people_on_one_list_cost_one_fetch(watched: Watched) -> None:
    records = [await watched.credential(number) for number in range(7)]
    watched.clock.advance(minutes=1)
    watched.listed(7)

    await watched.later()

    assert watched.web.requests.count(LIST) == 1
    assert [await watched.told(record) for record in records] == [REVOKED] * 7


async def test_a_source_that_is_known_revoked_is_told_once_however_often_it_is_seen(watched: Watched) -> None:
    record = await watched.credential()
    watched.clock.advance(minutes=1)
    watched.listed(7)

    for _ in range(4):
        await watched.later()

    assert await watched.told(record) == REVOKED


async def test_a_badge_that_came_later_is_decided_though_the_list_serves_the_same(watched: Watched) -> None:
    await watched.credential(0)
    listed = watched.web.body(LIST)
    await watched.later()
    record = await watched.credential(1, credentialStatus=status_entry(LIST))
    assert watched.web.body(LIST) == listed

    done = await watched.later()

    assert [each.looked_at for each in done.asked] == [1]
    assert await watched.state(record) == (SourceState.CONFIRMED, watched.clock.now)


async def test_rounds_confirm_what_serves_the_same_without_looking_at_each(watched: Watched) -> None:
    for number in range(5):
        await watched.credential(number)
    first = await watched.later()

    second = await watched.later()

    assert [each.looked_at for each in (*first.asked, *second.asked)] == [5, 0]


async def test_a_date_is_confirmed_by_the_day(watched: Watched) -> None:
    record = await watched.credential()
    for _ in range(10):
        await watched.later(days=1)

    assert (await watched.state(record))[1] - NOON == dt.timedelta(days=10)
