"""The newest version that was seen of each status list of others: digests, a date and a count."""

from dataclasses import dataclass

from gateway.edges.database import Database, instant, micros, single
from gateway.records.status_lists import SeenList

_FIND = "select list, signed, entries_set, bits from newest_lists where list = $1"
_KEEP = """
insert into newest_lists (list, signed, entries_set, bits) values ($1, $2, $3, $4)
on conflict (list) do update
set signed = excluded.signed, entries_set = excluded.entries_set, bits = excluded.bits
where newest_lists.signed < excluded.signed
or (newest_lists.signed = excluded.signed and newest_lists.entries_set < excluded.entries_set)
"""


@dataclass(frozen=True, slots=True)
class StoredNewestLists:
    """The port ``NewestLists``."""

    database: Database

    async def find(self, list_sha256: bytes) -> SeenList | None:
        """Return what was kept of the list."""
        for row in await self.database.fetch(_FIND, list_sha256):
            return SeenList(
                list_sha256=row["list"],
                signed=instant(row["signed"]),
                entries_set=row["entries_set"],
                bits_sha256=row["bits"],
            )
        return None

    async def keep(self, seen: SeenList) -> None:
        """Keep it unless a later one, or as late a one with as many or more entries set, is kept of the list.

        Not durable by itself: what a power cut takes away is learnt again from the next list.
        """
        await self.database.transaction(
            single(_KEEP, seen.list_sha256, micros(seen.signed), seen.entries_set, seen.bits_sha256), durable=False
        )
