"""Status lists: entries given out at random and never twice, bits, and the latest signed version."""

import datetime as dt
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from gateway.edges.database import EVERYWHERE, Database, Row, Work, maybe_instant, micros, single
from gateway.records import StatusPurpose
from gateway.records.status_lists import LIST_AHEAD, StatusList

# W3C Bitstring Status List v1.0, section 6.1: at least this many, so that one entry hides among many.
LENGTH = 131_072

_NEWEST = """
select id, number from status_lists where platform = $1 and purpose = $2 order by number desc limit 1
"""
# The update locks the row, so that nobody takes more than half.
_TAKE = (
    "update status_lists set taken = taken + 1 where id = $1 and platform = $2 and taken * 2 < length returning length"
)
_ENTRY = """
insert into status_entries (list, entry, platform) values ($1, $2, $3) on conflict do nothing returning entry
"""
_OPEN = """
insert into status_lists (id, platform, purpose, number, length, taken, bits, version, signed, signed_version)
values ($1, $2, $3, $4, $5, 0, $6, 0, $7, -1)
on conflict (platform, purpose, number) do nothing
"""
# First the lock, then the bits: PostgreSQL sets bits in another order, SQLite has no function for it.
_CHANGE = "update status_lists set version = version + 1 where id = $1 and platform = $2 returning bits"
_BITS = "update status_lists set bits = $3 where id = $1 and platform = $2"
_FIND = "select * from status_lists where id = $1 and platform = $2"
_DUE = """
select * from status_lists where version > signed_version or valid_until < $1 or token = $2
order by platform, purpose, number
"""
_PUBLISH = """
update status_lists set signed = $3, signed_version = $4, valid_from = $5, valid_until = $6, token = $8
where id = $1 and platform = $2
and (valid_from is null or (signed_version <= $4 and valid_from < $5) or (signed_version < $4 and valid_from > $7))
returning id
"""


@dataclass(frozen=True, slots=True)
class StoredStatusLists:
    """The port ``StatusLists``.

    Attributes:
        length: Entries of a new list, a multiple of 8.
    """

    database: Database
    length: int = LENGTH

    async def allocate(self, platform: str, purpose: StatusPurpose) -> tuple[str, int]:
        """Return (list id, index) of a random free entry.

        It need not be durable by itself: the plan that uses it is, and then so is everything before it.
        """
        database = self.database.within(platform)
        return await database.transaction(lambda: self._allocated(platform, purpose), durable=False)

    async def find(self, platform: str, list_id: str) -> StatusList | None:
        """Return the list with its bits and latest signed version."""
        for row in await self.database.within(platform).fetch(_FIND, list_id, platform):
            return _list_of(row)
        return None

    async def due(self, before: dt.datetime) -> Sequence[StatusList]:
        """Return lists with bits that changed since they were signed, signed until before then, or without a token."""
        return tuple(_list_of(row) for row in await self.database.within(EVERYWHERE).fetch(_DUE, micros(before), b""))

    async def publish(self, status_list: StatusList) -> bool:
        """Commit ``signed`` with its times unless there is a newer one, or one that starts no earlier.

        Returns:
            Whether it was; not when a clock ran ahead either, see the port.
        """
        if status_list.valid_from is None or status_list.valid_until is None:
            raise ValueError("a signed status list says from when and until when it is valid")
        starts = status_list.valid_from
        rows = await self.database.within(status_list.platform).transaction(
            single(
                _PUBLISH,
                status_list.id,
                status_list.platform,
                status_list.signed,
                status_list.signed_version,
                micros(starts),
                micros(status_list.valid_until),
                micros(starts + LIST_AHEAD),
                status_list.token,
            )
        )
        return bool(rows)

    def _allocated(self, platform: str, purpose: str) -> Work[tuple[str, int]]:
        while True:
            number = 1
            for newest in (yield _NEWEST, (platform, purpose)):
                for taken in (yield _TAKE, (newest["id"], platform)):
                    return newest["id"], (yield from _free_entry(platform, newest["id"], taken["length"]))
                # The number after the list that was seen full: who comes late does not open another one.
                number = newest["number"] + 1
            bits = bytes(self.length // 8)
            yield _OPEN, (str(uuid.uuid4()), platform, purpose, number, self.length, bits, b"")


def marked(platform: str, list_id: str, index: int, *, value: bool) -> Work[None]:
    """Set or clear one bit and raise the version of its list, inside the transaction that revokes or suspends."""
    [row] = yield _CHANGE, (list_id, platform)
    bits = bytearray(row["bits"])
    byte, offset = divmod(index, 8)
    mask = 0x80 >> offset  # W3C Bitstring Status List: index 0 is the left-most bit
    bits[byte] = bits[byte] | mask if value else bits[byte] & ~mask
    yield _BITS, (list_id, platform, bytes(bits))


def _free_entry(platform: str, list_id: str, length: int) -> Work[int]:
    """Try at random; at most half are taken, so two tries are enough on average."""
    while True:
        index = secrets.randbelow(length)
        if (yield _ENTRY, (list_id, index, platform)):
            return index


def _list_of(row: Row) -> StatusList:
    return StatusList(
        id=row["id"],
        platform=row["platform"],
        purpose=row["purpose"],
        length=row["length"],
        bits=row["bits"],
        version=row["version"],
        signed=row["signed"],
        token=row["token"],
        signed_version=row["signed_version"],
        valid_from=maybe_instant(row["valid_from"]),
        valid_until=maybe_instant(row["valid_until"]),
    )
