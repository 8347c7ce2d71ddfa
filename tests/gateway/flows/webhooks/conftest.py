"""Everything about webhooks over a real store, real keys and real HTTP on loopback."""

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import msgspec
import pytest

from gateway.assembly.webhooks import WebhookFlows, webhook_flows
from gateway.edges.answers import Limits
from gateway.edges.connections import Reach
from gateway.edges.database import Work
from gateway.edges.envelope import Envelope
from gateway.edges.events import recorded
from gateway.edges.key_file import FileKeys
from gateway.edges.migrate import migrate
from gateway.edges.outbound import HttpsPost
from gateway.edges.records import StoredRecords
from gateway.edges.sqlite import SQLite
from gateway.flows.convert import Caller
from gateway.flows.webhooks.attempt import Attempt
from gateway.flows.webhooks.deliver import Deliver, Room
from gateway.flows.webhooks.redeliver import Sent
from gateway.flows.webhooks.register import Endpoint, MadeEndpoint, Wanted
from gateway.records.events import Event, EventKind
from tests.gateway.edges.stores import AT
from tests.simulators.clock import SimulatedClock
from tests.simulators.receiver import Receiver

CALLER = Caller("default", "holder")
LIMITS = Limits(deadline_s=5.0, turn_s=5.0, connect_s=5.0, quiet_s=0.0, per_host=8)
ROOM = Room(poll_s=0.02)


class Sending:
    """One platform that wants to be told, and the sender, which runs only inside ``running()``.

    Attributes:
        fraction: What jitter makes of a delay: 1.0 is the whole of it.
    """

    def __init__(self, flows: WebhookFlows, database: SQLite, keys: FileKeys, clock: SimulatedClock) -> None:
        self.flows = flows
        self.database = database
        self.keys = keys
        self.clock = clock
        self.fraction = 1.0

    def deliver(self, room: Room = ROOM) -> Deliver:
        """A sender of its own, as another process would have."""
        made = self.flows.deliver.attempt
        attempt = Attempt(
            clock=self.clock,
            outbox=made.outbox,
            post=made.post,
            keys=made.keys,
            signer=made.signer,
            secret=made.secret,
            fraction=lambda: self.fraction,
        )
        return Deliver(self.clock, made.outbox, attempt, room)

    @contextlib.asynccontextmanager
    async def running(self, senders: int = 1, room: Room = ROOM) -> AsyncIterator[None]:
        """Send in the meantime."""
        tasks = [asyncio.create_task(self.deliver(room)()) for _ in range(senders)]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def register(self, url: str, *kinds: EventKind) -> MadeEndpoint:
        """Make an endpoint and send nothing yet."""
        return await self.flows.register_webhook(Wanted(url=url, kinds=kinds), CALLER)

    async def active(self, receiver: Receiver, *kinds: EventKind) -> MadeEndpoint:
        """Make an endpoint that has shown that it wants events."""
        made = await self.register(receiver.url, *kinds)
        async with self.running():
            await receiver.until(lambda: self.is_in(made, "active"))
        return made

    async def show(self, made: MadeEndpoint) -> Endpoint:
        """The endpoint as it is now."""
        [found] = await self.flows.show_webhooks("default", made.webhook.id)
        return found

    async def is_in(self, made: MadeEndpoint, state: str) -> bool:
        """Whether the endpoint is in a state."""
        return (await self.show(made)).state == state

    async def has_failed(self, made: MadeEndpoint) -> bool:
        """Whether an attempt has failed since the last success."""
        return (await self.show(made)).failures > 0

    async def sent(self, made: MadeEndpoint) -> list[Sent]:
        """What was and will be sent, but for the first question, newest first."""
        found = await self.flows.list_deliveries(made.webhook.id, None, "", 1000, CALLER)
        return [sent for sent in found if sent.type != "webhook.verification"]

    async def questions(self, made: MadeEndpoint) -> list[Sent]:
        """When and with what success the endpoint was asked whether it wants events, newest first."""
        found = await self.flows.list_deliveries(made.webhook.id, None, "", 1000, CALLER)
        return [sent for sent in found if sent.type == "webhook.verification"]

    async def has_answered(self, made: MadeEndpoint) -> bool:
        """Whether the only question was answered, whatever the answer was."""
        [asked] = await self.questions(made)
        return asked.status > 0

    async def ended(self, made: MadeEndpoint, *attempts: int) -> bool:
        """Whether each message was attempted so often, and nothing is under way."""
        sent = await self.sent(made)
        waiting = [each for each in sent if each.due is not None and each.due <= self.clock()]
        return not waiting and [each.attempts for each in sent] == list(attempts)

    async def happen(self, count: int = 1, kind: EventKind = EventKind.FORM_ISSUED) -> list[str]:
        """Let something happen; return the ids of the events."""
        events = [Event(platform="default", kind=kind, credential=f"c{number}", at=AT) for number in range(count)]

        def work() -> Work[None]:
            for event in events:
                yield from recorded(event)

        await self.database.within("default").transaction(work)
        return [event.id for event in events]


Opening = Callable[..., contextlib.AbstractAsyncContextManager[Sending]]


@pytest.fixture
def sending(tmp_path: Path) -> Opening:
    """Opens everything; give it the receivers that are allowed although they are on loopback."""

    @contextlib.asynccontextmanager
    async def open_(
        *receivers: Receiver, reach: Reach | None = None, limits: Limits = LIMITS
    ) -> AsyncIterator[Sending]:
        clock = SimulatedClock(dt.datetime.now(dt.UTC))
        exempt = frozenset(receiver.origin for receiver in receivers)
        database = await SQLite.open(tmp_path / "gateway.sqlite")
        await migrate(database)
        envelope = Envelope(bytes(range(32)))
        keys = await FileKeys.open(tmp_path, "", clock)
        reach = msgspec.structs.replace(reach or Reach(), exempt_origins=exempt)
        async with HttpsPost(reach=reach, limits=limits) as post:
            records = StoredRecords(database, envelope)
            ids = iter(f"00000000-0000-4000-8000-{number:012}" for number in range(1000))
            flows = webhook_flows(clock, database, envelope, keys, post, records, lambda: next(ids))
            yield Sending(flows, database, keys, clock)
        await database.close()

    return open_
