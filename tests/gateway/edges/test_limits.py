"""However many come at once, no more are kept than there may be; on both databases."""

import asyncio
import datetime as dt

import msgspec
import pytest

from gateway.edges.app_passwords import StoredAppPasswords
from gateway.edges.database import EVERYWHERE, Database
from gateway.edges.people import StoredPeople
from gateway.edges.platforms import StoredPlatforms
from gateway.edges.trials import StoredEchoes
from gateway.edges.webhooks import StoredWebhooks
from gateway.records import Platform
from gateway.records.app_passwords import AppPassword
from gateway.records.people import PEOPLE
from gateway.records.trials import ECHOES, Echo, EchoAnswer
from gateway.records.webhooks import VERIFICATION, Delivery, Secret, Webhook
from tests.gateway.edges.stores import AT, ENVELOPE
from tests.gateway.edges.test_people import person

PLATFORM = "limited"
AT_MOST, AT_ONCE = 5, 30


@pytest.fixture
async def platform(database: Database) -> str:
    await StoredPlatforms(database).ensure(Platform(id=PLATFORM, name="x"))
    return PLATFORM


async def test_webhooks(database: Database, platform: str) -> None:
    webhooks = StoredWebhooks(database, ENVELOPE)

    async def add(number: int) -> bool:
        name, url = f"webhook {number}", "https://lms.example.org/in"
        made = Webhook(id=name, platform=platform, url=url, secret=Secret(current=b"s" * 32), created=AT)
        asked = Delivery(webhook=name, id=name, platform=platform, type=VERIFICATION, created=AT, due=AT)
        return await webhooks.add(made, asked, "key k", AT_MOST)

    added = await asyncio.gather(*map(add, range(AT_ONCE)))

    assert added.count(True) == len(await webhooks.all(platform)) == AT_MOST


async def test_passwords_for_applications(database: Database) -> None:
    someone = await StoredPeople(database, ENVELOPE).ensure(person("learner@example.org"))
    passwords = StoredAppPasswords(database, ENVELOPE)
    one = AppPassword(id="", platform=PEOPLE, person=someone.id, name="x", sha256=b"", created=AT)

    async def add(number: int) -> bool:
        mine = msgspec.structs.replace(one, id=f"password {number}", sha256=number.to_bytes(32))
        return await passwords.add(mine, AT_MOST)

    added = await asyncio.gather(*map(add, range(AT_ONCE)))

    assert added.count(True) == len(await passwords.of(PEOPLE, someone.id)) == AT_MOST


async def test_receiving_addresses(database: Database, platform: str) -> None:
    echoes = StoredEchoes(database, ENVELOPE)
    made = [Echo(id=f"echo {n}", answer=EchoAnswer.OK, created=AT, until=AT + dt.timedelta(days=1)) for n in range(30)]

    await asyncio.gather(*(echoes.add(platform, each, "key k") for each in made))

    rows = await database.within(EVERYWHERE).fetch("select name from trials where kind = 'echo'")
    assert len(rows) == ECHOES
