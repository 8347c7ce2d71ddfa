"""Writing records and their forms: planned before a key is used, sealed by the first who commits."""

from dataclasses import dataclass

import msgspec

from gateway.edges.audit import noted
from gateway.edges.database import Database, Value, Work, micros
from gateway.edges.envelope import Envelope, RecordKey
from gateway.edges.events import recorded
from gateway.edges.issued import ISSUED_SINCE
from gateway.edges.platforms import HOLD
from gateway.edges.records import StoredRecords, issuer_hmac
from gateway.edges.rows import (
    FORMS,
    INSERT_FORM,
    INSERT_SOURCE,
    INSERT_STATEMENT,
    form_of,
    form_values,
    release_values,
    sealed_issuer,
    sealed_report,
    sealed_title,
    source_values,
    statement_values,
)
from gateway.edges.watches import INSERT_WATCH
from gateway.errors import IssueLimit, NotActive, NotFound
from gateway.ports import Plan
from gateway.ports.erasure import concerns
from gateway.records import Form, Intent, Record
from gateway.records.events import Event, EventData, EventKind

_INSERT = """
insert into credentials (id, platform, holder, fingerprint, created, updated, title,
                         source_format, source_issuer, issuer, badge)
values ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10)
on conflict (platform, fingerprint) do nothing
returning id
"""
_INSERT_KEY = "insert into record_keys (credential, platform, wrapped) values ($1, $2, $3)"
_SAME = """
select c.id from credentials c join record_keys k on k.credential = c.id
where c.platform = $1 and c.fingerprint = $2
"""
# Changes nothing, and locks: what is erased at this moment is erased before, or finds what is written here. The row of
# the record and not its key (``HOLD_KEY``), because that row is written afterwards: erasing takes it first and then the
# key, and in the other order each would wait for the other.
_LOCK = "update credentials set updated = updated where id = $1 and platform || '' = $2"
_KEY = "select wrapped from record_keys where credential = $1 and platform || '' = $2"
_CLOSED = """
select c.id from credentials c join record_keys k on k.credential = c.id
where c.platform = $1 and c.badge = $2 and c.state in ('suspended', 'revoked') limit 1
"""
# Erasing lets go of the fingerprint itself. A key can be gone without that: deleted by hand, or left out when a backup
# from before the erasure was brought back.
_FORGET_KEYLESS = """
update credentials set fingerprint = null
where platform = $1 and fingerprint = $2
and not exists (select 1 from record_keys k where k.credential = credentials.id)
"""
_REPORT = "update sources set report = $3 where credential = $1 and platform = $2"
_FORM = FORMS + "where f.id = $1 and f.platform || '' = $2"
# Locks the record too: whoever revokes it waits, and finds these forms.
_STILL_OPEN = """
update credentials set updated = $3
where id = $1 and platform || '' = $2 and state in ('intended', 'active')
returning id
"""
_ISSUED = """
update credentials set state = 'active', updated = $3
where id = $1 and platform || '' = $2 and state in ('intended', 'active')
returning created
"""
_ISSUED_FORMAT = """
insert into issued_formats (platform, format, created, credential) values ($1, $2, $3, $4) on conflict do nothing
"""
_SEAL = """
update forms set sealed = $3, receipt = $4 where id = $1 and platform || '' = $2 and sealed is null returning id
"""

_ERASED = "the record of this source was erased at this moment"


@dataclass(frozen=True, slots=True)
class StoredCredentials:
    """The port ``Credentials``."""

    database: Database
    envelope: Envelope

    async def plan(self, plan: Plan) -> Record:
        """Commit the plan, or what it adds to the record of its fingerprint; return the stored record."""
        record = await self.database.within(plan.platform).transaction(lambda: self._within_quota(plan))
        record = record or await self.known(plan.platform, plan.fingerprint)
        if record is None:
            raise NotFound(_ERASED)
        concerns(record.platform, record.id)
        return record

    async def closed(self, platform: str, badge: bytes) -> bool:
        """Whether a record of this badge was suspended or revoked, and not erased since."""
        return bool(await self.database.within(platform).fetch(_CLOSED, platform, badge))

    async def seal(self, platform: str, form_id: str, sealed: bytes, receipt: str) -> tuple[Form, bool]:
        """Commit the signed bytes; the first committed ones win. Return the stored form, and whether this call was it.

        Raises:
            NotFound: There is no such form, or it was erased.
            NotActive: Its record was suspended or revoked before it could be sealed.
        """
        database = self.database.within(platform)
        return await database.transaction(lambda: self._sealed(platform, form_id, sealed, receipt))

    async def known(self, platform: str, fingerprint: bytes) -> Record | None:
        """Return the record that was planned under this fingerprint, with all its forms."""
        return await StoredRecords(self.database, self.envelope).known(platform, fingerprint)

    def _within_quota(self, plan: Plan) -> Work[Record | None]:
        """Make others of the platform wait where its number of forms is limited, so that no two take the last place."""
        quota, platform = plan.quota, plan.platform
        if quota is None or not plan.intents:
            return (yield from self._planned(plan))
        yield HOLD, (platform,)
        [before] = yield ISSUED_SINCE, (platform, micros(quota.since))
        record = yield from self._planned(plan)
        [after] = yield ISSUED_SINCE, (platform, micros(quota.since))
        if after["forms"] > max(before["forms"], quota.most):
            raise IssueLimit(quota.most, quota.ends_in_s)
        return record

    def _planned(self, plan: Plan) -> Work[Record | None]:
        """Return the record if it is new, and nothing when there is one to be read."""
        record_id, platform = plan.extends, plan.platform
        if plan.intents and plan.badge and (yield _CLOSED, (platform, plan.badge)):
            raise NotActive
        if not record_id:
            wrapped, key = self.envelope.new_key(plan.record_id)
            if (yield _INSERT, self._values(plan, key)):
                yield _INSERT_KEY, (plan.record_id, platform, wrapped)
                return (yield from _begun(plan, key))
            same = yield _SAME, (platform, plan.fingerprint)
            if not same:
                # What is sent now has nothing to do with what was erased. Whoever comes here a second time met another
                # record, which came and was erased between two statements.
                yield _FORGET_KEYLESS, (platform, plan.fingerprint)
                return (yield from self._planned(plan))
            record_id = same[0]["id"]
        yield from self._extended(plan, record_id)
        return None

    def _extended(self, plan: Plan, record_id: str) -> Work[None]:
        """Add to a record what it lacks.

        Raises:
            NotFound: It was erased since it was found.
            NotActive: It was suspended or revoked.
        """
        platform = plan.platform
        yield _LOCK, (record_id, platform)
        kept = yield _KEY, (record_id, platform)
        if not kept:
            raise NotFound(_ERASED)
        key = self.envelope.unwrapped(record_id, kept[0]["wrapped"])
        if plan.source is not None:
            yield _REPORT, (record_id, platform, sealed_report(plan.source, key))
        if plan.intents and not (yield _STILL_OPEN, (record_id, platform, micros(plan.created))):
            raise NotActive
        if (yield from _intended(record_id, plan, key)):
            yield from noted(platform, plan.actor, "credential.extended", record_id, plan.created)

    def _values(self, plan: Plan, key: RecordKey) -> tuple[Value, ...]:
        issuer = plan.source.issuer if plan.source else ""
        return (
            plan.record_id,
            plan.platform,
            plan.holder,
            plan.fingerprint,
            micros(plan.created),
            sealed_title(plan.title, key),
            plan.source.format if plan.source else "",
            issuer_hmac(self.envelope, plan.platform, issuer) if issuer else None,
            sealed_issuer(issuer, key),
            plan.badge,
        )

    def _sealed(self, platform: str, form_id: str, sealed: bytes, receipt: str) -> Work[tuple[Form, bool]]:
        rows = yield _FORM, (form_id, platform)
        if not rows:
            raise NotFound(f"there is no form {form_id}")
        key = self.envelope.unwrapped(rows[0]["credential"], rows[0]["wrapped"])
        form = form_of(rows[0], key)
        if form.sealed is not None:
            return form, False
        issued = yield _ISSUED, (form.credential, platform, micros(form.intent.at))
        if not issued:
            raise NotActive
        if not (yield _SEAL, (form_id, platform, *release_values(form_id, sealed, receipt, key))):
            return (
                yield from self._sealed(platform, form_id, sealed, receipt)
            )  # somebody else was first: return theirs
        yield from recorded(_issued(form))
        yield _ISSUED_FORMAT, (platform, form.intent.format, issued[0]["created"], form.credential)
        return msgspec.structs.replace(form, sealed=sealed, receipt=receipt), True


def _begun(plan: Plan, key: RecordKey) -> Work[Record]:
    """Store what a new record holds."""
    record_id, platform = plan.record_id, plan.platform
    if plan.source is not None:
        yield INSERT_SOURCE, source_values(record_id, platform, plan.source, key)
        yield INSERT_WATCH, (record_id, platform, micros(plan.source.received_at))
    if plan.statement is not None:
        yield INSERT_STATEMENT, statement_values(record_id, platform, plan.statement, key)
    forms = yield from _intended(record_id, plan, key)
    yield from recorded(
        Event(platform=platform, kind=EventKind.CREDENTIAL_CREATED, credential=record_id, at=plan.created)
    )
    action = "credential.converted" if plan.source else "credential.issued"
    yield from noted(platform, plan.actor, action, record_id, plan.created)
    return Record(
        id=record_id,
        platform=platform,
        created=plan.created,
        title=plan.title,
        source=plan.source,
        forms=forms,
        statement=plan.statement,
    )


def _intended(record_id: str, plan: Plan, key: RecordKey) -> Work[tuple[Form, ...]]:
    """Store the intents that the record lacks; return those."""
    new: list[Intent] = []
    for intent in plan.intents:
        if (yield INSERT_FORM, form_values(record_id, plan.platform, intent, key)):
            new.append(intent)  # noqa: PERF401 - a comprehension cannot yield
    return tuple(Form(intent=intent, platform=plan.platform, credential=record_id) for intent in new)


def _issued(form: Form) -> Event:
    """Of the instant that the form itself names."""
    intent = form.intent
    return Event(
        platform=form.platform,
        kind=EventKind.FORM_ISSUED,
        credential=form.credential,
        at=intent.at,
        data=EventData(form=intent.id, format=intent.format, securing=intent.securing, bound=intent.holder != ""),
    )
