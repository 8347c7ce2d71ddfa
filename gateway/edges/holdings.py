"""What people hold, and what applications wrote down about them: encrypted, each with a data key of its own."""

import datetime as dt
import hmac
from dataclasses import dataclass
from urllib.parse import unquote

import msgspec

from adapters.hub.contract import Format
from adapters.hub.opened import Carrier
from gateway.edges.database import Database, Row, Value, Work, instant, maybe_instant, micros, single
from gateway.edges.envelope import Envelope, RecordKey
from gateway.ports.holdings import NO_BOUND
from gateway.records.holdings import (
    Change,
    Holding,
    HoldingOutcome,
    HoldingPage,
    Matched,
    ProfileKind,
    StoredProfile,
    Via,
)

# A statement that changes nothing locks the row before it is read.
_SAME = """
update holdings set equality = equality where platform = $1 and equality = $2 returning *
"""
_BY_ID = "update holdings set equality = equality where platform = $1 and person = $2 and id = $3 returning *"
_ROOM = """
select 1 as room where (select count(*) from holdings where platform = $1 and person = $2) < $4
or exists (select 1 from holdings where platform = $1 and equality = $3)
"""
_WRAPPED = "select wrapped from holding_keys where platform = $1 and holding = $2"
_LATEST = "select max(updated) as latest from holdings where platform = $1 and person = $2"
_INSERT = """
insert into holdings (id, platform, person, equality, via, created, updated, received,
                      facts, media_type, carrier, format, version, securing, outcome, record)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
on conflict (platform, equality) do nothing
returning id
"""
_INSERT_KEY = "insert into holding_keys (holding, platform, wrapped) values ($1, $2, $3)"
_REPLACE = """
update holdings set updated = $3, received = $4, facts = $5, media_type = $6, carrier = $7, format = $8, version = $9,
                    securing = $10, outcome = $11, record = $12
where platform = $1 and id = $2
"""

_HOLDINGS = """
select h.*, k.wrapped from holdings h join holding_keys k on k.holding = h.id and k.platform = h.platform
where h.platform = $1 and h.person = $2
"""
# Answered by the index alone, so that neither counting nor passing over reads a badge.
_ASKED = """
from holdings where platform = $1 and person = $2 and updated > $3
and ($4 = '' or $4 like '%,' || format || ',%' or (record <> '' and $4 like '%,open-badges-3,%'))
"""
_COUNT = f"select count(*) as total {_ASKED}"
_PAGE = f"""
select h.*, k.wrapped from (
    select id, sum(size) over (order by updated desc, id desc) - size as before from (
        select a.id, a.updated, length(h.received) as size
        from (select id, updated {_ASKED} order by updated desc, id desc limit $5 offset $6) a
        join holdings h on h.id = a.id
    ) sized
) asked
join holdings h on h.id = asked.id
join holding_keys k on k.holding = h.id and k.platform = $1
where asked.before < $7
order by h.updated desc, h.id desc
"""  # noqa: S608 - no value is in the text
_FIND = f"{_HOLDINGS} and h.id = $3"
_REMOVE_KEY = """
delete from holding_keys where platform = $1
and holding = (select id from holdings where platform = $1 and person = $2 and id = $3)
returning holding
"""
_REMOVE = "delete from holdings where platform = $1 and person = $2 and id = $3 returning record"
_PROFILE = "select wrapped, document, updated from profiles where platform = $1 and person = $2 and kind = $3"
_REMOVE_PROFILE = "delete from profiles where platform = $1 and person = $2 and kind = $3 returning kind"
_END_PROFILE = "delete from profiles where platform = $1 and person = $2 and kind = $3 and updated = $4"
_PUT_PROFILE = """
insert into profiles (platform, person, kind, wrapped, document, updated) values ($1, $2, $3, $4, $5, $6)
on conflict (platform, person, kind) do update
set wrapped = excluded.wrapped, document = excluded.document, updated = excluded.updated
"""

_MICROSECOND = dt.timedelta(microseconds=1)


class _Facts(msgspec.Struct, frozen=True, array_like=True):
    """What is personal of a holding, beside its bytes."""

    title: str
    issuer: str
    credential: str
    url: str
    address: str
    how: str
    report: bytes
    valid_from: int | None
    valid_until: int | None = None


class _Written(msgspec.Struct, frozen=True, array_like=True):
    """What is encrypted of a profile: its exact bytes, and who wrote them."""

    document: bytes
    client: str


_facts = msgspec.msgpack.Decoder(_Facts)
_written = msgspec.msgpack.Decoder(_Written)


@dataclass(frozen=True, slots=True)
class StoredHoldings:
    """The ports ``Holdings`` and ``NewHoldings``."""

    database: Database
    envelope: Envelope

    async def put(self, holding: Holding) -> tuple[Holding, Change]:
        """Keep it, in place of the one with the same issuer and id that this person holds."""
        equality = self._equality(holding)
        within = self.database.within(holding.platform)
        return await within.transaction(lambda: self._put(holding, equality))

    async def learn(self, holding: Holding, record: str = "") -> bool:
        """Keep what was found out about a badge, if these are still its bytes; tell whether the person holds it."""
        return await self.database.within(holding.platform).transaction(lambda: self._learn(holding, record))

    async def has_room(self, holding: Holding, at_most: int) -> bool:
        """Say whether it replaces one that is there, or its person holds fewer than ``at_most``."""
        asked = (holding.platform, holding.person, self._equality(holding), at_most)
        return bool(await self.database.within(holding.platform).fetch(_ROOM, *asked))

    async def page(
        self,
        platform: str,
        person: str,
        *,
        since: dt.datetime | None = None,
        limit: int = 50,
        offset: int = 0,
        formats: tuple[Format, ...] = (),
        max_bytes: int = NO_BOUND,
    ) -> HoldingPage:
        """Return some of what the person holds, newest update first."""
        within = self.database.within(platform)
        after = -1 if since is None else micros(since)
        asked = (platform, person, after, f",{','.join(formats)}," if formats else "")
        counted = await within.fetch(_COUNT, *asked)
        rows = await within.fetch(_PAGE, *asked, limit, offset, max_bytes)
        return HoldingPage(tuple(map(self._opened, rows)), counted[0]["total"])

    async def find(self, platform: str, person: str, holding_id: str) -> Holding | None:
        """Return one badge that this person holds."""
        for row in await self.database.within(platform).fetch(_FIND, platform, person, holding_id):
            return self._opened(row)
        return None

    async def remove(self, platform: str, person: str, holding_id: str) -> str | None:
        """Forget a badge with its key; return the record that it led to."""
        return await self.database.within(platform).transaction(lambda: _removed(platform, person, holding_id))

    def _equality(self, holding: Holding) -> bytes:
        """Keyed, so that whoever reads the store cannot tell which badges people hold.

        Source: Open Badges 3.0 section 10: the same ``issuer.id`` and ``id``, trimmed and percent-decoded.
        """
        # Without an id there is nothing that another version of it could share with it.
        which = unquote(holding.credential.strip()) or holding.received
        parts = msgspec.msgpack.encode((holding.platform, holding.person, unquote(holding.issuer.strip()), which))
        return hmac.digest(self.envelope.derived("holdings"), parts, "sha256")

    def _put(self, holding: Holding, equality: bytes) -> Work[tuple[Holding, Change]]:
        platform = holding.platform
        while True:
            for row in (yield _SAME, (platform, equality)):
                keys = yield _WRAPPED, (platform, row["id"])
                if keys:
                    key = self.envelope.unwrapped(row["id"], keys[0]["wrapped"])
                    return (yield from _replaced(holding, _read(row, key), key))
                yield _REMOVE, (platform, holding.person, row["id"])  # erased by its key
            latest = yield from _later(holding)
            kept = msgspec.structs.replace(holding, updated=latest)
            wrapped, key = self.envelope.new_key(kept.id)
            own = (kept.id, platform, kept.person, equality, kept.via, micros(kept.created), micros(latest))
            if (yield _INSERT, (*own, _received(kept, key), *_values(kept, key))):
                yield _INSERT_KEY, (kept.id, platform, wrapped)
                return kept, Change.CREATED

    def _learn(self, holding: Holding, record: str) -> Work[bool]:
        for row in (yield _BY_ID, (holding.platform, holding.person, holding.id)):
            for wrapped in (yield _WRAPPED, (holding.platform, holding.id)):
                key = self.envelope.unwrapped(holding.id, wrapped["wrapped"])
                there = _read(row, key)
                if there.received == holding.received:
                    # Where it leads may have changed since the badge was read, too.
                    kept = msgspec.structs.replace(holding, record=record or there.record)
                    values = (micros(there.updated), row["received"], *_values(kept, key))
                    yield _REPLACE, (holding.platform, holding.id, *values)
                return True
        return False

    def _opened(self, row: Row) -> Holding:
        return _read(row, self.envelope.unwrapped(row["id"], row["wrapped"]))


@dataclass(frozen=True, slots=True)
class StoredProfiles:
    """The port ``Profiles``."""

    database: Database
    envelope: Envelope

    async def put(self, platform: str, person: str, kind: ProfileKind, profile: StoredProfile) -> bool:
        """Keep it in place of the one before, whose key is deleted with it; True when there was none."""
        place = f"{platform}/{person}/{kind}"
        wrapped, key = self.envelope.new_key(place)
        written = msgspec.msgpack.encode(_Written(profile.document, profile.client))
        document = key.sealed("profiles.document", written)
        row: tuple[Value, ...] = (platform, person, kind, wrapped, document, micros(profile.updated))

        def work() -> Work[bool]:
            replaced = yield _REMOVE_PROFILE, (platform, person, kind)
            yield _PUT_PROFILE, row
            return not replaced

        return await self.database.within(platform).transaction(work)

    async def find(self, platform: str, person: str, kind: ProfileKind) -> StoredProfile | None:
        """Return what was kept last."""
        for row in await self.database.within(platform).fetch(_PROFILE, platform, person, kind):
            key = self.envelope.unwrapped(f"{platform}/{person}/{kind}", row["wrapped"])
            written = _written.decode(key.opened("profiles.document", row["document"]))
            return StoredProfile(document=written.document, updated=instant(row["updated"]), client=written.client)
        return None

    async def remove(self, platform: str, person: str, kind: ProfileKind, updated: dt.datetime) -> None:
        """Forget it with its key, unless another one has been kept since the one of this time."""
        ended = single(_END_PROFILE, platform, person, kind, micros(updated))
        await self.database.within(platform).transaction(ended)


def _read(row: Row, key: RecordKey) -> Holding:
    facts = _facts.decode(key.opened("holdings.facts", row["facts"]))
    return Holding(
        id=row["id"],
        platform=row["platform"],
        person=row["person"],
        received=key.opened("holdings.received", row["received"]),
        media_type=row["media_type"],
        carrier=Carrier(row["carrier"]),
        format=Format(row["format"]),
        version=row["version"],
        securing=row["securing"],
        title=facts.title,
        issuer=facts.issuer,
        credential=facts.credential,
        url=facts.url,
        outcome=HoldingOutcome(row["outcome"]),
        matched=Matched(address=facts.address, how=facts.how),
        via=Via(row["via"]),
        report=facts.report,
        record=row["record"],
        valid_from=maybe_instant(facts.valid_from),
        created=instant(row["created"]),
        updated=instant(row["updated"]),
        valid_until=maybe_instant(facts.valid_until),
    )


def _replaced(holding: Holding, there: Holding, key: RecordKey) -> Work[tuple[Holding, Change]]:
    """Put new findings, and new bytes if they are new, into the row that is there."""
    if holding.valid_from and there.valid_from and holding.valid_from < there.valid_from:
        return there, Change.OLDER
    same = there.received == holding.received
    updated = there.updated if same else (yield from _later(holding))
    kept = msgspec.structs.replace(
        holding,
        id=there.id,
        via=there.via,
        record=holding.record or (there.record if same else ""),
        created=there.created,
        updated=updated,
    )
    values = (micros(updated), _received(kept, key), *_values(kept, key))
    yield _REPLACE, (kept.platform, kept.id, *values)
    return kept, Change.UNCHANGED if same else Change.REPLACED


def _later(holding: Holding) -> Work[dt.datetime]:
    """When it is updated: after everything else that the person holds, so that no two are updated at once."""
    rows = yield _LATEST, (holding.platform, holding.person)
    latest = rows[0]["latest"]
    return holding.updated if latest is None else max(holding.updated, instant(latest) + _MICROSECOND)


def _received(holding: Holding, key: RecordKey) -> bytes:
    return key.sealed("holdings.received", holding.received)


def _values(holding: Holding, key: RecordKey) -> tuple[Value, ...]:
    """What a new version of a badge brings, in the order of both statements."""
    facts = _Facts(
        holding.title,
        holding.issuer,
        holding.credential,
        holding.url,
        holding.matched.address,
        holding.matched.how,
        holding.report,
        None if holding.valid_from is None else micros(holding.valid_from),
        None if holding.valid_until is None else micros(holding.valid_until),
    )
    return (
        key.sealed("holdings.facts", msgspec.msgpack.encode(facts)),
        holding.media_type,
        holding.carrier,
        holding.format,
        holding.version,
        holding.securing,
        holding.outcome,
        holding.record,
    )


def _removed(platform: str, person: str, holding_id: str) -> Work[str | None]:
    found = yield _REMOVE_KEY, (platform, person, holding_id)
    removed = yield _REMOVE, (platform, person, holding_id)
    return str(removed[0]["record"]) if found and removed else None
