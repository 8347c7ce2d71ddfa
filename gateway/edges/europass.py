"""Wallets that platforms make; what lies in them, each with a data key of its own; links, by their digests."""

import datetime as dt
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from gateway.edges.database import EVERYWHERE, Database, Row, Work, instant, maybe_instant, micros, single
from gateway.edges.envelope import Envelope
from gateway.edges.rows import HOLD_KEY
from gateway.errors import Erased, NotFound
from gateway.records.europass import Deposit, ShareLink, Wallet
from gateway.records.mailbox import normal

LINKS_KEPT = dt.timedelta(days=30)
"""So long after a link expired, its page can still say so."""

_ADD_WALLET = """
insert into europass_wallets (id, platform, lookup, address, created) values ($1, $2, $3, $4, $5)
on conflict (platform, lookup) do nothing
returning id
"""
_WALLET = "select id, platform, address, created from europass_wallets where platform = $1 and id = $2"
_OF_ADDRESS = "select id, platform, address, created from europass_wallets where platform = $1 and lookup = $2"
_DROP_WALLET = "delete from europass_wallets where platform = $1 and id = $2 returning id"

_FORM = "select credential from forms where id = $1 and platform || '' = $2"
# Locks the wallet, so that of many deposits at once each counts after the one before.
_LOCK = "update europass_wallets set created = created where platform = $1 and id = $2 returning id"
_SAME = "select * from europass_deposits where platform = $1 and equality = $2"
_COUNT = "select count(*) as total from europass_deposits where platform = $1 and wallet = $2"
_PUT = """
insert into europass_deposits (id, platform, wallet, equality, wrapped, received, facts, created, credential)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""
# A list is shown without the credentials, which may have megabytes.
_PAGE = """
select id, platform, wallet, wrapped, facts, created, taken from europass_deposits
where platform = $1 and wallet = $2 order by created desc, id desc limit $3 offset $4
"""
_FIND = "select * from europass_deposits where platform = $1 and wallet = $2 and id = $3"
_DROP = "delete from europass_deposits where platform = $1 and wallet = $2 and id = $3 returning id"

_WAITING = """
select d.id, d.platform, d.wallet, d.wrapped, d.facts, d.created, d.taken from europass_deposits d
join europass_wallets w on w.id = d.wallet and w.platform = d.platform
where w.lookup = $1 and d.taken is null order by d.created desc, d.id desc limit $2
"""
_ONE_WAITING = """
select d.* from europass_deposits d join europass_wallets w on w.id = d.wallet and w.platform = d.platform
where w.lookup = $1 and d.id = $2 and d.taken is null
"""
_TAKE = """
update europass_deposits set taken = $3
where id = $2 and taken is null and wallet in (select id from europass_wallets where lookup = $1)
returning id
"""
_DECLINE = """
delete from europass_deposits
where id = $2 and taken is null and wallet in (select id from europass_wallets where lookup = $1)
returning id
"""

_FORGET_LINKS = "delete from europass_share_links where platform = $1 and expires < $2"
_THERE = "select id from europass_deposits where platform = $1 and id = $2"
_PUT_LINK = """
insert into europass_share_links (sha256, platform, deposit, created, expires) values ($1, $2, $3, $4, $5)
"""
_LINK = """
select l.sha256, l.expires, l.created as linked, d.* from europass_share_links l
join europass_deposits d on d.id = l.deposit and d.platform = l.platform
where l.sha256 = $1
"""
_DROP_LINK = "delete from europass_share_links where platform = $1 and sha256 = $2 returning deposit"


class _Facts(msgspec.Struct, frozen=True, array_like=True):
    """What is encrypted of a deposit beside its bytes."""

    credential: str
    title: str
    report: bytes


_facts = msgspec.msgpack.Decoder(_Facts)


def credential_hmac(envelope: Envelope, platform: str, credential: str) -> bytes:
    """By which deposits of a credential are found in all wallets of a platform, 32 bytes."""
    parts = msgspec.msgpack.encode((platform, credential))
    return hmac.digest(envelope.derived("deposited credentials"), parts, "sha256")


@dataclass(frozen=True, slots=True)
class StoredWallets:
    """The port ``Wallets``."""

    database: Database
    envelope: Envelope

    async def ensure(self, wallet: Wallet) -> Wallet:
        """Return the platform's wallet for this address; store this one when there is none."""
        lookup = _lookup(self.envelope, wallet.address)
        address = self.envelope.sealed(_place(wallet.id), wallet.address.encode())
        values = (wallet.id, wallet.platform, lookup, address, micros(wallet.created))

        def work() -> Work[Wallet]:
            yield _ADD_WALLET, values
            [row] = yield _OF_ADDRESS, (wallet.platform, lookup)
            return self._opened(row)

        return await self.database.within(wallet.platform).transaction(work)

    async def find(self, platform: str, wallet_id: str) -> Wallet | None:
        """Return the platform's wallet with this id."""
        rows = await self.database.within(platform).fetch(_WALLET, platform, wallet_id)
        return self._opened(rows[0]) if rows else None

    async def of_address(self, platform: str, address: str) -> Wallet | None:
        """Return the platform's wallet for this address."""
        lookup = _lookup(self.envelope, address)
        rows = await self.database.within(platform).fetch(_OF_ADDRESS, platform, lookup)
        return self._opened(rows[0]) if rows else None

    async def remove(self, platform: str, wallet_id: str) -> bool:
        """Erase a wallet with all that lies in it."""
        return bool(await self.database.within(platform).transaction(single(_DROP_WALLET, platform, wallet_id)))

    def _opened(self, row: Row) -> Wallet:
        address = self.envelope.opened(_place(row["id"]), row["address"]).decode()
        return Wallet(id=row["id"], platform=row["platform"], address=address, created=instant(row["created"]))


@dataclass(frozen=True, slots=True)
class StoredDeposits:
    """The port ``Deposits``."""

    database: Database
    envelope: Envelope

    async def put(self, deposit: Deposit, at_most: int, form: str = "") -> Deposit | None:
        """Keep it, unless one with its id lies there already, which is returned then, or the wallet is full.

        Raises:
            Erased: The record of the form was erased.
            NotFound: There is no such wallet.
        """
        platform, wallet = deposit.platform, deposit.wallet
        equality = self._equality(platform, wallet, deposit.credential)
        named = credential_hmac(self.envelope, platform, deposit.credential)
        values = (deposit.id, platform, wallet, equality, *self._sealed(deposit), micros(deposit.created), named)

        def work() -> Work[Deposit | None]:
            for row in (yield _FORM, (form, platform)):
                if not (yield HOLD_KEY, (row["credential"], platform)):
                    raise Erased
            if not (yield _LOCK, (platform, wallet)):
                raise NotFound("there is no such wallet")
            for row in (yield _SAME, (platform, equality)):
                return _deposit(self.envelope, row)
            [count] = yield _COUNT, (platform, wallet)
            if count["total"] >= at_most:
                return None
            yield _PUT, values
            return deposit

        return await self.database.within(platform).transaction(work)

    async def page(self, platform: str, wallet_id: str, limit: int, offset: int) -> Sequence[Deposit]:
        """Return some of what lies in a wallet, newest first, without the credentials themselves."""
        rows = await self.database.within(platform).fetch(_PAGE, platform, wallet_id, limit, offset)
        return [_deposit(self.envelope, row, whole=False) for row in rows]

    async def named(self, platform: str, wallet_id: str, credential: str) -> Deposit | None:
        """Return the deposit of this wallet whose credential has this id."""
        equality = self._equality(platform, wallet_id, credential)
        for row in await self.database.within(platform).fetch(_SAME, platform, equality):
            return _deposit(self.envelope, row)
        return None

    async def find(self, platform: str, wallet_id: str, deposit_id: str) -> Deposit | None:
        """Return one deposit of this wallet."""
        rows = await self.database.within(platform).fetch(_FIND, platform, wallet_id, deposit_id)
        return _deposit(self.envelope, rows[0]) if rows else None

    async def remove(self, platform: str, wallet_id: str, deposit_id: str) -> bool:
        """Erase a deposit with its key and every link to it."""
        dropped = single(_DROP, platform, wallet_id, deposit_id)
        return bool(await self.database.within(platform).transaction(dropped))

    def _equality(self, platform: str, wallet: str, credential: str) -> bytes:
        """Keyed, so that whoever reads the store cannot tell which credentials are in it."""
        parts = msgspec.msgpack.encode((platform, wallet, credential))
        return hmac.digest(self.envelope.derived("deposits"), parts, "sha256")

    def _sealed(self, deposit: Deposit) -> tuple[bytes, bytes, bytes]:
        """The columns ``wrapped``, ``received`` and ``facts``."""
        wrapped, key = self.envelope.new_key(deposit.id)
        facts = msgspec.msgpack.encode(_Facts(deposit.credential, deposit.title, deposit.report))
        return (
            wrapped,
            key.sealed("europass_deposits.received", deposit.received),
            key.sealed("europass_deposits.facts", facts),
        )


@dataclass(frozen=True, slots=True)
class StoredWaiting:
    """The port ``Waiting``."""

    database: Database
    envelope: Envelope

    async def among(self, addresses: Sequence[str], limit: int) -> Sequence[Deposit]:
        """Return what nobody has taken yet, newest first, without the credentials themselves."""
        found = [
            _deposit(self.envelope, row, whole=False)
            for lookup in self._lookups(addresses)
            for row in await self.database.within(EVERYWHERE).fetch(_WAITING, lookup, limit)
        ]
        return sorted(found, key=lambda each: (each.created, each.id), reverse=True)[:limit]

    async def find(self, addresses: Sequence[str], deposit_id: str) -> Deposit | None:
        """Return one of these."""
        for lookup in self._lookups(addresses):
            for row in await self.database.within(EVERYWHERE).fetch(_ONE_WAITING, lookup, deposit_id):
                return _deposit(self.envelope, row)
        return None

    async def take(self, addresses: Sequence[str], deposit_id: str, at: dt.datetime) -> bool:
        """Note that the person took it."""

        def work() -> Work[bool]:
            for lookup in self._lookups(addresses):
                if (yield _TAKE, (lookup, deposit_id, micros(at))):
                    return True
            return False

        return await self.database.within(EVERYWHERE).transaction(work)

    async def decline(self, addresses: Sequence[str], deposit_id: str) -> bool:
        """Erase it with its key and every link to it."""

        def work() -> Work[bool]:
            for lookup in self._lookups(addresses):
                if (yield _DECLINE, (lookup, deposit_id)):
                    return True
            return False

        return await self.database.within(EVERYWHERE).transaction(work)

    def _lookups(self, addresses: Sequence[str]) -> Sequence[bytes]:
        return [_lookup(self.envelope, address) for address in addresses]


@dataclass(frozen=True, slots=True)
class StoredShareLinks:
    """The port ``ShareLinks``."""

    database: Database
    envelope: Envelope

    async def put(self, link: ShareLink) -> bool:
        """Keep it; False when its deposit is gone."""
        values = (link.sha256, link.platform, link.deposit, micros(link.created), micros(link.expires))

        def work() -> Work[bool]:
            yield _FORGET_LINKS, (link.platform, micros(link.created - LINKS_KEPT))
            if not (yield _THERE, (link.platform, link.deposit)):
                return False
            yield _PUT_LINK, values
            return True

        return await self.database.within(link.platform).transaction(work)

    async def find(self, sha256: bytes) -> tuple[ShareLink, Deposit] | None:
        """Return a link of whatever platform, expired or not, with what it shows."""
        for row in await self.database.within(EVERYWHERE).fetch(_LINK, sha256):
            link = ShareLink(
                sha256=bytes(row["sha256"]),
                platform=row["platform"],
                deposit=row["id"],
                created=instant(row["linked"]),
                expires=instant(row["expires"]),
            )
            return link, _deposit(self.envelope, row)
        return None

    async def remove(self, platform: str, sha256: bytes) -> bool:
        """End a link of this platform."""
        return bool(await self.database.within(platform).transaction(single(_DROP_LINK, platform, sha256)))


def _lookup(envelope: Envelope, address: str) -> bytes:
    """By what the wallets for an address are found: nobody without the master key can tell which there are."""
    return hmac.digest(envelope.derived("addresses of wallets"), normal(address).encode(), "sha256")


def _place(wallet_id: str) -> str:
    return f"europass_wallets.address/{wallet_id}"


def _deposit(envelope: Envelope, row: Row, *, whole: bool = True) -> Deposit:
    key = envelope.unwrapped(row["id"], row["wrapped"])
    facts = _facts.decode(key.opened("europass_deposits.facts", row["facts"]))
    return Deposit(
        id=row["id"],
        platform=row["platform"],
        wallet=row["wallet"],
        received=key.opened("europass_deposits.received", row["received"]) if whole else b"",
        credential=facts.credential,
        title=facts.title,
        report=facts.report,
        created=instant(row["created"]),
        taken=maybe_instant(row["taken"]),
    )
