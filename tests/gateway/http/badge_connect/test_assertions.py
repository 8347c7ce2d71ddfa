"""``/ims/ob/v2p1/assertions``: pages of what a person holds, byte for byte, and badges that are pushed."""

import json
from typing import Any  # Any: members of JSON documents
from urllib.parse import unquote

import msgspec
import pytest
from httpx import Response

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.flows.convert import Caller
from gateway.flows.oauth.scopes import PersonScope
from gateway.records.holdings import Via
from gateway.records.people import PEOPLE, Person
from tests.gateway.http.badge_connect.conftest import ASSERTIONS, status
from tests.gateway.http.conftest import Client, here
from tests.laundering.sources import Carrier, Kind, World
from tests.simulators import people
from tests.simulators.clock import SimulatedClock


class Listed(msgspec.Struct, frozen=True):
    """A page, with the exact text of each Assertion."""

    status: dict[str, Any]
    assertions: list[msgspec.Raw]
    signed: list[str] = msgspec.field(name="signedAssertions")


def listed(content: bytes) -> Listed:
    return msgspec.json.decode(content, type=Listed)


def ids_of(page: Response) -> list[str]:
    """The ids of the Assertions of a page, in its order."""
    return [json.loads(bytes(text))["id"] for text in listed(page.content).assertions]


async def push(application: Client, badge: bytes) -> None:
    answer = await application.post(ASSERTIONS, content=b'{"assertion":' + badge + b"}")
    assert status(answer)["statusText"] == "OK"


async def test_a_pushed_assertion_comes_back_byte_for_byte(application: Client, world: World) -> None:
    badge = json.dumps(json.loads(world.sound(Kind.HOSTED)), indent=3).encode()

    pushed = await application.post(
        ASSERTIONS, content=b'{"signedAssertion": null, "new": 1, "assertion": ' + badge + b"}"
    )
    page = await application.get(ASSERTIONS)

    assert pushed.status_code == 200
    assert status(pushed) == {"error": None, "statusCode": 200, "statusText": "OK"}
    assert status(page)["statusText"] == "OK"
    assert [bytes(text) for text in listed(page.content).assertions] == [badge]
    assert listed(page.content).signed == []
    assert page.headers["X-Total-Count"] == "1"


async def test_with_both_members_the_signed_one_is_taken_and_the_other_ignored(
    application: Client, world: World
) -> None:
    signed = world.sound(Kind.JWS).decode()

    pushed = await application.post(
        ASSERTIONS, json={"assertion": {"id": "nonsense", "type": "nonsense"}, "signedAssertion": signed}
    )
    page = listed((await application.get(ASSERTIONS)).content)

    assert status(pushed)["statusText"] == "OK"
    assert page.signed == [signed]
    assert page.assertions == []


@pytest.mark.parametrize("path", ["/ims/ob/v2p1//assertions", "/ims/ob/v2p1/assertions/"])
async def test_slashes_too_many_are_no_fault(application: Client, world: World, path: str) -> None:
    badge = {"assertion": json.loads(world.sound(Kind.HOSTED))}

    pushed = await application.post(path, json=badge)
    page = await application.get(path)

    assert status(pushed)["statusText"] == "OK"
    assert len(listed(page.content).assertions) == 1


async def test_a_badge_in_a_picture_is_listed_without_it(
    application: Client, gateway: Gateway, owner: Person, world: World
) -> None:
    hosted, signed = world.sound(Kind.HOSTED), world.sound(Kind.JWS, id="urn:uuid:5b9f4a2e-5b0a-4d8e-9b57-0f2a0c1d2e3f")
    for badge, kind in ((hosted, Kind.HOSTED), (signed, Kind.JWS)):
        await gateway.holdings.hold(world.carried(badge, kind, Carrier.PNG), owner.id, Via.BACKPACK)

    page = listed((await application.get(ASSERTIONS)).content)

    assert [bytes(text) for text in page.assertions] == [hosted]
    assert page.signed == [signed.decode()]


async def test_the_newest_update_comes_first_and_pages_follow_each_other(application: Client, world: World) -> None:
    ids = [f"https://issuer.example/assertions/{number}" for number in range(5)]
    for each in ids:
        await push(application, world.sound(Kind.HOSTED, id=each))
    await push(application, world.sound(Kind.HOSTED, id=ids[0], narrative="Now in a gale."))

    page = await application.get(ASSERTIONS, params={"limit": 2})
    seen = ids_of(page)
    while "next" in page.links:
        page = await application.get(here(page.links["next"]["url"]))
        seen += ids_of(page)

    assert seen == [ids[0], *ids[:0:-1]]
    assert set(page.links) == {"first", "last", "prev"}


async def test_since_leaves_out_what_is_older(application: Client, world: World, clock: SimulatedClock) -> None:
    for number in range(3):
        clock.advance(minutes=1)
        await push(application, world.sound(Kind.HOSTED, id=f"https://issuer.example/assertions/{number}"))

    none = await application.get(ASSERTIONS, params={"since": clock.now.isoformat()})
    clock.advance(seconds=-90)
    one = await application.get(ASSERTIONS, params={"since": clock.now.isoformat(), "limit": 1})

    assert ids_of(none) == []
    assert none.headers["X-Total-Count"] == "0"
    assert ids_of(one) == ["https://issuer.example/assertions/2"]
    assert one.headers["X-Total-Count"] == "2"
    assert all(clock.now.isoformat() in unquote(link["url"]) for link in one.links.values())
    assert ids_of(await application.get(here(one.links["next"]["url"]))) == ["https://issuer.example/assertions/1"]


async def test_an_open_badges_3_credential_is_listed_once_it_was_issued_as_2(
    application: Client, gateway: Gateway, owner: Person, world: World
) -> None:
    third = await gateway.holdings.hold(world.sound(Kind.DATA_INTEGRITY), owner.id, Via.BACKPACK)
    await gateway.holdings.hold(world.sound(Kind.HOSTED), owner.id, Via.BACKPACK)

    before = await application.get(ASSERTIONS)
    await gateway.backpack.convert_held(owner.id, third.holding.id, Format.OPEN_BADGES_2)
    after = await application.get(ASSERTIONS)

    assert before.headers["X-Total-Count"] == "1"
    assert after.headers["X-Total-Count"] == "2"
    assert {url.split("/")[2] for url in ids_of(after)} == {"issuer.example", "badges.example.net"}


async def test_an_open_badges_3_credential_is_listed_no_more_once_what_was_issued_of_it_is_revoked(
    application: Client, gateway: Gateway, owner: Person, world: World
) -> None:
    third = await gateway.holdings.hold(world.sound(Kind.DATA_INTEGRITY), owner.id, Via.BACKPACK)
    await gateway.backpack.convert_held(owner.id, third.holding.id, Format.OPEN_BADGES_2)
    converted = await gateway.backpack.hand_out(owner.id, third.holding.id)

    before = await application.get(ASSERTIONS)
    await gateway.revoke(converted.record, "by mistake", Caller(PEOPLE, owner.id))
    after = await application.get(ASSERTIONS)

    assert [page.headers["X-Total-Count"] for page in (before, after)] == ["1", "0"]
    assert listed(after.content).assertions == []


async def test_nobody_sees_what_others_hold(
    application: Client, client: Client, gateway: Gateway, world: World
) -> None:
    await push(application, world.sound(Kind.HOSTED))
    other = await people.person(gateway, "other@example.org")
    client.headers["Authorization"] = f"Bearer {await people.token(gateway, other, PersonScope.READ_ASSERTIONS)}"

    page = await client.get(ASSERTIONS)

    assert listed(page.content).assertions == []
    assert page.headers["X-Total-Count"] == "0"


async def test_a_page_may_be_asked_larger_than_any_is(application: Client) -> None:
    page = await application.get(ASSERTIONS, params={"limit": 2**31 - 1, "offset": 7})

    assert page.status_code == 200
    assert "limit=50" in page.links["first"]["url"]


@pytest.mark.parametrize("written", ["7", "1700000000", "2026-09-01 12:00:00Z", "2026-09-01T12:00:00%2B0200"])
async def test_since_is_no_number_and_has_a_time_zone(application: Client, written: str) -> None:
    answer = await application.get(f"{ASSERTIONS}?since={written}")

    assert answer.status_code == 400
    assert "2026-01-31T12:00:00Z" in answer.text
