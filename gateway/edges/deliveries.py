"""What was and will be sent to webhook endpoints, as their owners see it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from gateway.edges.audit import noted
from gateway.edges.database import Database, Row, Statement, Work, instant, maybe_instant, micros
from gateway.records.webhooks import Delivery, DeliveryState

_ENQUEUE = """
insert into webhook_deliveries (webhook, id, platform, type, created, due, leased, state, attempts, status, outcome)
values ($1, $2, $3, $4, $5, $6, 0, 'waiting', 0, 0, '')
on conflict (webhook, id) do nothing
"""
# Holds the row, so that no endpoint is removed while something is sent to it.
_HOLD = "update webhooks set failures = failures where id = $1 and platform = $2 returning id"
_AFTER = "select created, id from webhook_deliveries where webhook = $1 and platform || '' = $2 and id = $3"

# Later than any, for a page that comes after nothing.
_START = (2**62, "")

_PAGE = """
select * from webhook_deliveries
where platform = $1 and webhook = $2 and (created, id) < ($3, $4) and (cast($5 as text) is null or state = $5)
order by created desc, id desc limit $6
"""
_REPLAY = """
update webhook_deliveries set created = $4, due = $4, leased = 0, state = 'waiting', attempts = 0
where webhook = $1 and platform || '' = $2 and id = $3
returning id
"""
_REPLAY_SINCE = """
insert into webhook_deliveries (webhook, id, platform, type, created, due, leased, state, attempts, status, outcome)
select w.id, e.id, e.platform, e.kind, $4, $4, 0, 'waiting', 0, 0, ''
from events e join webhooks w on w.platform = e.platform and w.id = $2
where e.platform = $1 and e.at >= $3 and (w.kinds = '' or ' ' || w.kinds || ' ' like '% ' || e.kind || ' %')
and not exists (
    select 1 from webhook_deliveries d
    where d.webhook = $2 and d.platform = $1 and d.id = e.id
    and (d.state = 'waiting' or (d.state = 'delivered' and cast($5 as bigint) = 0))
)
order by e.seq limit $6
on conflict (webhook, id) do update set
    created = excluded.created, due = excluded.due, leased = 0, state = 'waiting', attempts = 0
returning id
"""


def enqueued(delivery: Delivery) -> Work[None]:
    """Put a message into the outbox, inside the transaction of its reason."""
    created, due = micros(delivery.created), micros(delivery.due)
    yield _ENQUEUE, (delivery.webhook, delivery.id, delivery.platform, delivery.type, created, due)


@dataclass(frozen=True, slots=True)
class StoredDeliveries:
    """The port ``Deliveries``."""

    database: Database

    async def page(
        self, platform: str, webhook_id: str, state: DeliveryState | None, after: str, limit: int
    ) -> Sequence[Delivery]:
        """Return up to ``limit`` deliveries, newest first."""
        tenant = self.database.within(platform)
        start = _START
        if after:
            found = await tenant.fetch(_AFTER, webhook_id, platform, after)
            if not found:
                return ()
            start = found[0]["created"], found[0]["id"]
        return [delivery_of(row) for row in await tenant.fetch(_PAGE, platform, webhook_id, *start, state, limit)]

    async def enqueue(self, delivery: Delivery, actor: str) -> None:
        """Let a message that is no event be sent, unless its endpoint is gone."""

        def work() -> Work[None]:
            if not (yield _HOLD, (delivery.webhook, delivery.platform)):
                return
            yield from enqueued(delivery)
            yield from noted(delivery.platform, actor, "webhook.tested", delivery.webhook, delivery.created)

        await self.database.within(delivery.platform).transaction(work)

    async def replay(self, platform: str, webhook_id: str, delivery_id: str, at: dt.datetime, actor: str) -> bool:
        """Send a delivery again, for 72 hours from now; False when there is none."""
        replayed = _REPLAY, (webhook_id, platform, delivery_id, micros(at))
        return bool(await self._noting(replayed, platform, webhook_id, at, actor))

    async def replay_since(
        self,
        platform: str,
        webhook_id: str,
        since: dt.datetime,
        at: dt.datetime,
        actor: str,
        *,
        delivered: bool,
        limit: int,
    ) -> int:
        """Send up to ``limit`` events again, oldest first; return how many."""
        replayed = _REPLAY_SINCE, (platform, webhook_id, micros(since), micros(at), int(delivered), limit)
        return await self._noting(replayed, platform, webhook_id, at, actor)

    async def _noting(self, replayed: Statement, platform: str, webhook_id: str, at: dt.datetime, actor: str) -> int:
        """Run a statement that sends something again; note it if there was anything, and return how much."""

        def work() -> Work[int]:
            yield _HOLD, (webhook_id, platform)
            again = yield replayed
            if again:
                yield from noted(platform, actor, "webhook.replayed", webhook_id, at)
            return len(again)

        return await self.database.within(platform).transaction(work)


def delivery_of(row: Row) -> Delivery:
    """Read a row of the table."""
    return Delivery(
        id=row["id"],
        platform=row["platform"],
        webhook=row["webhook"],
        type=row["type"],
        created=instant(row["created"]),
        due=instant(row["due"]),
        state=DeliveryState(row["state"]),
        attempts=row["attempts"],
        status=row["status"],
        outcome=row["outcome"],
        tried=maybe_instant(row["tried"]),
    )
