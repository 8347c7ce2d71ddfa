"""The outbox of webhooks: events become deliveries, senders hold them for a while, and say what came of it.

Lease and fencing: who holds a delivery wrote ``leased``, the end of its lease. Who comes back after that end finds
another value there and changes nothing. A sender that dies costs one lease of waiting and perhaps a second message with
the same id; none is lost.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from gateway.edges.database import EVERYWHERE, Database, Row, Value, Work, micros
from gateway.edges.deliveries import delivery_of
from gateway.edges.envelope import Envelope
from gateway.edges.events import event_of, numbered, recorded
from gateway.edges.webhooks import activated, stopped, webhook_of
from gateway.records.events import Event, EventData, EventKind
from gateway.records.webhooks import Attempted, Claimed, Ending, WhyDisabled

MAX_AT_ONCE = 500
"""So many events become deliveries in one transaction."""

KEPT = dt.timedelta(days=30)
"""How long a delivery that has ended can be looked at and replayed; the feed keeps its event."""

PATIENCE = dt.timedelta(days=5)
"""An endpoint at which nothing has arrived for so long is disabled."""

_NEWS = """
select distinct w.platform from webhooks w
left join feeds f on f.platform = w.platform
left join webhook_cursors c on c.platform = w.platform
where w.state = 'active' and (
    coalesce(f.head, 0) > coalesce(c.position, 0)
    or exists (select 1 from events e where e.platform = w.platform and e.position is null)
)
"""
_LOCK = """
insert into webhook_cursors (platform, position) values ($1, 0)
on conflict (platform) do update set position = webhook_cursors.position
returning position
"""
# What happened before any endpoint wanted to hear of it need not be looked at.
_START = "select coalesce(min(since), 0) as since from webhooks where platform = $1 and state = 'active'"
_END = "select head from feeds where platform = $1"
_SPREAD = """
insert into webhook_deliveries (webhook, id, platform, type, created, due, leased, state, attempts, status, outcome)
select w.id, e.id, e.platform, e.kind, $4, $4, 0, 'waiting', 0, 0, ''
from events e join webhooks w on w.platform = e.platform
where e.platform = $1 and e.position > $2 and e.position <= $3 and e.position > w.since and w.state = 'active'
and (w.kinds = '' or ' ' || w.kinds || ' ' like '% ' || e.kind || ' %'){hold}
on conflict (webhook, id) do nothing
"""
# An endpoint that is removed at this moment is removed before or after: in between, its deliveries would lead nowhere.
_HOLD = {"sqlite": "", "postgres": " for key share of w"}
_MOVE = "update webhook_cursors set position = $2 where platform = $1"
_FORGET = """
delete from webhook_deliveries where platform = $1 and created < $2 and state <> 'waiting'
and webhook in (select id from webhooks where platform = $1)
"""
_DUE = """
select platform, id, failures from (
    select w.platform, w.id, w.failures, (
        select min(d.due) from webhook_deliveries d
        where d.webhook = w.id and d.platform = w.platform and d.state = 'waiting' and d.due <= $1 and d.leased <= $1
        and (w.state = 'active' or d.type = 'webhook.verification')
    ) as due
    from webhooks w where w.state <> 'disabled' and w.resting <= $1
) as endpoints
where due is not null order by due
"""
_CLAIM = """
with chosen as materialized (
    select d.id from webhook_deliveries d join webhooks w on w.id = d.webhook
    where d.webhook = $1 and d.platform = $2 and d.state = 'waiting' and d.due <= $4 and d.leased <= $4
    and (w.state = 'active' or (w.state = 'unverified' and d.type = 'webhook.verification'))
    order by d.due, d.id limit $3{skip}
)
update webhook_deliveries set leased = $5, attempts = attempts + 1, tried = $4
where webhook = $1 and platform = $2 and id in (select id from chosen)
returning *
"""
_SKIP = {"sqlite": "", "postgres": " for update of d skip locked"}
_WEBHOOK = "select * from webhooks where id = $1 and platform = $2"
_EVENTS = """
select e.id, e.platform, coalesce(e.position, 0) as position, e.kind, e.credential, e.at, e.data
from webhook_deliveries d join events e on e.id = d.id and e.platform = d.platform
where d.webhook = $1 and d.platform = $2 and d.leased = $3
"""
_ENDED = """
update webhook_deliveries set state = $5, due = $6, leased = 0, attempts = attempts - $7, status = $8, outcome = $9
where webhook = $1 and platform = $2 and id = $3 and leased = $4 and state = 'waiting'
returning id
"""
_WELL = """
update webhooks set failures = 0, failing_since = null, resting = 0
where id = $1 and platform = $2 and (failures > 0 or resting > 0)
"""
_ILL = """
update webhooks set failures = failures + 1, failing_since = coalesce(failing_since, $3),
    resting = case when resting > $4 then resting else $4 end
where id = $1 and platform = $2
returning failing_since
"""


@dataclass(frozen=True, slots=True)
class StoredOutbox:
    """The port ``Outbox``."""

    database: Database
    envelope: Envelope

    async def news(self) -> Sequence[str]:
        """Return every platform in whose feed something is new."""
        return [row["platform"] for row in await self.database.within(EVERYWHERE).fetch(_NEWS)]

    async def spread(self, platform: str, at: dt.datetime) -> None:
        """Make deliveries of all events that are new in a feed."""
        sql = _SPREAD.format(hold=_HOLD[self.database.dialect])
        while await self.database.within(platform).transaction(partial(_spread, sql, platform, at)):
            pass

    async def due(self, at: dt.datetime) -> Sequence[tuple[str, str, bool]]:
        """Return ``(platform, webhook, failing)`` of every endpoint to which something is due."""
        rows = await self.database.within(EVERYWHERE).fetch(_DUE, micros(at))
        return [(row["platform"], row["id"], row["failures"] > 0) for row in rows]

    async def claim(
        self, wanted: Mapping[tuple[str, str], int], at: dt.datetime, until: dt.datetime
    ) -> Sequence[Claimed]:
        """Hold due deliveries until ``until``."""
        sql = _CLAIM.format(skip=_SKIP[self.database.dialect])

        def work() -> Work[list[Claimed]]:
            claimed: list[Claimed] = []
            for (platform, webhook), limit in wanted.items():
                rows = yield sql, (webhook, platform, limit, micros(at), micros(until))
                if rows:
                    claimed += yield from self._loaded(rows, until)
            return claimed

        return await self.database.within(EVERYWHERE).transaction(work)

    async def settle(self, attempted: Attempted) -> None:
        """Write down what came of an attempt, unless somebody else holds the delivery now."""
        platform = attempted.claimed.delivery.platform
        await self.database.within(platform).transaction(partial(_settled, attempted, self.envelope))

    def _loaded(self, rows: Sequence[Row], until: dt.datetime) -> Work[list[Claimed]]:
        deliveries = [delivery_of(row) for row in rows]
        place = (deliveries[0].webhook, deliveries[0].platform)
        [found] = yield _WEBHOOK, place
        webhook = webhook_of(found, self.envelope)
        told = yield _EVENTS, (*place, micros(until))
        events = {row["id"]: event_of(row) for row in told}
        return [
            Claimed(delivery=delivery, webhook=webhook, leased=until, event=events.get(delivery.id))
            for delivery in sorted(deliveries, key=lambda delivery: delivery.due)
        ]


def _spread(sql: str, platform: str, at: dt.datetime) -> Work[bool]:
    """Make deliveries of the next events; tell whether there may be more."""
    [cursor] = yield _LOCK, (platform,)
    while (yield from numbered(platform)):
        pass
    [active] = yield _START, (platform,)
    start = max(cursor["position"], active["since"])
    [feed] = yield _END, (platform,)
    end = max(start, min(start + MAX_AT_ONCE, feed["head"]))
    yield sql, (platform, start, end, micros(at))
    yield _MOVE, (platform, end)
    yield _FORGET, (platform, micros(at - KEPT))
    return bool(end - start >= MAX_AT_ONCE)


def _settled(attempted: Attempted, envelope: Envelope) -> Work[None]:
    ending, delivery, at = attempted.ending, attempted.claimed.delivery, attempted.at
    arrived = ending in (Ending.ARRIVED, Ending.VERIFIED)
    state = "delivered" if arrived else "waiting" if attempted.due else "dead"
    untried = int(ending is Ending.UNTRIED)
    place = (delivery.webhook, delivery.platform)
    values: tuple[Value, ...] = (
        *place,
        delivery.id,
        micros(attempted.claimed.leased),
        state,
        micros(attempted.due or at),
        untried,
        delivery.status if untried else attempted.status,
        delivery.outcome if untried else attempted.outcome,
    )
    if not (yield _ENDED, values) or untried:
        return
    if arrived:
        yield _WELL, place
    else:
        yield from _failed(attempted)
    if ending is Ending.VERIFIED:
        yield from activated(attempted.claimed.webhook, envelope)


def _failed(attempted: Attempted) -> Work[None]:
    delivery, at = attempted.claimed.delivery, attempted.at
    place = (delivery.webhook, delivery.platform)
    rows = yield _ILL, (*place, micros(at), micros(attempted.rest_until or at))
    gone = attempted.ending is Ending.GONE
    for row in rows:
        if not gone and row["failing_since"] > micros(at - PATIENCE):
            continue
        why = WhyDisabled.GONE if gone else WhyDisabled.FAILING
        if (yield from stopped(delivery.platform, delivery.webhook, why)):
            yield from recorded(
                Event(
                    platform=delivery.platform,
                    kind=EventKind.WEBHOOK_DISABLED,
                    credential="",
                    at=at,
                    data=EventData(webhook=delivery.webhook, state=why),
                )
            )
