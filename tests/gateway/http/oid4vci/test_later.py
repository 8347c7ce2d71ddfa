"""Credentials that are not there yet, and what wallets say of those that are."""

import asyncio

import pytest

from gateway.assembly.whole import Gateway
from gateway.edges.events import StoredFeed
from gateway.records.events import Event, EventKind
from tests.gateway.http.conftest import Client, converted
from tests.gateway.http.oid4vci.conftest import BADGE, BADGE_JWT, MINE, Counter, Members, refusal
from tests.laundering.sources import STATUS_LIST, Kind, World
from tests.simulators.clock import SimulatedClock

UNKNOWN = (400, "invalid_transaction_id")


class Waiting:
    """A transaction: the badge has to be looked at again, and the host of its status list does not answer."""

    def __init__(self, counter: Counter, world: World, transaction: str) -> None:
        self.counter, self.world = counter, world
        self.body = {"transaction_id": transaction}

    def answers(self, *revoked: int) -> None:
        """The host answers again; 7 is the badge's entry."""
        made = f"{self.counter.clock.now:%Y-%m-%dT%H:%M:%SZ}"
        self.world.issuer.status_list(STATUS_LIST, *revoked, validFrom=made)


@pytest.fixture
async def waiting(holder: Client, client: Client, gateway: Gateway, world: World, clock: SimulatedClock) -> Waiting:
    badge = await converted(holder, world.sound(Kind.DATA_INTEGRITY))
    counter = Counter(client, gateway, clock, badge["id"])
    clock.advance(hours=25)
    world.web.at = clock.now
    world.web.unreachable(STATUS_LIST)
    await gateway.publish()
    await counter.offered()
    answer = await counter.fetched()
    assert answer.status_code == 202, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert 0 < answer.json()["interval"] < 300
    return Waiting(counter, world, answer.json()["transaction_id"])


async def test_who_asks_too_soon_waits_on_with_the_same_transaction(waiting: Waiting) -> None:
    answer = await waiting.counter.asked("deferred", waiting.body)

    assert answer.status_code == 202
    assert answer.json()["transaction_id"] == waiting.body["transaction_id"]


async def test_what_was_waited_for_is_delivered_once(waiting: Waiting) -> None:
    waiting.answers()

    first, second = [await waiting.counter.asked("deferred", waiting.body) for _ in range(2)]

    assert first.status_code == 200, first.text
    [found] = first.json()["credentials"]
    assert found["credential"]["credentialSubject"]["id"] == MINE.did
    assert refusal(second) == UNKNOWN
    again = (await waiting.counter.fetched()).json()
    assert set(first.json()) == {"credentials"}
    assert again == {**first.json(), "notification_id": again["notification_id"]}


async def test_a_badge_that_was_revoked_meanwhile_ends_the_transaction(waiting: Waiting) -> None:
    waiting.answers(7)

    first, second = [await waiting.counter.asked("deferred", waiting.body) for _ in range(2)]

    assert refusal(first) == (400, "credential_request_denied")
    assert refusal(second) == UNKNOWN


async def test_a_transaction_is_for_the_token_of_its_offer(waiting: Waiting) -> None:
    mine = waiting.counter.token
    await waiting.counter.offered()
    waiting.answers()

    other = await waiting.counter.asked("deferred", waiting.body)

    assert refusal(other) == UNKNOWN
    assert (await waiting.counter.asked("deferred", waiting.body, mine)).status_code == 200


async def test_a_transaction_is_for_its_client_and_for_tokens_of_its_configuration(waiting: Waiting) -> None:
    offer = await waiting.counter.offers.find(waiting.counter.offer)
    assert offer is not None
    waiting.answers()

    others = [
        await waiting.counter.asked("deferred", waiting.body, token)
        for token in (
            await waiting.counter.granted(offer, "bgc_another"),
            await waiting.counter.granted(offer, "", BADGE_JWT),
        )
    ]

    assert [refusal(answer) for answer in others] == [UNKNOWN] * 2
    assert (await waiting.counter.asked("deferred", waiting.body)).status_code == 200


async def test_a_transaction_outlives_the_token_it_began_with(waiting: Waiting) -> None:
    offer = await waiting.counter.offers.find(waiting.counter.offer)
    assert offer is not None
    waiting.counter.clock.advance(minutes=10)
    waiting.answers()

    answer = await waiting.counter.asked("deferred", waiting.body, await waiting.counter.granted(offer))

    assert answer.status_code == 200


async def test_a_deferred_request_without_a_transaction_is_malformed(counter: Counter) -> None:
    for body in (b"", b"[]", b'{"transaction_id":1}', b'{"transaction_id":""}', b"{}"):
        assert refusal(await counter.asked("deferred", body)) == (400, "invalid_credential_request")


async def test_a_transaction_that_never_was_is_unknown(counter: Counter) -> None:
    assert refusal(await counter.asked("deferred", {"transaction_id": "x" * 43})) == UNKNOWN


async def events(counter: Counter) -> list[Event]:
    """What the platform learns of the claim."""
    kinds = (EventKind.CREDENTIAL_CLAIMED, EventKind.WALLET_NOTIFIED)
    feed = await StoredFeed(counter.gateway.edges.database).history("default", counter.record, 100)
    return [event for event in feed if event.kind in kinds]


def notice(fetched: Members, event: str = "credential_accepted") -> Members:
    return {"notification_id": fetched["notification_id"], "event": event}


async def test_the_platform_learns_that_its_credential_was_claimed_and_kept(counter: Counter) -> None:
    fetched = (await counter.fetched()).json()

    answer = await counter.asked("notification", notice(fetched) | {"event_description": "not told on"})

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Cache-Control"] == "no-store"
    assert [(event.kind, event.data.wallet, event.data.securing) for event in await events(counter)] == [
        (EventKind.CREDENTIAL_CLAIMED, "", "data-integrity"),
        (EventKind.WALLET_NOTIFIED, "accepted", "data-integrity"),
    ]


async def test_events_name_the_offer_and_say_what_is_bound_and_hold_no_link(counter: Counter, holder: Client) -> None:
    fetched = (await counter.fetched()).json()
    await counter.asked("notification", notice(fetched))

    feed = await holder.get("/v1/changes")
    offer = (await holder.get(f"/v1/offers/{counter.offer}")).json()

    told = [(each["type"], each["data"].get("offer", "")) for each in feed.json()["events"] if "offer" in each["data"]]
    assert told == [("credential.claimed", offer["reference"]), ("wallet.notified", offer["reference"])]
    issued = [each["data"].get("bound", False) for each in feed.json()["events"] if each["type"] == "form.issued"]
    assert (sum(issued), issued[-1]) == (1, True)
    assert counter.offer not in feed.text


async def test_however_often_a_wallet_says_it_it_is_told_once(counter: Counter) -> None:
    fetched = (await counter.fetched()).json()

    answers = await asyncio.gather(*(counter.asked("notification", notice(fetched)) for _ in range(20)))
    deleted = await counter.asked("notification", notice(fetched, "credential_deleted"))

    assert {answer.status_code for answer in (*answers, deleted)} == {204}
    assert [event.data.wallet for event in await events(counter)] == ["", "accepted", "deleted"]


async def test_the_feed_shows_what_wallets_say(counter: Counter, holder: Client) -> None:
    fetched = (await counter.fetched()).json()
    await counter.asked("notification", notice(fetched, "credential_failure"))

    items = (await holder.get("/v1/changes")).json()["events"]

    assert [item["data"].get("wallet") for item in items if item["type"] == "wallet.notified"] == ["failed"]


async def test_a_notification_is_for_the_token_of_its_offer(counter: Counter) -> None:
    fetched = (await counter.fetched()).json()
    await counter.offered(BADGE_JWT)

    answer = await counter.asked("notification", notice(fetched))

    assert refusal(answer) == (400, "invalid_notification_id")


async def test_a_notification_id_that_never_was_is_unknown(counter: Counter) -> None:
    for unknown in ("x", "é", "0" * 64):
        body = {"notification_id": unknown, "event": "credential_accepted"}

        assert refusal(await counter.asked("notification", body)) == (400, "invalid_notification_id")


async def test_what_is_no_notification_is_malformed(counter: Counter) -> None:
    half = b'{"notification_id":"\\ud800","event":"credential_accepted"}'
    eaten = b'{"notification_id":"x","event":"credential_eaten"}'
    for body in (b"", b"{}", b'{"notification_id":"x"}', eaten, half):
        assert refusal(await counter.asked("notification", body)) == (400, "invalid_notification_request")


async def test_each_configuration_of_an_offer_is_claimed_for_itself(counter: Counter) -> None:
    first = (await counter.fetched(configuration=BADGE)).json()
    second = (await counter.fetched(configuration=BADGE_JWT)).json()

    assert first["notification_id"] != second["notification_id"]
    assert [event.kind for event in await events(counter)] == [EventKind.CREDENTIAL_CLAIMED] * 2
