"""Wallets, deposits and share links, on both databases."""

import asyncio
import datetime as dt
import uuid

import msgspec
import pytest

from gateway.edges.database import Database
from gateway.edges.europass import LINKS_KEPT, StoredDeposits, StoredShareLinks, StoredWaiting, StoredWallets
from gateway.errors import NotFound
from gateway.records.europass import Deposit, ShareLink, Wallet
from tests.gateway.edges.stores import AT, ENVELOPE, dumped

HOUR = dt.timedelta(hours=1)
EMAIL = "learner@example.org"
TABLES = ("europass_wallets", "europass_deposits", "europass_share_links")


@pytest.fixture
def wallets(database: Database) -> StoredWallets:
    return StoredWallets(database, ENVELOPE)


@pytest.fixture
def deposits(database: Database) -> StoredDeposits:
    return StoredDeposits(database, ENVELOPE)


@pytest.fixture
def waiting(database: Database) -> StoredWaiting:
    return StoredWaiting(database, ENVELOPE)


@pytest.fixture
def links(database: Database) -> StoredShareLinks:
    return StoredShareLinks(database, ENVELOPE)


def wallet(address: str = EMAIL, platform: str = "default") -> Wallet:
    return Wallet(id=str(uuid.uuid4()), platform=platform, address=address, created=AT)


def deposit(into: Wallet, credential: str = "urn:credential:1", at: dt.datetime = AT) -> Deposit:
    return Deposit(
        id=str(uuid.uuid4()),
        platform=into.platform,
        wallet=into.id,
        received=b"the sealed credential",
        credential=credential,
        title="the title",
        report=b"the report",
        created=at,
    )


def link(to: Deposit, token: bytes = b"t" * 32, expires: dt.datetime = AT + HOUR) -> ShareLink:
    return ShareLink(sha256=token, platform=to.platform, deposit=to.id, created=AT, expires=expires)


async def test_a_platform_has_one_wallet_for_an_address_however_it_is_written(wallets: StoredWallets) -> None:
    first = await wallets.ensure(wallet())

    made = await asyncio.gather(*(wallets.ensure(wallet("Learner@EXAMPLE.org")) for _ in range(8)))

    assert {each.id for each in made} == {first.id}
    assert await wallets.of_address("default", "LEARNER@example.org") == first
    assert await wallets.find("default", first.id) == first


async def test_each_platform_has_a_wallet_of_its_own(wallets: StoredWallets) -> None:
    ours, theirs = await wallets.ensure(wallet()), await wallets.ensure(wallet(platform="other"))

    assert ours.id != theirs.id
    assert await wallets.find("other", ours.id) is None
    assert not await wallets.remove("other", ours.id)


async def test_of_fifty_deposits_of_one_credential_at_once_one_is_kept(
    wallets: StoredWallets, deposits: StoredDeposits
) -> None:
    into = await wallets.ensure(wallet())

    kept = await asyncio.gather(*(deposits.put(deposit(into), 500) for _ in range(50)))

    assert len({each.id for each in kept if each}) == 1
    assert len(await deposits.page("default", into.id, 100, 0)) == 1


async def test_a_deposit_is_found_by_the_id_of_its_credential_in_its_wallet_alone(
    wallets: StoredWallets, deposits: StoredDeposits
) -> None:
    into, other = [await wallets.ensure(wallet(address)) for address in (EMAIL, "other@example.org")]
    kept = await deposits.put(deposit(into), 9)

    assert await deposits.named(into.platform, into.id, "urn:credential:1") == kept
    assert await deposits.named(into.platform, into.id, "urn:credential:2") is None
    assert await deposits.named(other.platform, other.id, "urn:credential:1") is None


async def test_a_full_wallet_takes_nothing_more(wallets: StoredWallets, deposits: StoredDeposits) -> None:
    into = await wallets.ensure(wallet())

    kept = await asyncio.gather(*(deposits.put(deposit(into, f"urn:credential:{n}"), 3) for n in range(9)))

    assert sum(each is not None for each in kept) == 3


async def test_nothing_is_put_where_there_is_no_wallet(deposits: StoredDeposits) -> None:
    with pytest.raises(NotFound):
        await deposits.put(deposit(wallet()), 9)


async def test_a_page_is_newest_first(wallets: StoredWallets, deposits: StoredDeposits) -> None:
    into = await wallets.ensure(wallet())
    made = [deposit(into, f"urn:credential:{n}", AT + n * HOUR) for n in range(4)]
    for each in made:
        await deposits.put(each, 9)

    page = await deposits.page("default", into.id, 2, 1)

    assert [each.id for each in page] == [made[2].id, made[1].id]
    assert await deposits.find("default", into.id, made[0].id) == made[0]


async def test_what_waits_is_there_for_who_confirmed_the_address_and_for_nobody_else(
    wallets: StoredWallets, deposits: StoredDeposits, waiting: StoredWaiting
) -> None:
    ours, theirs = await wallets.ensure(wallet()), await wallets.ensure(wallet(platform="other"))
    first, second = deposit(ours), deposit(theirs, at=AT + HOUR)
    for each in (first, second):
        await deposits.put(each, 9)

    among = await waiting.among(["second@example.org", EMAIL.upper()], 10)

    assert [each.id for each in among] == [second.id, first.id]
    assert await waiting.find([EMAIL], first.id) == first
    assert await waiting.find(["other@example.org"], first.id) is None
    assert not await waiting.take(["other@example.org"], first.id, AT)
    assert not await waiting.decline(["other@example.org"], first.id)


async def test_what_is_taken_waits_no_more_and_stays_where_it_was_put(
    wallets: StoredWallets, deposits: StoredDeposits, waiting: StoredWaiting
) -> None:
    into = await wallets.ensure(wallet())
    put = deposit(into)
    await deposits.put(put, 9)

    taken = await asyncio.gather(*(waiting.take([EMAIL], put.id, AT) for _ in range(5)))

    assert sorted(taken) == [False, False, False, False, True]
    assert await waiting.among([EMAIL], 10) == []
    assert await deposits.find("default", into.id, put.id) == msgspec.structs.replace(put, taken=AT)


async def test_what_is_declined_is_erased_with_its_links(
    wallets: StoredWallets,
    deposits: StoredDeposits,
    waiting: StoredWaiting,
    links: StoredShareLinks,
    database: Database,
) -> None:
    into = await wallets.ensure(wallet())
    put = deposit(into)
    await deposits.put(put, 9)
    await links.put(link(put))

    declined = await waiting.decline([EMAIL], put.id)

    assert declined
    assert await links.find(b"t" * 32) is None
    assert await dumped(database, *TABLES[1:]) == b""


async def test_a_wallet_goes_with_all_that_lies_in_it(
    wallets: StoredWallets, deposits: StoredDeposits, links: StoredShareLinks, database: Database
) -> None:
    into = await wallets.ensure(wallet())
    put = deposit(into)
    await deposits.put(put, 9)
    await links.put(link(put))

    removed = await wallets.remove("default", into.id)

    assert removed
    assert not await wallets.remove("default", into.id)
    assert await dumped(database, *TABLES) == b""


async def test_a_link_is_found_after_it_expired_and_forgotten_in_the_end(
    wallets: StoredWallets, deposits: StoredDeposits, links: StoredShareLinks
) -> None:
    put = deposit(await wallets.ensure(wallet()))
    await deposits.put(put, 9)
    old = link(put, expires=AT - LINKS_KEPT - HOUR)
    await links.put(old)

    found = await links.find(old.sha256)
    await links.put(link(put, b"u" * 32))

    assert found == (old, put)
    assert await links.find(old.sha256) is None


async def test_a_link_leads_only_to_what_is_there_and_ends_at_its_platforms_word(
    wallets: StoredWallets, deposits: StoredDeposits, links: StoredShareLinks
) -> None:
    into = await wallets.ensure(wallet())
    put = deposit(into)

    assert not await links.put(link(put))
    await deposits.put(put, 9)
    assert await links.put(link(put))
    assert not await links.remove("other", b"t" * 32)
    assert await links.remove("default", b"t" * 32)
    assert await links.find(b"t" * 32) is None


async def test_nothing_personal_is_readable_at_rest(
    wallets: StoredWallets, deposits: StoredDeposits, database: Database
) -> None:
    into = await wallets.ensure(wallet())
    await deposits.put(deposit(into), 9)

    at_rest = await dumped(database, *TABLES)

    personal = (EMAIL.encode(), b"the sealed credential", b"the title", b"the report", b"urn:credential:1")
    assert into.id.encode() in at_rest
    assert [each for each in personal if each in at_rest] == []
    assert EMAIL not in repr(into)
