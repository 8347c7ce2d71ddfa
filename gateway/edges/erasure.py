"""Erasing a record: what says something of anyone goes, in the transaction that revokes it; a tombstone stays.

The row of a record and those of its forms stay without what was in them: forms are counted, stand in the revocation
list of Open Badges 2.0, and hold their status entries. A record whose key is gone is erased, and in no answer.
"""

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from adapters.hub.contract import Format
from gateway.edges.audit import noted
from gateway.edges.database import EVERYWHERE, Database, Work, micros
from gateway.edges.envelope import Envelope
from gateway.edges.europass import credential_hmac
from gateway.edges.events import recorded
from gateway.edges.replies import ERASED
from gateway.edges.states import revoked
from gateway.edges.watches import forgotten
from gateway.errors import NotFound, Unavailable
from gateway.records import Securing
from gateway.records.europass import CREDENTIAL_URN
from gateway.records.events import Event, EventData, EventKind, acting

log = logging.getLogger("badge_gateway.erasure")

_PLACE = "select place from watched_sources where credential = $1 and platform || '' = $2 and place is not null"
_KEY = "delete from record_keys where credential = $1 and platform || '' = $2 returning credential"
_GONE = (
    "delete from sources where credential = $1 and platform || '' = $2",
    "delete from statements where credential = $1 and platform || '' = $2",
    "delete from watched_sources where credential = $1 and platform || '' = $2",
    "delete from offers where record = $1 and platform || '' = $2",
    "update holdings set record = '' where record = $1 and platform = $2",
)
_REPLIES = """
update replies set answer = $3, body_sha256 = $3, size = 0, at = $4 where platform = $2 and exists (
    select 1 from reply_records r
    where r.holder = replies.holder and r.key = replies.key and r.credential = $1 and r.platform = $2
)
"""
# To which key a form was bound is a digest of somebody's; its own id stands there instead, so that it stays the one.
_FORMS = """
update forms set unsigned = $3, losses = $3, sealed = null, receipt = null, revocation_reason = $4,
    suspended = null, suspension_reason = '', holder = case when holder = '' then '' else id end
where credential = $1 and platform || '' = $2
"""
_RECORD = """
update credentials set holder = '', fingerprint = null, badge = null, title = $3, issuer = null, source_issuer = null,
    source_format = '', platform_suspended = null, platform_suspension = '',
    source_suspended = null, source_suspension = '', updated = $4
where id = $1 and platform || '' = $2
"""
# Also of those that were made since somebody looked the record up: now it is locked, and no more of them come.
_IN_ELM = "select id from forms where credential = $1 and platform || '' = $2 and format = $3"
_DEPOSIT = "delete from europass_deposits where platform = $1 and credential = $2"
_EVENTS = "select id, data from events where platform = $1 and credential = $2"
_EVENT = "update events set data = $3 where id = $1 and platform || '' = $2"

_ERASED_RECORD = """
select 1 as erased from credentials
where id = $1 and not exists (select 1 from record_keys k where k.credential = credentials.id)
"""
_ERASED_FORM = """
select securing from forms
where id = $1 and platform || '' = $2
and not exists (select 1 from record_keys k where k.credential = forms.credential)
"""


@dataclass(frozen=True, slots=True)
class StoredErasures:
    """The ports ``Erasures`` and ``Tombstones``."""

    database: Database
    envelope: Envelope

    async def erase(
        self, platform: str, record_id: str, credentials: Sequence[str], *, reason: str, actor: str, at: dt.datetime
    ) -> None:
        """Revoke a record with every form, for good, and erase all that it holds."""

        def work() -> Work[Sequence[bytes]]:
            yield from revoked(platform, record_id, reason, actor, at)
            places = tuple(bytes(row["place"]) for row in (yield _PLACE, (record_id, platform)))
            yield from _emptied(platform, record_id, reason, at)
            forms = yield _IN_ELM, (record_id, platform, Format.ELM_3)
            for name in {*credentials, *(f"{CREDENTIAL_URN}{form['id']}" for form in forms)}:
                yield _DEPOSIT, (platform, credential_hmac(self.envelope, platform, name))
            data = EventData(actor=acting(actor))
            kind = EventKind.CREDENTIAL_ERASED
            yield from recorded(Event(platform=platform, kind=kind, credential=record_id, at=at, data=data))
            yield from noted(platform, actor, "credential.erased", record_id, at)
            return places

        for place in await self.database.within(platform).transaction(work):
            await self._unwatched(place)

    async def _unwatched(self, place: bytes) -> None:
        """Forget a place apart from the rest: it may be others' too, whom a tenant does not see."""
        try:
            await self.database.within(EVERYWHERE).transaction(lambda: forgotten(place))
        except Unavailable as error:
            log.warning("whoever looks at a place next finds that nobody is watched there any more: %s", error)

    async def record(self, record_id: str) -> bool:
        """Whether this record was erased, of whatever platform."""
        return bool(await self.database.within(EVERYWHERE).fetch(_ERASED_RECORD, record_id))

    async def form(self, platform: str, form_id: str) -> Securing | None:
        """How a form was sealed whose record was erased."""
        rows = await self.database.within(platform).fetch(_ERASED_FORM, form_id, platform)
        return Securing(rows[0]["securing"]) if rows else None


def _emptied(platform: str, record_id: str, reason: str, at: dt.datetime) -> Work[None]:
    """Let go of everything that the rows of a record hold, and of what depends on it."""
    mine = (record_id, platform)
    # Whoever waited for the lock of the record may have seen its key before that: of two, one finds it.
    if not (yield _KEY, mine):
        raise NotFound("there is no such credential")
    for sql in _GONE:
        yield sql, mine
    yield _REPLIES, (*mine, ERASED, micros(at))
    yield _FORMS, (*mine, b"", reason)
    yield _RECORD, (*mine, b"", micros(at))
    for row in (yield _EVENTS, (platform, record_id)):
        data = msgspec.json.decode(row["data"], type=EventData)
        if data.reason:
            said = msgspec.structs.replace(data, reason="")
            yield _EVENT, (row["id"], platform, msgspec.json.encode(said).decode())
