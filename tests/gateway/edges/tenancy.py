"""What one tenant has in every store, and how another one would reach for it."""

import datetime as dt
import re
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from adapters.hub.contract import Format
from gateway.edges.achievements import StoredAchievements
from gateway.edges.credentials import StoredCredentials
from gateway.edges.database import Database, Row, Value, Work
from gateway.edges.erasure import StoredErasures
from gateway.edges.europass import StoredDeposits, StoredShareLinks, StoredWallets
from gateway.edges.forms import StoredForms
from gateway.edges.holdings import StoredHoldings, StoredProfiles
from gateway.edges.offers import StoredOffers
from gateway.edges.records import StoredRecords
from gateway.edges.replies import StoredReplies
from gateway.edges.states import StoredStates
from gateway.edges.status_lists import StoredStatusLists
from gateway.errors import NotFound
from gateway.ports import Plan, Search
from gateway.records import Achievement, Form, StatusPurpose
from gateway.records.europass import Deposit, ShareLink, Wallet
from gateway.records.holdings import ProfileKind
from gateway.records.offers import Claiming, Configuration, Offer
from tests.gateway.edges.driven import Driven
from tests.gateway.edges.held import HOLDING, PERSON, PROFILE
from tests.gateway.edges.stores import AT, ENVELOPE, intent, plan

OURS, THEIRS = "ours", "theirs"
WALLET = Wallet(id="wallet", platform=THEIRS, address="learner@example.org", created=AT)
DEPOSIT = Deposit(
    id="deposit",
    platform=THEIRS,
    wallet=WALLET.id,
    received=b"the sealed credential",
    credential="urn:credential:1",
    title="the title",
    report=b"the report",
    created=AT,
)
LINK = ShareLink(sha256=b"l" * 32, platform=THEIRS, deposit=DEPOSIT.id, created=AT, expires=AT)

_CLAUSE = re.compile(r"(?:\b[a-z_]+\.)?\bplatform(?: \|\| '')? = (\$\d+)")


@dataclass(frozen=True)
class WithoutClauses(Driven):
    """A database whose statements no longer say which platform they are for; what is left is row-level security."""

    async def fetch(self, sql: str, *values: Value) -> Sequence[Row]:
        return await self.database.fetch(_loosened(sql), *values)

    def step(self, number: int, sql: str, values: tuple[Value, ...]) -> Work[Sequence[Row]]:
        del number
        return (yield _loosened(sql), values)


def _loosened(sql: str) -> str:
    return _CLAUSE.sub(r"cast(\1 as text) is not null", sql)


def offer_of(record: str) -> Offer:
    """An offer of a record of ``THEIRS``."""
    return Offer(
        id="offer",
        platform=THEIRS,
        record=record,
        made_by="key-1",
        created=AT,
        expires=AT + dt.timedelta(days=1),
        claiming=Claiming.LINK,
        configurations=(Configuration.BADGE,),
    )


@dataclass(frozen=True)
class Belongings:
    """What the tenant ``THEIRS`` has."""

    plan: Plan
    form: Form
    status_list: str
    achievement: Achievement


async def belongings(database: Database) -> Belongings:
    """Put something of ``THEIRS`` into every store."""
    lists = StoredStatusLists(database, length=64)
    status = await lists.allocate(THEIRS, StatusPurpose.REVOCATION)
    wanted = intent(status=status)
    planned = plan(wanted, platform=THEIRS)
    credentials = StoredCredentials(database, ENVELOPE)
    await credentials.plan(planned)
    form, _ = await credentials.seal(THEIRS, wanted.id, b"the sealed bytes", "the receipt")
    achievement = Achievement(id="achievement", platform=THEIRS, digest=b"d" * 32, document=b"{}")
    await StoredAchievements(database, ENVELOPE).first(achievement)
    await StoredReplies(database, ENVELOPE).begin(THEIRS, "holder", "key", b"b" * 32, AT)
    await StoredHoldings(database, ENVELOPE).put(_replaced(HOLDING, {"platform": THEIRS}))
    await StoredProfiles(database, ENVELOPE).put(THEIRS, PERSON, ProfileKind.OPEN_BADGES_3, PROFILE)
    await StoredWallets(database, ENVELOPE).ensure(WALLET)
    await StoredDeposits(database, ENVELOPE).put(DEPOSIT, 9)
    await StoredShareLinks(database, ENVELOPE).put(LINK)
    offers, offer = StoredOffers(database, ENVELOPE), offer_of(planned.record_id)
    await offers.add(offer, "key key-1")
    await offers.reserve(offer, Configuration.BADGE, ("holder",), AT)
    await offers.settle(offer, Configuration.BADGE, ("holder",), AT)
    return Belongings(planned, form, status[0], achievement)


async def _sealing(database: Database, theirs: Belongings) -> object:
    try:
        return await StoredCredentials(database, ENVELOPE).seal(OURS, theirs.form.intent.id, b"", "")
    except NotFound:
        return None


async def _publishing(database: Database, theirs: Belongings) -> object:
    lists = StoredStatusLists(database, length=64)
    before = await lists.find(THEIRS, theirs.status_list)
    assert before is not None
    ours = {"platform": OURS, "signed": b"ours", "signed_version": 9, "valid_from": AT, "valid_until": AT}
    await lists.publish(_replaced(before, ours))
    after = await lists.find(THEIRS, theirs.status_list)
    return after if after != before else None


async def _revoking(database: Database, theirs: Belongings) -> object:
    states = StoredStates(database)
    for change in (states.revoke, states.suspend):
        with suppress(NotFound):
            await change(OURS, theirs.form.credential, "ours", "key 1", AT)
    after = await StoredForms(database, ENVELOPE).find(THEIRS, theirs.form.intent.id)
    return after if after is None or after.revoked or after.suspended else None


async def _erasing(database: Database, theirs: Belongings) -> object:
    """A record is not erased from the other tenant, nor what of theirs it would take along."""
    erasures, records = StoredErasures(database, ENVELOPE), StoredRecords(database, ENVELOPE)
    with suppress(NotFound):
        await erasures.erase(OURS, theirs.plan.record_id, [DEPOSIT.credential], reason="ours", actor="key 1", at=AT)
    deposit = await StoredDeposits(database, ENVELOPE).find(THEIRS, WALLET.id, DEPOSIT.id)
    still = deposit is not None and await records.find(THEIRS, theirs.plan.record_id)
    await erasures.erase(THEIRS, theirs.plan.record_id, [], reason="theirs", actor="key 1", at=AT)
    return not still or await erasures.form(OURS, theirs.form.intent.id)


async def _replying(database: Database, _: Belongings) -> object:
    """The key of a holder is taken in the other tenant; here it is neither answered nor let go."""
    replies = StoredReplies(database, ENVELOPE)
    await replies.finish(OURS, "holder", "key", b"b" * 32, b"ours")
    await replies.forget(OURS, "holder", "key", b"b" * 32)
    return await database.within(THEIRS).fetch(
        "select 1 as one from replies where platform = $1 and answer is not null", THEIRS
    )


async def _holding(database: Database, _: Belongings) -> object:
    """A person of the same id in the other tenant finds and removes nothing."""
    holdings, profiles = StoredHoldings(database, ENVELOPE), StoredProfiles(database, ENVELOPE)
    reached = [
        await holdings.find(OURS, PERSON, HOLDING.id),
        (await holdings.page(OURS, PERSON)).holdings,
        await profiles.find(OURS, PERSON, ProfileKind.OPEN_BADGES_3),
        await holdings.remove(OURS, PERSON, HOLDING.id),
        await holdings.find(THEIRS, PERSON, HOLDING.id) is None,
        await profiles.find(THEIRS, PERSON, ProfileKind.OPEN_BADGES_3) is None,
    ]
    return any(reached)


async def _wallets(database: Database, _: Belongings) -> object:
    """A wallet, what lies in it and a link to it are neither found nor changed from the other tenant."""
    wallets, deposits = StoredWallets(database, ENVELOPE), StoredDeposits(database, ENVELOPE)
    links = StoredShareLinks(database, ENVELOPE)
    reached: list[object] = [
        await wallets.find(OURS, WALLET.id),
        await wallets.of_address(OURS, WALLET.address),
        await deposits.find(OURS, WALLET.id, DEPOSIT.id),
        await deposits.page(OURS, WALLET.id, 10, 0),
        await deposits.remove(OURS, WALLET.id, DEPOSIT.id),
        await links.put(_replaced(LINK, {"platform": OURS, "sha256": b"o" * 32})),
        await links.remove(OURS, LINK.sha256),
        await wallets.remove(OURS, WALLET.id),
    ]
    with suppress(NotFound):
        reached.append(await deposits.put(_replaced(DEPOSIT, {"platform": OURS, "id": "ours"}), 9))
    still = await links.find(LINK.sha256)
    return any(reached) or still is None


async def _offering(database: Database, theirs: Belongings) -> object:
    """An offer is neither listed, ended, claimed nor locked from the other tenant, nor one made of its record."""
    offers, offer = StoredOffers(database, ENVELOPE), offer_of(theirs.plan.record_id)
    ours = _replaced(offer, {"platform": OURS})
    reached: list[object] = [
        await offers.of(OURS, offer.record),
        await offers.withdraw(OURS, offer.id, "key 1", AT),
        (await offers.reserve(ours, Configuration.BADGE, ("holder",), AT)).holders,
        await offers.settle(ours, Configuration.BADGE_JWT, ("holder",), AT),
        await offers.tried(ours, 1),
        await offers.judged(ours, 1, AT, right=False),
    ]
    with suppress(NotFound):
        await offers.add(_replaced(ours, {"id": "ours"}), "key 1")
        reached.append(True)
    still = await offers.find(offer.id)
    return any(reached) or still is None or still.attempts


def _replaced(value: Any, changes: dict[str, Any]) -> Any:
    return type(value)(**{**{name: getattr(value, name) for name in value.__struct_fields__}, **changes})


Reach = Callable[[Database, Belongings], Awaitable[object]]

REACHES: dict[str, Reach] = {
    "find a record": lambda d, t: StoredRecords(d, ENVELOPE).find(OURS, t.plan.record_id),
    "find a record by its source": lambda d, t: StoredRecords(d, ENVELOPE).known(OURS, t.plan.fingerprint),
    "page through records": lambda d, _: StoredRecords(d, ENVELOPE).page(OURS, Search(limit=100)),
    "page through a format": lambda d, _: StoredRecords(d, ENVELOPE).page(
        OURS, Search(limit=100, format=Format.OPEN_BADGES_3)
    ),
    "find a plan": lambda d, t: StoredCredentials(d, ENVELOPE).known(OURS, t.plan.fingerprint),
    "seal a form": _sealing,
    "find a form": lambda d, t: StoredForms(d, ENVELOPE).find(OURS, t.form.intent.id),
    "find an original": lambda d, t: StoredForms(d, ENVELOPE).original(OURS, t.plan.record_id),
    "revoke a form": _revoking,
    "erase a record": _erasing,
    "list what was revoked": lambda d, _: StoredForms(d, ENVELOPE).revoked(OURS),
    "find an achievement": lambda d, t: StoredAchievements(d, ENVELOPE).find(OURS, t.achievement.id),
    "find a status list": lambda d, t: StoredStatusLists(d).find(OURS, t.status_list),
    "publish a status list": _publishing,
    "answer a request": _replying,
    "hold a badge": _holding,
    "reach into a wallet": _wallets,
    "claim an offer": _offering,
}
"""By what is tried: each returns nothing (None, empty) when the other tenant's belongings are out of reach."""
