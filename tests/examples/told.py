"""What is posted to endpoints, one of every kind: things happen, and the messages arrive over HTTP."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping

from adapters.hub.contract import Format
from gateway.edges.answers import Limits
from gateway.edges.connections import Reach
from gateway.edges.outbound import HttpsPost
from gateway.flows.offers.transaction_code import MOST_ATTEMPTS
from gateway.flows.prepare import target
from gateway.flows.read_changes import CHANGES_LIMIT
from gateway.flows.webhooks.attempt import Attempt
from gateway.flows.webhooks.deliver import Deliver, Room
from gateway.http.examples.recorded import Delivered
from gateway.ports.outbound import Posted
from gateway.records import Securing, StatusPurpose
from gateway.records.events import EventKind
from gateway.records.webhooks import TEST, VERIFICATION
from tests.examples.scenes.gateway_credentials import suspendable
from tests.examples.scenes.gateway_offers import offered
from tests.examples.scenes.gateway_webhooks import WEBHOOKS
from tests.examples.scenes.openid4vci import bearer, wish
from tests.examples.story import BEARER, Story, begun, said
from tests.gateway.flows.watching import LIST, Watched
from tests.simulators.https_server import response
from tests.simulators.offered import PRE_AUTHORIZED, redeemed
from tests.simulators.receiver import Message, Receiver

EVENT, CHALLENGE = "receiveEvent", "receiveChallenge"
"""The operations of an endpoint."""

KINDS = frozenset({*EventKind, TEST, VERIFICATION})
HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")
OURS = "https://lms.example.org/badges"
LIMITS = Limits(deadline_s=5.0, turn_s=5.0, connect_s=5.0, quiet_s=0.0, per_host=8)
SUSPENDABLE = (target(Format.OPEN_BADGES_3, Securing.DATA_INTEGRITY, StatusPurpose.SUSPENSION),)


async def delivered() -> dict[str, Delivered]:
    """The first message of every kind, as it arrived, by the operation that receives it."""
    async with begun() as story, Receiver() as receiver, sending(story, receiver):
        since = await subscribed(story, receiver)
        for happen in (states, erasure, wallets, guesses, sources, silence, gone):
            await happen(story)
            await arrived(story, receiver, since)
        await receiver.until(lambda: bool(receiver.of(EventKind.WEBHOOK_DISABLED)))
        first = {message.said["type"]: message for message in sorted(receiver.messages, key=_order, reverse=True)}
    asked = first.pop(VERIFICATION)
    return {EVENT: _recorded(first, first[TEST]), CHALLENGE: _recorded({VERIFICATION: asked}, asked)}


def _order(message: Message) -> tuple[str, str]:
    """By when it happened, and to what: in which order messages arrive is not promised."""
    return message.said["timestamp"], message.said["data"].get("credential", "")


def _recorded(messages: Mapping[str, Message], one: Message) -> Delivered:
    return Delivered(
        headers={name: one.headers[name] for name in HEADERS},
        bodies={kind: messages[kind].said for kind in sorted(messages)},
    )


@contextlib.asynccontextmanager
async def sending(story: Story, receiver: Receiver) -> AsyncIterator[None]:
    """Send in the meantime what happens, every message to the receiver; at ``/gone`` of any host there is nobody."""
    made = story.gateway.webhooks.deliver.attempt
    async with HttpsPost(reach=Reach(exempt_origins=frozenset({receiver.origin})), limits=LIMITS) as post:

        async def there(url: str, body: bytes, headers: Mapping[str, str], *, answer_bytes: int = 65536) -> Posted:
            place = receiver.url if url == OURS else f"{receiver.origin}/gone"
            return await post(place, body, headers, answer_bytes=answer_bytes)

        receiver.server.replies["/gone"] = response(b"", status="410 Gone")
        attempt = Attempt(
            clock=story.clock,
            outbox=made.outbox,
            post=there,
            keys=made.keys,
            signer=made.signer,
            secret=made.secret,
            fraction=lambda: 0.0,
        )
        task = asyncio.create_task(Deliver(story.clock, made.outbox, attempt, Room(poll_s=0.02))())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


async def arrived(story: Story, receiver: Receiver, since: str) -> None:
    """Wait until everything that happened was told."""
    feed = await story.gateway.webhooks.read_changes(since, CHANGES_LIMIT, story.caller)
    happened = {each.id for each in feed.events}
    await receiver.until(lambda: happened <= {message.id for message in receiver.messages})


async def subscribed(story: Story, receiver: Receiver) -> str:
    """An endpoint shows that it wants events, and is tried out; from where in the feed it is told them."""
    made = (await story.post(WEBHOOKS, json={"url": OURS}))["webhook"]
    address = f"{WEBHOOKS}/{made['id']}"

    async def active() -> bool:
        shown = said(await story.client.get(address, headers=BEARER)).json()
        return bool(shown["state"] == "active")

    await receiver.until(active)
    await story.post(f"{address}/test")
    await receiver.until(lambda: bool(receiver.of(TEST)))
    return (await story.gateway.webhooks.read_changes("", CHANGES_LIMIT, story.caller)).next


async def states(story: Story) -> None:
    """A badge is awarded, suspended, reinstated and revoked by its platform."""
    record = await suspendable(story)
    address = f"/v1/credentials/{record['id']}"
    await story.post(f"{address}/suspend", json={"reason": "A doubt about the exam"})
    await story.post(f"{address}/reinstate")
    await story.post(f"{address}/revoke", json={"reason": "Awarded twice by mistake"})


async def erasure(story: Story) -> None:
    """It is erased, once its revocation has arrived: what is told of it later has no reason any more."""
    revoked = said(await story.client.get("/v1/credentials", params={"state": "revoked"}, headers=BEARER))
    [record] = revoked.json()["records"]
    said(await story.client.delete(f"/v1/credentials/{record['id']}", headers=BEARER))


async def wallets(story: Story) -> None:
    """A wallet fetches a badge, and says that it has it."""
    shown = await bearer(story, await offered(story))
    fetched = said(await story.client.post("/oid4vci/credential", json=await wish(story), headers=shown)).json()
    told = {"notification_id": fetched["notification_id"], "event": "credential_accepted"}
    said(await story.client.post("/oid4vci/notification", json=told, headers=shown))


async def guesses(story: Story) -> None:
    """Somebody guesses the code of an offer until it is locked."""
    record = await story.awarded()
    made = await story.post("/v1/offers", json={"credential": record["id"], "claiming": "code"})
    grants = said(await story.client.get(f"/oid4vci/offers/{made['offer']['id']}")).json()["grants"]
    code = grants[PRE_AUTHORIZED]["pre-authorized_code"]
    wrong = str((int(made["code"]) + 1) % 10**6).zfill(6)
    for _ in range(MOST_ATTEMPTS):
        assert (await redeemed(story.client, code, tx_code=wrong)).status_code == 400


async def sources(story: Story) -> None:
    """Sources are suspended and confirmed, taken back, served in an older state, and gone."""
    watched = Watched(story.gateway, story.world.web, story.clock, story.world.issuer)
    story.world.web.at = story.clock.now
    await watched.credential(1, SUSPENDABLE, credentialStatus=watched.listed(purpose="suspension"))
    watched.clock.advance(minutes=1)
    watched.listed(7, purpose="suspension")
    await watched.later()
    watched.listed(purpose="suspension")
    await watched.later()
    await watched.credential(2)
    await watched.rolled_back()
    await watched.later()
    await watched.credential(3)
    watched.web.absent(LIST)
    await watched.later()


async def silence(story: Story) -> None:
    """A source does not answer for days."""
    watched = Watched(story.gateway, story.world.web, story.clock, story.world.issuer)
    await watched.credential(4)
    watched.web.unreachable(LIST)
    await watched.later(days=1)
    await watched.later(days=1)


async def gone(story: Story) -> None:
    """Another endpoint says that it is there no more."""
    await story.post(WEBHOOKS, json={"url": "https://registry.example.org/badges"})
