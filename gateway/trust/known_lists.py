"""What this process knows of status lists: which were proven a moment ago, their bits, and the newest of each."""

import datetime as dt
import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any, Generic, TypeVar  # Any: members of JSON objects

import msgspec

from gateway.ports import NewestLists
from gateway.records.status_lists import SeenList
from gateway.trust.report import Outcome

PROVEN_FOR = dt.timedelta(minutes=5)
"""How long a proof that was found right is not looked at again; a key that is withdrawn meanwhile counts so much later,
as it would from the documents that are fetched."""

MAX_BYTES = 64 * 1024 * 1024
"""Of bits: 4,000 lists of the usual length. Of the documents that they came in, as served, a part of that."""

_MEMORY_OF_A_BYTE = 16
"""A document of many small values takes so much more, read, than it was served in."""

Kept = TypeVar("Kept")


class ProvenList(msgspec.Struct, frozen=True, kw_only=True):
    """A status list that its issuer signed.

    Attributes:
        key: Digest of its address, its issuer and the exact bytes that were served, 32 bytes.
        document: The status list credential, or the payload of the status list token.
        claims: Of the token round it; empty when it is no token.
        signed: The latest date that its signature covers; None when it covers none.
        proven_at: When its proof was looked at.
    """

    key: bytes
    document: Mapping[str, Any]
    claims: Mapping[str, Any]
    signed: dt.datetime | None
    proven_at: dt.datetime


class Bits(msgspec.Struct, frozen=True):
    """The expanded bits of a list, their digest, and how many of them are set."""

    data: bytes
    sha256: bytes
    entries_set: int


def bits_of(data: bytes) -> Bits:
    """Count and digest bits that were just expanded: some 20 ms for the longest list, so not in the event loop."""
    return Bits(data, hashlib.sha256(data).digest(), int.from_bytes(data).bit_count())


class Doubt(msgspec.Struct, frozen=True):
    """Why a list that is proven may still not be the last word: an outcome that an answer cannot be better than.

    Attributes:
        is_replay: The list contradicts the newest version that is known of it.
    """

    outcome: Outcome
    said: str = ""
    fix: str = ""
    is_replay: bool = False


NO_DOUBT = Doubt(Outcome.PASSED)


class KnownLists:
    """Shared by all verifications of a process.

    Args:
        newest: What outlives the process; None for a command that runs once, which then cannot tell an older list.
        max_bytes: Of lists, and again of bits, that are kept; what was not used for longest goes first.
    """

    def __init__(self, newest: NewestLists | None = None, *, max_bytes: int = MAX_BYTES) -> None:
        self._newest = newest
        self._proven: _Bounded[ProvenList] = _Bounded(max_bytes // _MEMORY_OF_A_BYTE)
        self._bits: _Bounded[Bits] = _Bounded(max_bytes)

    @property
    def remembers(self) -> bool:
        """Whether the newest version of a list outlives the process."""
        return self._newest is not None

    def proven(self, key: bytes, now: dt.datetime) -> ProvenList | None:
        """Return the list with this digest when its proof was found right a moment ago."""
        kept = self._proven.recall(key)
        return kept if kept and kept.proven_at <= now < kept.proven_at + PROVEN_FOR else None

    def prove(self, found: ProvenList, size: int) -> None:
        """Keep a list of ``size`` bytes whose proof was found right."""
        self._proven.keep(found.key, found, size)

    def bits(self, key: bytes) -> Bits | None:
        """Return the bits that were expanded from a text with this digest."""
        return self._bits.recall(key)

    def expand(self, key: bytes, bits: Bits) -> None:
        """Keep bits that were just expanded."""
        self._bits.keep(key, bits, len(bits.data))

    async def doubt(self, place: tuple[str, str, str], signed: dt.datetime | None, bits: Bits) -> Doubt:
        """Compare a list with the newest version that was seen of it, and keep it when it is newer.

        An older one with other bits is a replay, by whoever serves the address: UNKNOWN. So are two of the same date
        with other bits, since nobody can say which came later; but of revocations, which are for good, the one with
        more entries set did. A newer one with fewer set is the issuer's word and NOTED, for the same reason. An older
        date over the same bits says nothing else than the newest.

        Args:
            place: Issuer, address and purpose.
            signed: The latest date that the signature covers.
            bits: All of them.

        Source: Bitstring Status List v1.0 section 2.1 (revocation "is not reversible").
        """
        if self._newest is None or signed is None:
            return NO_DOUBT
        now = SeenList(
            list_sha256=hashlib.sha256("\n".join(place).encode("utf-8", "surrogatepass")).digest(),
            signed=signed,
            entries_set=bits.entries_set,
            bits_sha256=bits.sha256,
        )
        before = await self._newest.find(now.list_sha256)
        if before is not None and before.bits_sha256 == now.bits_sha256 and now.signed <= before.signed:
            return NO_DOUBT
        doubt = NO_DOUBT if before is None else _compared(before, now, place[2])
        if doubt.outcome is not Outcome.UNKNOWN:
            await self._newest.keep(now)
        return doubt


def _compared(before: SeenList, now: SeenList, purpose: str) -> Doubt:
    fewer = before.entries_set - now.entries_set
    if now.signed < before.signed:
        said = f"is of {now.signed.isoformat()}, older than the one of {before.signed.isoformat()} seen before"
        fix = "Serve the newest version of the list at its address, to everybody."
        return Doubt(Outcome.UNKNOWN, said, fix, is_replay=True)
    if now.signed == before.signed and (fewer >= 0 or purpose != "revocation"):
        bits = f"{fewer} bits fewer" if fewer > 0 else "other bits"
        said = f"has {bits} set than another one of the same date, {now.signed.isoformat()}, seen before"
        fix = "Give each version of the list a validFrom of its own."
        return Doubt(Outcome.UNKNOWN, said, fix, is_replay=True)
    if fewer > 0 and purpose == "revocation":
        said = f"has {fewer} entries fewer revoked than the one of {before.signed.isoformat()}; revocation is for good"
        return Doubt(Outcome.NOTED, said, "Use the purpose suspension for what may be lifted again.")
    return NO_DOUBT


class _Bounded(Generic[Kept]):
    """At most so many bytes of values; what was not used for longest goes first."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._bytes = 0
        self._kept: OrderedDict[bytes, tuple[Kept, int]] = OrderedDict()

    def recall(self, key: bytes) -> Kept | None:
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key][0]

    def keep(self, key: bytes, value: Kept, size: int) -> None:
        if key in self._kept:
            self._bytes -= self._kept.pop(key)[1]
        self._kept[key] = (value, size)
        self._bytes += size
        while self._bytes > self._max_bytes:
            self._bytes -= self._kept.popitem(last=False)[1][1]
