"""What is kept of sources that are looked at again: where, what was seen there last, and since when."""

from enum import StrEnum

import msgspec

from gateway.records import Instant


class WatchKind(StrEnum):
    """Where a source can be taken back.

    ``NEW`` was not looked into yet, ``NONE`` names no place at all. ``HOSTED`` is an address of this badge alone; the
    other two are lists, of bits or of ids, which many badges share.
    """

    NEW = "new"
    NONE = "none"
    STATUS_LIST = "status-list"
    REVOCATION_LIST = "revocation-list"
    HOSTED = "hosted"


class Seen(StrEnum):
    """What one look at a source showed.

    ``GONE`` is a revocation, too: 410 at the badge's own address. ``REPLAYED`` an older list than one that is known,
    ``MISSING`` 404, ``UNREACHABLE`` no answer, ``UNPROVEN`` one that cannot be relied on, ``NOT_ASKED`` that limits of
    ours kept us from asking.
    """

    VALID = "valid"
    REVOKED = "revoked"
    GONE = "gone"
    SUSPENDED = "suspended"
    REPLAYED = "replayed"
    MISSING = "missing"
    UNREACHABLE = "unreachable"
    UNPROVEN = "unproven"
    NOT_ASKED = "not-asked"


class Standing(StrEnum):
    """What its issuer decided about a source; ``REVOKED`` is for good, whatever is served later."""

    STANDS = "stands"
    SUSPENDED = "suspended"
    REVOKED = "revoked"


class SourceState(StrEnum):
    """The same for a reader, together with whether it could be asked; ``UNWATCHED`` names no place to ask."""

    CONFIRMED = "confirmed"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    MISSING = "missing"
    UNREACHABLE = "unreachable"
    UNWATCHED = "unwatched"


class WatchedPlace(msgspec.Struct, frozen=True, kw_only=True):
    """An address, or some that are asked together; nothing of it tells which.

    Attributes:
        place: HMAC-SHA-256 of the issuer and the addresses, 32 bytes.
        host: HMAC-SHA-256 of the host, 32 bytes.
        asked_at: When it was last asked, whatever it answered.
        answered_at: When it last said something that can be relied on.
        failures: How often it has not, since.
        trouble: Why it did not answer at all the last time; None when it did.
        digest: SHA-256 of what it served when all that depend on it were decided; b"" when that was not finished.
    """

    place: bytes
    kind: WatchKind
    host: bytes
    asked_at: Instant | None = None
    answered_at: Instant | None = None
    failures: int = 0
    trouble: Seen | None = None
    digest: bytes = b""


class WatchedSource(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the source of one record since it was converted.

    Attributes:
        place: Of the `WatchedPlace`; None for a ``kind`` that has none.
        seen: The last time that its place answered.
        told: Kind of the last event that was written about it, "" when there was none; ``told_at`` when that was.
        confirmed_at: When it was last seen valid; later than that while ``seen`` is VALID and its place goes on
            answering, see `confirmed`.
        decided: Whether it was looked at since it was converted.
    """

    credential: str
    platform: str
    kind: WatchKind
    confirmed_at: Instant
    place: bytes | None = None
    standing: Standing = Standing.STANDS
    seen: Seen = Seen.VALID
    told: str = ""
    told_at: Instant | None = None
    decided: bool = False


def confirmed(source: WatchedSource, place: WatchedPlace | None) -> Instant:
    """When the source was last seen valid: as long as it is, whenever its place last answered."""
    if place is None or place.answered_at is None or source.seen is not Seen.VALID or not source.decided:
        return source.confirmed_at
    return max(source.confirmed_at, place.answered_at)


def state(source: WatchedSource, place: WatchedPlace | None) -> SourceState:
    """What to say of a source now."""
    if source.standing is not Standing.STANDS:
        return SourceState(source.standing)
    if source.kind is WatchKind.NONE:
        return SourceState.UNWATCHED
    trouble = place.trouble if place and place.trouble else source.seen
    if trouble is Seen.MISSING:
        return SourceState.MISSING
    return SourceState.CONFIRMED if trouble is Seen.VALID else SourceState.UNREACHABLE
