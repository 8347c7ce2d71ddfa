"""Idempotency keys: one works, the others wait or get its answer."""

import asyncio
import datetime as dt

import pytest

from gateway.edges.database import EVERYWHERE, Database, single
from gateway.edges.replies import SOME_BYTES, StoredReplies
from gateway.errors import IdempotencyConflict, InProgress
from tests.gateway.edges.stores import AT, ENVELOPE, dumped, intent, issued

BODY, OTHER_BODY = b"b" * 32, b"o" * 32


def after(seconds: float) -> dt.datetime:
    return AT + dt.timedelta(seconds=seconds)


@pytest.fixture
def replies(database: Database) -> StoredReplies:
    return StoredReplies(database, ENVELOPE)


async def test_the_answer_of_the_first_is_the_answer_of_all_later_ones(replies: StoredReplies) -> None:
    assert await replies.begin("default", "holder", "key", BODY, AT) is None
    await replies.finish("default", "holder", "key", BODY, b"the answer")

    again = [await replies.begin("default", "holder", "key", BODY, after(seconds)) for seconds in (1, 3600, 86_400)]

    assert again == [b"the answer"] * 3


async def test_a_key_with_another_body_is_a_conflict_before_and_after_the_answer(replies: StoredReplies) -> None:
    await replies.begin("default", "holder", "key", BODY, AT)
    with pytest.raises(IdempotencyConflict):
        await replies.begin("default", "holder", "key", OTHER_BODY, after(1))

    await replies.finish("default", "holder", "key", BODY, b"the answer")

    with pytest.raises(IdempotencyConflict):
        await replies.begin("default", "holder", "key", OTHER_BODY, after(2))


async def test_the_same_key_of_another_holder_is_another_key(replies: StoredReplies) -> None:
    await replies.begin("default", "holder", "key", BODY, AT)
    await replies.finish("default", "holder", "key", BODY, b"the answer")

    assert await replies.begin("default", "other", "key", OTHER_BODY, AT) is None


async def test_of_twenty_at_once_one_works(replies: StoredReplies) -> None:
    answers = await asyncio.gather(
        *(replies.begin("default", "holder", "key", BODY, AT) for _ in range(20)), return_exceptions=True
    )

    assert [answer for answer in answers if not isinstance(answer, InProgress)] == [None]


async def test_a_claim_of_a_minute_ago_is_claimed_anew_by_one(replies: StoredReplies) -> None:
    await replies.begin("default", "holder", "key", BODY, AT)
    with pytest.raises(InProgress):
        await replies.begin("default", "holder", "key", BODY, after(59.9))

    answers = await asyncio.gather(
        *(replies.begin("default", "holder", "key", BODY, after(60)) for _ in range(10)), return_exceptions=True
    )

    assert [answer for answer in answers if not isinstance(answer, InProgress)] == [None]


async def test_whoever_finishes_after_the_claim_was_taken_over_and_released_keeps_nothing(database: Database) -> None:
    replies, form = StoredReplies(database, ENVELOPE), await issued(database, intent())
    await replies.begin("default", "holder", "key", BODY, AT)
    await replies.begin("default", "holder", "key", BODY, after(61))
    await replies.forget("default", "holder", "key", BODY)

    await replies.finish("default", "holder", "key", BODY, b"the answer", {form.credential})

    assert await dumped(database, "replies", "reply_records") == b""


async def test_a_key_that_was_forgotten_may_come_with_another_body(replies: StoredReplies) -> None:
    await replies.begin("default", "holder", "key", BODY, AT)

    await replies.forget("default", "holder", "key", BODY)

    assert await replies.begin("default", "holder", "key", OTHER_BODY, after(1)) is None


async def test_an_answer_is_neither_forgotten_nor_replaced(replies: StoredReplies) -> None:
    await replies.begin("default", "holder", "key", BODY, AT)
    await replies.finish("default", "holder", "key", BODY, b"the answer")

    await replies.forget("default", "holder", "key", BODY)
    await replies.finish("default", "holder", "key", BODY, b"a later answer")

    assert await replies.begin("default", "holder", "key", BODY, after(1)) == b"the answer"


async def test_a_late_worker_leaves_the_key_to_the_request_that_has_it_by_now(replies: StoredReplies) -> None:
    await replies.begin("default", "holder", "key", BODY, AT)
    await replies.begin("default", "holder", "key", BODY, after(61))
    await replies.forget("default", "holder", "key", BODY)
    await replies.begin("default", "holder", "key", OTHER_BODY, after(62))

    await replies.finish("default", "holder", "key", BODY, b"the answer to what was asked first")
    await replies.forget("default", "holder", "key", BODY)

    with pytest.raises(InProgress):
        await replies.begin("default", "holder", "key", OTHER_BODY, after(63))
    await replies.finish("default", "holder", "key", OTHER_BODY, b"its own answer")
    assert await replies.begin("default", "holder", "key", OTHER_BODY, after(64)) == b"its own answer"


async def test_an_answer_is_gone_after_more_than_a_day(replies: StoredReplies) -> None:
    await replies.begin("default", "holder", "key", BODY, AT)
    await replies.finish("default", "holder", "key", BODY, b"the answer")

    assert await replies.begin("default", "holder", "key", OTHER_BODY, after(26 * 3600)) is None


async def test_neither_answer_nor_key_stands_in_the_database_in_plain(replies: StoredReplies) -> None:
    await replies.begin("default", "holder", "a key of the caller", BODY, AT)
    await replies.finish("default", "holder", "a key of the caller", BODY, b"the answer")

    written = await dumped(replies.database, "replies")

    assert b"the answer" not in written
    assert b"a key of the caller" not in written


async def test_a_reply_belongs_to_the_platform_of_its_holder(replies: StoredReplies) -> None:
    await replies.begin("default", "holder", "key", BODY, AT)

    [row] = await replies.database.within("default").fetch("select platform from replies")
    assert row["platform"] == "default"


async def test_of_answers_without_end_the_latest_are_kept(database: Database) -> None:
    small = StoredReplies(database, ENVELOPE, room_bytes=4000)
    for number in range(20):
        await small.begin("default", "holder", f"key {number}", BODY, after(number))
        await small.finish("default", "holder", f"key {number}", BODY, bytes(1000))
    await small.begin("other", "holder of another", "key", BODY, AT)

    rows = await database.within(EVERYWHERE).fetch("select platform, size from replies where answer is not null")
    last = await small.begin("default", "holder", "key 19", BODY, after(20))
    first = await small.begin("default", "holder", "key 0", BODY, after(20))

    assert 1 < len(rows) < 5
    assert last == bytes(1000)
    assert first is None


async def test_a_claim_deletes_of_what_is_over_its_own_key_alone(replies: StoredReplies) -> None:
    for key in ("key", "another"):
        await replies.begin("default", "holder", key, BODY, AT)
        await replies.finish("default", "holder", key, BODY, b"the answer")

    await replies.begin("default", "holder", "key", OTHER_BODY, after(26 * 3600))

    rows = await replies.database.within("default").fetch("select answer is null as claimed from replies order by at")
    assert [bool(row["claimed"]) for row in rows] == [False, True]


async def test_who_makes_room_deletes_a_few_at_once(database: Database) -> None:
    small = StoredReplies(database, ENVELOPE, room_bytes=4000)
    insert = """
insert into replies (holder, key, platform, body_sha256, answer, size, at)
values ('holder', $1, 'default', $1, $1, $2, $3)
"""
    for number in range(20):
        values = (bytes([number]), SOME_BYTES // 4, number)
        await database.within("default").transaction(single(insert, *values))
    left = []

    for number in range(6):
        await small.begin("default", "holder", f"key {number}", BODY, after(number))
        await small.finish("default", "holder", f"key {number}", BODY, bytes(300))
        rows = await database.within("default").fetch("select count(*) as total from replies where size > 4000")
        left.append(rows[0]["total"])

    assert left == [16, 12, 8, 4, 0, 0]
