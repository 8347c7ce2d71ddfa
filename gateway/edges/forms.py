"""Issued forms by their own id, what they were made from, and their revocation."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from gateway.edges.database import Database, Work, micros
from gateway.edges.envelope import Envelope
from gateway.edges.events import recorded
from gateway.edges.rows import FORMS, SOURCES, form_of, source_of
from gateway.edges.status_lists import raised
from gateway.records import Form, Source
from gateway.records.events import Event, EventData, EventKind

_FIND = FORMS + "where f.id = $1 and f.platform = $2"
_ORIGINAL = SOURCES + "where s.credential = $1 and s.platform = $2"
_REVOKE = """
update forms set revoked = $3, revocation_reason = $4
where id = $1 and platform = $2 and revoked is null
returning credential, format, securing, status_list, status_index
"""
_REVOKED = """
select id, revocation_reason from forms
where platform = $1 and revoked is not null and securing in ('hosted', 'jws')
order by revoked, id
"""


@dataclass(frozen=True, slots=True)
class StoredForms:
    """The port ``Forms``."""

    database: Database
    envelope: Envelope

    async def find(self, platform: str, form_id: str) -> Form | None:
        """Return the form, sealed or only intended; None when it was erased."""
        for row in await self.database.within(platform).fetch(_FIND, form_id, platform):
            return form_of(row, self.envelope.unwrapped(row["credential"], row["wrapped"]))
        return None

    async def original(self, platform: str, record_id: str) -> Source | None:
        """Return what the record was made from; None when it was erased."""
        for row in await self.database.within(platform).fetch(_ORIGINAL, record_id, platform):
            return source_of(row, self.envelope.unwrapped(row["credential"], row["wrapped"]))
        return None

    async def revoke(self, platform: str, form_id: str, reason: str, at: dt.datetime) -> Form | None:
        """Mark the form revoked and set its status bit; the first reason stays."""
        await self.database.within(platform).transaction(lambda: _revoked(platform, form_id, reason, at))
        return await self.find(platform, form_id)

    async def revoked(self, platform: str) -> Sequence[tuple[str, str]]:
        """Return ``(form id, reason)`` of every revoked hosted or JWS form, in the order of revocation."""
        rows = await self.database.within(platform).fetch(_REVOKED, platform)
        return tuple((row["id"], row["revocation_reason"]) for row in rows)


def _revoked(platform: str, form_id: str, reason: str, at: dt.datetime) -> Work[None]:
    for row in (yield _REVOKE, (form_id, platform, micros(at), reason)):
        if row["status_list"] is not None:
            yield from raised(platform, row["status_list"], row["status_index"])
        yield from recorded(
            Event(
                platform=platform,
                kind=EventKind.CREDENTIAL_REVOKED,
                credential=row["credential"],
                at=at,
                data=EventData(form=form_id, format=row["format"], securing=row["securing"], state="revoked"),
            )
        )
