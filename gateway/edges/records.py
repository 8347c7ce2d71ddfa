"""Reading stored records: one with all its forms, or a page of those that were searched for."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.hub.contract import Format
from gateway.apart import apart
from gateway.edges.database import EVERYWHERE, Database, Row, Value, instant, micros
from gateway.edges.envelope import Envelope, RecordKey
from gateway.edges.rows import FORMS, RECORDS, form_of, issuer_of, record_of, title_of
from gateway.ports import Search
from gateway.ports.erasure import concerns
from gateway.records import Record, State, Summary

_FIND = RECORDS + "where c.id = $1 and c.platform || '' = $2"
# By an address that cannot be guessed, for whoever has it.
_SHARED = RECORDS + "where c.id = $1"
_KNOWN = RECORDS + "where c.platform = $1 and c.fingerprint = $2"
_FORMS = FORMS + "where f.credential = $1 and f.platform || '' = $2 order by f.at, f.id"

# Each search reads one index in the order of the page, and no row that is not on it or skipped by a second condition.
_ALL = "credentials c"
_OF_FORMAT = "issued_formats i join credentials c on c.id = i.credential"
# A value and no condition, so that it is looked up line by line: a join, and even "exists", reads all forms of the
# platform where the database has not counted them yet.
_ISSUED = """
(
    select o.format from issued_formats o
    where o.platform = $1 and o.format = '{0}' and o.created = c.created and o.credential = c.id
) as "{0}"
"""
_PAGE = """
select c.id, c.created, c.updated, c.title, c.state, c.source_format, c.issuer, k.wrapped, {0}
from {1} join record_keys k on k.credential = c.id
where {2}.platform = $1{3}
order by {4} desc, {5} desc limit $2
"""
_FORMATS = ", ".join(_ISSUED.format(format) for format in Format)


def _opened(row: Row, forms: Sequence[Row], key: RecordKey) -> Record:
    return record_of(row, tuple(form_of(form, key) for form in forms), key)


def issuer_hmac(envelope: Envelope, platform: str, issuer: str) -> bytes:
    """By which the records of an original issuer are found, 32 bytes; two platforms' are not comparable."""
    return hmac.digest(envelope.derived("source issuers"), f"{platform}\0{issuer}".encode(), "sha256")


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

    async def page(self, platform: str, search: Search) -> Sequence[Summary]:
        """Return the records that were searched for, newest first; ``formats`` are those that were sealed."""
        rows = await self.database.within(platform).fetch(*self._statement(platform, search))
        return tuple(map(self._summary, rows))

    def _statement(self, platform: str, search: Search) -> tuple[str, *tuple[Value, ...]]:
        source, table, created, id_ = _ALL, "c", "c.created", "c.id"
        if search.format:
            source, table, created, id_ = _OF_FORMAT, "i", "i.created", "i.credential"
        values: list[Value] = [platform, search.limit]
        conditions = ""
        for condition, *given in self._conditions(platform, search):
            numbers = [f"${len(values) + 1 + position}" for position in range(len(given))]
            conditions += f" and {condition.format(*numbers, created=created, id=id_)}"
            values.extend(given)
        return _PAGE.format(_FORMATS, source, table, conditions, created, id_), *values

    def _conditions(self, platform: str, search: Search) -> Sequence[tuple[str, *tuple[Value, ...]]]:
        found: list[tuple[str, *tuple[Value, ...]]] = []
        if search.after:
            found.append(("({created}, {id}) < ({}, {})", micros(search.after[0]), search.after[1]))
        if search.created_before:
            found.append(("{created} < {}", micros(search.created_before)))
        if search.created_after:
            found.append(("{created} > {}", micros(search.created_after)))
        if search.format:
            found.append(("i.format = {}", search.format))
        if search.state:
            found.append(("c.state = {}", search.state))
        if search.source_format:
            found.append(("c.source_format = {}", search.source_format))
        if search.source_issuer:
            digest = issuer_hmac(self.envelope, platform, search.source_issuer)
            found.append(("c.source_issuer = {}", digest))
        return found

    def _summary(self, row: Row) -> Summary:
        key = self.envelope.unwrapped(row["id"], row["wrapped"])
        return Summary(
            id=row["id"],
            created=instant(row["created"]),
            updated=instant(row["updated"]),
            title=title_of(row, key),
            state=State(row["state"]),
            source_format=Format(row["source_format"]) if row["source_format"] else None,
            source_issuer=issuer_of(row, key),
            formats=tuple(format for format in Format if row[format]),
        )

    async def _first(self, database: Database, sql: str, *values: Value) -> Record | None:
        for row in await database.fetch(sql, *values):
            concerns(row["platform"], row["id"])
            key = self.envelope.unwrapped(row["id"], row["wrapped"])
            forms = await database.fetch(_FORMS, row["id"], row["platform"])
            if not forms and not await database.fetch(sql, *values):
                return None  # erased between the two
            size = len(row["received"] or row["stated"] or b"") + sum(len(form["unsigned"]) for form in forms)
            return await apart(size, _opened, row, forms, key)
        return None
