"""Answers to requests with an ``Idempotency-Key``: claimed, finished, and forgotten after a day or for want of room."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from hashlib import sha256

from gateway.apart import apart
from gateway.edges.database import Database, Work, micros, single
from gateway.edges.envelope import Envelope
from gateway.edges.rows import HOLD_KEY
from gateway.errors import AnswerErased, IdempotencyConflict, InProgress

CLAIM_HELD = dt.timedelta(seconds=60)
# From the beginning of the work, so an hour more than the 24 that are promised from its end.
ANSWER_KEPT = dt.timedelta(hours=25)

ERASED = b""
"""Stands where an answer stood that told of a record, and the digest of its request, until whoever repeats that has had
a day since the erasure to stop. Were the key free again, a repetition would make anew what was erased. No encrypted
answer is empty."""

ROOM_BYTES = 1 << 30
"""So much of the latest answers of a platform is kept; whoever asks without end makes no more of them than that."""

SOME_ROWS, SOME_BYTES = 500, 4 << 20
"""So much is deleted in one transaction, and one answer more: SQLite overwrites it, and all who write wait for that."""


def some_deleted(which: str, still: str) -> str:
    """The statement that deletes some of the replies that it finds, and returns the size of each.

    Args:
        which: Finds them.
        still: What may have changed of a reply that another transaction held meanwhile, and must not have.
    """
    return f"""
delete from replies where (holder, key) in (
    select holder, key from (
        select holder, key, size, sum(size) over (order by holder, key) as so_far
        from (select holder, key, size from replies where {which} limit {SOME_ROWS}) as found
    ) as summed where so_far - size < {SOME_BYTES}
) and {still} returning size
"""  # noqa: S608 - words of ours


_EXPIRE = "delete from replies where holder = $1 and key = $2 and platform || '' = $3 and at < $4"
_CLAIM = """
insert into replies (holder, key, platform, body_sha256, at)
values ($1, $2, $3, $4, $5)
on conflict (holder, key) do nothing
returning at
"""
_FIND = "select body_sha256, at, answer from replies where holder = $1 and key = $2 and platform || '' = $3"
_TAKE_OVER = """
update replies set at = $4 where holder = $1 and key = $2 and platform || '' = $3 and answer is null and at <= $5
returning at
"""
# Who worked for longer than a claim holds may find that another answered, or that the key is another request's by now.
_OWN = "where holder = $1 and key = $2 and platform || '' = $3 and body_sha256 = $4 and answer is null"
_FINISH = f"update replies set answer = $5, size = $6 {_OWN} returning key"  # noqa: S608 - words of ours
_NOTHING_LEFT = f"update replies set answer = $5, body_sha256 = $5, size = 0 {_OWN}"  # noqa: S608 - words of ours
_CONCERN = """
insert into reply_records (holder, key, platform, credential) values ($1, $2, $3, $4) on conflict do nothing
"""
_TAKEN = "select cast(coalesce(sum(size), 0) as bigint) as bytes from replies where platform = $1"
# When the latest answer was begun that the later ones leave no room for.
_NO_ROOM = """
select max(at) as at from (
    select at, sum(size) over (order by at desc) as so_far from replies where platform = $1
) as latest where so_far > $2
"""
_MAKE_ROOM = some_deleted("platform = $1 and at <= $2 and size > 0", still="at <= $2 and size > 0")
_RELEASE = f"delete from replies {_OWN}"  # noqa: S608 - words of ours


@dataclass(frozen=True, slots=True)
class StoredReplies:
    """The port ``Replies``. A key is stored as its digest, an answer encrypted: both may name people.

    Attributes:
        room_bytes: How much a platform's answers may take. Each process looks when it has itself written a sixteenth of
            that, so they take up to so much more for each process, and an answer, until it does.
        written_bytes: What this process has written since it looked last, by platform.
        too_old: Up to when (microseconds) what was begun makes room, by platform, where something is left of that.
    """

    database: Database
    envelope: Envelope
    room_bytes: int = ROOM_BYTES
    written_bytes: dict[str, int] = field(default_factory=dict)
    too_old: dict[str, int] = field(default_factory=dict)

    async def begin(self, platform: str, holder: str, key: str, body_sha256: bytes, at: dt.datetime) -> bytes | None:
        """Claim the key, or return the answer that is there.

        Raises:
            IdempotencyConflict: The key was used with another request.
            InProgress: Somebody has been working on it for less than 60 seconds.
            AnswerErased: What was answered told of a record that was erased since.
        """
        answer = await self.database.within(platform).transaction(
            lambda: _begun(platform, holder, _digest(key), body_sha256, at), durable=False
        )
        if answer is None:
            return None
        return await apart(len(answer), self.envelope.opened, _place(holder, key), answer)

    async def finish(
        self, platform: str, holder: str, key: str, body_sha256: bytes, answer: bytes, concerned: Collection[str] = ()
    ) -> None:
        """Store the answer, or that there is none to be had any more; the first one stays."""
        encrypted = await apart(len(answer), self.envelope.sealed, _place(holder, key), answer)
        place = (holder, _digest(key), platform)
        own = (*place, body_sha256)

        def work() -> Work[None]:
            for record in sorted(concerned):
                if not (yield HOLD_KEY, (record, platform)):
                    yield _NOTHING_LEFT, (*own, ERASED)
                    return
            if (yield _FINISH, (*own, encrypted, len(encrypted))):
                for record in concerned:
                    yield _CONCERN, (*place, record)

        await self.database.within(platform).transaction(work)
        await self._make_room(platform, len(encrypted))

    async def forget(self, platform: str, holder: str, key: str, body_sha256: bytes) -> None:
        """Release the claim of this request; an answer that was stored stays."""
        await self.database.within(platform).transaction(single(_RELEASE, holder, _digest(key), platform, body_sha256))

    async def _make_room(self, platform: str, size: int) -> None:
        """Delete at least as much as was written, where that is too much; the rest is left to the next who write."""
        own = self.database.within(platform)
        written = self.written_bytes.pop(platform, 0) + size
        if written <= self.room_bytes >> 4:
            self.written_bytes[platform] = written
        else:
            found = await own.transaction(lambda: _too_old(platform, self.room_bytes), durable=False)
            if found is not None:
                self.too_old[platform] = found
        while size > 0 and platform in self.too_old:
            deleted = await own.transaction(single(_MAKE_ROOM, platform, self.too_old[platform]), durable=False)
            size -= sum(row["size"] for row in deleted)
            if not deleted:
                self.too_old.pop(platform, None)


def _begun(platform: str, holder: str, key: bytes, body_sha256: bytes, at: dt.datetime) -> Work[bytes | None]:
    yield _EXPIRE, (holder, key, platform, micros(at - ANSWER_KEPT))
    while True:
        if (yield _CLAIM, (holder, key, platform, body_sha256, micros(at))):
            return None
        for row in (yield _FIND, (holder, key, platform)):
            if row["answer"] == ERASED:
                raise AnswerErased
            if row["body_sha256"] != body_sha256:
                raise IdempotencyConflict(
                    "this Idempotency-Key came with another request: its address, parameters or body differ, or "
                    "what the caller may read",
                    fix="use a new key for a new request",
                )
            if row["answer"] is not None:
                return bytes(row["answer"])
            if not (yield _TAKE_OVER, (holder, key, platform, micros(at), micros(at - CLAIM_HELD))):
                raise InProgress(
                    "a request with this Idempotency-Key is being worked on",
                    fix="ask again in a few seconds with the same key; when the gateway was stopped in the middle of "
                    f"that request, its key is free {CLAIM_HELD.total_seconds():.0f} s after it began",
                )
            return None


def _too_old(platform: str, room_bytes: int) -> Work[int | None]:
    """Of half a million answers the sum takes SQLite 0.04 s, and where it is too much, the rest 0.3 s."""
    [taken] = yield _TAKEN, (platform,)
    if taken["bytes"] <= room_bytes:
        return None
    [latest] = yield _NO_ROOM, (platform, room_bytes)
    at: int | None = latest["at"]
    return at


def _digest(key: str) -> bytes:
    return sha256(key.encode()).digest()


def _place(holder: str, key: str) -> str:
    return f"replies.answer/{holder}/{_digest(key).hex()}"
