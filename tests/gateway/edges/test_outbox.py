"""The outbox: what becomes a delivery, who holds it, and what is written of it; on both databases."""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Sequence

import msgspec
import pytest

from gateway.edges.database import EVERYWHERE, Database, Work
from gateway.edges.deliveries import StoredDeliveries
from gateway.edges.events import StoredFeed, recorded
from gateway.edges.outbox import MAX_AT_ONCE, StoredOutbox
from gateway.edges.webhooks import StoredWebhooks
from gateway.ports.webhooks import WebhookChange
from gateway.records.events import Event, EventKind
from gateway.records.webhooks import (
    VERIFICATION,
    Attempted,
    Claimed,
    Delivery,
    DeliveryState,
    Ending,
    Secret,
    Webhook,
    WebhookState,
    WhyDisabled,
)
from tests.gateway.edges.stores import AT, ENVELOPE, dumped

LEASE = dt.timedelta(seconds=20)
PLATFORM = "default"
MANY = 100


class World:
    """The stores around one outbox."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.outbox = StoredOutbox(database, ENVELOPE)
        self.webhooks = StoredWebhooks(database, ENVELOPE)
        self.deliveries = StoredDeliveries(database)
        self.feed = StoredFeed(database)

    async def endpoint(self, name: str, *kinds: EventKind, active: bool = True, platform: str = PLATFORM) -> Webhook:
        webhook = Webhook(
            id=name,
            platform=platform,
            url=f"https://{name}.example/in?token=of-the-address",
            secret=Secret(current=b"the secret of the endpoint......"),
            created=AT,
            description="the description",
            kinds=kinds,
        )
        await self.webhooks.add(webhook, verification(name, platform), "key k", 100)
        if active:
            await self.webhooks.verified(webhook, AT, "key k")
        return webhook

    async def happen(self, count: int = 1, kind: EventKind = EventKind.FORM_ISSUED, platform: str = PLATFORM) -> None:
        def work() -> Work[None]:
            for number in range(count):
                yield from recorded(Event(platform=platform, kind=kind, credential=f"c{number}", at=AT))

        await self.database.within(platform).transaction(work)

    async def spread(self, at: dt.datetime) -> None:
        for platform in await self.outbox.news():
            await self.outbox.spread(platform, at)

    async def claim(self, *names: str, limit: int = 10, at: dt.datetime = AT) -> Sequence[Claimed]:
        return await self.outbox.claim({(PLATFORM, name): limit for name in names}, at, at + LEASE)

    async def settle(self, claimed: Claimed, ending: Ending, at: dt.datetime = AT, **more: dt.datetime | None) -> None:
        await self.outbox.settle(
            Attempted(claimed=claimed, ending=ending, at=at, due=more.get("due"), rest_until=more.get("rest_until"))
        )

    async def page(self, name: str, state: DeliveryState | None = None) -> Sequence[Delivery]:
        return await self.deliveries.page(PLATFORM, name, state, "", 1000)

    async def found(self, name: str) -> Webhook:
        webhook = await self.webhooks.find(PLATFORM, name)
        assert webhook is not None
        return webhook


def verification(name: str, platform: str = PLATFORM) -> Delivery:
    return Delivery(id=f"v-{name}", platform=platform, webhook=name, type=VERIFICATION, created=AT, due=AT)


@pytest.fixture
def world(database: Database) -> World:
    return World(database)


async def test_an_endpoint_comes_back_as_it_was_stored_and_nothing_of_it_is_in_plain(world: World) -> None:
    stored = await world.endpoint("a", EventKind.CREDENTIAL_REVOKED, active=False)

    assert await world.webhooks.find(PLATFORM, "a") == stored
    assert await world.webhooks.find("other", "a") is None
    assert await world.webhooks.all("other") == ()
    at_rest = await dumped(world.database.within(EVERYWHERE), "webhooks", "webhook_deliveries", "audit")
    for secret in (b"the secret of", b"of-the-address", b"the description"):
        assert secret not in at_rest
    assert "the secret" not in repr(stored)


async def test_events_after_the_verification_become_deliveries_of_who_wants_them(world: World) -> None:
    await world.endpoint("all")
    await world.happen()
    await world.spread(AT)
    await world.endpoint("revoked", EventKind.CREDENTIAL_REVOKED)
    await world.endpoint("unverified", active=False)
    await world.endpoint("foreign", platform="other")
    await world.happen()
    await world.happen(kind=EventKind.CREDENTIAL_REVOKED)
    await world.spread(AT)

    kinds = {
        name: Counter(delivery.type for delivery in await world.page(name) if delivery.type != VERIFICATION)
        for name in ("all", "revoked", "unverified", "foreign")
    }

    assert kinds["all"] == {"form.issued": 2, "credential.revoked": 1}
    assert kinds["revoked"] == {"credential.revoked": 1}
    assert not kinds["unverified"]
    assert not kinds["foreign"]


async def test_two_processes_that_spread_at_once_make_each_delivery_once(world: World) -> None:
    await world.endpoint("a")
    await world.happen(MAX_AT_ONCE + 10)

    await asyncio.gather(*(world.spread(AT) for _ in range(4)))

    events = await world.feed.page(PLATFORM, 0, 1000)
    deliveries = [delivery.id for delivery in await world.page("a") if delivery.type != VERIFICATION]
    assert sorted(deliveries) == sorted(event.id for event in events)
    assert len(deliveries) == MAX_AT_ONCE + 10


async def test_fifty_senders_at_once_hold_each_delivery_once(world: World) -> None:
    await world.endpoint("a")
    await world.happen(MANY)
    await world.spread(AT)

    held = await asyncio.gather(*(world.claim("a", limit=7) for _ in range(50)))

    taken = Counter(claimed.delivery.id for several in held for claimed in several)
    assert len(taken) == MANY + 1
    assert set(taken.values()) == {1}
    assert all(claimed.event or claimed.delivery.type == VERIFICATION for several in held for claimed in several)


async def test_what_is_held_is_free_again_after_its_lease_and_only_the_last_holder_counts(world: World) -> None:
    await world.endpoint("a", active=False)
    [first] = await world.claim("a")
    assert await world.claim("a", at=AT + LEASE / 2) == []
    [second] = await world.claim("a", at=AT + LEASE)

    await world.settle(first, Ending.FAILED, due=None)
    [still] = await world.page("a")
    await world.settle(second, Ending.VERIFIED)
    [done] = await world.page("a")

    assert (still.state, still.attempts) == (DeliveryState.WAITING, 2)
    assert done.state is DeliveryState.DELIVERED
    assert (await world.found("a")).state is WebhookState.ACTIVE


async def test_an_unverified_endpoint_is_sent_the_question_and_nothing_else(world: World) -> None:
    await world.endpoint("a")
    await world.happen()
    await world.spread(AT)
    question = msgspec.structs.replace(verification("a"), id="v-2")
    await world.webhooks.change(PLATFORM, "a", WebhookChange(url="https://new.example/"), question, AT, "key k")

    claimed = await world.claim("a")

    assert [each.delivery.id for each in claimed] == ["v-2"]
    assert {each.webhook.url for each in claimed} == {"https://new.example/"}


async def test_a_failure_waits_for_its_time_and_lets_the_endpoint_rest(world: World) -> None:
    await world.endpoint("a", active=False)
    [claimed] = await world.claim("a")
    later = AT + dt.timedelta(minutes=5)

    await world.settle(claimed, Ending.FAILED, due=later, rest_until=AT + dt.timedelta(minutes=1))

    assert await world.outbox.due(AT) == []
    assert await world.outbox.due(AT + dt.timedelta(minutes=2)) == []
    assert await world.outbox.due(later) == [(PLATFORM, "a", True)]
    assert (await world.found("a")).failing_since == AT


async def test_what_was_not_tried_counts_as_no_attempt(world: World) -> None:
    await world.endpoint("a", active=False)
    [claimed] = await world.claim("a")

    await world.settle(claimed, Ending.UNTRIED, due=AT)

    [delivery] = await world.page("a")
    assert (delivery.attempts, (await world.found("a")).failures) == (0, 0)


@pytest.mark.parametrize("why", [WhyDisabled.GONE, WhyDisabled.FAILING])
async def test_an_endpoint_that_is_gone_or_fails_for_days_is_disabled_with_an_event(
    world: World, why: WhyDisabled
) -> None:
    await world.endpoint("a")
    await world.endpoint("other-one")
    await world.happen(3)
    await world.spread(AT)
    claimed = await world.claim("a", limit=2)
    if why is WhyDisabled.FAILING:
        await world.settle(claimed[0], Ending.FAILED, due=AT)
        await world.settle(claimed[1], Ending.FAILED, AT + dt.timedelta(days=5), due=AT + dt.timedelta(days=6))
    else:
        await world.settle(claimed[0], Ending.GONE)

    webhook = await world.found("a")
    [*_, event] = await world.feed.page(PLATFORM, 0, 100)
    assert (webhook.state, webhook.why_disabled) == (WebhookState.DISABLED, why)
    assert (event.kind, event.data.webhook, event.data.state) == (EventKind.WEBHOOK_DISABLED, "a", why)
    assert await world.page("a", DeliveryState.WAITING) == []
    assert await world.outbox.due(AT + dt.timedelta(days=9)) == [(PLATFORM, "other-one", False)]


async def test_success_ends_a_series_of_failures(world: World) -> None:
    await world.endpoint("a", active=False)
    [claimed] = await world.claim("a")
    await world.settle(claimed, Ending.FAILED, due=AT)
    [claimed] = await world.claim("a")

    await world.settle(claimed, Ending.ARRIVED)

    webhook = await world.found("a")
    assert (webhook.failures, webhook.failing_since, webhook.state) == (0, None, WebhookState.UNVERIFIED)


async def test_dead_letters_and_what_was_missed_are_replayed_with_the_same_ids(world: World) -> None:
    await world.endpoint("a", EventKind.FORM_ISSUED)
    await world.happen(2)
    await world.spread(AT)
    [arrived, dead, question] = sorted(await world.claim("a"), key=lambda claimed: claimed.event is None)
    await world.settle(question, Ending.ARRIVED)
    await world.settle(arrived, Ending.ARRIVED)
    await world.settle(dead, Ending.FAILED, due=None)
    await world.webhooks.disabled(PLATFORM, "a", AT, "key k")
    await world.happen(3)
    await world.happen(kind=EventKind.CREDENTIAL_REVOKED)
    await world.spread(AT)

    again = await world.deliveries.replay_since(PLATFORM, "a", AT, AT, "key 1", delivered=False, limit=100)
    everything = await world.deliveries.replay_since(PLATFORM, "a", AT, AT, "key 1", delivered=True, limit=100)
    earlier = await world.deliveries.replay_since("other", "a", AT, AT, "key 1", delivered=True, limit=100)

    assert (again, everything, earlier) == (4, 1, 0)
    events = [event.id for event in await world.feed.page(PLATFORM, 0, 100) if event.kind is EventKind.FORM_ISSUED]
    waiting = await world.page("a", DeliveryState.WAITING)
    assert sorted(delivery.id for delivery in waiting) == sorted(events)


async def test_one_delivery_is_replayed_by_its_own_platform_alone(world: World) -> None:
    await world.endpoint("a", active=False)
    [claimed] = await world.claim("a")
    await world.settle(claimed, Ending.ARRIVED)

    foreign = await world.deliveries.replay("other", "a", "v-a", AT, "key 1")
    own = await world.deliveries.replay(PLATFORM, "a", "v-a", AT, "key 1")

    assert (foreign, own) == (False, True)
    assert [delivery.state for delivery in await world.page("a")] == [DeliveryState.WAITING]


async def test_a_new_secret_signs_beside_the_old_one_until_the_overlap_ends(world: World) -> None:
    first = (await world.endpoint("a")).secret.current
    until = AT + dt.timedelta(hours=1)

    there = await world.webhooks.rotate(PLATFORM, "a", b"new", until, AT, "key k")
    foreign = await world.webhooks.rotate("other", "a", b"new", until, AT, "key k")

    secret = (await world.found("a")).secret
    assert (there, foreign) == (True, False)
    assert secret.keys(AT) == (b"new", first)
    assert secret.keys(until) == (b"new",)


async def test_a_removed_endpoint_leaves_nothing_behind(world: World) -> None:
    await world.endpoint("a")

    foreign = await world.webhooks.remove("other", "a", "key k", AT)
    own = await world.webhooks.remove(PLATFORM, "a", "key k", AT)

    assert (foreign, own) == (False, True)
    assert await world.webhooks.find(PLATFORM, "a") is None
    assert await world.page("a") == []
    assert b"key k" in await dumped(world.database.within(EVERYWHERE), "audit")


async def test_ended_deliveries_are_forgotten_after_thirty_days(world: World) -> None:
    await world.endpoint("a")
    [claimed] = await world.claim("a")
    await world.settle(claimed, Ending.ARRIVED)
    await world.happen()

    await world.spread(AT + dt.timedelta(days=31))

    assert [delivery.type for delivery in await world.page("a")] == ["form.issued"]


async def test_endpoints_can_be_removed_while_events_are_spread(world: World) -> None:
    for turn in range(20):
        names = [f"{turn}-{number}" for number in range(10)]
        for name in names:
            await world.endpoint(name)
        await world.happen(5)

        await asyncio.gather(
            world.outbox.spread(PLATFORM, AT),
            *(world.webhooks.remove(PLATFORM, name, "key k", AT) for name in names),
        )

    assert await world.webhooks.all(PLATFORM) == ()


async def test_an_endpoint_can_be_removed_while_messages_are_put_into_its_outbox(world: World) -> None:
    for turn in range(20):
        name = f"{turn}"
        await world.endpoint(name)
        await world.happen(5)
        test = msgspec.structs.replace(verification(name), id=f"t-{name}")

        await asyncio.gather(
            world.deliveries.enqueue(test, "key k"),
            world.deliveries.replay_since(PLATFORM, name, AT, AT, "key k", delivered=True, limit=100),
            world.webhooks.remove(PLATFORM, name, "key k", AT),
        )

        assert await world.page(name) == []


async def test_only_the_address_that_was_asked_becomes_active(world: World) -> None:
    asked = await world.endpoint("a", active=False)
    [claimed] = await world.claim("a")
    change = WebhookChange(url="https://victim.example/in")
    await world.webhooks.change(
        PLATFORM, "a", change, msgspec.structs.replace(verification("a"), id="v-2"), AT, "key k"
    )

    await world.settle(claimed, Ending.VERIFIED)
    await world.webhooks.verified(asked, AT, "key k")

    assert (await world.found("a")).state is WebhookState.UNVERIFIED
    assert {delivery.id: delivery.state for delivery in await world.page("a")} == {
        "v-2": DeliveryState.WAITING,
        "v-a": DeliveryState.DEAD,
    }
