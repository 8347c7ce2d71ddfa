"""Reading stored records: one with all its forms, or a page of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from adapters.hub.contract import Format
from gateway.edges.database import EVERYWHERE, Database, Value, instant
from gateway.edges.envelope import Envelope
from gateway.edges.rows import FORMS, RECORDS, form_of, record_of, title_of
from gateway.records import Record, Summary

_FIND = RECORDS + "where c.id = $1 and c.platform = $2"
# By an address that cannot be guessed, for whoever has it.
_SHARED = RECORDS + "where c.id = $1"
_KNOWN = RECORDS + "where c.platform = $1 and c.fingerprint = $2"
_FORMS = FORMS + "where f.credential = $1 and f.platform = $2 order by f.at, f.id"

_AFTER = "select created, id from credentials where platform = $1 and id = $2"

# Later than any record, for a page that comes after nothing.
_START = (2**62, "")

_PAGE = """
select c.id, c.created, c.title, c.wrapped, s.format as source_format, f.format
from (
    select c.id, c.created, c.title, k.wrapped
    from credentials c
    join record_keys k on k.credential = c.id
    where c.platform = $1 and (c.created, c.id) < ($2, $3)
    order by c.created desc, c.id desc
    limit $4
) c
join sources s on s.credential = c.id
left join forms f on f.credential = c.id and f.sealed is not null
order by c.created desc, c.id desc, f.at, f.id
"""


@dataclass(frozen=True, slots=True)
class StoredRecords:
    """The port ``Records``."""

    database: Database
    envelope: Envelope

    async def find(self, platform: str | None, record_id: str) -> Record | None:
        """Return one record with all its forms; ``platform`` None looks in all."""
        if platform is None:
            return await self._first(self.database.within(EVERYWHERE), _SHARED, record_id)
        return await self._first(self.database.within(platform), _FIND, record_id, platform)

    async def known(self, platform: str, fingerprint: bytes) -> Record | None:
        """Return the record that was planned under this fingerprint."""
        return await self._first(self.database.within(platform), _KNOWN, platform, fingerprint)

    async def page(self, platform: str, after: str, limit: int) -> Sequence[Summary]:
        """Return up to ``limit`` records, newest first; ``formats`` are those that were sealed."""
        start = _START
        if after:
            found = await self.database.within(platform).fetch(_AFTER, platform, after)
            if not found:
                return ()
            start = found[0]["created"], found[0]["id"]
        rows = await self.database.within(platform).fetch(_PAGE, platform, *start, limit)
        pages = (list(lines) for _, lines in groupby(rows, lambda row: row["id"]))
        return tuple(
            Summary(
                id=lines[0]["id"],
                created=instant(lines[0]["created"]),
                title=title_of(lines[0], self.envelope.unwrapped(lines[0]["id"], lines[0]["wrapped"])),
                source_format=Format(lines[0]["source_format"]),
                formats=tuple(dict.fromkeys(Format(line["format"]) for line in lines if line["format"])),
            )
            for lines in pages
        )

    async def _first(self, database: Database, sql: str, *values: Value) -> Record | None:
        for row in await database.fetch(sql, *values):
            key = self.envelope.unwrapped(row["id"], row["wrapped"])
            forms = await database.fetch(_FORMS, row["id"], row["platform"])
            return record_of(row, tuple(form_of(form, key) for form in forms), key)
        return None
