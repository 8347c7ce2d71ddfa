"""Offers of credentials to wallets: found by the digests of their ids, claimed by whoever commits first."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from gateway.edges.audit import noted
from gateway.edges.database import EVERYWHERE, Database, Row, Value, Work, instant, maybe_instant, micros, single
from gateway.edges.envelope import Envelope, RecordKey
from gateway.edges.events import recorded
from gateway.edges.rows import HOLD_KEY
from gateway.errors import NotFound
from gateway.records.events import Event, EventData, EventKind
from gateway.records.offers import (
    KEYS_OF_A_GRANT,
    LEASE,
    LISTED,
    Claiming,
    Configuration,
    Offer,
    OfferState,
    Reservation,
)

OVER_KEPT = dt.timedelta(days=90)
"""So long after an offer expired, its page can still say what became of it."""

_FORGET = "delete from offers where platform = $1 and expires < $2"
_ADD = """
insert into offers (sha256, platform, record, id, made_by, created, expires, claiming, configurations, code)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""
# Without the key of its record there is nothing to be fetched: an erased record has no offers.
_OF = """
select o.*, k.wrapped from offers o join record_keys k on k.credential = o.record
where o.record = $1 and o.platform || '' = $2 order by o.created desc, o.sha256 limit $3
"""
_FIND = "select o.* from offers o join record_keys k on k.credential = o.record where o.sha256 = $1"
_WITHDRAW = """
update offers set state = 'withdrawn'
where sha256 = $1 and platform || '' = $2 and state in ('open', 'locked') and claimed is null returning record
"""
# Changes nothing, and locks the offer: of many claims at once each finds what the one before has done.
_LOCK = """
update offers set holders = holders where sha256 = $1 and platform || '' = $2
returning state, holders, reserved, expires
"""
_RESERVE = "update offers set holders = $3, reserved = $4 where sha256 = $1 and platform || '' = $2"
_SETTLE = """
update offers set state = 'claimed', holders = $3, claimed = coalesce(claimed, $4)
where sha256 = $1 and platform || '' = $2
"""
_RELEASE = """
update offers set holders = '', reserved = null
where sha256 = $1 and platform || '' = $2 and state = 'open' and holders = $3
"""
_GIVE = """
insert into offer_claims (offer, platform, configuration, holders, at) values ($1, $2, $3, $4, $5)
on conflict (offer, configuration) do nothing returning holders
"""
_GIVEN = "select holders from offer_claims where offer = $1 and platform || '' = $2 and configuration = $3"
_TRIED = """
update offers set attempts = attempts + 1
where sha256 = $1 and platform || '' = $2 and state in ('open', 'claimed') and attempts < $3 returning attempts
"""
_RIGHT = """
update offers set attempts = attempts - 1
where sha256 = $1 and platform || '' = $2 and state in ('open', 'claimed') and attempts > 0 returning attempts, state
"""
_WRONG = """
update offers set state = case when state = 'open' and attempts >= $3 then 'locked' else state end
where sha256 = $1 and platform || '' = $2 and state in ('open', 'claimed') returning attempts, state
"""


@dataclass(frozen=True, slots=True)
class StoredOffers:
    """The ports ``NewOffers``, ``Offers`` and ``Claims``."""

    database: Database
    envelope: Envelope

    async def add(self, offer: Offer, actor: str) -> None:
        """Return once the offer is durable; those that were over long ago are forgotten."""

        def work() -> Work[None]:
            yield _FORGET, (offer.platform, micros(offer.created - OVER_KEPT))
            rows = yield HOLD_KEY, (offer.record, offer.platform)
            if not rows:
                raise NotFound(f"there is no credential {offer.record}")
            key = self.envelope.unwrapped(offer.record, rows[0]["wrapped"])
            yield _ADD, _columns(offer, key)
            yield from noted(offer.platform, actor, "offer.made", offer.record, offer.created)

        await self.database.within(offer.platform).transaction(work)

    async def of(self, platform: str, record_id: str) -> Sequence[Offer]:
        """Return the latest offers of a record, latest first."""
        found: list[Offer] = []
        for row in await self.database.within(platform).fetch(_OF, record_id, platform, LISTED):
            key = self.envelope.unwrapped(record_id, row["wrapped"])
            found.append(_offer(row, key.opened(_place(row["sha256"]), row["id"]).decode()))
        return found

    async def withdraw(self, platform: str, offer_id: str, actor: str, at: dt.datetime) -> bool:
        """End an offer that was not claimed; tell whether there was one."""

        def work() -> Work[bool]:
            for row in (yield _WITHDRAW, (_digest(offer_id), platform)):
                yield from noted(platform, actor, "offer.withdrawn", row["record"], at)
                return True
            return False

        return await self.database.within(platform).transaction(work)

    async def find(self, offer_id: str) -> Offer | None:
        """Return the offer of whatever platform, in whatever state; None also when its record was erased."""
        rows = await self.database.within(EVERYWHERE).fetch(_FIND, _digest(offer_id))
        return _offer(rows[0], offer_id) if rows else None

    async def reserve(
        self, offer: Offer, configuration: Configuration, holders: tuple[str, ...], at: dt.datetime, *, by: str = ""
    ) -> Reservation:
        """Keep an offer for these holders for a while, unless it is others'."""
        mine, now = (_digest(offer.id), offer.platform), micros(at)

        def work() -> Work[Reservation]:
            for row in (yield _LOCK, mine):
                there, settled = tuple(row["holders"].split()), row["state"] == OfferState.CLAIMED
                for given in (yield _GIVEN, (*mine, configuration.value)):
                    return Reservation(tuple(given["holders"].split()), settled=True)
                if not settled and (row["state"] != OfferState.OPEN or row["expires"] <= now):
                    return Reservation()
                known = by != "" and by in there and len(there) < KEYS_OF_A_GRANT
                same = known or set(holders) <= set(there)
                if there and not same and (settled or row["reserved"] > micros(at - LEASE)):
                    return Reservation(there, settled=settled)
                kept = tuple(dict.fromkeys((*(there if same else ()), *_marked(holders, by))))
                yield _RESERVE, (*mine, _written(kept), now)
                return Reservation(kept, settled=settled)
            return Reservation()

        return await self.database.within(offer.platform).transaction(work)

    async def settle(
        self, offer: Offer, configuration: Configuration, holders: tuple[str, ...], at: dt.datetime, *, by: str = ""
    ) -> bool:
        """Give them the offer; False where it is others' by now, or nobody's."""
        mine, now = (_digest(offer.id), offer.platform), micros(at)

        def work() -> Work[bool]:
            for row in (yield _LOCK, mine):
                there, state = tuple(row["holders"].split()), row["state"]
                if state == OfferState.OPEN and not there:
                    there = _marked(holders, by)  # given back meanwhile, and taken by nobody else
                if state not in (OfferState.OPEN, OfferState.CLAIMED) or not set(holders) <= set(there):
                    return False
                yield _SETTLE, (*mine, _written(there), now)
                if (yield _GIVE, (*mine, configuration.value, _written(holders), now)):
                    yield from recorded(_claimed(offer, configuration, at))
                    return True
                [given] = yield _GIVEN, (*mine, configuration.value)
                return set(holders) <= set(given["holders"].split())
            return False

        return await self.database.within(offer.platform).transaction(work)

    async def release(self, offer: Offer, holders: tuple[str, ...], *, by: str = "") -> None:
        """Give back what was reserved for these holders and not settled."""
        mine, kept = (_digest(offer.id), offer.platform), _written(_marked(holders, by))
        await self.database.within(offer.platform).transaction(single(_RELEASE, *mine, kept))

    async def tried(self, offer: Offer, most: int) -> bool:
        """Count one attempt at the transaction code; False when none is left."""

        def work() -> Work[bool]:
            return bool((yield _TRIED, (_digest(offer.id), offer.platform, most)))

        return await self.database.within(offer.platform).transaction(work)

    async def judged(self, offer: Offer, most: int, at: dt.datetime, *, right: bool) -> int:
        """Take back the count of an attempt that was right; lock the offer after the last one that was wrong."""
        mine = (_digest(offer.id), offer.platform)

        def work() -> Work[int]:
            for row in (yield (_RIGHT, mine) if right else (_WRONG, (*mine, most))):
                if row["state"] == OfferState.LOCKED:
                    yield from recorded(_locked(offer, at))
                return max(most - int(row["attempts"]), 0)
            return 0

        return await self.database.within(offer.platform).transaction(work)


def _marked(holders: tuple[str, ...], by: str) -> tuple[str, ...]:
    """The holders, and who asks for them; a digest as theirs, so that neither is taken for the other."""
    return (*holders, by) if by else holders


def _claimed(offer: Offer, configuration: Configuration, at: dt.datetime) -> Event:
    data = EventData(format=configuration.written_in, securing=configuration.sealed_as, offer=offer.reference)
    kind = EventKind.CREDENTIAL_CLAIMED
    return Event(platform=offer.platform, kind=kind, credential=offer.record, at=at, data=data)


def _locked(offer: Offer, at: dt.datetime) -> Event:
    data = EventData(offer=offer.reference)
    return Event(platform=offer.platform, kind=EventKind.OFFER_LOCKED, credential=offer.record, at=at, data=data)


def _written(holders: tuple[str, ...]) -> str:
    return " ".join(sorted(holders))


def _digest(offer_id: str) -> bytes:
    # Text from an address may hold half a surrogate pair: it is nobody's id, and no reason to fail.
    return sha256(offer_id.encode(errors="surrogatepass")).digest()


def _place(digest: bytes) -> str:
    return f"offers.id/{bytes(digest).hex()}"


def _columns(offer: Offer, key: RecordKey) -> tuple[Value, ...]:
    digest = _digest(offer.id)
    return (
        digest,
        offer.platform,
        offer.record,
        key.sealed(_place(digest), offer.id.encode()),
        offer.made_by,
        micros(offer.created),
        micros(offer.expires),
        offer.claiming.value,
        " ".join(offer.configurations),
        offer.code_sha256,
    )


def _offer(row: Row, offer_id: str) -> Offer:
    return Offer(
        id=offer_id,
        platform=row["platform"],
        record=row["record"],
        made_by=row["made_by"],
        created=instant(row["created"]),
        expires=instant(row["expires"]),
        claiming=Claiming(row["claiming"]),
        configurations=tuple(map(Configuration, row["configurations"].split())),
        code_sha256=bytes(row["code"]),
        attempts=row["attempts"],
        state=OfferState(row["state"]),
        claimed=maybe_instant(row["claimed"]),
    )
