"""Erasing a record while something of it is written: whichever comes first, nothing is left, and nothing else goes.

PostgreSQL runs both at once, and one transaction is held up where it matters; SQLite has one writer.
"""

import asyncio
import datetime as dt
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import msgspec
import pytest

from adapters.hub.contract import Format
from gateway.edges.database import Database, Row, T, Value, Work
from gateway.edges.erasure import StoredErasures
from gateway.edges.europass import StoredDeposits, StoredWallets
from gateway.edges.offers import StoredOffers
from gateway.edges.watches import StoredWatchedPlaces, StoredWatchedSources
from gateway.errors import Erased, NotFound, Unavailable
from gateway.records import Form
from gateway.records.europass import CREDENTIAL_URN, Deposit
from gateway.records.offers import Claiming, Configuration, Offer
from gateway.records.watches import WatchedPlace, WatchedSource, WatchKind
from tests.gateway.edges.driven import Driven
from tests.gateway.edges.stores import AT, ENVELOPE, dumped, intent, issued
from tests.gateway.edges.test_europass import deposit, wallet

LATER = AT + dt.timedelta(days=1)
PLACE = WatchedPlace(place=b"p" * 32, kind=WatchKind.HOSTED, host=b"h" * 32)
HELD_UP_S, PATIENCE_S = 0.3, 20.0
NOTHING = ""


@dataclass(frozen=True)
class HeldUp(Driven):
    """A database that takes its time before or after statements with certain words, where another may run meanwhile.

    Attributes:
        reached: Set when it comes there.
    """

    before: str = NOTHING
    after: str = NOTHING
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)

    def step(self, number: int, sql: str, values: tuple[Value, ...]) -> Work[Sequence[Row]]:
        del number
        yield from self._pause(self.before, sql)
        rows = yield sql, values
        yield from self._pause(self.after, sql)
        return rows

    def _pause(self, words: str, sql: str) -> Work[None]:
        if words and words in sql:
            self.loop.call_soon_threadsafe(self.reached.set)  # SQLite's writer is a thread of its own
            if self.dialect == "postgres":
                yield f"select pg_sleep({HELD_UP_S})", ()


@dataclass(frozen=True)
class Away(HeldUp):
    """A database that is away when places are to be forgotten."""

    async def transaction(self, work: Callable[[], Work[T]], *, durable: bool = True) -> T:
        def until() -> Work[T]:
            begun = work()
            statement = next(begun)
            if "watched_places" in statement[0]:
                raise Unavailable("the store does not answer")
            rows = yield statement
            while True:
                try:
                    rows = yield begun.send(rows)
                except StopIteration as stop:
                    result: T = stop.value
                    return result

        return await self.database.transaction(until, durable=durable)


async def erased(database: Database, form: Form, *credentials: str) -> None:
    erasures = StoredErasures(database, ENVELOPE)
    await erasures.erase(form.platform, form.credential, credentials, reason="erased", actor="key 1", at=LATER)


async def meanwhile(held_up: HeldUp, first: Awaitable[object], second: Awaitable[object]) -> Sequence[object]:
    """How both end, of which the second begins while the first is held up."""

    async def later() -> object:
        async with asyncio.timeout(PATIENCE_S):
            await held_up.reached.wait()
        return await second

    return await asyncio.gather(first, later(), return_exceptions=True)


def offer_of(form: Form) -> Offer:
    return Offer(
        id=secrets.token_urlsafe(16),
        platform=form.platform,
        record=form.credential,
        made_by="key-1",
        created=AT,
        expires=AT + dt.timedelta(days=14),
        claiming=Claiming.CODE,
        configurations=(Configuration.BADGE,),
        code_sha256=b"c" * 32,
    )


async def put_aside(database: Database, form: Form) -> Deposit:
    """A deposit of a form, and the wallet into which it is to come."""
    into = await StoredWallets(database, ENVELOPE).ensure(wallet())
    return deposit(into, f"{CREDENTIAL_URN}{form.intent.id}")


async def enrolled(database: Database, sources: Sequence[WatchedSource], form: Form) -> None:
    [source] = [each for each in sources if each.credential == form.credential]
    watched = msgspec.structs.replace(source, kind=WatchKind.HOSTED, place=PLACE.place)
    await StoredWatchedSources(database).enrol(watched, PLACE, LATER)


async def test_an_offer_that_is_being_made_goes_with_its_record(database: Database) -> None:
    form = await issued(database, intent())
    held_up = HeldUp(database, before="insert into offers")
    offers = StoredOffers(held_up, ENVELOPE)

    ends = await meanwhile(held_up, offers.add(offer_of(form), "key 1"), erased(database, form))

    assert ends == [None, None]
    assert await dumped(database, "offers") == b""


async def test_no_offer_is_made_of_what_is_being_erased(database: Database) -> None:
    form = await issued(database, intent())
    held_up = HeldUp(database, after="delete from offers")

    ends = await meanwhile(
        held_up, erased(held_up, form), StoredOffers(database, ENVELOPE).add(offer_of(form), "key 1")
    )

    assert [type(end) for end in ends] == [type(None), NotFound]
    assert await dumped(database, "offers") == b""


async def test_a_deposit_that_is_being_made_goes_with_its_record(database: Database) -> None:
    form = await issued(database, intent())
    wanted = await put_aside(database, form)
    held_up = HeldUp(database, before="insert into europass_deposits")
    deposits = StoredDeposits(held_up, ENVELOPE)

    ends = await meanwhile(held_up, deposits.put(wanted, 9, form.intent.id), erased(database, form, wanted.credential))

    assert ends == [wanted, None]
    assert await dumped(database, "europass_deposits") == b""


async def test_a_deposit_of_a_form_that_is_named_by_nobody_goes_with_its_record(database: Database) -> None:
    form = await issued(database, intent(format_=Format.ELM_3))
    wanted = await put_aside(database, form)
    await StoredDeposits(database, ENVELOPE).put(wanted, 9, form.intent.id)

    await erased(database, form)

    assert await dumped(database, "europass_deposits") == b""


async def test_nothing_is_deposited_that_is_being_erased_or_was(database: Database) -> None:
    form = await issued(database, intent())
    wanted, deposits = await put_aside(database, form), StoredDeposits(database, ENVELOPE)
    held_up = HeldUp(database, after="delete from europass_deposits")

    ends = await meanwhile(held_up, erased(held_up, form, wanted.credential), deposits.put(wanted, 9, form.intent.id))

    assert [type(end) for end in ends] == [type(None), Erased]
    with pytest.raises(Erased):
        await deposits.put(wanted, 9, form.intent.id)
    assert await dumped(database, "europass_deposits") == b""


async def test_what_another_platform_was_given_is_its_own(database: Database) -> None:
    form = await issued(database, intent())
    into = await StoredWallets(database, ENVELOPE).ensure(wallet(platform="other"))
    wanted = deposit(into, f"{CREDENTIAL_URN}{form.intent.id}")

    await erased(database, form, wanted.credential)

    assert await StoredDeposits(database, ENVELOPE).put(wanted, 9, form.intent.id) == wanted


@pytest.mark.parametrize("end", ["erased", "released"])
async def test_a_place_stays_where_somebody_is_being_enrolled(database: Database, end: str) -> None:
    first, second = [await issued(database, intent(), platform) for platform in ("a", "b")]
    sources = await StoredWatchedSources(database).new(9)
    await enrolled(database, sources, first)
    if end == "released":  # nobody is there any more, and nobody has looked since
        await erased(Away(database), first)
        ending = StoredWatchedPlaces(database).release(PLACE, LATER)
    else:
        ending = erased(database, first)

    held_up = HeldUp(database, after="into watched_places")
    await meanwhile(held_up, enrolled(held_up, sources, second), ending)

    watched = await StoredWatchedSources(database).find("b", second.credential)
    assert watched is not None
    assert watched[1] == PLACE


async def test_what_is_erased_stays_so_when_its_place_cannot_be_forgotten(database: Database) -> None:
    form = await issued(database, intent())
    await enrolled(database, await StoredWatchedSources(database).new(9), form)

    await erased(Away(database), form)

    assert await StoredErasures(database, ENVELOPE).record(form.credential)
    await StoredWatchedPlaces(database).release(PLACE, LATER)
    assert await dumped(database, "watched_places") == b""
