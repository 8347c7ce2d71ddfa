"""Changes of state: everything in one transaction, once each, and never back from a revocation."""

import asyncio
import datetime as dt

import msgspec
import pytest

from adapters.hub.contract import Format
from gateway.edges.credentials import StoredCredentials
from gateway.edges.database import EVERYWHERE, Database, single
from gateway.edges.events import StoredFeed
from gateway.edges.migrate import migrate
from gateway.edges.records import StoredRecords
from gateway.edges.states import StoredStates
from gateway.edges.status_lists import StoredStatusLists
from gateway.errors import NotActive, NotFound, NotSuspendable
from gateway.records import Record, Securing, State, StatusPurpose, Suspender
from gateway.records.events import EventKind
from tests.gateway.edges.stores import AT, ENVELOPE, intent, plan, run

LATER = AT + dt.timedelta(hours=1)
ACTOR = "key 1"


@pytest.fixture
def states(database: Database) -> StoredStates:
    return StoredStates(database)


async def issued(database: Database, *purposes: StatusPurpose, second: bool = False) -> Record:
    """A record with a sealed form for each purpose, and one of Open Badges 2.0."""
    lists, credentials = StoredStatusLists(database), StoredCredentials(database, ENVELOPE)
    securings = (Securing.DATA_INTEGRITY, Securing.VC_JWT)
    wanted = [
        intent(securing, status=await lists.allocate("default", purpose))
        for securing, purpose in zip(securings, purposes, strict=False)
    ]
    wanted += [intent(Securing.HOSTED, Format.OPEN_BADGES_2)] if second else []
    record = await credentials.plan(plan(*wanted))
    for form in record.forms:
        await credentials.seal("default", form.intent.id, b"the sealed bytes", "the receipt")
    return await found(database, record.id)


async def found(database: Database, record_id: str) -> Record:
    record = await StoredRecords(database, ENVELOPE).find("default", record_id)
    assert record is not None
    return record


async def bits(database: Database, record: Record) -> list[bool]:
    """Whether the status entry of each form is set."""
    lists = StoredStatusLists(database)
    values = []
    for form in record.forms:
        if form.intent.status_list:
            status_list = await lists.find("default", form.intent.status_list)
            assert status_list is not None
            byte, offset = divmod(form.intent.status_index, 8)
            values.append(bool(status_list.bits[byte] & 0x80 >> offset))
    return values


async def told(database: Database, record: Record) -> list[EventKind]:
    """The last events of a record: those of its state."""
    events = await StoredFeed(database).history("default", record.id, 20)
    return [event.kind for event in events if event.kind.startswith("credential.") and event.data.state]


async def test_a_suspension_and_its_end_reach_forms_bits_history_and_audit(
    database: Database, states: StoredStates
) -> None:
    record = await issued(database, StatusPurpose.SUSPENSION, StatusPurpose.SUSPENSION)

    await states.suspend("default", record.id, "under review", ACTOR, LATER)
    suspended, suspended_bits = await found(database, record.id), await bits(database, record)
    await states.reinstate("default", record.id, ACTOR, LATER)
    reinstated, reinstated_bits = await found(database, record.id), await bits(database, record)

    assert (suspended.state, suspended_bits) == (State.SUSPENDED, [True, True])
    assert {(form.suspended, form.suspension_reason) for form in suspended.forms} == {(LATER, "under review")}
    assert (reinstated.state, reinstated_bits) == (State.ACTIVE, [False, False])
    assert reinstated.forms == record.forms
    assert await told(database, record) == [EventKind.CREDENTIAL_SUSPENDED, EventKind.CREDENTIAL_REINSTATED]
    noted = await database.within(EVERYWHERE).fetch(
        "select actor, action, target from audit where actor = 'key 1' order by action desc"
    )
    assert [tuple(row[name] for name in ("actor", "action", "target")) for row in noted] == [
        (ACTOR, "credential.suspended", record.id),
        (ACTOR, "credential.reinstated", record.id),
    ]


async def test_a_suspended_credential_can_be_revoked_and_its_bit_stays_for_good(
    database: Database, states: StoredStates
) -> None:
    record = await issued(database, StatusPurpose.SUSPENSION)
    await states.suspend("default", record.id, "under review", ACTOR, AT)

    await states.revoke("default", record.id, "a mistake", ACTOR, LATER)

    with pytest.raises(NotSuspendable, match="for good"):
        await states.reinstate("default", record.id, ACTOR, LATER)
    revoked = await found(database, record.id)
    assert (revoked.state, await bits(database, revoked)) == (State.REVOKED, [True])
    assert (revoked.forms[0].revoked, revoked.forms[0].revocation_reason) == (LATER, "a mistake")


@pytest.mark.parametrize(
    ("purposes", "second", "said"),
    [
        ((StatusPurpose.REVOCATION,), False, "cannot be cleared"),
        ((StatusPurpose.SUSPENSION,), True, "open-badges-2 has no status entry"),
        ((StatusPurpose.SUSPENSION, StatusPurpose.REVOCATION), False, "cannot be cleared"),
    ],
)
async def test_a_record_is_suspended_whole_or_not_at_all(
    database: Database, states: StoredStates, purposes: tuple[StatusPurpose, ...], second: bool, said: str
) -> None:
    record = await issued(database, *purposes, second=second)

    with pytest.raises(NotSuspendable, match=said):
        await states.suspend("default", record.id, "", ACTOR, LATER)

    assert await found(database, record.id) == record
    assert not any(await bits(database, record))
    assert await told(database, record) == []


async def test_repeating_changes_nothing_and_the_first_reason_stays(database: Database, states: StoredStates) -> None:
    record = await issued(database, StatusPurpose.SUSPENSION)
    for reason in ("first", "second"):
        await states.suspend("default", record.id, reason, ACTOR, AT)
    for reason in ("third", "fourth"):
        await states.revoke("default", record.id, reason, ACTOR, LATER)

    [form] = (await found(database, record.id)).forms
    assert (form.suspension_reason, form.revocation_reason) == ("first", "third")
    assert await told(database, record) == [EventKind.CREDENTIAL_SUSPENDED, EventKind.CREDENTIAL_REVOKED]


@pytest.mark.parametrize("first", list(Suspender))
async def test_a_record_is_active_when_neither_suspends_it(
    database: Database, states: StoredStates, first: Suspender
) -> None:
    record = await issued(database, StatusPurpose.SUSPENSION)
    [second] = set(Suspender) - {first}
    await states.suspend("default", record.id, f"by {first}", ACTOR, AT, first)
    await states.suspend("default", record.id, f"by {second}", ACTOR, LATER, second)
    [both] = (await found(database, record.id)).forms
    await states.reinstate("default", record.id, ACTOR, LATER, first)
    one, bit = await found(database, record.id), await bits(database, record)
    await states.reinstate("default", record.id, ACTOR, LATER, second)

    assert both.suspension_reason == "by platform"
    assert (one.state, one.forms[0].suspension_reason, bit) == (State.SUSPENDED, f"by {second}", [True])
    assert await found(database, record.id) == record
    assert await bits(database, record) == [False]
    assert await told(database, record) == [EventKind.CREDENTIAL_SUSPENDED, EventKind.CREDENTIAL_REINSTATED]
    noted = await database.within(EVERYWHERE).fetch("select action from audit where action <> 'credential.issued'")
    assert [row["action"] for row in noted].count("credential.suspended") == 2
    assert [row["action"] for row in noted].count("credential.reinstated") == 2


@pytest.mark.parametrize(
    ("standing", "reason", "left"),
    [
        ("stands", "under review", {Suspender.PLATFORM}),
        ("suspended", "under review", {Suspender.PLATFORM, Suspender.SOURCE}),
        ("suspended", "suspended by its issuer: its entry in the issuer's status list is set", {Suspender.SOURCE}),
    ],
)
async def test_a_suspension_from_before_is_whose_it_was(
    database: Database, states: StoredStates, standing: str, reason: str, left: set[Suspender]
) -> None:
    record = await issued(database, StatusPurpose.SUSPENSION)
    await states.suspend("default", record.id, reason, ACTOR, AT)
    await database.within(EVERYWHERE).transaction(single("update watched_sources set standing = $1", standing))
    for by in Suspender:
        for column in ("suspended", "suspension"):
            await run(database, f"alter table credentials drop column {by}_{column}")
    await run(database, "delete from migrations where name = '0016_suspensions'")

    assert await migrate(database) == ("0016_suspensions",)

    for by in left:
        assert (await found(database, record.id)).state is State.SUSPENDED
        await states.reinstate("default", record.id, ACTOR, LATER, by)
    assert await found(database, record.id) == record


async def test_fifty_changes_at_once_are_one_event(database: Database, states: StoredStates) -> None:
    record = await issued(database, StatusPurpose.REVOCATION)

    await asyncio.gather(*(states.revoke("default", record.id, f"{n}", ACTOR, LATER) for n in range(50)))

    assert await told(database, record) == [EventKind.CREDENTIAL_REVOKED]


async def test_a_form_that_can_say_nothing_of_its_state_is_not_said_to_be_revocable(
    database: Database, states: StoredStates
) -> None:
    credentials = StoredCredentials(database, ENVELOPE)
    record = await credentials.plan(plan(sealed := intent(Securing.JADES, Format.ELM_3)))
    await credentials.seal("default", sealed.id, b"the sealed bytes", "the receipt")

    with pytest.raises(NotSuspendable, match="elm-3 has no status entry, so it can say neither that it is suspended"):
        await states.suspend("default", record.id, "", ACTOR, LATER)


async def test_what_was_only_planned_cannot_be_suspended_and_can_be_revoked(
    database: Database, states: StoredStates
) -> None:
    credentials = StoredCredentials(database, ENVELOPE)
    record = await credentials.plan(plan(wanted := intent()))

    with pytest.raises(NotSuspendable, match="nothing of this credential was issued yet"):
        await states.suspend("default", record.id, "", ACTOR, AT)
    await states.revoke("default", record.id, "", ACTOR, AT)

    with pytest.raises(NotActive):
        await credentials.seal("default", wanted.id, b"the sealed bytes", "the receipt")
    assert (await found(database, record.id)).forms[0].sealed is None


async def test_a_revoked_record_gets_no_further_form(database: Database, states: StoredStates) -> None:
    credentials = StoredCredentials(database, ENVELOPE)
    first = plan(intent(), fingerprint=b"f" * 32)
    await credentials.plan(first)
    await states.revoke("default", first.record_id, "", ACTOR, AT)

    with pytest.raises(NotActive):
        await credentials.plan(plan(intent(Securing.VC_JWT), fingerprint=b"f" * 32))

    assert (await credentials.plan(plan(fingerprint=b"f" * 32))).id == first.record_id
    assert len((await found(database, first.record_id)).forms) == 1


async def test_a_badge_that_was_taken_back_gets_no_other_record_until_the_first_is_erased(
    database: Database, states: StoredStates
) -> None:
    credentials = StoredCredentials(database, ENVELOPE)
    first, second = (msgspec.structs.replace(plan(intent()), badge=b"b" * 32) for _ in range(2))
    await credentials.plan(first)
    assert not await credentials.closed("default", b"b" * 32)
    await states.revoke("default", first.record_id, "", ACTOR, AT)

    with pytest.raises(NotActive):
        await credentials.plan(second)

    assert await credentials.closed("default", b"b" * 32)
    assert not await credentials.closed("other", b"b" * 32)
    await run(database, "delete from record_keys")
    assert (await credentials.plan(second)).id == second.record_id


async def test_a_foreign_or_erased_record_is_not_there(database: Database, states: StoredStates) -> None:
    record = await issued(database, StatusPurpose.SUSPENSION)

    for change in (states.revoke, states.suspend):
        with pytest.raises(NotFound):
            await change("other", record.id, "", ACTOR, AT)
    await run(database, "delete from record_keys")
    with pytest.raises(NotFound):
        await states.revoke("default", record.id, "", ACTOR, AT)

    assert not any(await bits(database, record))
