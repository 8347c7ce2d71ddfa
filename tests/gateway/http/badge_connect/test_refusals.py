"""Every refusal of Badge Connect speaks its status object, with the word of the table."""

import json
from typing import Any  # Any: what a test may send

import msgspec
import pytest
from litestar import Litestar

from gateway.assembly.whole import Gateway
from gateway.flows.oauth.scopes import PersonScope
from gateway.http.badge_connect.manifest import SCOPES
from gateway.records.people import Person
from tests.gateway.http.asgi import asked
from tests.gateway.http.badge_connect.conftest import ASSERTIONS, PROFILE, status
from tests.gateway.http.conftest import Client
from tests.laundering.sources import Kind, World, as_json
from tests.simulators import people
from tests.simulators.clock import SimulatedClock

OPERATIONS = {
    ("GET", ASSERTIONS): PersonScope.READ_ASSERTIONS,
    ("POST", ASSERTIONS): PersonScope.CREATE_ASSERTIONS,
    ("GET", PROFILE): PersonScope.READ_BADGE_CONNECT_PROFILE,
    ("POST", PROFILE): PersonScope.UPDATE_BADGE_CONNECT_PROFILE,
}


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
@pytest.mark.parametrize("authorization", [None, "Bearer bga_unknown", "Basic bga_unknown", "Bearer", "bgk_live_x"])
async def test_who_shows_no_token_is_unauthenticated(
    client: Client, method: str, path: str, authorization: str | None
) -> None:
    headers = {"Authorization": authorization} if authorization else {}

    answer = await client.request(method, path, headers=headers)

    assert answer.status_code == 401
    assert status(answer)["statusText"] == "UNAUTHENTICATED"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize(("operation", "scope"), OPERATIONS.items())
async def test_who_lacks_the_scope_is_denied_with_401(
    client: Client, gateway: Gateway, owner: Person, operation: tuple[str, str], scope: str
) -> None:
    others = [each for each in SCOPES if each != scope]
    token = await people.token(gateway, owner, *others)

    answer = await client.request(*operation, headers={"Authorization": f"bearer {token}"})

    assert answer.status_code == 401
    assert status(answer)["statusText"] == "PERMISSION_DENIED"


async def test_a_token_that_has_expired_is_none(application: Client, clock: SimulatedClock) -> None:
    clock.advance(hours=1)

    answer = await application.get(PROFILE)

    assert status(answer)["statusText"] == "UNAUTHENTICATED"


@pytest.mark.parametrize("path", ["/ims/ob/v2p1", "/ims/ob/v2p1/", "/ims/ob/v2p1/other", f"{ASSERTIONS}/1"])
async def test_what_is_not_there_is_not_found(application: Client, path: str) -> None:
    answer = await application.get(path)

    assert answer.status_code == 404
    assert status(answer)["statusText"] == "NOT_FOUND"


@pytest.mark.parametrize("path", [ASSERTIONS, PROFILE, "/.well-known/badgeconnect.json"])
@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
async def test_other_methods_are_not_allowed(application: Client, method: str, path: str) -> None:
    answer = await application.request(method, path)

    assert answer.status_code == 405
    assert status(answer)["statusText"] == "METHOD_NOT_ALLOWED"


@pytest.mark.parametrize(
    "query",
    [
        {"limit": 0},
        {"limit": -1},
        {"limit": "many"},
        {"limit": 2**31},
        {"offset": -1},
        {"offset": "x"},
        {"since": "yesterday"},
        {"since": "2026-01-01T00:00:00"},
        {"since": ["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"]},
    ],
    ids=str,
)
async def test_a_parameter_that_cannot_be_is_a_validation_error(application: Client, query: dict[str, Any]) -> None:
    answer = await application.get(ASSERTIONS, params=query)

    assert answer.status_code == 400
    assert status(answer)["statusText"] == "REQUEST_VALIDATION_ERROR"
    assert next(iter(query)) in status(answer)["error"]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"", "BAD_REQUEST"),
        (b"{", "BAD_REQUEST"),
        (b"\xff", "BAD_REQUEST"),
        (b'{"assertion": ' + b"[" * 3000, "BAD_REQUEST"),
        (b"[]", "REQUEST_VALIDATION_ERROR"),
        (b"{}", "REQUEST_VALIDATION_ERROR"),
        (b'{"assertion": null, "signedAssertion": null}', "REQUEST_VALIDATION_ERROR"),
        (b'{"assertion": "https://issuer.example/1"}', "REQUEST_VALIDATION_ERROR"),
        (b'{"assertion": {"url": "https://issuer.example/1"}}', "REQUEST_VALIDATION_ERROR"),
        (b'{"assertion": {"id": "https://issuer.example/1"}}', "REQUEST_VALIDATION_ERROR"),
        (b'{"signedAssertion": "no token"}', "REQUEST_VALIDATION_ERROR"),
        (b'{"signedAssertion": 7}', "REQUEST_VALIDATION_ERROR"),
        (b'{"other": 1}', "REQUEST_VALIDATION_ERROR"),
        (b'{"signedAssertion": "a.b.c"}', "INVALID_BADGE"),
        (b'{"assertion": {"id": "https://issuer.example/1", "type": "Assertion"}}', "INVALID_BADGE"),
        (b'{"assertion": {"id": "1", "type": "Assertion", "type": "Assertion"}}', "BAD_REQUEST"),
        (b'{"signedAssertion": "a.b.c", "signedAssertion": "a.b.d"}', "BAD_REQUEST"),
    ],
    ids=lambda value: str(value)[:60],
)
async def test_a_body_that_holds_no_badge_is_refused(application: Client, body: bytes, text: str) -> None:
    answer = await application.post(ASSERTIONS, content=body)

    assert answer.status_code == 400
    assert status(answer)["statusText"] == text
    assert (await application.get(ASSERTIONS)).headers["X-Total-Count"] == "0"


async def test_a_forged_badge_is_invalid(application: Client, world: World) -> None:
    forged = world.sound(Kind.HOSTED).replace(b"learner@example.org", b"learner@example.net")

    answer = await application.post(ASSERTIONS, json={"assertion": json.loads(forged)})

    assert status(answer)["statusText"] == "INVALID_BADGE"
    assert (await application.get(ASSERTIONS)).headers["X-Total-Count"] == "0"


async def test_an_open_badges_3_credential_is_no_assertion(application: Client, world: World) -> None:
    answers = [
        await application.post(ASSERTIONS, json={"assertion": json.loads(world.sound(Kind.DATA_INTEGRITY))}),
        await application.post(ASSERTIONS, json={"signedAssertion": world.sound(Kind.VC_JWT).decode()}),
    ]

    assert [status(answer)["statusText"] for answer in answers] == ["INVALID_BADGE", "INVALID_BADGE"]


async def test_a_badge_for_somebody_else_mismatches(application: Client, world: World) -> None:
    recipient = {"type": "email", "hashed": False, "identity": "other@example.org"}
    badge = world.sound(Kind.HOSTED, recipient=recipient)

    answer = await application.post(ASSERTIONS, json={"assertion": json.loads(badge)})

    assert answer.status_code == 400
    assert status(answer)["statusText"] == "RECIPIENT_PROFILE_MISMATCH"


async def test_a_part_that_does_not_answer_is_503_without_a_word_for_it(application: Client, gateway: Gateway) -> None:
    await gateway.holdings.holdings.database.close()  # type: ignore[attr-defined]

    answer = await application.get(PROFILE)

    assert answer.status_code == 503
    assert "statusText" not in status(answer)
    assert answer.headers["Retry-After"]


async def test_too_much_is_400(application: Client, world: World) -> None:
    narrative = "x" * 4_200_000
    badge = as_json({**json.loads(world.sound(Kind.HOSTED)), "narrative": narrative})

    answer = await application.post(ASSERTIONS, content=b'{"assertion":' + badge + b"}")

    assert answer.status_code == 400
    assert status(answer)["statusText"] == "BAD_REQUEST"


async def test_who_asks_too_often_is_told_when_to_come_back(
    app: Litestar, gateway: Gateway, application: Client
) -> None:
    once_a_minute = msgspec.structs.replace(gateway.settings, key_requests_per_minute=1)
    app.state.gateway = msgspec.structs.replace(gateway, settings=once_a_minute)
    assert (await application.get(PROFILE)).status_code == 200

    answer = await application.get(PROFILE)

    assert answer.status_code == 429
    assert "statusText" not in status(answer)
    assert answer.headers["Retry-After"]


async def test_a_host_that_is_none_is_refused_here_too(app: Litestar) -> None:
    answer = await asked(app, "POST", "/ims/ob/v2p1/assertions", headers=[(b"host", b"badges.example.net:99999")])

    assert answer.status == 400
