"""Erasing a record: all of it in one transaction, and nothing of it comes back from what was under way."""

import asyncio
import datetime as dt
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any  # Any: a column holds what it holds

import msgspec
import pytest

from gateway.edges.credentials import StoredCredentials
from gateway.edges.database import Database, Row, Value, Work, micros
from gateway.edges.erasure import StoredErasures
from gateway.edges.events import StoredFeed
from gateway.edges.forms import StoredForms
from gateway.edges.holdings import StoredHoldings
from gateway.edges.issued import StoredIssuedCount
from gateway.edges.records import StoredRecords
from gateway.edges.replies import StoredReplies
from gateway.edges.states import StoredStates
from gateway.edges.status_lists import StoredStatusLists
from gateway.edges.watches import StoredWatchedSources
from gateway.errors import AnswerErased, NotActive, NotFound
from gateway.ports import Search
from gateway.records import Form, Record, Securing, StatusPurpose, Suspender
from gateway.records.events import EventKind
from gateway.records.watches import WatchedPlace, WatchKind
from tests.gateway.edges.driven import Driven
from tests.gateway.edges.held import HOLDING
from tests.gateway.edges.stores import AT, ENVELOPE, SECRETS, dumped, intent, issued, plan, revoke, source
from tests.gateway.http.residue import everything

LATER = AT + dt.timedelta(hours=1)
HOLDER, KEY, ASKED = "holder-1", "key-1", b"b" * 32
PLACE = WatchedPlace(place=b"p" * 32, kind=WatchKind.HOSTED, host=b"h" * 32)
ERASED_FROM = ("credentials", "record_keys", "sources", "forms", "events", "audit", "watched_sources", "status_lists")

STAYS = {
    "credentials": ("id", "platform", "created", "state"),
    "forms": (
        *("id", "platform", "credential", "format", "securing", "signing_key", "at"),
        *("status_list", "status_index", "revoked"),
    ),
}
"""The columns that stay as they were, of a record and of its forms: each of them says nothing of anyone."""


class KilledError(Exception):
    """The process ended at this statement."""


@dataclass(frozen=True)
class Mortal(Driven):
    """A database that ends at a statement, counted from 0 across its transactions."""

    at: int
    counted: Iterator[int] = field(default_factory=itertools.count)

    def step(self, number: int, sql: str, values: tuple[Value, ...]) -> Work[Sequence[Row]]:
        del number
        if next(self.counted) == self.at:
            raise KilledError
        return (yield sql, values)


@pytest.fixture
def erasures(database: Database) -> StoredErasures:
    return StoredErasures(database, ENVELOPE)


async def erase(erasures: StoredErasures, form: Form) -> None:
    await erasures.erase("default", form.credential, (), reason="erased", actor="key 1", at=LATER)


async def found(database: Database, form: Form) -> Record | None:
    return await StoredRecords(database, ENVELOPE).find("default", form.credential)


async def test_bits_are_set_and_a_tombstone_stays(database: Database, erasures: StoredErasures) -> None:
    lists = StoredStatusLists(database, length=64)
    form = await issued(database, intent(status=await lists.allocate("default", StatusPurpose.REVOCATION)))

    await erase(erasures, form)

    shown = await lists.find("default", form.intent.status_list)
    assert shown is not None
    byte, offset = divmod(form.intent.status_index, 8)
    assert shown.bits[byte] & 0x80 >> offset
    assert await found(database, form) is None
    assert await StoredRecords(database, ENVELOPE).page("default", Search(limit=9)) == ()
    assert await StoredForms(database, ENVELOPE).find("default", form.intent.id) is None
    assert await erasures.record(form.credential)
    assert await erasures.form("default", form.intent.id) is Securing.DATA_INTEGRITY
    assert await StoredIssuedCount(database).since("default", AT) == 1


async def test_what_is_there_or_was_never_there_has_no_tombstone(database: Database, erasures: StoredErasures) -> None:
    form = await issued(database, intent())

    assert not await erasures.record(form.credential)
    assert await erasures.form("default", form.intent.id) is None
    assert not await erasures.record("nobody")
    assert await erasures.form("default", "nothing") is None


async def test_nothing_is_left_to_be_decrypted(database: Database, erasures: StoredErasures) -> None:
    form = await issued(database, intent(Securing.HOSTED))
    await revoke(database, form, "the reason")

    await erase(erasures, form)

    tables = ("credentials", "record_keys", "sources", "forms", "events", "audit", "watched_sources")
    left = await dumped(database, *tables)
    assert not [secret for secret in (*SECRETS, b"the reason") if secret in left]
    assert b"\x01" not in left
    assert await StoredForms(database, ENVELOPE).revoked("default") == ((form.intent.id, "erased"),)


async def test_of_its_rows_nothing_stays_but_what_is_named_here(database: Database, erasures: StoredErasures) -> None:
    lists, states = StoredStatusLists(database, length=64), StoredStates(database)
    entry = await lists.allocate("default", StatusPurpose.SUSPENSION)
    wanted = msgspec.structs.replace(intent(status=entry), status_purpose=StatusPurpose.SUSPENSION, holder="a digest")
    of_whom = msgspec.structs.replace(source(), issuer="https://issuer.example/issuer")
    planned = msgspec.structs.replace(plan(wanted), source=of_whom, badge=b"b" * 32)
    written: dict[str, dict[str, Any]] = {
        "credentials": {"updated": micros(LATER)},
        "forms": {"revocation_reason": "erased", "holder": wanted.id},
    }
    await StoredCredentials(database, ENVELOPE).plan(planned)
    await StoredCredentials(database, ENVELOPE).seal("default", wanted.id, b"the sealed bytes", "the receipt")
    for by in Suspender:
        await states.suspend("default", planned.record_id, f"the reason of the {by}", "key 1", AT, by)
    await states.revoke("default", planned.record_id, "the reason", "key 1", AT)
    before = await everything(database)

    await erasures.erase("default", planned.record_id, (), reason="erased", actor="key 1", at=LATER)

    after = await everything(database)
    for table, stays in STAYS.items():
        [was], [row] = before[table], after[table]
        assert sorted(_filled(was)) == sorted(was), "a column that this test has to fill"
        assert _filled(row) == {**{column: was[column] for column in stays}, **written[table]}


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {column: value for column, value in row.items() if value not in {None, "", b""}}


async def test_of_two_at_once_one_erases(database: Database, erasures: StoredErasures) -> None:
    form = await issued(database, intent())

    ends = await asyncio.gather(*(erase(erasures, form) for _ in range(2)), return_exceptions=True)

    assert [type(end) for end in ends if end is not None] == [NotFound]
    events = await StoredFeed(database).history("default", form.credential, 9)
    assert [event.kind for event in events][-2:] == [EventKind.CREDENTIAL_REVOKED, EventKind.CREDENTIAL_ERASED]
    assert len(events) == 4


async def test_what_is_being_sealed_is_not(database: Database, erasures: StoredErasures) -> None:
    credentials, wanted = StoredCredentials(database, ENVELOPE), intent()
    record = await credentials.plan(plan(wanted))
    await erase(erasures, record.forms[0])

    with pytest.raises(NotFound):
        await credentials.seal("default", wanted.id, b"the sealed bytes", "the receipt")

    assert b"the sealed bytes" not in await dumped(database, "forms")


async def test_whoever_seals_at_the_same_moment_leaves_nothing(database: Database, erasures: StoredErasures) -> None:
    credentials, wanted = StoredCredentials(database, ENVELOPE), intent()
    record = await credentials.plan(plan(wanted))

    sealing = credentials.seal("default", wanted.id, b"the sealed bytes", "the receipt")
    ends = await asyncio.gather(sealing, erase(erasures, record.forms[0]), return_exceptions=True)

    assert ends[1] is None
    assert isinstance(ends[0], tuple | NotFound | NotActive)
    assert b"\x01" not in await dumped(database, "forms", "credentials")


async def test_the_same_source_becomes_a_new_record(database: Database, erasures: StoredErasures) -> None:
    credentials, again = StoredCredentials(database, ENVELOPE), b"f" * 32
    badge = b"b" * 32
    first = await credentials.plan(msgspec.structs.replace(plan(intent(), fingerprint=again), badge=badge))

    await erase(erasures, first.forms[0])
    second = await credentials.plan(msgspec.structs.replace(plan(intent(), fingerprint=again), badge=badge))

    assert second.id != first.id
    assert not await credentials.closed("default", badge)


async def test_what_was_to_extend_it_makes_no_new_record(database: Database, erasures: StoredErasures) -> None:
    credentials, first = StoredCredentials(database, ENVELOPE), plan(intent())
    record = await credentials.plan(first)
    further = plan(intent(Securing.HOSTED), fingerprint=first.fingerprint)
    await erase(erasures, record.forms[0])

    with pytest.raises(NotFound):
        await credentials.plan(msgspec.structs.replace(further, extends=record.id))

    assert await credentials.known("default", first.fingerprint) is None
    assert await dumped(database, "record_keys", "sources") == b""


async def test_whoever_extends_it_at_the_same_moment_leaves_nothing(
    database: Database, erasures: StoredErasures
) -> None:
    credentials, first = StoredCredentials(database, ENVELOPE), plan(intent())
    record = await credentials.plan(first)
    further = plan(intent(Securing.HOSTED), fingerprint=first.fingerprint)

    extending = credentials.plan(msgspec.structs.replace(further, extends=record.id))
    ends = await asyncio.gather(extending, erase(erasures, record.forms[0]), return_exceptions=True)

    assert ends[1] is None
    assert isinstance(ends[0], Record | NotFound | NotActive)
    assert await dumped(database, "record_keys", "sources") == b""


async def test_an_answer_that_tells_of_it_goes_with_it(database: Database, erasures: StoredErasures) -> None:
    form, other = await issued(database, intent()), await issued(database, intent())
    replies = StoredReplies(database, ENVELOPE)
    for key, told in (("of it", form), ("of another", other)):
        await replies.begin("default", HOLDER, key, ASKED, AT)
        await replies.finish("default", HOLDER, key, ASKED, b"the answer", {told.credential})

    await erase(erasures, form)

    with pytest.raises(AnswerErased):
        await replies.begin("default", HOLDER, "of it", ASKED, AT)
    assert await replies.begin("default", HOLDER, "of another", ASKED, AT) == b"the answer"


async def test_the_key_of_what_was_erased_is_free_a_day_after_the_erasure(
    database: Database, erasures: StoredErasures
) -> None:
    form, replies = await issued(database, intent()), StoredReplies(database, ENVELOPE)
    await replies.begin("default", HOLDER, KEY, ASKED, LATER - dt.timedelta(hours=24))
    await replies.finish("default", HOLDER, KEY, ASKED, b"the answer", {form.credential})

    await erase(erasures, form)

    with pytest.raises(AnswerErased):
        await replies.begin("default", HOLDER, KEY, ASKED, LATER + dt.timedelta(hours=24))
    assert await replies.begin("default", HOLDER, KEY, ASKED, LATER + dt.timedelta(hours=26)) is None


async def test_an_answer_that_comes_too_late_is_not_kept(database: Database, erasures: StoredErasures) -> None:
    form = await issued(database, intent())
    replies = StoredReplies(database, ENVELOPE)
    await replies.begin("default", HOLDER, KEY, ASKED, AT)

    await erase(erasures, form)
    await replies.finish("default", HOLDER, KEY, ASKED, b"the answer", {form.credential})

    with pytest.raises(AnswerErased):
        await replies.begin("default", HOLDER, KEY, ASKED, AT)
    rows = await database.within("default").fetch("select answer, body_sha256, size from replies")
    assert [(bytes(row["answer"]), bytes(row["body_sha256"]), row["size"]) for row in rows] == [(b"", b"", 0)]


async def test_a_place_is_forgotten_with_the_last_source_there(database: Database, erasures: StoredErasures) -> None:
    sources, forms = StoredWatchedSources(database), [await issued(database, intent(), name) for name in ("a", "b")]
    for new in await sources.new(9):
        await sources.enrol(msgspec.structs.replace(new, kind=WatchKind.HOSTED), PLACE, LATER)

    places = []
    for form in forms:
        await erasures.erase(form.platform, form.credential, (), reason="", actor="key 1", at=LATER)
        places.append(await dumped(database, "watched_places") != b"")

    assert places == [True, False]


async def killed(database: Database, form: Form, at: int) -> bool | None:
    """Whether nothing happened when an erasure was killed at a statement, else all of it; None when it has fewer."""
    before = await dumped(database, *ERASED_FROM)
    try:
        await erase(StoredErasures(Mortal(database, at), ENVELOPE), form)
    except KilledError:
        nothing = await dumped(database, *ERASED_FROM) == before
        assert nothing or await StoredErasures(database, ENVELOPE).record(form.credential)
        assert nothing or await dumped(database, "record_keys", "sources", "watched_sources") == b""
        return nothing
    return None


async def test_whenever_it_is_killed_nothing_has_happened_or_all(database: Database, erasures: StoredErasures) -> None:
    lists, sources = StoredStatusLists(database, length=64), StoredWatchedSources(database)
    ends: list[bool] = []
    while True:
        form = await issued(database, intent(status=await lists.allocate("default", StatusPurpose.REVOCATION)))
        [source] = await sources.new(9)
        await sources.enrol(msgspec.structs.replace(source, kind=WatchKind.HOSTED), PLACE, LATER)
        nothing = await killed(database, form, len(ends))
        if nothing is None:
            break
        ends.append(nothing)
        if nothing:
            await erase(erasures, form)

    assert ends == sorted(ends, reverse=True)
    assert ends.count(True) > 20
    assert not ends[-1]  # the place that nobody looks at any more is forgotten apart


async def test_what_a_person_holds_stays_and_leads_nowhere(database: Database, erasures: StoredErasures) -> None:
    form, holdings = await issued(database, intent()), StoredHoldings(database, ENVELOPE)
    held = msgspec.structs.replace(HOLDING, platform="default", record=form.credential)
    await holdings.put(held)

    await erase(erasures, form)

    kept = await holdings.find("default", held.person, held.id)
    assert kept == msgspec.structs.replace(held, record="")
