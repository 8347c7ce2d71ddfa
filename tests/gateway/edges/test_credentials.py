"""Records and forms, planned and sealed: once each, whatever comes together."""

import asyncio
import datetime as dt
import uuid
from collections.abc import Sequence

import msgspec
import pytest

from adapters.hub.contract import Format
from gateway.edges.audit import StoredAuditTrail
from gateway.edges.credentials import StoredCredentials
from gateway.edges.database import Database
from gateway.edges.envelope import Envelope
from gateway.edges.forms import StoredForms
from gateway.edges.platforms import StoredPlatforms
from gateway.edges.records import StoredRecords
from gateway.errors import IssueLimit, NotFound, Unavailable, Unstorable
from gateway.ports import Search
from gateway.records import Form, Platform, Record, Securing, State, Summary
from gateway.records.tenants import Quota
from tests.gateway.edges.stores import AT, ENVELOPE, SECRETS, dumped, intent, issued, plan, run, source


@pytest.fixture
def credentials(database: Database) -> StoredCredentials:
    return StoredCredentials(database, ENVELOPE)


@pytest.fixture
def records(database: Database) -> StoredRecords:
    return StoredRecords(database, ENVELOPE)


async def test_the_audit_trail_says_who_asked_for_what_and_only_once(
    credentials: StoredCredentials, database: Database
) -> None:
    first = plan(intent())
    again = msgspec.structs.replace(first, intents=(intent(Securing.VC_JWT),), actor="key another")
    award = msgspec.structs.replace(plan(intent()), source=None)

    for wanted in (first, first, again, again, award):
        await credentials.plan(wanted)

    trail = await StoredAuditTrail(database).page("default", "", 10)
    assert sorted((entry.actor, entry.action, entry.target) for entry in trail) == [
        ("key another", "credential.extended", first.record_id),
        ("key holder-1", "credential.converted", first.record_id),
        ("key holder-1", "credential.issued", award.record_id),
    ]


async def test_what_was_planned_is_what_is_found(credentials: StoredCredentials, records: StoredRecords) -> None:
    wanted = intent()
    planned = plan(wanted)

    stored = await credentials.plan(planned)

    assert stored == Record(
        id=planned.record_id,
        platform="default",
        created=AT,
        title="the title",
        source=source(),
        forms=(Form(intent=wanted, platform="default", credential=planned.record_id),),
    )
    assert await records.find("default", planned.record_id) == stored
    assert await records.find(None, planned.record_id) == stored
    assert await credentials.known("default", planned.fingerprint) == stored


async def test_nothing_is_found_from_another_platform(
    credentials: StoredCredentials, records: StoredRecords, database: Database
) -> None:
    planned = plan(wanted := intent())
    await credentials.plan(planned)

    assert await records.find("other", planned.record_id) is None
    assert await credentials.known("other", planned.fingerprint) is None
    assert await StoredForms(database, ENVELOPE).find("other", wanted.id) is None
    assert await records.page("other", Search(limit=10)) == ()


@pytest.mark.parametrize("unstorable", ["\0", "a\0b", "\ud800"])
async def test_an_id_that_cannot_be_stored_is_not_found(records: StoredRecords, unstorable: str) -> None:
    found = await records.find("default", unstorable)

    assert found is None


async def test_text_that_cannot_be_stored_is_a_mistake_of_ours(credentials: StoredCredentials) -> None:
    with pytest.raises(Unstorable):
        await credentials.plan(plan(platform="a\0b"))


async def test_the_same_fingerprint_gives_the_stored_record_and_only_the_forms_that_it_lacks(
    credentials: StoredCredentials,
) -> None:
    first = plan(signed := intent(), fingerprint=b"f" * 32)
    await credentials.plan(first)
    again = plan(
        intent(),
        hosted := intent(Securing.HOSTED, Format.OPEN_BADGES_2),
        fingerprint=b"f" * 32,
        title="another title",
        report=b"a later report",
    )

    stored = await credentials.plan(again)

    assert (stored.id, stored.title) == (first.record_id, "the title")
    assert {form.intent.id for form in stored.forms} == {signed.id, hosted.id}
    assert stored.source == source(b"a later report")


async def test_fifty_plans_of_one_source_at_once_are_one_record(credentials: StoredCredentials) -> None:
    plans = [plan(intent(), fingerprint=b"f" * 32) for _ in range(50)]

    stored = await asyncio.gather(*map(credentials.plan, plans))

    assert len({record.id for record in stored}) == 1
    assert len({record.forms[0].intent.id for record in stored}) == 1
    assert {len(record.forms) for record in stored} == {1}


async def test_plans_at_once_keep_within_the_quota_of_a_platform(
    credentials: StoredCredentials, database: Database
) -> None:
    await StoredPlatforms(database).ensure(Platform(id="default", name="Default"))
    quota = Quota(most=3, since=AT - dt.timedelta(hours=1), ends_in_s=60.0)
    plans = [msgspec.structs.replace(plan(intent()), quota=quota) for _ in range(12)]

    done = await asyncio.gather(*map(credentials.plan, plans), return_exceptions=True)
    [first, *_] = [each for each, record in zip(plans, done, strict=True) if isinstance(record, Record)]
    again = await credentials.plan(first)

    assert sum(isinstance(each, IssueLimit) for each in done) == 9
    assert len(again.forms) == 1


async def test_a_plan_with_a_status_entry_that_nobody_allocated_writes_nothing(
    credentials: StoredCredentials, records: StoredRecords
) -> None:
    with pytest.raises(ValueError, match="against the schema"):
        await credentials.plan(plan(intent(status=("no-list", 7))))

    assert await records.page("default", Search(limit=10)) == ()


async def test_the_first_sealed_bytes_stay(credentials: StoredCredentials) -> None:
    form = await issued(credentials.database, intent())

    again, first = await credentials.seal("default", form.intent.id, b"other bytes", "other receipt")

    assert (again.sealed, again.receipt) == (b"the sealed bytes", "the receipt")
    assert (again, first) == (form, False)


async def test_twenty_seals_at_once_all_return_the_same_bytes_and_one_was_first(credentials: StoredCredentials) -> None:
    await credentials.plan(plan(wanted := intent()))

    answers = await asyncio.gather(
        *(
            credentials.seal("default", wanted.id, f"bytes {number}".encode(), f"receipt {number}")
            for number in range(20)
        )
    )

    forms = [form for form, _ in answers]
    assert [first for _, first in answers].count(True) == 1
    assert len({(form.sealed, form.receipt) for form in forms}) == 1
    assert await StoredForms(credentials.database, ENVELOPE).find("default", wanted.id) == forms[0]


async def test_sealing_a_form_that_is_not_there_is_not_found(credentials: StoredCredentials) -> None:
    with pytest.raises(NotFound):
        await credentials.seal("default", str(uuid.uuid4()), b"", "")


async def test_pages_go_from_the_newest_to_the_oldest_without_a_gap(
    credentials: StoredCredentials, records: StoredRecords
) -> None:
    # Three instants for seven records: the order of those of one instant must hold across pages too.
    created = [AT + dt.timedelta(microseconds=number // 3) for number in range(7)]
    for number, at in enumerate(created):
        await credentials.plan(plan(intent(), created=at, title=f"title {number}"))

    pages: list[Sequence[Summary]] = []
    after = None
    while page := await records.page("default", Search(limit=3, after=after)):
        pages.append(page)
        after = page[-1].created, page[-1].id

    assert [len(page) for page in pages] == [3, 3, 1]
    lines = [line for page in pages for line in page]
    assert [line.created for line in lines] == sorted(created, reverse=True)
    assert {line.title for line in lines} == {f"title {number}" for number in range(7)}


async def test_a_line_of_a_page_names_the_formats_that_were_issued(
    credentials: StoredCredentials, records: StoredRecords
) -> None:
    form = await issued(credentials.database, intent())
    lacking = plan(intent(Securing.HOSTED, Format.OPEN_BADGES_2))
    await credentials.plan(msgspec.structs.replace(lacking, created=AT - dt.timedelta(days=1)))

    page = await records.page("default", Search(limit=10))

    assert page == (
        Summary(
            id=form.credential,
            created=AT,
            updated=AT,
            title="the title",
            state=State.ACTIVE,
            source_format=Format.OPEN_BADGES_2,
            formats=(Format.OPEN_BADGES_3,),
        ),
        Summary(
            id=lacking.record_id,
            created=AT - dt.timedelta(days=1),
            updated=AT - dt.timedelta(days=1),
            title="the title",
            state=State.INTENDED,
            source_format=Format.OPEN_BADGES_2,
            formats=(),
        ),
    )


async def test_a_record_whose_key_row_is_deleted_is_gone_and_can_be_sent_anew(
    credentials: StoredCredentials, records: StoredRecords
) -> None:
    erased = plan(wanted := intent(), fingerprint=b"f" * 32)
    await credentials.plan(erased)
    await run(credentials.database, "delete from record_keys")
    forms = StoredForms(credentials.database, ENVELOPE)

    assert await records.find("default", erased.record_id) is None
    assert await records.page("default", Search(limit=10)) == ()
    assert await credentials.known("default", erased.fingerprint) is None
    assert await forms.find("default", wanted.id) is None
    assert await forms.original("default", erased.record_id) is None
    anew = await credentials.plan(plan(intent(), fingerprint=b"f" * 32))
    assert anew.id != erased.record_id


async def test_no_document_stands_in_the_database_in_plain(credentials: StoredCredentials) -> None:
    await issued(credentials.database, intent())

    written = await dumped(credentials.database, "credentials", "record_keys", "sources", "forms")

    assert [secret for secret in SECRETS if secret in written] == []


async def test_encrypted_bytes_moved_to_another_record_do_not_open(
    credentials: StoredCredentials, records: StoredRecords
) -> None:
    await credentials.plan(planned := plan())
    await credentials.plan(other := plan())
    await run(
        credentials.database,
        "update sources set received = (select received from sources "  # noqa: S608 - ids of ours
        f"where credential = '{other.record_id}') where credential = '{planned.record_id}'",
    )

    with pytest.raises(Unavailable, match=r"sources\.received"):
        await records.find("default", planned.record_id)


async def test_another_master_key_opens_nothing_and_says_what_to_do(credentials: StoredCredentials) -> None:
    await credentials.plan(planned := plan())

    with pytest.raises(Unavailable, match="cannot be decrypted") as caught:
        await StoredRecords(credentials.database, Envelope(bytes(32))).find("default", planned.record_id)

    assert "master key" in caught.value.fix
