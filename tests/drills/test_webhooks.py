"""kill -9 of the sender in the middle of deliveries: no event is missing at the receiver, each has its own id.

Three kills with ``--all``, 25 with ``--long``.
"""

import asyncio
import logging
from collections import Counter
from pathlib import Path
from typing import Any

import httpx2
import pytest

from gateway.edges.database import EVERYWHERE, single
from tests.drills.load import Load
from tests.drills.process import GatewayProcess
from tests.drills.test_kill import Drill
from tests.lengths import tries
from tests.simulators.receiver import Receiver

KILLS = tries(3, 25)
CLIENTS = 2
PER_CYCLE = 3
"""How many badges are acknowledged before the next kill; each is three events."""

ANSWER_S = 0.05
PATIENCE_S = 60.0

# A lease runs out after 20 seconds; no drill waits for that.
AGED = "update webhook_deliveries set leased = 0 where state = 'waiting'"

log = logging.getLogger(__name__)


@pytest.fixture(params=["sqlite", "postgres"])
def settings(request: pytest.FixtureRequest) -> dict[str, str]:
    """Where the gateway stores."""
    return {"database_url": request.getfixturevalue("migrated_database")} if request.param == "postgres" else {}


@pytest.mark.slow
async def test_a_sender_that_is_killed_again_and_again_loses_no_event(settings: dict[str, str], tmp_path: Path) -> None:
    async with Receiver(delay_s=ANSWER_S) as receiver:
        process = GatewayProcess(tmp_path, exempt_origins=receiver.origin, **settings)
        key = await process.api_key()
        try:
            await process.start()
            secret = await verified(process, key, receiver)
            async with Load(process.address, key, seed=KILLS) as load:
                await under_fire(Drill(process, load), receiver)
            told = await everything(process, key)
            await receiver.until(lambda: told.keys() <= {message.id for message in receiver.messages}, PATIENCE_S)
        finally:
            await process.kill()

    for message in receiver.messages:
        message.verify(secret)
    copies = Counter(message.id for message in receiver.messages if message.id in told)
    assert copies.keys() == told.keys()
    assert {message.id: message.said for message in receiver.messages if message.id in told} == told
    log.info(
        "%s%d kills, %d events, %d messages, %d events more than once, at most %d times",
        *(
            "on PostgreSQL: " if settings else "",
            KILLS,
            len(told),
            copies.total(),
            sum(count > 1 for count in copies.values()),
            max(copies.values()),
        ),
    )


async def verified(process: GatewayProcess, key: str, receiver: Receiver) -> str:
    """Make an endpoint that has shown that it wants events; return its secret."""
    async with httpx2.AsyncClient(base_url=process.address, headers=bearer(key), trust_env=False) as client:
        made = (await client.post("/v1/webhooks", json={"url": receiver.url})).raise_for_status().json()

        async def active() -> bool:
            answer = await client.get(f"/v1/webhooks/{made['webhook']['id']}")
            return bool(answer.json()["state"] == "active")

        await receiver.until(active)
    return str(made["secret"])


async def under_fire(drill: Drill, receiver: Receiver) -> None:
    """Kill the gateway while messages are on their way, and start it again; then let the clients finish."""
    async with asyncio.TaskGroup() as group:
        clients = group.create_task(drill.load.run(CLIENTS))
        for _ in range(KILLS):
            await drill.load.reaches(PER_CYCLE)
            await receiver.until(lambda: receiver.under_way > 0)
            await drill.process.kill()
            await asyncio.sleep(ANSWER_S)  # a server that lost its client may still be committing
            async with drill.store() as database:
                await database.within(EVERYWHERE).transaction(single(AGED))
                await database.within(EVERYWHERE).transaction(
                    single("update replies set at = at - 61000000 where answer is null")
                )
            await drill.process.start()
        drill.load.stop()
        await asyncio.wait_for(clients, PATIENCE_S)


async def everything(process: GatewayProcess, key: str) -> dict[str, Any]:
    """Every event of the feed, by its id."""
    found: dict[str, Any] = {}
    cursor, more = "", True
    async with httpx2.AsyncClient(base_url=process.address, headers=bearer(key), trust_env=False) as client:
        while more:
            page = (await client.get("/v1/changes", params={"since": cursor, "limit": 500})).raise_for_status().json()
            found |= {event["id"]: event for event in page["events"]}
            cursor, more = page["next"], page["more"]
    return found


def bearer(key: str) -> dict[str, str]:
    """What shows an API key."""
    return {"Authorization": f"Bearer {key}"}
