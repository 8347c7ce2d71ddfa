"""What comes back to life while it is being forgotten stays.

PostgreSQL runs both at once, and one transaction is held up where it matters; SQLite has one writer.
"""

import datetime as dt

from gateway.edges.database import Database, micros, single
from gateway.edges.deliveries import StoredDeliveries
from gateway.edges.lapsed import StoredLapsed
from gateway.edges.oauth import StoredConsents
from gateway.edges.outbox import KEPT
from gateway.edges.people import StoredPeople
from gateway.edges.platforms import StoredPlatforms
from gateway.edges.replies import ANSWER_KEPT, StoredReplies
from gateway.edges.webhooks import StoredWebhooks
from gateway.records import Platform
from gateway.records.oauth import Code, Consent
from gateway.records.people import PEOPLE
from tests.gateway.edges.stores import AT, ENVELOPE
from tests.gateway.edges.tenancy import THEIRS
from tests.gateway.edges.test_erased_at_once import HeldUp, meanwhile
from tests.gateway.edges.test_lapsed import DAY, ROWS, counted, webhook
from tests.gateway.edges.test_people import person


async def test_a_secret_that_is_being_changed_again_signs_for_its_time(database: Database) -> None:
    await StoredPlatforms(database).ensure(Platform(id=THEIRS, name="x"))
    await webhook(database)
    now = AT + 2 * DAY
    held_up = HeldUp(database, after="update webhooks set secret =")
    store = StoredWebhooks(held_up, ENVELOPE)

    ends = await meanwhile(
        held_up, store.rotate(THEIRS, "w", b"the third", now + DAY, now, "key k"), StoredLapsed(database).forget(now)
    )

    found = await StoredWebhooks(database, ENVELOPE).find(THEIRS, "w")
    assert not any(isinstance(end, BaseException) for end in ends)
    assert found is not None
    assert (found.secret.before, found.secret.before_until) == (b"the current one", now + DAY)


async def test_a_claim_that_is_being_taken_over_keeps_its_answer(database: Database) -> None:
    replies, now = StoredReplies(database, ENVELOPE), AT + ANSWER_KEPT
    await replies.begin(THEIRS, "holder", "key", b"d" * 32, AT)
    await StoredPlatforms(database).ensure(Platform(id=THEIRS, name="x"))
    held_up = HeldUp(database, after="update replies set at")
    store = StoredReplies(held_up, ENVELOPE)

    await meanwhile(
        held_up,
        store.begin(THEIRS, "holder", "key", b"d" * 32, now),
        StoredLapsed(database).forget(now + dt.timedelta(seconds=1)),
    )

    await replies.finish(THEIRS, "holder", "key", b"d" * 32, b"the answer")
    assert await replies.begin(THEIRS, "holder", "key", b"d" * 32, now + dt.timedelta(seconds=2)) == b"the answer"


async def test_a_client_that_somebody_is_saying_yes_to_stays(database: Database) -> None:
    someone, now = await StoredPeople(database, ENVELOPE).ensure(person("learner@example.org")), AT + 2 * DAY
    unused = ROWS[0].replace("$2, $2)", "$2, null)")
    await database.within(PEOPLE).transaction(single(unused, PEOPLE, micros(AT)))
    consent = Consent(id="g", platform=PEOPLE, person=someone.id, client="c", scopes=(), granted=now)
    code = Code(sha256=b"s" * 32, consent=consent, redirect_uri="", challenge="", expires=now + DAY)
    held_up = HeldUp(database, after="insert into oauth_codes")
    store = StoredConsents(held_up)

    ends = await meanwhile(held_up, store.grant(code, now), StoredLapsed(database).forget(now))

    assert ends == [True, None]
    assert await counted(database, "oauth_clients") == 1


async def test_a_message_that_is_being_sent_again_stays(database: Database) -> None:
    await StoredPlatforms(database).ensure(Platform(id=THEIRS, name="x"))
    await webhook(database)
    now, deliveries = AT + KEPT + DAY, StoredDeliveries(database)
    [dead] = await deliveries.page(THEIRS, "w", None, "", 10)
    held_up = HeldUp(database, after="update webhook_deliveries set created =")
    store = StoredDeliveries(held_up)

    ends = await meanwhile(
        held_up, store.replay(THEIRS, "w", dead.id, now, "key k"), StoredLapsed(database).forget(now)
    )

    assert ends == [True, None]
    assert len(await deliveries.page(THEIRS, "w", None, "", 10)) == 1
