"""Sending: until it arrives or 72 hours have passed, and nobody waits for somebody else's endpoint."""

import asyncio
import datetime as dt
import json
from collections import Counter
from collections.abc import Sequence
from email.utils import format_datetime
from functools import partial
from typing import Any

import msgspec
import pytest

from gateway.edges.connections import Reach
from gateway.errors import FetchBlocked, NotFound
from gateway.flows.convert import Caller
from gateway.flows.webhooks.attempt import DELAYS, HORIZON
from gateway.ports.webhooks import WebhookChange
from gateway.records.webhooks import DeliveryState
from tests.corpora import corpus
from tests.gateway.flows.webhooks.conftest import CALLER, LIMITS, Opening
from tests.simulators.https_server import LoopbackServer, Reply, redirect, response
from tests.simulators.receiver import Message, Receiver, challenged

STRANGER = Caller("other", "holder")
HASTY = msgspec.structs.replace(LIMITS, deadline_s=0.5)


def failing(status: str, *headers: str, body: bytes = b"") -> Any:
    """Answer everything but the first question so."""

    def answer(message: Message) -> bytes:
        if message.said["type"] == "webhook.verification":
            return challenged(message)
        return response(body, *headers, status=status)

    return answer


async def test_a_message_that_fails_is_tried_again_until_it_arrives(sending: Opening) -> None:
    async with Receiver(answer=failing("500 Oops")) as receiver, sending(receiver) as world:
        made = await world.active(receiver)
        [event] = await world.happen()
        async with world.running():
            await receiver.until(lambda: world.ended(made, 1))
            world.clock.advance(seconds=5)
            await receiver.until(lambda: world.ended(made, 2))
            receiver.answer = challenged
            world.clock.advance(minutes=5)
            await receiver.until(lambda: world.ended(made, 3))
        [sent] = await world.sent(made)
        endpoint = await world.show(made)

    assert [message.id for message in receiver.of("form.issued")] == [event] * 3
    assert len({message.body for message in receiver.of("form.issued")}) == 1
    assert (sent.state, sent.status, endpoint.failures) == (DeliveryState.DELIVERED, 200, 0)


@pytest.mark.parametrize("fraction", [1.0, 0.5])
async def test_attempts_spread_over_72_hours_and_then_it_is_a_dead_letter(sending: Opening, fraction: float) -> None:
    async with Receiver(answer=failing("503 Busy")) as receiver, sending(receiver) as world:
        world.fraction = fraction
        made = await world.active(receiver)
        begun = world.clock()
        await world.happen()
        gaps: list[dt.timedelta] = []
        async with world.running():
            for attempt in range(1, 30):
                await receiver.until(partial(world.ended, made, attempt))
                [sent] = await world.sent(made)
                if sent.due is None:
                    break
                gaps.append(sent.due - world.clock())
                world.clock.now = max(sent.due, world.clock() + dt.timedelta(minutes=5))
        dead = await world.flows.list_deliveries(made.webhook.id, DeliveryState.DEAD, "", 10, CALLER)

    assert [gap for gap, delay in zip(gaps, DELAYS, strict=False)][:6] == [delay * fraction for delay in DELAYS[:6]]
    assert all(gap <= DELAYS[-1] for gap in gaps)
    assert world.clock() - begun >= HORIZON
    assert [(each.state, each.outcome) for each in dead] == [(DeliveryState.DEAD, "answered 503")]


async def test_a_dead_letter_is_replayed_with_its_id(sending: Opening) -> None:
    async with Receiver(answer=failing("500 Oops")) as receiver, sending(receiver) as world:
        made = await world.active(receiver)
        [event] = await world.happen()
        await world.flows.disable_webhook(made.webhook.id, CALLER)
        await world.happen()
        receiver.answer = challenged
        await world.flows.amend_webhook(made.webhook.id, WebhookChange(), CALLER, ask_again=True)
        async with world.running():
            await receiver.until(lambda: world.is_in(made, "active"))
            since = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
            again = await world.flows.replay_deliveries(made.webhook.id, CALLER, since=since)
            await receiver.until(lambda: len(receiver.of("form.issued")) == 2)
            await world.flows.replay_deliveries(made.webhook.id, CALLER, delivery_id=event)
            await receiver.until(lambda: len(receiver.of("form.issued")) == 3)

    assert again.replayed == 2
    assert Counter(message.id for message in receiver.of("form.issued"))[event] == 2


async def test_gone_disables_the_endpoint_and_the_feed_says_so(sending: Opening) -> None:
    async with Receiver(answer=failing("410 Gone")) as receiver, sending(receiver) as world:
        made = await world.active(receiver)
        await world.happen(3)
        async with world.running():
            await receiver.until(lambda: world.is_in(made, "disabled"))
            sent_then = len(receiver.messages)
            await world.happen()
            await asyncio.sleep(0.2)
        changes = await world.flows.read_changes("", 10, CALLER)
        endpoint = await world.show(made)

    assert endpoint.why_disabled == "gone"
    assert len(receiver.messages) == sent_then
    disabled = [event for event in changes.events if event.type == "webhook.disabled"]
    assert [(event.data.webhook, event.data.state) for event in disabled] == [(made.webhook.id, "gone")]


@pytest.mark.parametrize(
    ("status", "asked", "waits"),
    [
        ("503 Busy", "120", dt.timedelta(seconds=120)),
        ("429 Slow down", "99999999999", DELAYS[0]),
        ("429 Slow down", "100000", dt.timedelta(hours=24)),
        ("503 Busy", "-5", DELAYS[0]),
        ("503 Busy", "next year", DELAYS[0]),
        ("500 Oops", "120", DELAYS[0]),
    ],
)
async def test_retry_after_is_honoured_within_a_day(
    sending: Opening, status: str, asked: str, waits: dt.timedelta
) -> None:
    async with Receiver(answer=failing(status, f"Retry-After: {asked}")) as receiver, sending(receiver) as world:
        made = await world.active(receiver)
        await world.happen()
        async with world.running():
            await receiver.until(lambda: world.ended(made, 1))
        [sent] = await world.sent(made)

    assert sent.due is not None
    assert sent.due - world.clock() == waits


@pytest.mark.parametrize(("asked", "waits"), [({"minutes": 2}, {"minutes": 2}), ({"days": -1}, {"seconds": 5})])
async def test_retry_after_may_be_a_date(sending: Opening, asked: dict[str, int], waits: dict[str, int]) -> None:
    async with Receiver() as receiver, sending(receiver) as world:
        world.clock.now = world.clock().replace(microsecond=0)
        made = await world.active(receiver)
        until = format_datetime(world.clock() + dt.timedelta(**asked), usegmt=True)
        receiver.answer = failing("503 Busy", f"Retry-After: {until}")
        await world.happen()
        async with world.running():
            await receiver.until(lambda: world.ended(made, 1))
        [sent] = await world.sent(made)

    assert sent.due == world.clock() + dt.timedelta(**waits)


async def test_no_redirect_is_followed(sending: Opening) -> None:
    async with LoopbackServer() as elsewhere, Receiver() as receiver, sending(receiver) as world:
        made = await world.active(receiver)
        receiver.answer = lambda _: redirect(f"http://127.0.0.1:{elsewhere.port}/")
        await world.happen()
        async with world.running():
            await receiver.until(lambda: world.ended(made, 1))
        [sent] = await world.sent(made)

    assert elsewhere.connections == 0
    assert sent.outcome == "answered 302; no redirect is followed, so its address has to be changed here"


async def _endless(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"400\r\n" + b"x" * 1024 + b"\r\n")
        await writer.drain()


async def _dripping(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


async def silent(writer: asyncio.StreamWriter) -> None:
    await writer.drain()
    await asyncio.sleep(30)


HOSTILE: dict[str, tuple[Reply, DeliveryState, str]] = {
    "a body without end": (_endless, DeliveryState.DELIVERED, ""),
    "a huge body": (response(b"x" * 5_000_000), DeliveryState.DELIVERED, ""),
    "a body byte by byte": (_dripping, DeliveryState.WAITING, "no complete answer within 0.5 s"),
    "silence": (silent, DeliveryState.WAITING, "no complete answer within 0.5 s"),
    "a header without end": (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 9000, DeliveryState.WAITING, "a header larger"),
    "no HTTP": (b"220 smtp.example\r\n\r\n", DeliveryState.WAITING, "the answer broke off or was no HTTP"),
    "a page with scripts": (
        response(b"<script>alert(1)</script>\x00\x1b[31m \xf0\x9f\x92\xa9" + b"y" * 900, status="500 Oops"),
        DeliveryState.WAITING,
        "answered 500: scriptalert(1)/script[31m yyyy",
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_hostile_answer_is_judged_in_time_and_leaves_a_safe_word(sending: Opening, kind: str) -> None:
    reply, state, outcome = HOSTILE[kind]
    async with Receiver() as receiver, sending(receiver, limits=HASTY) as world:
        made = await world.active(receiver)
        receiver.server.replies["/in"] = reply
        await world.happen()
        async with world.running():
            await receiver.until(lambda: world.ended(made, 1))
        [sent] = await world.sent(made)

    assert sent.state is state
    assert sent.outcome.startswith(outcome)
    assert len(sent.outcome) < 250
    assert sent.outcome.isprintable()


@pytest.mark.parametrize("answer", ["ok", "all that was sent"])
async def test_events_wait_until_the_endpoint_has_sent_the_challenge_back(sending: Opening, answer: str) -> None:
    def thanked(message: Message) -> bytes:
        return response(b"ok" if answer == "ok" else message.body)

    async with Receiver(answer=thanked) as receiver, sending(receiver) as world:
        made = await world.register(receiver.url)
        async with world.running():
            await receiver.until(lambda: world.has_answered(made))
            await world.happen()
            await asyncio.sleep(0.1)
        [asked], endpoint = await world.questions(made), await world.show(made)
        [first] = receiver.messages
        code = first.said["data"]["challenge"]
        with pytest.raises(Exception, match="not the code"):
            await world.flows.verify_webhook(made.webhook.id, code[:-1], CALLER)
        with pytest.raises(NotFound):
            await world.flows.verify_webhook(made.webhook.id, code, STRANGER)
        verified = await world.flows.verify_webhook(made.webhook.id, code, CALLER)

    assert first.said["type"] == "webhook.verification"
    assert (endpoint.state, asked.status, asked.outcome) == ("unverified", 200, "it did not send the challenge back")
    assert verified.state == "active"


@pytest.mark.parametrize("status", ["500 Oops", "410 Gone"])
async def test_what_an_address_answers_that_has_not_agreed_is_told_to_nobody(sending: Opening, status: str) -> None:
    inside = response(b"what only those inside may read", status=status)
    async with Receiver(answer=lambda _: inside) as receiver, sending(receiver) as world:
        made = await world.register(receiver.url)
        async with world.running():
            await receiver.until(lambda: world.has_answered(made))
        [asked] = await world.questions(made)

    assert asked.outcome == f"answered {status.partition(' ')[0]}"


@pytest.mark.parametrize("answer", ["text", "json"])
async def test_the_challenge_comes_back_as_text_or_as_json(sending: Opening, answer: str) -> None:
    def sent_back(message: Message) -> bytes:
        code = message.said["data"]["challenge"]
        return response(f" {code}\n".encode() if answer == "text" else json.dumps({"challenge": code, "a": 1}).encode())

    async with Receiver(answer=sent_back) as receiver, sending(receiver) as world:
        made = await world.register(receiver.url)
        async with world.running():
            await receiver.until(lambda: world.is_in(made, "active"))


async def test_another_address_has_to_show_anew_that_it_wants_events(sending: Opening) -> None:
    async with Receiver() as one, Receiver("127.0.0.2") as two, sending(one, two) as world:
        made = await world.active(one)
        changed = await world.flows.amend_webhook(made.webhook.id, WebhookChange(url=two.url), CALLER)
        async with world.running():
            await two.until(lambda: world.is_in(made, "active"))
            await world.happen()
            await two.until(lambda: bool(two.of("form.issued")))

    assert changed.state == "unverified"
    assert one.of("form.issued") == []
    assert one.messages[0].said["data"]["challenge"] != two.messages[0].said["data"]["challenge"]


def refused(message: Message) -> bytes:
    del message
    return response(b"", status="500 Oops")


async def test_an_address_named_while_another_is_asked_does_not_become_active(sending: Opening) -> None:
    async with (
        Receiver(delay_s=0.3) as mine,
        Receiver("127.0.0.2", answer=refused) as other,
        sending(mine, other) as world,
    ):
        made = await world.register(mine.url)
        async with world.running():
            await mine.until(lambda: mine.under_way == 1)
            await world.flows.amend_webhook(made.webhook.id, WebhookChange(url=other.url), CALLER)
            await mine.until(lambda: mine.under_way == 0)
            await other.until(lambda: world.has_failed(made))
        changed = await world.show(made)

    assert (changed.url, changed.state) == (other.url, "unverified")


async def test_no_inside_address_can_be_named(sending: Opening) -> None:
    rows: list[dict[str, Any]] = json.loads(corpus("sec/made/ssrf.json").read_bytes())
    blocked = [row["url"] for row in rows if row.get("expect") == "block" and "url" in row]
    urls = blocked + [url.replace("http:", "https:") for url in blocked]
    refused: list[str] = []
    async with sending() as world:
        for url in urls:
            try:
                await world.register(url)
            except FetchBlocked as error:
                refused.append(error.pointer)

    assert len(urls) > 120
    assert len(refused) > 100
    assert set(refused) == {"/url"}


async def test_a_name_that_leads_inside_is_never_connected_to(sending: Opening) -> None:
    async def inside(host: str, port: int) -> Sequence[str]:
        del host, port
        return ["127.0.0.1"]

    async with LoopbackServer() as server:
        reach = Reach(resolve=inside, ports=frozenset({443, server.port}))
        async with sending(reach=reach) as world:
            made = await world.register(f"https://inside.example:{server.port}/")
            async with world.running(), Receiver() as nobody:
                await nobody.until(lambda: world.has_failed(made))
            [sent] = await world.flows.list_deliveries(made.webhook.id, None, "", 10, CALLER)

    assert server.connections == 0
    assert sent.outcome == "no connection could be made"


async def test_a_test_message_is_sent_and_is_no_event(sending: Opening) -> None:
    async with Receiver() as receiver, sending(receiver) as world:
        made = await world.active(receiver)
        sent = await world.flows.send_test(made.webhook.id, CALLER)
        async with world.running():
            await receiver.until(lambda: bool(receiver.of("webhook.test")))
        changes = await world.flows.read_changes("", 10, CALLER)

    [message] = receiver.of("webhook.test")
    assert (message.id, message.said["data"]) == (sent.id, {"webhook": made.webhook.id})
    assert changes.events == ()
