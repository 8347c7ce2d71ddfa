"""Wires the feed of what happened, and webhooks."""

import secrets
from collections.abc import Callable

import msgspec

from gateway.edges.database import Database
from gateway.edges.deliveries import StoredDeliveries
from gateway.edges.envelope import Envelope
from gateway.edges.events import StoredFeed
from gateway.edges.key_file import FileKeys
from gateway.edges.outbox import StoredOutbox
from gateway.edges.webhooks import StoredWebhooks
from gateway.flows.read_changes import ReadChanges, ReadHistory
from gateway.flows.webhooks.amend import AmendWebhook, DisableWebhook, RemoveWebhook, RotateSecret, VerifyWebhook
from gateway.flows.webhooks.attempt import Attempt
from gateway.flows.webhooks.deliver import Deliver, Room
from gateway.flows.webhooks.redeliver import ListDeliveries, Replay, SendTest
from gateway.flows.webhooks.register import RegisterWebhook, ShowWebhooks
from gateway.ports import Clock, Records
from gateway.ports.outbound import GuardedPost

_FRACTIONS = 2**53


class WebhookFlows(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about being told what happened."""

    read_changes: ReadChanges
    read_history: ReadHistory
    register_webhook: RegisterWebhook
    show_webhooks: ShowWebhooks
    amend_webhook: AmendWebhook
    verify_webhook: VerifyWebhook
    rotate_webhook_secret: RotateSecret
    disable_webhook: DisableWebhook
    remove_webhook: RemoveWebhook
    list_deliveries: ListDeliveries
    replay_deliveries: Replay
    send_test: SendTest
    deliver: Deliver


def webhook_flows(
    clock: Clock,
    database: Database,
    envelope: Envelope,
    keys: FileKeys,
    post: GuardedPost,
    records: Records,
    new_id: Callable[[], str],
) -> WebhookFlows:
    """Everything about webhooks, over this store."""
    stored, deliveries = StoredWebhooks(database, envelope), StoredDeliveries(database)
    feed, outbox = StoredFeed(database), StoredOutbox(database, envelope)
    show = ShowWebhooks(clock, stored, keys)
    challenges = envelope.derived("webhook challenges")
    attempt = Attempt(
        clock=clock, outbox=outbox, post=post, keys=keys, signer=keys, secret=challenges, fraction=_fraction
    )
    return WebhookFlows(
        read_changes=ReadChanges(feed, envelope.derived("cursors of changes")),
        read_history=ReadHistory(records, feed),
        register_webhook=RegisterWebhook(clock, stored, show, post.allow, new_id),
        show_webhooks=show,
        amend_webhook=AmendWebhook(clock, stored, stored, show, post.allow),
        verify_webhook=VerifyWebhook(clock, stored, stored, show, challenges),
        rotate_webhook_secret=RotateSecret(clock, stored, show),
        disable_webhook=DisableWebhook(clock, stored, show),
        remove_webhook=RemoveWebhook(clock, stored),
        list_deliveries=ListDeliveries(stored, deliveries),
        replay_deliveries=Replay(clock, stored, deliveries),
        send_test=SendTest(clock, stored, deliveries),
        deliver=Deliver(clock, outbox, attempt, Room()),
    )


def _fraction() -> float:
    """Between 0 and 1, evenly."""
    return secrets.randbelow(_FRACTIONS) / _FRACTIONS
