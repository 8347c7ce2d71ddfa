"""Sending to many: nobody waits for somebody else's endpoint, and a fault at one stops nobody."""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial

import msgspec
import pytest

from gateway.edges.database import single
from gateway.flows.convert import Caller
from gateway.flows.webhooks.deliver import Deliver, Room
from gateway.ports.webhooks import Outbox
from gateway.records.webhooks import Claimed
from tests.gateway.flows.webhooks.conftest import LIMITS, ROOM, Opening
from tests.gateway.flows.webhooks.test_deliver import silent
from tests.simulators.receiver import Receiver

STRANGER = Caller("other", "holder")
HASTY = msgspec.structs.replace(LIMITS, deadline_s=0.5)
PATIENT = msgspec.structs.replace(LIMITS, deadline_s=60.0)
"""Whoever waits for one that never answers waits longer than a test does."""


class FaultyHere:
    """An outbox in which everything of one platform, and of one endpoint, is against a rule of the schema."""

    def __init__(self, outbox: Outbox, platform: str, webhook: str) -> None:
        self._outbox = outbox
        self._platform = platform
        self._webhook = webhook
        self.due = outbox.due
        self.settle = outbox.settle

    async def news(self) -> Sequence[str]:
        return [self._platform, *await self._outbox.news()]

    async def spread(self, platform: str, at: dt.datetime) -> None:
        if platform == self._platform:
            raise ValueError("against the schema: spread")
        await self._outbox.spread(platform, at)

    async def claim(
        self, wanted: Mapping[tuple[str, str], int], at: dt.datetime, until: dt.datetime
    ) -> Sequence[Claimed]:
        if any(webhook == self._webhook for _, webhook in wanted):
            raise ValueError("against the schema: claim")
        return await self._outbox.claim(wanted, at, until)


async def test_a_fault_at_one_platform_or_endpoint_stops_nobody_else(
    sending: Opening, caplog: pytest.LogCaptureFixture
) -> None:
    async with Receiver() as bad, Receiver("127.0.0.2") as good, sending(bad, good) as world:
        broken, well = await world.active(bad), await world.active(good)
        sender = world.deliver()
        faulty = FaultyHere(sender.outbox, "another", broken.webhook.id)
        task = asyncio.create_task(Deliver(sender.clock, faulty, sender.attempt, ROOM)())
        await world.happen()
        await good.until(lambda: world.ended(well, 1))
        still_sending = not task.done()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    assert still_sending
    assert len(good.of("form.issued")) == 1
    assert "against the schema: spread" in caplog.text
    assert "against the schema: claim" in caplog.text


async def test_fifty_endpoints_get_theirs_in_time_although_some_never_answer(sending: Opening) -> None:
    dead = {3, 17, 31}
    async with AsyncExitStack() as stack:
        receivers = [await stack.enter_async_context(Receiver(f"127.0.2.{number}")) for number in range(1, 51)]
        world = await stack.enter_async_context(sending(*receivers, limits=PATIENT))
        made = [await world.register(receiver.url) for receiver in receivers]
        async with world.running():
            for webhook in made:
                await receivers[0].until(partial(world.is_in, webhook, "active"))
        world.fraction = 0.0  # who fails is tried again at once, which is worse for the others
        for number in dead:
            receivers[number].server.replies["/in"] = silent
        await world.happen(10)
        living = [receiver for number, receiver in enumerate(receivers) if number not in dead]
        async with world.running():
            await living[0].until(lambda: all(len(receiver.of("form.issued")) == 10 for receiver in living))


async def test_a_slow_endpoint_fills_its_own_room_alone(sending: Opening) -> None:
    slow, quick = Receiver("127.0.0.3", delay_s=0.4), Receiver("127.0.0.4")
    async with slow, quick, sending(slow, quick) as world:
        for receiver in (slow, quick):
            await world.active(receiver)
        await world.happen(40)
        async with world.running():
            await quick.until(lambda: len(quick.of("form.issued")) == 40)
            then = len(slow.of("form.issued"))

    assert then < 40
    assert slow.server.busiest <= ROOM.endpoint + 1


async def test_three_senders_send_each_message_once(sending: Opening) -> None:
    async with Receiver() as receiver, sending(receiver) as world:
        await world.active(receiver)
        events = await world.happen(60)
        async with world.running(senders=3, room=Room(poll_s=0.02, endpoint=2)):
            await receiver.until(lambda: len(receiver.of("form.issued")) >= 60)
            await asyncio.sleep(0.1)

    assert Counter(message.id for message in receiver.of("form.issued")) == Counter(events)


async def test_the_sender_outlives_a_database_that_is_away(sending: Opening, caplog: pytest.LogCaptureFixture) -> None:
    async with Receiver() as receiver, sending(receiver) as world:
        await world.active(receiver)
        async with world.running():
            await world.database.transaction(single("alter table webhooks rename to away"))
            await receiver.until(lambda: "webhooks were not looked for" in caplog.text)
            await world.database.transaction(single("alter table away rename to webhooks"))
            await world.happen()
            await receiver.until(lambda: bool(receiver.of("form.issued")))
