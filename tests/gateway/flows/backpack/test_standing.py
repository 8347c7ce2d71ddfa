"""How a held badge stands: the worst that is known, and since when."""

import datetime as dt

import msgspec
import pytest

from gateway.flows.backpack.standing import SUSPENSION, Standing, Watched, stands
from gateway.flows.verdict import Verdict
from gateway.records.holdings import Holding, HoldingOutcome
from gateway.records.watches import Seen, WatchedPlace, WatchedSource, WatchKind
from gateway.records.watches import Standing as Decided
from gateway.trust.report import Check, Outcome
from tests.gateway.edges.held import holding
from tests.gateway.edges.stores import AT

DAY = dt.timedelta(days=1)
NOW = AT + 9 * DAY


def verdict(at: dt.datetime = AT, **failed: str) -> Verdict:
    """What was found: these checks failed, with these details."""
    checks = tuple(
        Check(name=name.replace("_", "-"), outcome=Outcome.FAILED, detail=detail) for name, detail in failed.items()
    )
    outcome = Outcome.FAILED if failed else Outcome.PASSED
    return Verdict(outcome=outcome, at=at, checks=checks, source_id=None, issuer="https://issuer.example")


def watched(standing: Decided = Decided.STANDS, trouble: Seen | None = None, at: dt.datetime = AT + DAY) -> Watched:
    """What the watch knows: this, on the day after; it answers unless there is trouble."""
    source = WatchedSource(
        credential="record-1",
        platform="people",
        kind=WatchKind.HOSTED,
        confirmed_at=AT,
        place=b"place",
        standing=standing,
        seen=Seen.VALID if standing is Decided.STANDS else Seen(standing),
        decided=True,
    )
    place = WatchedPlace(
        place=b"place",
        kind=WatchKind.HOSTED,
        host=b"host",
        asked_at=at,
        answered_at=None if trouble else at,
        trouble=trouble,
    )
    return source, place


FAILED = HoldingOutcome.FAILED
SUSPENDED = f"suspended, {SUSPENSION}"


@pytest.mark.parametrize(
    ("held", "said", "seen", "found", "at"),
    [
        (holding(), verdict(), None, Standing.VALID, AT),
        (holding(), verdict(), watched(), Standing.VALID, AT + DAY),
        (holding(valid_until=NOW), verdict(), None, Standing.EXPIRED, AT),
        (holding(valid_until=NOW + DAY), verdict(), None, Standing.VALID, AT),
        (holding(), verdict(), watched(Decided.REVOKED), Standing.REVOKED, AT + DAY),
        (holding(valid_until=NOW), verdict(), watched(Decided.REVOKED), Standing.REVOKED, AT + DAY),
        (holding(), verdict(), watched(Decided.SUSPENDED), Standing.SUSPENDED, AT + DAY),
        (holding(), verdict(), watched(trouble=Seen.UNREACHABLE), Standing.UNKNOWN, AT + DAY),
        (holding(), verdict(NOW), watched(trouble=Seen.UNREACHABLE), Standing.VALID, NOW),
        (holding(outcome=FAILED), verdict(status="revoked"), watched(), Standing.REVOKED, AT + DAY),
        (holding(outcome=FAILED), verdict(status=SUSPENDED), None, Standing.SUSPENDED, AT),
        (holding(outcome=FAILED), verdict(status=SUSPENDED), watched(), Standing.VALID, AT + DAY),
        (holding(outcome=FAILED), verdict(NOW, status=SUSPENDED), watched(), Standing.SUSPENDED, NOW),
        (holding(outcome=FAILED), verdict(proof="no"), watched(), Standing.FAILED, AT),
        (holding(outcome=FAILED), verdict(validity_period="expired: exp"), None, Standing.EXPIRED, AT),
        (
            holding(outcome=FAILED, valid_from=NOW + DAY),
            verdict(validity_period="not valid yet"),
            None,
            Standing.EARLY,
            AT,
        ),
        (holding(outcome=FAILED, valid_from=NOW), verdict(validity_period="not valid yet"), None, Standing.VALID, AT),
        (holding(outcome=HoldingOutcome.UNKNOWN), verdict(), None, Standing.UNKNOWN, AT),
    ],
)
def test_the_worst_that_is_known_is_said_with_its_date(
    held: Holding, said: Verdict, seen: Watched | None, found: Standing, at: dt.datetime
) -> None:
    known = stands(held, said, seen, NOW)

    assert (known.standing, known.at) == (found, at)


def test_what_could_not_be_checked_says_when_it_was_last_seen_valid() -> None:
    known = stands(holding(), verdict(), watched(trouble=Seen.MISSING), NOW)

    assert known == msgspec.structs.replace(known, standing=Standing.UNKNOWN, at=AT + DAY, confirmed=AT)
