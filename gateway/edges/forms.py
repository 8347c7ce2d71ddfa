"""Issued forms by their own id, what they were made from, and which were revoked."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.apart import apart
from gateway.edges.database import Database
from gateway.edges.envelope import Envelope
from gateway.edges.rows import FORMS, SOURCES, form_of, source_of
from gateway.ports.erasure import concerns
from gateway.records import Form, Source

_FIND = FORMS + "where f.id = $1 and f.platform || '' = $2"
_ORIGINAL = SOURCES + "where s.credential = $1 and s.platform = $2"
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
            concerns(platform, row["credential"])
            key = self.envelope.unwrapped(row["credential"], row["wrapped"])
            return await apart(len(row["unsigned"]), form_of, row, key)
        return None

    async def original(self, platform: str, record_id: str) -> Source | None:
        """Return what the record was made from; None when it was erased."""
        for row in await self.database.within(platform).fetch(_ORIGINAL, record_id, platform):
            key = self.envelope.unwrapped(row["credential"], row["wrapped"])
            return await apart(len(row["received"]), source_of, row, key)
        return None

    async def revoked(self, platform: str) -> Sequence[tuple[str, str]]:
        """Return ``(form id, reason)`` of every revoked hosted or JWS form, in the order of revocation."""
        rows = await self.database.within(platform).fetch(_REVOKED, platform)
        return tuple((row["id"], row["revocation_reason"]) for row in rows)
