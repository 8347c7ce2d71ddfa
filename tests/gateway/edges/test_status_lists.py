"""Status entries, given out at random and never twice, and forms that are revoked through them."""

import asyncio
import datetime as dt
from itertools import pairwise

import msgspec
import pytest

from adapters.hub.contract import Format
from gateway.edges.credentials import StoredCredentials
from gateway.edges.database import Database
from gateway.edges.forms import StoredForms
from gateway.edges.records import StoredRecords
from gateway.edges.status_lists import StoredStatusLists
from gateway.errors import NotFound
from gateway.records import Securing, StatusPurpose
from gateway.records.status_lists import StatusList
from tests.gateway.edges.stores import AT, ENVELOPE, intent, issued, opened, plan, revoke, source

LATER = AT + dt.timedelta(hours=1)


@pytest.fixture
def lists(database: Database) -> StoredStatusLists:
    return StoredStatusLists(database)


@pytest.fixture
def forms(database: Database) -> StoredForms:
    return StoredForms(database, ENVELOPE)


async def found(lists: StoredStatusLists, list_id: str) -> StatusList:
    status_list = await lists.find("default", list_id)
    assert status_list is not None
    return status_list


def signed(status_list: StatusList, signed: bytes, version: int, at: dt.datetime = AT) -> StatusList:
    return msgspec.structs.replace(
        status_list,
        signed=signed,
        token=b"a token",
        signed_version=version,
        valid_from=at,
        valid_until=at + dt.timedelta(hours=24),
    )


async def test_a_new_list_has_131072_bits_that_are_not_set(lists: StoredStatusLists) -> None:
    list_id, _ = await lists.allocate("default", StatusPurpose.REVOCATION)

    assert await lists.find("default", list_id) == StatusList(
        id=list_id,
        platform="default",
        purpose="revocation",
        length=131_072,
        bits=bytes(16_384),
        version=0,
    )
    assert await lists.find("other", list_id) is None


async def test_a_hundred_allocations_at_once_never_collide(lists: StoredStatusLists) -> None:
    entries = await asyncio.gather(*(lists.allocate("default", StatusPurpose.REVOCATION) for _ in range(100)))

    assert len(set(entries)) == 100
    assert len({list_id for list_id, _ in entries}) == 1


async def test_two_processes_share_a_list_and_never_collide(lists: StoredStatusLists, migrated_place: str) -> None:
    database = await opened(migrated_place)
    other = StoredStatusLists(database)

    entries = await asyncio.gather(
        *(each.allocate("default", StatusPurpose.REVOCATION) for _ in range(50) for each in (lists, other))
    )

    await database.close()
    assert len(set(entries)) == 100
    assert len({list_id for list_id, _ in entries}) == 1


async def test_entries_are_random_and_do_not_tell_the_order(lists: StoredStatusLists) -> None:
    entries = [(await lists.allocate("default", StatusPurpose.REVOCATION))[1] for _ in range(200)]

    rising = sum(first < second for first, second in pairwise(entries))

    assert 60 < rising < 140
    assert max(entries) > 131_072 * 3 // 4
    assert min(entries) < 131_072 // 4


async def test_a_list_is_opened_when_one_is_half_full(database: Database) -> None:
    lists = StoredStatusLists(database, length=64)

    entries = await asyncio.gather(*(lists.allocate("default", StatusPurpose.REVOCATION) for _ in range(80)))

    per_list: dict[str, set[int]] = {}
    for list_id, index in entries:
        per_list.setdefault(list_id, set()).add(index)
    assert sorted(map(len, per_list.values())) == [16, 32, 32]


async def test_platforms_and_purposes_have_lists_of_their_own(lists: StoredStatusLists) -> None:
    owners = [
        ("default", StatusPurpose.REVOCATION),
        ("default", StatusPurpose.SUSPENSION),
        ("other", StatusPurpose.REVOCATION),
    ]

    entries = [await lists.allocate(*owner) for owner in owners]

    assert len({list_id for list_id, _ in entries}) == 3


async def test_an_entry_can_be_in_one_form_only(lists: StoredStatusLists) -> None:
    entry = await lists.allocate("default", StatusPurpose.REVOCATION)
    await issued(lists.database, intent(status=entry))

    with pytest.raises(ValueError, match="against the schema"):
        await issued(lists.database, intent(status=entry))


async def test_revoking_sets_the_bit_and_raises_the_version(lists: StoredStatusLists) -> None:
    list_id, index = entry = await lists.allocate("default", StatusPurpose.REVOCATION)
    form = await issued(lists.database, intent(status=entry))

    revoked = await revoke(lists.database, form, "a mistake", LATER)

    status_list = await found(lists, list_id)
    assert revoked == msgspec.structs.replace(form, revoked=LATER, revocation_reason="a mistake")
    assert status_list.version == 1
    set_bits = [n for n in range(status_list.length) if status_list.bits[n // 8] & 0x80 >> n % 8]
    assert set_bits == [index]


async def test_the_first_reason_stays_and_the_version_rises_once(lists: StoredStatusLists) -> None:
    list_id, _ = entry = await lists.allocate("default", StatusPurpose.REVOCATION)
    form = await issued(lists.database, intent(status=entry))
    first = await revoke(lists.database, form, "a mistake", AT)

    again = await revoke(lists.database, form, "another reason", LATER)

    assert again == first
    assert (await found(lists, list_id)).version == 1


async def test_forms_of_one_list_revoked_at_once_all_have_their_bits_set(lists: StoredStatusLists) -> None:
    entries = [await lists.allocate("default", StatusPurpose.REVOCATION) for _ in range(20)]
    issued_forms = [await issued(lists.database, intent(status=entry)) for entry in entries]

    await asyncio.gather(*(revoke(lists.database, form, "", LATER) for form in issued_forms))

    status_list = await found(lists, entries[0][0])
    assert status_list.version == 20
    assert all(status_list.bits[index // 8] & 0x80 >> index % 8 for _, index in entries)
    assert sum(byte.bit_count() for byte in status_list.bits) == 20


async def test_a_form_is_not_revoked_from_another_platform(lists: StoredStatusLists, forms: StoredForms) -> None:
    form = await issued(lists.database, intent())

    with pytest.raises(NotFound):
        await revoke(lists.database, form, "", LATER, "other")

    assert await forms.find("default", form.intent.id) == form


async def test_only_hosted_and_jws_forms_are_in_the_revocation_list(
    lists: StoredStatusLists, forms: StoredForms
) -> None:
    made = {securing: await issued(lists.database, intent(securing, Format.OPEN_BADGES_2)) for securing in Securing}
    await issued(lists.database, intent(Securing.HOSTED))
    for number, form in enumerate(made.values()):
        await revoke(lists.database, form, f"reason {number}", AT + dt.timedelta(hours=number))

    revoked = await forms.revoked("default")

    assert revoked == (
        (made[Securing.HOSTED].intent.id, "reason 2"),
        (made[Securing.JWS].intent.id, "reason 3"),
    )
    assert await forms.revoked("other") == ()


async def test_the_original_of_a_record_is_what_was_received(database: Database, forms: StoredForms) -> None:
    record = await StoredCredentials(database, ENVELOPE).plan(plan())

    assert await forms.original("default", record.id) == source()
    assert await forms.original("default", "nothing") is None
    assert await StoredRecords(database, ENVELOPE).find("default", record.id) == record


async def test_a_list_is_due_before_its_first_signing_after_a_change_and_before_its_end(
    lists: StoredStatusLists,
) -> None:
    list_id, _ = entry = await lists.allocate("default", StatusPurpose.REVOCATION)
    form = await issued(lists.database, intent(status=entry))

    new = await lists.due(AT)
    await lists.publish(signed(new[0], b"signed once", 0))
    fresh = await lists.due(AT + dt.timedelta(hours=12))
    ending = await lists.due(AT + dt.timedelta(hours=25))
    await revoke(lists.database, form, "", LATER)
    changed = await lists.due(AT)

    assert [each.id for each in new] == [list_id]
    assert fresh == ()
    assert [each.signed for each in ending] == [b"signed once"]
    assert [(each.version, each.signed_version) for each in changed] == [(1, 0)]


async def test_what_was_published_is_found_with_its_times(lists: StoredStatusLists) -> None:
    list_id, _ = await lists.allocate("default", StatusPurpose.REVOCATION)
    status_list = signed(await found(lists, list_id), b"signed", 0)

    await lists.publish(status_list)

    assert await found(lists, list_id) == status_list


async def test_an_older_version_never_replaces_a_newer_one(lists: StoredStatusLists) -> None:
    list_id, _ = await lists.allocate("default", StatusPurpose.REVOCATION)
    status_list = await found(lists, list_id)
    assert await lists.publish(signed(status_list, b"newest", 2, LATER))

    assert not await lists.publish(signed(status_list, b"older version", 1, LATER + dt.timedelta(hours=1)))
    assert not await lists.publish(signed(status_list, b"same version, earlier", 2, AT))
    assert not await lists.publish(signed(status_list, b"same version, same time", 2, LATER))
    assert not await lists.publish(signed(status_list, b"newer version, same time", 3, LATER))

    assert (await found(lists, list_id)).signed == b"newest"


async def test_a_version_does_not_undo_a_bit_that_was_set_while_it_was_signed(lists: StoredStatusLists) -> None:
    list_id, _ = entry = await lists.allocate("default", StatusPurpose.REVOCATION)
    form = await issued(lists.database, intent(status=entry))
    before = await found(lists, list_id)
    await revoke(lists.database, form, "", LATER)

    await lists.publish(signed(before, b"without the bit", before.version))

    status_list = await found(lists, list_id)
    assert any(status_list.bits)
    assert [each.id for each in await lists.due(AT)] == [list_id]


async def test_a_list_without_times_is_not_published(lists: StoredStatusLists) -> None:
    list_id, _ = await lists.allocate("default", StatusPurpose.REVOCATION)

    with pytest.raises(ValueError, match="from when"):
        await lists.publish(await found(lists, list_id))
