"""Every standing of a source and everything that may be seen of it: what becomes of its forms, row by row."""

import datetime as dt

import msgspec
import pytest

from gateway.flows.follow import CALM, Action, followed, missing, unconfirmed
from gateway.records.events import EventKind
from gateway.records.watches import Seen, Standing, WatchedPlace, WatchedSource, WatchKind, confirmed, state
from gateway.trust.watched import Finding
from tests.simulators.clock import NOON

BEFORE, NOW = NOON - dt.timedelta(days=1), NOON
SOURCE = WatchedSource(
    credential="c", platform="default", kind=WatchKind.STATUS_LIST, confirmed_at=BEFORE, place=b"p", decided=True
)
REVOKED = msgspec.structs.replace(SOURCE, standing=Standing.REVOKED, seen=Seen.REVOKED, told=EventKind.SOURCE_REVOKED)
SUSPENDED = msgspec.structs.replace(
    SOURCE, standing=Standing.SUSPENDED, seen=Seen.SUSPENDED, told=EventKind.SOURCE_SUSPENDED
)

FIRM = Finding(Seen.VALID, firm=True)
NOTED = Finding(Seen.VALID)
STANDS, OUT, PAUSED = Standing.STANDS, Standing.REVOKED, Standing.SUSPENDED

ROWS = [
    (SOURCE, FIRM, STANDS, Action.NONE, None),
    (SOURCE, NOTED, STANDS, Action.NONE, None),
    (SOURCE, Finding(Seen.REVOKED), OUT, Action.REVOKE, EventKind.SOURCE_REVOKED),
    (SOURCE, Finding(Seen.GONE), OUT, Action.REVOKE, EventKind.SOURCE_REVOKED),
    (SOURCE, Finding(Seen.SUSPENDED), PAUSED, Action.SUSPEND, EventKind.SOURCE_SUSPENDED),
    (SOURCE, Finding(Seen.MISSING), STANDS, Action.NONE, EventKind.SOURCE_MISSING),
    (SOURCE, Finding(Seen.REPLAYED), STANDS, Action.NONE, EventKind.SOURCE_ROLLED_BACK),
    (SOURCE, Finding(Seen.UNREACHABLE), STANDS, Action.NONE, None),
    (SOURCE, Finding(Seen.UNPROVEN), STANDS, Action.NONE, None),
    (SOURCE, Finding(Seen.NOT_ASKED), STANDS, Action.NONE, None),
    (SUSPENDED, FIRM, STANDS, Action.REINSTATE, EventKind.SOURCE_CONFIRMED),
    (SUSPENDED, NOTED, PAUSED, Action.NONE, None),
    (SUSPENDED, Finding(Seen.SUSPENDED), PAUSED, Action.NONE, None),
    (SUSPENDED, Finding(Seen.REVOKED), OUT, Action.REVOKE, EventKind.SOURCE_REVOKED),
    (SUSPENDED, Finding(Seen.REPLAYED), PAUSED, Action.NONE, EventKind.SOURCE_ROLLED_BACK),
    (SUSPENDED, Finding(Seen.MISSING), PAUSED, Action.NONE, EventKind.SOURCE_MISSING),
    (SUSPENDED, Finding(Seen.UNREACHABLE), PAUSED, Action.NONE, None),
    (SUSPENDED, Finding(Seen.UNPROVEN), PAUSED, Action.NONE, None),
    (SUSPENDED, Finding(Seen.NOT_ASKED), PAUSED, Action.NONE, None),
    (REVOKED, FIRM, OUT, Action.NONE, EventKind.SOURCE_CONFIRMED),
    (REVOKED, NOTED, OUT, Action.NONE, EventKind.SOURCE_CONFIRMED),
    (REVOKED, Finding(Seen.REVOKED), OUT, Action.NONE, None),
    (REVOKED, Finding(Seen.GONE), OUT, Action.NONE, None),
    (REVOKED, Finding(Seen.SUSPENDED), OUT, Action.NONE, None),
    (REVOKED, Finding(Seen.REPLAYED), OUT, Action.NONE, EventKind.SOURCE_ROLLED_BACK),
    (REVOKED, Finding(Seen.MISSING), OUT, Action.NONE, None),
    (REVOKED, Finding(Seen.UNREACHABLE), OUT, Action.NONE, None),
    (REVOKED, Finding(Seen.UNPROVEN), OUT, Action.NONE, None),
    (REVOKED, Finding(Seen.NOT_ASKED), OUT, Action.NONE, None),
]


@pytest.mark.parametrize(("before", "finding", "standing", "action", "event"), ROWS)
def test_what_is_seen_decides(
    before: WatchedSource, finding: Finding, standing: Standing, action: Action, event: EventKind | None
) -> None:
    found = followed(before, finding, BEFORE, NOW)

    assert (found.after.standing, found.action, found.event) == (standing, action, event)


@pytest.mark.parametrize(("before", "finding"), [(row[0], row[1]) for row in ROWS])
def test_what_was_told_and_done_is_not_told_and_done_again(before: WatchedSource, finding: Finding) -> None:
    once = followed(before, finding, BEFORE, NOW).after

    again = followed(once, finding, BEFORE, NOW)

    assert (again.action, again.event, again.after) == (Action.NONE, None, once)


@pytest.mark.parametrize("finding", [Finding(seen) for seen in Seen if seen is not Seen.VALID])
def test_only_what_is_seen_valid_is_confirmed(finding: Finding) -> None:
    found = followed(SOURCE, finding, BEFORE, NOW)

    assert found.after.confirmed_at == BEFORE
    place = WatchedPlace(place=b"p", kind=WatchKind.STATUS_LIST, host=b"h", answered_at=NOW)
    assert confirmed(found.after, place) == (NOW if finding.seen is Seen.NOT_ASKED else BEFORE)


@pytest.mark.parametrize(
    ("seen", "event"),
    [
        (Seen.MISSING, EventKind.SOURCE_CONFIRMED),
        (Seen.REPLAYED, EventKind.SOURCE_CONFIRMED),
        (Seen.UNPROVEN, None),
        (Seen.UNREACHABLE, None),
    ],
)
def test_a_confirmation_is_told_only_after_something_else_was(seen: Seen, event: EventKind | None) -> None:
    troubled = followed(SOURCE, Finding(seen), BEFORE, NOW).after

    at_once = followed(troubled, FIRM, BEFORE, NOW)
    found = followed(at_once.after, FIRM, BEFORE, NOW + CALM)

    assert at_once.event is None
    assert (found.event, found.action) == (event, Action.NONE)
    assert found.after.confirmed_at == NOW


def test_a_host_that_answers_by_turns_is_not_told_of_each_time() -> None:
    source = SOURCE
    told: list[EventKind] = []
    for minute in range(0, 24 * 60, 5):
        finding = FIRM if minute % 10 else Finding(Seen.REPLAYED)
        found = followed(source, finding, BEFORE, NOW + dt.timedelta(minutes=minute))
        source, told = found.after, told + ([found.event] if found.event else [])

    assert len(told) <= 48


def test_that_nothing_answers_is_told_once_and_not_when_more_is_known() -> None:
    told = unconfirmed(SOURCE, NOW)

    assert told.event is EventKind.SOURCE_UNREACHABLE
    assert unconfirmed(told.after, NOW).event is None
    assert unconfirmed(missing(SOURCE, NOW).after, NOW).event is None
    assert missing(told.after, NOW).event is EventKind.SOURCE_MISSING
    assert unconfirmed(REVOKED, NOW).event is None
    assert missing(REVOKED, NOW).event is None


def test_a_revocation_is_for_good_whatever_is_seen_afterwards() -> None:
    source = REVOKED
    for finding in (FIRM, Finding(Seen.REPLAYED), Finding(Seen.SUSPENDED), Finding(Seen.MISSING), FIRM, NOTED):
        found = followed(source, finding, BEFORE, NOW)
        source = found.after

        assert found.action is Action.NONE
        assert state(source, None) == "revoked"
