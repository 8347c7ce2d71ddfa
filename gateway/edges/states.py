"""Suspending, reinstating and revoking: record, forms, status bits, event and audit entry in one transaction.

A form has one status entry with one purpose, for good. Revoking a form whose purpose is suspension sets its bit and
never clears it again: to others it reads as suspended for good, and the record, its page and the gateway's own answers
say that it was revoked. The other way round there is nothing: a revocation entry may not be cleared (Bitstring Status
List v1.0 section 2.2), and Open Badges 2.0 knows no suspension, so who may want to suspend says so when issuing.

A record is suspended whole or not at all: a form of it that went on to verify would contradict the others.

Its platform and the issuer of its source suspend it each for themselves, and neither lifts what the other one decided.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adapters.hub.contract import Format
from gateway.edges.audit import noted
from gateway.edges.database import Database, Row, Work, micros
from gateway.edges.events import recorded
from gateway.edges.status_lists import marked
from gateway.errors import NotFound, NotSuspendable
from gateway.records import State, StatusPurpose, Suspender, is_revocable
from gateway.records.events import Event, EventData, EventKind, acting

# The row is locked before it is looked at, so that one of two changes at once comes after the other.
_LOCK = """
update credentials set updated = updated where id = $1 and platform || '' = $2
and exists (select 1 from record_keys k where k.credential = credentials.id)
returning state, platform_suspended, platform_suspension, source_suspended, source_suspension
"""
_CHANGE = "update credentials set state = $3, updated = $4 where id = $1 and platform || '' = $2"
_FORMS = """
select f.id, f.format, f.status_list, f.status_index,
  (select l.purpose from status_lists l where l.id = f.status_list) as purpose
from forms f
where f.credential = $1 and f.platform || '' = $2 and f.revoked is null order by f.status_list, f.id
"""
_REVOKE = "update forms set revoked = $3, revocation_reason = $4 where id = $1 and platform || '' = $2"
_SUSPEND = "update forms set suspended = $3, suspension_reason = $4 where id = $1 and platform || '' = $2"
_REINSTATE = "update forms set suspended = null, suspension_reason = '' where id = $1 and platform || '' = $2"
_FLAGS = {
    Suspender.PLATFORM: """
update credentials set platform_suspended = $3, platform_suspension = $4 where id = $1 and platform || '' = $2
""",
    Suspender.SOURCE: """
update credentials set source_suspended = $3, source_suspension = $4 where id = $1 and platform || '' = $2
""",
}
_FOR_GOOD = "this credential was revoked, and a revocation is for good"


@dataclass(frozen=True, slots=True)
class StoredStates:
    """The port ``States``."""

    database: Database

    async def revoke(self, platform: str, record_id: str, reason: str, actor: str, at: dt.datetime) -> None:
        """Revoke a record and every form of it, for good; the first reason stays."""
        await self.database.within(platform).transaction(lambda: revoked(platform, record_id, reason, actor, at))

    async def suspend(
        self,
        platform: str,
        record_id: str,
        reason: str,
        actor: str,
        at: dt.datetime,
        by: Suspender = Suspender.PLATFORM,
    ) -> None:
        """Suspend a record and every form of it, until ``by`` reinstates it; the first reason of each stays."""
        change = _Change(platform, record_id, reason, actor, at, by)
        await self.database.within(platform).transaction(lambda: _suspended(change))

    async def reinstate(
        self, platform: str, record_id: str, actor: str, at: dt.datetime, by: Suspender = Suspender.PLATFORM
    ) -> None:
        """Lift the suspension that is by ``by``; while it is by somebody else as well, the record stays suspended."""
        change = _Change(platform, record_id, "", actor, at, by)
        await self.database.within(platform).transaction(lambda: _reinstated(change))


@dataclass(frozen=True, slots=True)
class _Change:
    platform: str
    record: str
    reason: str
    actor: str
    at: dt.datetime
    by: Suspender = Suspender.PLATFORM

    @property
    def place(self) -> tuple[str, str]:
        return self.record, self.platform


def revoked(platform: str, record_id: str, reason: str, actor: str, at: dt.datetime) -> Work[None]:
    """Revoke a record and every form of it, inside a transaction; one that was revoked stays as it is, and is locked.

    Raises:
        NotFound: The platform has no such record, or it was erased.
    """
    change = _Change(platform, record_id, reason, actor, at)
    if (yield from _locked(change)).state is State.REVOKED:
        return
    for form in (yield _FORMS, change.place):
        yield _REVOKE, (form["id"], change.platform, micros(change.at), change.reason)
        if form["status_list"] is not None:
            yield from marked(change.platform, form["status_list"], form["status_index"], value=True)
    yield from _told(change, State.REVOKED, EventKind.CREDENTIAL_REVOKED, "credential.revoked")


def _suspended(change: _Change) -> Work[None]:
    before = yield from _locked(change)
    if before.state is State.REVOKED:
        raise NotSuspendable(_FOR_GOOD, fix="leave it revoked; issue it anew if it is deserved after all")
    if change.by in before.by:
        return
    if before.state not in (State.ACTIVE, State.SUSPENDED):
        raise NotSuspendable(
            "nothing of this credential was issued yet",
            fix="send the request that was to issue it again; then suspend it",
        )
    _refuse_unsuspendable((yield _FORMS, change.place))
    yield _FLAGS[change.by], (*change.place, micros(change.at), change.reason)
    yield from _settled(change, before, {**before.by, change.by: (micros(change.at), change.reason)})


def _reinstated(change: _Change) -> Work[None]:
    before = yield from _locked(change)
    if before.state is State.REVOKED:
        raise NotSuspendable(_FOR_GOOD, fix="issue it anew if it is deserved after all")
    if change.by not in before.by:
        if change.by is Suspender.PLATFORM and before.by:
            raise NotSuspendable(
                "the issuer of the badge that it was converted from suspended it, and this platform did not",
                fix="ask that issuer; when it lifts the suspension, so does the gateway",
            )
        return
    yield _FLAGS[change.by], (*change.place, None, "")
    yield from _settled(change, before, {by: why for by, why in before.by.items() if by is not change.by})


def _settled(change: _Change, before: "_Before", by: Mapping[Suspender, tuple[int, str]]) -> Work[None]:
    """Let the forms say what holds now; it is told only when that makes a difference, and always noted."""
    word = by.get(Suspender.PLATFORM) or by.get(Suspender.SOURCE)
    for form in (yield _FORMS, change.place):
        yield (_SUSPEND, (form["id"], change.platform, *word)) if word else (_REINSTATE, (form["id"], change.platform))
        if bool(word) is not bool(before.by):
            yield from marked(change.platform, form["status_list"], form["status_index"], value=bool(word))
    is_suspension = change.by in by
    action = "credential.suspended" if is_suspension else "credential.reinstated"
    if bool(word) is bool(before.by):
        yield _CHANGE, (*change.place, before.state, micros(change.at))
        yield from noted(change.platform, change.actor, action, change.record, change.at)
    elif is_suspension:
        yield from _told(change, State.SUSPENDED, EventKind.CREDENTIAL_SUSPENDED, action)
    else:
        yield from _told(change, State.ACTIVE, EventKind.CREDENTIAL_REINSTATED, action)


@dataclass(frozen=True, slots=True)
class _Before:
    """What held until now: by whom it is suspended, since when (microseconds) and why."""

    state: State
    by: Mapping[Suspender, tuple[int, str]]


def _locked(change: _Change) -> Work[_Before]:
    for row in (yield _LOCK, change.place):
        since = {by: (row[f"{by}_suspended"], row[f"{by}_suspension"]) for by in Suspender}
        return _Before(State(row["state"]), {by: word for by, word in since.items() if word[0] is not None})
    raise NotFound("there is no such credential")


def _refuse_unsuspendable(forms: Sequence[Row]) -> None:
    unable = [form for form in forms if form["purpose"] != StatusPurpose.SUSPENSION]
    if not unable:
        return
    reasons = sorted({f"its form in {form['format']} {_why_not(form)}" for form in unable})
    raise NotSuspendable(
        "; ".join(reasons),
        fix="revoke it, which is for good; what may have to be suspended is issued with status=suspension",
    )


def _why_not(form: Row) -> str:
    if form["purpose"] is not None:
        return "was issued to be revoked, and such an entry cannot be cleared again"
    if is_revocable(Format(form["format"]), None):
        return "has no status entry, so it can be revoked and not suspended"
    return "has no status entry, so it can say neither that it is suspended nor that it was revoked"


def _told(change: _Change, state: State, kind: EventKind, action: str) -> Work[None]:
    yield _CHANGE, (*change.place, state, micros(change.at))
    data = EventData(state=state, reason=change.reason, actor=acting(change.actor))
    yield from recorded(Event(platform=change.platform, kind=kind, credential=change.record, at=change.at, data=data))
    yield from noted(change.platform, change.actor, action, change.record, change.at)
