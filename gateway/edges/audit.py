"""The audit trail: who did what for a platform, written in the same transaction as what it reports."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from gateway.edges.database import Database, Work, instant, micros
from gateway.records.tenants import AuditEntry

_NOTE = "insert into audit (id, platform, at, actor, action, target) values ($1, $2, $3, $4, $5, $6)"
_AFTER = "select at, id from audit where platform = $1 and id = $2"
_PAGE = """
select id, at, actor, action, target from audit
where platform = $1 and (at, id) < ($2, $3)
order by at desc, id desc
limit $4
"""

# Later than any entry, for a page that comes after nothing.
_START = (2**62, "")


def noted(platform: str, actor: str, action: str, target: str, at: dt.datetime) -> Work[None]:
    """Write one entry, inside the transaction of the change itself.

    Args:
        actor: ``key {id}``, ``person {id}``, ``client {id}`` or ``command line``; never a name or an address.
        action: What was done, as ``api-key.made`` or ``member.removed``.
        target: Id of what it was done to; never a secret.
    """
    yield _NOTE, (str(uuid.uuid4()), platform, micros(at), actor, action, target)


@dataclass(frozen=True, slots=True)
class StoredAuditTrail:
    """The port ``AuditTrail``."""

    database: Database

    async def page(self, platform: str, after: str, limit: int) -> Sequence[AuditEntry]:
        """Return up to ``limit`` entries, latest first, after the one with id ``after``; none after an unknown one."""
        database = self.database.within(platform)
        start = _START
        if after:
            found = await database.fetch(_AFTER, platform, after)
            if not found:
                return ()
            start = found[0]["at"], found[0]["id"]
        return [
            AuditEntry(
                id=row["id"], at=instant(row["at"]), actor=row["actor"], action=row["action"], target=row["target"]
            )
            for row in await database.fetch(_PAGE, platform, *start, limit)
        ]

    async def note(self, platform: str, actor: str, action: str, target: str, at: dt.datetime) -> None:
        """Write an entry on something that no transaction of the store holds."""
        await self.database.within(platform).transaction(lambda: noted(platform, actor, action, target, at))
