"""``/o/token`` and ``/v2/backpack``: as Moodle asks them, and what everybody else may try."""

import asyncio
import json
from typing import Any  # Any: members of JSON documents

import pytest
from httpx import Response

from gateway.assembly.whole import Gateway
from gateway.flows.badgr.keep_passwords import AT_MOST, TooManyPasswords
from gateway.records.holdings import Via
from gateway.records.people import Person
from gateway.settings import Settings
from tests.gateway.http.conftest import Client
from tests.laundering.sources import Kind, World
from tests.simulators import people
from tests.simulators.clock import SimulatedClock
from tests.simulators.moodle import Moodle

EMAIL = "learner@example.org"
ASSERTIONS = "/v2/backpack/assertions"
IMPORT = "/v2/backpack/import"


@pytest.fixture
async def owner(gateway: Gateway) -> Person:
    return await people.person(gateway, EMAIL, "second@example.org")


@pytest.fixture
async def password(gateway: Gateway, owner: Person) -> str:
    return await gateway.badgr.keep_passwords.made(owner.id, "Moodle")


@pytest.fixture
async def application(client: Client, password: str) -> Client:
    """The client, with a token."""
    got = await client.post("/o/token", data={"username": EMAIL, "password": password})
    client.headers["Authorization"] = f"Bearer {got.json()['access_token']}"
    return client


async def held(gateway: Gateway, owner: Person, badge: bytes) -> str:
    return (await gateway.holdings.hold(badge, owner.id, Via.BACKPACK)).holding.id


def result(answer: Response) -> list[dict[str, Any]]:
    """What was found, after a look at what all answers have in common."""
    said = answer.json()
    assert said["status"] == {"success": True, "description": "ok"}
    found: list[dict[str, Any]] = said["result"]
    return found


def refused(answer: Response, status: int) -> str:
    said = answer.json()
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("application/json")
    assert said["status"]["success"] is False
    assert said["result"] == []
    return str(said["status"]["description"])


@pytest.mark.parametrize("username", [EMAIL, "LEARNER@example.org", " second@example.org "])
async def test_a_password_and_any_address_of_its_owner_get_tokens(client: Client, password: str, username: str) -> None:
    answer = await client.post("/o/token", data={"username": username, "password": password})

    got = answer.json()
    assert answer.status_code == 200
    assert got["token_type"] == "Bearer"
    assert got["expires_in"] == 3600
    assert got["access_token"].startswith("bgb_")
    assert got["refresh_token"].startswith("bgb_")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"username": EMAIL, "password": "bgp_wrong"},
        {"username": EMAIL, "password": ""},
        {"username": "other@example.org"},
        {"username": "", "grant_type": "password"},
        {"grant_type": "refresh_token", "refresh_token": "bgb_wrong"},
        {"grant_type": "refresh_token"},
    ],
    ids=str,
)
async def test_whoever_is_wrong_in_anything_gets_the_same_answer(
    client: Client, password: str, sent: dict[str, str]
) -> None:
    answer = await client.post("/o/token", data={"password": password, **sent})

    assert refused(answer, 401).startswith("the e-mail address or the application password is wrong")
    assert answer.json()["error"] == "invalid_grant"
    assert password not in answer.text


async def test_the_password_of_one_is_not_that_of_another(client: Client, gateway: Gateway, password: str) -> None:
    await people.person(gateway, "other@example.org")

    answer = await client.post("/o/token", data={"username": "other@example.org", "password": password})

    refused(answer, 401)


async def test_a_refresh_token_works_once_among_fifty(client: Client, password: str) -> None:
    first = (await client.post("/o/token", data={"username": EMAIL, "password": password})).json()
    form = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}

    answers = await asyncio.gather(*(client.post("/o/token", data=form) for _ in range(50)))

    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 49


async def test_a_refresh_token_shown_twice_ends_its_tokens_and_the_password_opens_again(
    client: Client, password: str
) -> None:
    by_password = {"username": EMAIL, "password": password}
    first = (await client.post("/o/token", data=by_password)).json()
    form = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = (await client.post("/o/token", data=form)).json()

    again = await client.post("/o/token", data=form)

    refused(again, 401)
    for token in (first["access_token"], second["access_token"]):
        assert (await client.get(ASSERTIONS, headers={"Authorization": f"Bearer {token}"})).status_code == 401
    refused(await client.post("/o/token", data={**form, "refresh_token": second["refresh_token"]}), 401)
    assert (await client.post("/o/token", data=by_password)).status_code == 200


@pytest.mark.parametrize("username", ["zoë@example.org", "ZOE\u0308@EXAMPLE.org ", "zoë@EXAMPLE.ORG"])
async def test_an_address_is_read_as_utf_8_and_compared_as_when_signing_in(
    client: Client, gateway: Gateway, username: str
) -> None:
    owner = await people.person(gateway, "zoë@example.org")
    password = await gateway.badgr.keep_passwords.made(owner.id, "Moodle")

    answer = await client.post("/o/token", data={"username": username, "password": password})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    "body", [b"username=%ff&password=%ff", b"\xff", b"username=learner&password=x", b"username=\xc3"]
)
async def test_what_is_no_address_is_no_one_s(client: Client, body: bytes) -> None:
    answer = await client.post("/o/token", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})

    refused(answer, 401)


async def test_a_body_that_is_no_form_is_refused(client: Client) -> None:
    answer = await client.post("/o/token", json={"username": EMAIL})

    refused(answer, 400)
    assert answer.json()["error"] == "invalid_request"


@pytest.mark.parametrize("path", [ASSERTIONS, "/v2/backpack/collections", "/v2/backpack/collections/all"])
@pytest.mark.parametrize("token", ["", "bgb_unknown", "bga_unknown"])
async def test_without_a_token_there_is_nothing_to_see(client: Client, path: str, token: str) -> None:
    answer = await client.get(path, headers={"Authorization": f"Bearer {token}"} if token else {})

    refused(answer, 401)


async def test_a_token_ends_after_an_hour_and_with_its_password(
    application: Client, gateway: Gateway, owner: Person, clock: SimulatedClock
) -> None:
    before = await application.get(ASSERTIONS)
    clock.advance(hours=1)
    late = await application.get(ASSERTIONS)
    clock.advance(hours=-1)
    [made] = await gateway.badgr.keep_passwords.listed(owner.id)
    await gateway.badgr.keep_passwords.ended(owner.id, made.id)

    assert result(before) == []
    refused(late, 401)
    refused(await application.get(ASSERTIONS), 401)


async def test_moodle_finds_collections_badges_and_what_they_are_of(
    application: Client, gateway: Gateway, owner: Person, world: World
) -> None:
    badge_id = await held(gateway, owner, world.sound(Kind.HOSTED))

    [listed] = result(await application.get("/v2/backpack/collections"))
    [one] = result(await application.get(f"/v2/backpack/collections/{listed['entityId']}"))
    [found] = result(await application.get(f"{ASSERTIONS}/{one['assertions'][0]}?expand=badgeclass&expand=issuer"))

    assert one["assertions"] == [badge_id]
    assert found["entityType"] == "BackpackAssertion"
    assert found["entityId"] == badge_id
    assert found["openBadgeId"] == "https://issuer.example/assertions/1"
    assert found["recipient"] == {"identity": EMAIL, "type": "email", "hashed": False, "plaintextIdentity": EMAIL}
    assert found["issuedOn"] == "2025-12-02T12:00:00Z"
    assert found["badgeclass"]["entityType"] == "BadgeClass"
    assert found["badgeclass"]["name"] == "Knots"
    assert found["badgeclass"]["description"] == "Ties ten knots."
    assert found["badgeclass"]["issuer"]["name"] == "Example University"
    assert found["badgeclass"]["issuer"]["openBadgeId"] == "https://issuer.example/profile"
    assert (await application.get(found["image"].removeprefix("https://badges.example.net"))).status_code == 200


async def test_a_list_begins_where_it_is_asked_to(
    application: Client, gateway: Gateway, owner: Person, world: World
) -> None:
    for number in (1, 2):
        await held(gateway, owner, world.sound(Kind.HOSTED, id=f"https://issuer.example/assertions/{number}"))

    whole = result(await application.get(ASSERTIONS))
    parts = [result(await application.get(f"{ASSERTIONS}?offset={offset}")) for offset in range(3)]

    assert len(whole) == 2
    assert parts == [whole, whole[1:], []]


class TestCounted:
    """Where a person's applications may ask three times a minute."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return Settings(public_url=settings.public_url, data_dir=settings.data_dir, key_requests_per_minute=3)

    async def test_an_application_asks_so_often_and_no_more(self, application: Client) -> None:
        answers = [await application.get(ASSERTIONS) for _ in range(4)]

        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert int(answers[-1].headers["Retry-After"]) > 0


async def test_what_is_not_expanded_is_named(
    application: Client, gateway: Gateway, owner: Person, world: World
) -> None:
    badge_id = await held(gateway, owner, world.sound(Kind.HOSTED))

    [plain] = result(await application.get(f"{ASSERTIONS}/{badge_id}"))
    [half] = result(await application.get(f"{ASSERTIONS}/{badge_id}?expand=badgeclass"))
    [listed] = result(await application.get(ASSERTIONS))

    assert isinstance(plain["badgeclass"], str)
    assert half["badgeclass"]["entityId"] == plain["badgeclass"]
    assert half["badgeclass"]["issuer"] == plain["issuer"]
    assert listed["entityId"] == badge_id


async def test_a_badge_is_imported_by_its_address(application: Client, world: World) -> None:
    world.sound(Kind.HOSTED)

    answer = await application.post(IMPORT, json={"url": "https://issuer.example/assertions/1"})

    [made] = result(answer)
    assert answer.status_code == 201
    assert made["name"] == "Knots"
    assert [each["entityId"] for each in result(await application.get(ASSERTIONS))] == [made["entityId"]]


async def test_an_assertion_is_imported_exactly(
    application: Client, gateway: Gateway, owner: Person, world: World
) -> None:
    badge = json.dumps(Moodle(application, world.web).issue(EMAIL), indent=2).encode()

    [made] = result(await application.post(IMPORT, content=b'{"assertion": ' + badge + b"}"))

    assert (await gateway.backpack.hand_out(owner.id, made["entityId"])).received == badge


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"{}", 400),
        (b'{"url": "https://issuer.example/assertions/1", "url": "https://issuer.example/assertions/2"}', 400),
        (b'{"url": null, "assertion": null}', 400),
        (b'{"url": "https://issuer.example/1", "assertion": {}}', 400),
        (b'{"url": "file:///etc/passwd"}', 400),
        (b'{"url": 7}', 400),
        (b'{"image": "data:"}', 400),
        (b'{"assertion": {}}', 415),
        (b'{"url": "https://nowhere.example/1"}', 422),
    ],
    ids=lambda value: str(value)[:60],
)
async def test_what_is_no_badge_is_refused_in_the_same_shape(application: Client, body: bytes, status: int) -> None:
    answer = await application.post(IMPORT, content=body)

    assert refused(answer, status)
    assert result(await application.get(ASSERTIONS)) == []


async def test_who_sends_an_address_and_an_assertion_is_told_to_send_one(application: Client) -> None:
    answer = await application.post(IMPORT, json={"url": "https://issuer.example/1", "assertion": {}})

    assert "send only one of them" in refused(answer, 400).lower()


async def test_a_badge_for_somebody_else_is_refused(application: Client, world: World) -> None:
    badge = world.sound(Kind.HOSTED, recipient={"type": "email", "hashed": False, "identity": "other@example.org"})

    answer = await application.post(IMPORT, json={"assertion": json.loads(badge)})

    assert "address" in refused(answer, 422)


@pytest.mark.parametrize(
    "path",
    [
        f"{ASSERTIONS}/0c1d5a6e-6b0f-4a5e-9f0e-2f4f3c1a7d10",
        f"{ASSERTIONS}/x",
        "/v2/backpack/collections/other",
        "/v2/backpack",
        "/v2/issuers",
        "/o/other",
    ],
)
async def test_what_is_not_there_is_said_in_the_same_shape(application: Client, path: str) -> None:
    refused(await application.get(path), 404)


async def test_what_others_hold_is_nowhere(application: Client, gateway: Gateway, world: World) -> None:
    other = await people.person(gateway, "other@example.org")
    recipient = {"type": "email", "hashed": False, "identity": "other@example.org"}
    badge_id = await held(gateway, other, world.sound(Kind.HOSTED, recipient=recipient))

    refused(await application.get(f"{ASSERTIONS}/{badge_id}"), 404)
    assert result(await application.get(ASSERTIONS)) == []
    [everything] = result(await application.get("/v2/backpack/collections"))
    assert everything["assertions"] == []


@pytest.mark.parametrize("query", ["?expand=recipient", "?expand=issuer&expand=x"])
async def test_what_cannot_be_expanded_is_refused(
    application: Client, gateway: Gateway, owner: Person, world: World, query: str
) -> None:
    badge_id = await held(gateway, owner, world.sound(Kind.HOSTED))

    assert "expand" in refused(await application.get(f"{ASSERTIONS}/{badge_id}{query}"), 400)


async def test_other_methods_are_refused_in_the_same_shape(application: Client) -> None:
    refused(await application.put(ASSERTIONS), 405)


async def test_a_person_has_only_so_many_passwords(gateway: Gateway, owner: Person) -> None:
    for number in range(AT_MOST):
        await gateway.badgr.keep_passwords.made(owner.id, f"Application {number}")

    with pytest.raises(TooManyPasswords):
        await gateway.badgr.keep_passwords.made(owner.id, "one more")
