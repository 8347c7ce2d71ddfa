"""Webhook endpoints in the database; addresses, descriptions and secrets are encrypted."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from gateway.edges.audit import noted
from gateway.edges.database import Database, Row, Work, instant, kept, maybe_instant, micros
from gateway.edges.deliveries import enqueued
from gateway.edges.envelope import Envelope
from gateway.edges.events import numbered
from gateway.edges.platforms import HOLD
from gateway.ports.webhooks import WebhookChange
from gateway.records.events import EventKind
from gateway.records.webhooks import VERIFICATION, Delivery, Secret, Webhook, WebhookState, WhyDisabled

_INSERT = """
insert into webhooks (id, platform, url, description, secret, secret_before, kinds, state, since, failures, resting,
                      created)
values ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, $9)
"""
_FIND = "select * from webhooks where id = $1 and platform = $2"
_ALL = "select * from webhooks where platform = $1 order by created, id"
_COUNT = "select count(*) as total from webhooks where platform = $1"
_REMOVE = "delete from webhooks where id = $1 and platform = $2 returning id"
_CHANGE = """
update webhooks set url = coalesce($3, url), kinds = coalesce($4, kinds), description = coalesce($5, description)
where id = $1 and platform = $2
returning id
"""
_ASK_AGAIN = """
update webhooks set state = 'unverified', why_disabled = null, failures = 0, failing_since = null, resting = 0
where id = $1 and platform = $2
"""
_SECRETS = "select secret from webhooks where id = $1 and platform = $2"
_ROTATE = """
update webhooks set secret = $3, secret_before = $4, before_until = $5 where id = $1 and platform = $2 and secret = $6
returning id
"""
_VERIFY = """
update webhooks set state = 'active', since = coalesce((select head from feeds where platform = $2), 0)
where id = $1 and platform = $2 and state = 'unverified' and url = $3
returning id
"""
_ADDRESS = "select url from webhooks where id = $1 and platform = $2"
_DISABLE = """
update webhooks set state = 'disabled', why_disabled = $3 where id = $1 and platform = $2 and state <> 'disabled'
returning id
"""
_BURY = """
update webhook_deliveries set state = 'dead', leased = 0, outcome = 'the endpoint was disabled'
where webhook = $1 and platform = $2 and state = 'waiting'
"""
_BURY_QUESTIONS = """
update webhook_deliveries set state = 'dead', leased = 0, outcome = 'the endpoint was asked anew'
where webhook = $1 and platform = $2 and state = 'waiting' and type = $3
"""
_THERE = "select 1 from webhooks where id = $1 and platform = $2"


@dataclass(frozen=True, slots=True)
class StoredWebhooks:
    """The ports ``Webhooks`` and ``WebhookChanges``."""

    database: Database
    envelope: Envelope

    async def add(self, webhook: Webhook, verification: Delivery, actor: str, at_most: int) -> bool:
        """Store an endpoint together with the message that asks whether it wants events, while there is room."""
        values = (
            webhook.id,
            webhook.platform,
            self._sealed("url", webhook.id, kept(webhook.url)),
            self._sealed("description", webhook.id, kept(webhook.description)),
            self._sealed("secret", webhook.id, webhook.secret.current),
            self._sealed("secret", webhook.id, webhook.secret.before),
            " ".join(webhook.kinds),
            webhook.state,
            micros(webhook.created),
        )

        def work() -> Work[bool]:
            yield HOLD, (webhook.platform,)
            if (yield _COUNT, (webhook.platform,))[0]["total"] >= at_most:
                return False
            yield _INSERT, values
            yield from enqueued(verification)
            yield from noted(webhook.platform, actor, "webhook.made", webhook.id, webhook.created)
            return True

        return await self.database.within(webhook.platform).transaction(work)

    async def find(self, platform: str, webhook_id: str) -> Webhook | None:
        """Return the endpoint with this id."""
        for row in await self.database.within(platform).fetch(_FIND, webhook_id, platform):
            return webhook_of(row, self.envelope)
        return None

    async def all(self, platform: str) -> Sequence[Webhook]:
        """Return every endpoint of the platform, oldest first."""
        rows = await self.database.within(platform).fetch(_ALL, platform)
        return tuple(webhook_of(row, self.envelope) for row in rows)

    async def remove(self, platform: str, webhook_id: str, actor: str, at: dt.datetime) -> bool:
        """Forget an endpoint, its secrets and its deliveries; tell whether there was one."""

        def work() -> Work[bool]:
            removed = yield _REMOVE, (webhook_id, platform)
            if removed:
                yield from noted(platform, actor, "webhook.removed", webhook_id, at)
            return bool(removed)

        return await self.database.within(platform).transaction(work)

    async def change(
        self,
        platform: str,
        webhook_id: str,
        change: WebhookChange,
        verification: Delivery | None,
        at: dt.datetime,
        actor: str,
    ) -> bool:
        """Change what was given; with ``verification`` the endpoint has to show anew that it wants events."""
        url = None if change.url is None else self._sealed("url", webhook_id, kept(change.url))
        kinds = None if change.kinds is None else " ".join(change.kinds)
        description = change.description
        described = None if description is None else self._sealed("description", webhook_id, kept(description))

        def work() -> Work[bool]:
            if not (yield _CHANGE, (webhook_id, platform, url, kinds, described)):
                return False
            if verification is not None:
                yield _ASK_AGAIN, (webhook_id, platform)
                yield _BURY_QUESTIONS, (webhook_id, platform, VERIFICATION)
                yield from enqueued(verification)
            action = "webhook.asked-again" if change == WebhookChange() else "webhook.changed"
            yield from noted(platform, actor, action, webhook_id, at)
            return True

        return await self.database.within(platform).transaction(work)

    async def rotate(
        self, platform: str, webhook_id: str, secret: bytes, before_until: dt.datetime, at: dt.datetime, actor: str
    ) -> bool:
        """Make ``secret`` the current one; the one before signs too until ``before_until``."""
        sealed = self._sealed("secret", webhook_id, secret)

        def work() -> Work[bool]:
            for row in (yield _SECRETS, (webhook_id, platform)):
                before = bytes(row["secret"])
                if not (yield _ROTATE, (webhook_id, platform, sealed, before, micros(before_until), before)):
                    return (yield from work())  # somebody else rotated it just now: theirs is the one before
                yield from noted(platform, actor, "webhook.secret-rotated", webhook_id, at)
                return True
            return False

        return await self.database.within(platform).transaction(work)

    async def verified(self, webhook: Webhook, at: dt.datetime, actor: str) -> bool:
        """Let events flow to an endpoint that has shown that it wants them, from those that happen now on."""
        platform = webhook.platform

        def work() -> Work[bool]:
            if (yield from activated(webhook, self.envelope)):
                yield from noted(platform, actor, "webhook.verified", webhook.id, at)
            return bool((yield _THERE, (webhook.id, platform)))

        return await self.database.within(platform).transaction(work)

    async def disabled(self, platform: str, webhook_id: str, at: dt.datetime, actor: str) -> bool:
        """Stop sending at the owner's wish; what waits becomes a dead letter."""

        def work() -> Work[bool]:
            if (yield from stopped(platform, webhook_id, WhyDisabled.ASKED)):
                yield from noted(platform, actor, "webhook.disabled", webhook_id, at)
            return bool((yield _THERE, (webhook_id, platform)))

        return await self.database.within(platform).transaction(work)

    def _sealed(self, column: str, webhook_id: str, plain: bytes) -> bytes:
        return self.envelope.sealed(f"webhooks.{column}/{webhook_id}", plain)


def activated(webhook: Webhook, envelope: Envelope) -> Work[bool]:
    """Make an unverified endpoint active, from this moment of the feed on; tell whether this did it.

    Only at the address that was asked: by now its owner may have named another, whose owner agreed to nothing.
    """
    place = webhook.id, webhook.platform
    while (yield from numbered(webhook.platform)):
        pass
    for row in (yield _ADDRESS, place):
        if envelope.opened(f"webhooks.url/{webhook.id}", row["url"]).decode() == webhook.url:
            return bool((yield _VERIFY, (*place, row["url"])))
    return False


def stopped(platform: str, webhook_id: str, why: WhyDisabled) -> Work[bool]:
    """Disable an endpoint and bury what waits for it; tell whether this did it."""
    if not (yield _DISABLE, (webhook_id, platform, why)):
        return False
    yield _BURY, (webhook_id, platform)
    return True


def webhook_of(row: Row, envelope: Envelope) -> Webhook:
    """Read a row of the table."""
    webhook_id = row["id"]
    place = f"webhooks.secret/{webhook_id}"
    return Webhook(
        id=webhook_id,
        platform=row["platform"],
        url=envelope.opened(f"webhooks.url/{webhook_id}", row["url"]).decode(),
        description=envelope.opened(f"webhooks.description/{webhook_id}", row["description"]).decode(),
        secret=Secret(
            current=envelope.opened(place, row["secret"]),
            before=envelope.opened(place, row["secret_before"]),
            before_until=maybe_instant(row["before_until"]),
        ),
        kinds=tuple(EventKind(kind) for kind in row["kinds"].split()),
        state=WebhookState(row["state"]),
        why_disabled=WhyDisabled(row["why_disabled"]) if row["why_disabled"] else None,
        since=row["since"],
        failures=row["failures"],
        failing_since=maybe_instant(row["failing_since"]),
        created=instant(row["created"]),
    )
