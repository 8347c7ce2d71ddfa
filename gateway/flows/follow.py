"""What is seen of a source decides what becomes of the forms that were made from it: a table, and nothing else.

Only what is positively seen changes anything. A badge is for life and its issuer is not: one that cannot be reached,
or says nothing that can be relied on, leaves everything as it is, and the record shows when its source was last
confirmed.
"""

import datetime as dt
from enum import StrEnum

import msgspec

from gateway.records.events import EventKind
from gateway.records.watches import Seen, Standing, WatchedSource
from gateway.trust.watched import Finding


class Action(StrEnum):
    """What is done to the forms of a record."""

    NONE = "none"
    REVOKE = "revoke"
    SUSPEND = "suspend"
    REINSTATE = "reinstate"


class Followed(msgspec.Struct, frozen=True):
    """What becomes of a source.

    Attributes:
        after: What is known of it from now on.
        event: What is written into its history; None when there is nothing new to tell.
    """

    after: WatchedSource
    action: Action = Action.NONE
    event: EventKind | None = None


FLAGS = frozenset(
    {
        EventKind.SOURCE_MISSING,
        EventKind.SOURCE_UNREACHABLE,
        EventKind.SOURCE_ROLLED_BACK,
        EventKind.SOURCE_SUSPENDED,
    }
)
"""Events that say that something is wrong; what follows on one is told, and a mere confirmation otherwise is not."""

CALM = dt.timedelta(hours=1)
"""How long something must have been told before it is told that all is well again: a host may answer one way and the
other by turns, and nobody wants to hear of it each time."""

_AT_ONCE = {Seen.REPLAYED: EventKind.SOURCE_ROLLED_BACK, Seen.MISSING: EventKind.SOURCE_MISSING}
_TAKEN_BACK = (Seen.REVOKED, Seen.GONE)


def followed(before: WatchedSource, finding: Finding, confirmed_at: dt.datetime, now: dt.datetime) -> Followed:
    """Decide by one look at a source.

    Args:
        before: What was known of it.
        finding: What was seen.
        confirmed_at: When it was last seen valid.
        now: Of this look.
    """
    seen = finding.seen
    if seen is Seen.NOT_ASKED:
        return Followed(before)
    if seen is Seen.VALID:
        return _valid(before, now, firm=finding.firm)
    after = msgspec.structs.replace(before, seen=seen, decided=True, confirmed_at=confirmed_at)
    if seen in _TAKEN_BACK:
        return _revoked(before, after, now)
    return _troubled(before, after, now)


def unconfirmed(before: WatchedSource, now: dt.datetime) -> Followed:
    """Decide when a source was not confirmed for so long that its platform is to know: once, unless it knows more."""
    if before.standing is not Standing.STANDS or before.told in FLAGS:
        return Followed(before)
    return _told(before, EventKind.SOURCE_UNREACHABLE, now)


def missing(before: WatchedSource, now: dt.datetime) -> Followed:
    """Decide when the place of a source says that there is nothing (404): flagged, and nothing is taken back."""
    return Followed(before) if before.standing is Standing.REVOKED else _told(before, EventKind.SOURCE_MISSING, now)


def _valid(before: WatchedSource, now: dt.datetime, *, firm: bool) -> Followed:
    after = msgspec.structs.replace(before, seen=Seen.VALID, decided=True)
    if before.standing is Standing.REVOKED:
        # Revocation is for good, here as there: only that it was seen is written down.
        return Followed(after) if _is_recent(before, now) else _told(after, EventKind.SOURCE_CONFIRMED, now)
    if before.standing is Standing.SUSPENDED and not firm:
        return Followed(before)
    if before.seen is not Seen.VALID or not before.decided:
        after = msgspec.structs.replace(after, confirmed_at=max(before.confirmed_at, now))
    after = msgspec.structs.replace(after, standing=Standing.STANDS)
    if before.standing is Standing.SUSPENDED:
        return msgspec.structs.replace(_told(after, EventKind.SOURCE_CONFIRMED, now), action=Action.REINSTATE)
    if before.told not in FLAGS or _is_recent(before, now):
        return Followed(after)
    return _told(after, EventKind.SOURCE_CONFIRMED, now)


def _revoked(before: WatchedSource, after: WatchedSource, now: dt.datetime) -> Followed:
    if before.standing is Standing.REVOKED:
        return Followed(after)
    after = msgspec.structs.replace(after, standing=Standing.REVOKED)
    return msgspec.structs.replace(_told(after, EventKind.SOURCE_REVOKED, now), action=Action.REVOKE)


def _troubled(before: WatchedSource, after: WatchedSource, now: dt.datetime) -> Followed:
    if before.standing is Standing.REVOKED and after.seen is not Seen.REPLAYED:
        return Followed(after)
    if after.seen is Seen.SUSPENDED and before.standing is Standing.STANDS:
        after = msgspec.structs.replace(after, standing=Standing.SUSPENDED)
        return msgspec.structs.replace(_told(after, EventKind.SOURCE_SUSPENDED, now), action=Action.SUSPEND)
    event = _AT_ONCE.get(after.seen)
    return _told(after, event, now) if event else Followed(after)


def _is_recent(source: WatchedSource, now: dt.datetime) -> bool:
    return source.told_at is not None and source.told_at <= now < source.told_at + CALM


def _told(after: WatchedSource, event: EventKind, now: dt.datetime) -> Followed:
    if after.told == event:
        return Followed(after)
    return Followed(msgspec.structs.replace(after, told=event, told_at=now), event=event)
