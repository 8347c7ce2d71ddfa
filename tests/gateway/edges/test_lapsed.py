"""What has ended is forgotten of everybody, also of those who never come back; on both databases."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from gateway.edges import lapsed
from gateway.edges.database import EVERYWHERE, Database, Row, Value, Work, micros, single
from gateway.edges.deliveries import StoredDeliveries
from gateway.edges.lapsed import AT_ONCE, LAPSES, StoredLapsed
from gateway.edges.migrate import migrations
from gateway.edges.people import StoredPeople
from gateway.edges.people_sessions import StoredLinks, StoredSessions
from gateway.edges.platforms import StoredPlatforms
from gateway.edges.replies import SOME_BYTES, StoredReplies
from gateway.edges.webhooks import StoredWebhooks
from gateway.records import Platform
from gateway.records.people import PEOPLE
from gateway.records.webhooks import VERIFICATION, Delivery, DeliveryState, Secret, Webhook
from tests.gateway.edges.driven import Driven
from tests.gateway.edges.stores import AT, ENVELOPE
from tests.gateway.edges.tenancy import THEIRS, belongings
from tests.gateway.edges.test_people import link, person, session

DAY = dt.timedelta(days=1)
ENDS = re.compile(r"^    (expires|until|before_until) ", re.MULTILINE)

ROWS = (
    """
insert into oauth_clients (id, platform, name, authentication, secret, redirect_uris, grant_types, scopes, client_uri,
                           tos_uri, policy_uri, created, used)
values ('c', $1, '', '', null, '', '', '', '', '', '', $2, $2)
""",
    "insert into oauth_consents (id, platform, person, client, scopes, granted) values ('g', $1, PERSON, 'c', '', $2)",
    """
insert into application_passwords (id, platform, person, name, sha256, created) values ('p', $1, PERSON, $3, $3, $2)
""",
    """
insert into oauth_codes (sha256, platform, consent, client, redirect_uri, challenge, expires)
values ($3, $1, 'g', 'c', '', '', $2)
""",
    """
insert into oauth_access_tokens (sha256, platform, consent, person, client, scopes, expires)
values ($3, $1, 'g', PERSON, 'c', '', $2)
""",
    """
insert into oauth_refresh_tokens (sha256, platform, consent, client, expires) values ($3, $1, 'g', 'c', $2)
""",
    """
insert into application_tokens (sha256, platform, password, person, kind, expires) values ($3, $1, 'p', PERSON, '', $2)
""",
)
"""What applications of a person are given."""

OTHERWISE = {
    "api_keys": "what has ended is shown with the keys of the platform",
    "oauth_clients": "as keys are; those that nobody used are forgotten",
    "trials": "ForgetOver forgets what twins have set up",
}
"""Tables that keep something with an end, and who forgets it."""


@dataclass(frozen=True)
class Counting(Driven):
    """A database that counts the rows that each statement returns."""

    counts: list[int]

    def step(self, number: int, sql: str, values: tuple[Value, ...]) -> Work[Sequence[Row]]:
        del number
        rows = yield sql, values
        self.counts.append(len(rows))
        return rows


async def counted(database: Database, table: str) -> int:
    rows = await database.within(EVERYWHERE).fetch(f"select count(*) as total from {table}")  # noqa: S608 - ours
    return int(rows[0]["total"])


async def webhook(database: Database) -> StoredWebhooks:
    """An endpoint whose secret was changed, and the message that it was sent."""
    webhooks, message = StoredWebhooks(database, ENVELOPE), "message"
    made = Webhook(
        id="w", platform=THEIRS, url="https://lms.example.org/in", secret=Secret(current=b"before"), created=AT
    )
    asked = Delivery(webhook="w", id=message, platform=THEIRS, type=VERIFICATION, created=AT, due=AT)
    await webhooks.add(made, asked, "key k", 1)
    await webhooks.rotate(THEIRS, "w", b"the current one", AT + DAY, AT, "key k")
    await webhooks.disabled(THEIRS, "w", AT, "key k")
    return webhooks


@pytest.fixture
async def full(database: Database) -> Database:
    """A database with everything in it that ends."""
    platforms = StoredPlatforms(database)
    await platforms.ensure(Platform(id=THEIRS, name="x"))
    await belongings(database)
    replies = StoredReplies(database, ENVELOPE)
    await replies.finish(THEIRS, "holder", "key", b"b" * 32, b"the text of an API key")
    await StoredLinks(database, ENVELOPE).put(link("token"))
    someone = await StoredPeople(database, ENVELOPE).ensure(person("learner@example.org"))
    await StoredSessions(database).start(session(someone.id))
    values = (PEOPLE, micros(AT), b"d" * 32)
    for insert in ROWS:
        named = max(re.findall(r"\$(\d)", insert))
        theirs = insert.replace("PERSON", f"'{someone.id}'")
        await database.within(PEOPLE).transaction(single(theirs, *values[: int(named)]))
    return database


@pytest.mark.parametrize(
    ("table", "left_after", "gone_after"),
    [
        ("replies", DAY, DAY + dt.timedelta(hours=2)),
        ("sign_in_links", DAY, 2 * DAY),
        ("sessions", 29 * DAY, 31 * DAY),
        ("oauth_access_tokens", dt.timedelta(0), DAY),
        ("oauth_refresh_tokens", dt.timedelta(0), DAY),
        ("application_tokens", dt.timedelta(0), DAY),
        ("oauth_codes", dt.timedelta(hours=23), 2 * DAY),
        ("offers", 90 * DAY, 200 * DAY),
        ("europass_share_links", 29 * DAY, 31 * DAY),
    ],
)
async def test_what_has_ended_is_forgotten_of_all_platforms(
    full: Database, table: str, left_after: dt.timedelta, gone_after: dt.timedelta
) -> None:
    forgets = StoredLapsed(full)
    before = await counted(full, table)

    await forgets.forget(AT + left_after)
    left = await counted(full, table)
    await forgets.forget(AT + gone_after)

    assert before == left > 0
    assert await counted(full, table) == 0


async def test_messages_and_former_secrets_are_forgotten(full: Database) -> None:
    webhooks = await webhook(full)
    deliveries = StoredDeliveries(full)

    await StoredLapsed(full).forget(AT + 2 * DAY)
    kept = await deliveries.page(THEIRS, "w", DeliveryState.DEAD, "", 10)
    found = await webhooks.find(THEIRS, "w")
    await StoredLapsed(full).forget(AT + 31 * DAY)

    assert len(kept) == 1
    assert found is not None
    assert (found.secret.current, found.secret.before_until) == (b"the current one", None)
    assert found.secret.before != b"before"
    assert await counted(full, "webhook_deliveries") == 0


async def test_what_is_over_is_forgotten_to_the_last(database: Database) -> None:
    insert = "insert into replies (holder, key, platform, body_sha256, at) values ($1, $2, $3, $2, 0)"

    def work() -> Work[None]:
        for number in range(2 * AT_ONCE + 1):
            yield insert, (str(number), b"k" * 32, PEOPLE)

    await database.within(PEOPLE).transaction(work)

    await StoredLapsed(database).forget(AT)

    assert await counted(database, "replies") == 0


async def test_of_large_answers_a_few_go_in_one_transaction(database: Database) -> None:
    insert = """
insert into replies (holder, key, platform, body_sha256, answer, size, at) values ($1, $2, $3, $2, $2, $4, 0)
"""

    def work() -> Work[None]:
        for number in range(20):
            yield insert, (str(number), b"k" * 32, PEOPLE, SOME_BYTES // 4)

    await database.within(PEOPLE).transaction(work)
    counting = Counting(database, [])

    await StoredLapsed(counting).forget(AT)

    assert [count for count in counting.counts if count] == [4] * 5


async def test_a_table_where_it_fails_keeps_no_other_waiting(full: Database, caplog: pytest.LogCaptureFixture) -> None:
    await full.within(PEOPLE).transaction(single("update oauth_clients set used = null where platform = $1", PEOPLE))

    await StoredLapsed(full).forget(AT + 200 * DAY)

    assert "against the schema" in caplog.text
    assert [await counted(full, table) for table in ("oauth_clients", "oauth_codes", "offers")] == [1, 0, 0]


def test_every_table_that_keeps_something_with_an_end_is_looked_through() -> None:
    made = re.findall(
        r"create table (\w+) \((.*?)^\)", "".join(migrations("sqlite").values()), re.DOTALL | re.MULTILINE
    )
    ending = {table for table, columns in made if ENDS.search(columns)}

    looked_through = {table for table in ending if any(re.search(rf"\b{table}\b", sql) for sql, _ in LAPSES)}

    assert ending - looked_through - set(OTHERWISE) == set()
    assert {sql for sql in vars(lapsed).values() if isinstance(sql, str) and "returning" in sql} == {
        sql for sql, _ in LAPSES
    }
