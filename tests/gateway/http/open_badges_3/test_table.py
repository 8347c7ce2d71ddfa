"""The table of operations and the table of refusals (Open Badges 3.0 section 6), row by row."""

import datetime as dt
from typing import Any

import pytest
from httpx import Response
from litestar import Litestar, get

from gateway.assembly.whole import Gateway
from gateway.errors import GatewayError, Unavailable
from gateway.http.open_badges_3 import scopes
from gateway.http.open_badges_3.routes import OPEN_BADGES_3
from gateway.http.open_badges_3.status_info import imsx
from gateway.http.problem import Problem
from gateway.http.problems import HANDLERS
from gateway.settings import Settings
from tests.gateway.http.asgi import transport
from tests.gateway.http.conftest import Client
from tests.gateway.http.open_badges_3.wire import (
    CREDENTIALS,
    DISCOVERY,
    JSON,
    PROFILE,
    ROW,
    TEXT,
    page_of,
    refused,
    status_info,
    upserted,
)
from tests.laundering.sources import Kind, World, as_json
from tests.simulators.backpack_owner import BackpackOwner
from tests.simulators.clock import SimulatedClock

A_PROFILE = b'{ "type": ["Profile"], "id": "https://1edtech.org/issuers/cert" ,"email": "other@example.org"}\n'

WRONG_QUERIES = (
    "limit=0",
    "limit=-1",
    "limit=ten",
    "limit=1.5",
    "limit=",
    "limit=2147483648",
    f"limit={'9' * 500}",
    "offset=-1",
    "offset=x",
    "offset=99999999999999999999",
    "since=yesterday",
    "since=",
    "since=null",
    "since=2026-01-31",
    "since=2026-01-31T12:00:00",
    "since=2026-02-30T12:00:00Z",
    "since=2026-01-31T25:00:00Z",
    "since=2026-01-31T12:00:00%2B99:00",
    "since=0001-01-01T00:00:00%2B14:00",
    "since=1769860800",
    "since=2026-01-31T12:00:00Z&since=2026-01-31T12:00:00Z",
    "sinse=2026-01-31T12:00:00Z",
    "limit=%00",
    "since=%ff",
)

OPERATIONS = (
    ("GET", CREDENTIALS, scopes.READ),
    ("POST", CREDENTIALS, scopes.UPSERT),
    ("GET", PROFILE, scopes.READ_PROFILE),
    ("PUT", PROFILE, scopes.UPDATE_PROFILE),
)
"""Method, address and scope of each operation that needs a token."""


async def called(client: Client, method: str, url: str, **headers: str) -> Response:
    """Send a request that is right for the operation, but for these headers."""
    body = {"POST": b"{}", "PUT": A_PROFILE}.get(method, b"")
    return await client.request(method, url, content=body, headers={**(JSON if body else {}), **headers})


# success


async def test_get_credentials_answers_both_kinds_and_how_many(application: Client, world: World) -> None:
    document, token = world.sound(Kind.DATA_INTEGRITY, id="urn:uuid:1"), world.sound(Kind.VC_JWT, id="urn:uuid:2")
    for body in (document, token):
        await upserted(application, body)

    answer = await application.get(CREDENTIALS)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    assert answer.content == page_of([document], [token])
    assert answer.headers["X-Total-Count"] == "2"
    assert 'rel="first"' in answer.headers["Link"]
    assert 'rel="next"' not in answer.headers["Link"]


async def test_get_credentials_of_nothing_is_an_empty_page(application: Client) -> None:
    answer = await application.get(CREDENTIALS)

    assert (answer.status_code, answer.content) == (200, page_of([], []))
    assert answer.headers["X-Total-Count"] == "0"


@pytest.mark.parametrize("kind", [Kind.DATA_INTEGRITY, Kind.VC_JWT])
async def test_upsert_credential_is_201_and_then_200_with_what_was_sent(
    application: Client, world: World, kind: Kind
) -> None:
    first, second = (
        world.sound(kind, validFrom=f"2025-0{month}-01T00:00:00Z", description=f"Version {month}") for month in (1, 2)
    )

    created, replaced, again = [await upserted(application, body) for body in (first, second, second)]

    assert [answer.status_code for answer in (created, replaced, again)] == [201, 200, 200]
    assert [answer.content for answer in (created, replaced, again)] == [first, second, second]
    wanted = "text/plain" if kind is Kind.VC_JWT else "application/json"
    assert {answer.headers["Content-Type"].partition(";")[0] for answer in (created, replaced, again)} == {wanted}


async def test_upsert_credential_is_304_when_a_newer_version_is_held(application: Client, world: World) -> None:
    older, newer = (world.sound(Kind.VC_JWT, validFrom=f"2025-0{month}-01T00:00:00Z") for month in (1, 2))
    await upserted(application, newer)

    answer = await upserted(application, older)

    assert (answer.status_code, answer.content) == (304, b"")
    assert (await application.get(CREDENTIALS)).content == page_of([], [newer])


async def test_get_profile_begins_with_what_the_account_says(application: Client, owner: BackpackOwner) -> None:
    answer = await application.get(PROFILE)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    said = answer.json()
    assert said["id"] == f"https://badges.example.net{PROFILE}#{owner.person.id}"
    assert (said["type"], said["email"]) == (["Profile"], "learner@example.org")


async def test_put_profile_is_200_and_there_afterwards_exactly(application: Client) -> None:
    kept = await application.put(PROFILE, content=A_PROFILE, headers=JSON)

    shown = await application.get(PROFILE)

    assert (kept.status_code, kept.content) == (200, A_PROFILE)
    assert (shown.status_code, shown.content) == (200, A_PROFILE)


async def test_put_profile_confirms_no_address(application: Client, world: World) -> None:
    await application.put(PROFILE, content=A_PROFILE, headers=JSON)
    theirs = {"type": "IdentityObject", "identityType": "emailAddress", "hashed": False}
    subject = {
        **world.issuer.credential()["credentialSubject"],
        "identifier": [{**theirs, "identityHash": "other@example.org"}],
    }

    answer = await upserted(application, world.sound(Kind.DATA_INTEGRITY, credentialSubject=subject))

    assert "has not confirmed" in refused(answer, 422)


async def test_get_service_description_needs_no_token(client: Client) -> None:
    answer = await client.get(DISCOVERY)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")


async def test_get_service_description_is_304_for_who_has_it(client: Client) -> None:
    first = await client.get(DISCOVERY)

    second = await client.get(DISCOVERY, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert (second.status_code, second.content) == (304, b"")


# refusals


async def test_a_wrong_parameter_is_400(application: Client) -> None:
    for query in WRONG_QUERIES:
        said = refused(await application.get(f"{CREDENTIALS}?{query}"), 400)
        assert query.partition("=")[0] in said


async def test_a_parameter_that_nobody_knows_is_400(application: Client) -> None:
    for method, url, _ in OPERATIONS:
        assert refused(await called(application, method, f"{url}?colour=red"), 400)


async def test_without_a_token_it_is_401(client: Client, key: str, owner: BackpackOwner) -> None:
    wrong = ("", "Bearer", "Bearer bga_unknown", f"Bearer {key}", "Basic bga_unknown", "Bearer bga_ x", "bga_unknown")

    for method, url, scope in OPERATIONS:
        for authorization in wrong:
            answer = await called(client, method, url, Authorization=authorization)
            refused(answer, 401)
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        token = await owner.token(scope)
        assert token not in refused(await called(client, method, f"{url}?access_token={token}"), 401)


async def test_a_token_that_was_withdrawn_or_is_too_old_is_401(
    client: Client, owner: BackpackOwner, clock: SimulatedClock
) -> None:
    old = await owner.token(*scopes.SCOPES)
    clock.advance(hours=1, seconds=1)
    withdrawn = await owner.token(*scopes.SCOPES)
    await owner.withdraw()

    for method, url, _ in OPERATIONS:
        for token in (old, withdrawn):
            refused(await called(client, method, url, Authorization=f"Bearer {token}"), 401)


async def test_a_token_for_everything_else_is_403(client: Client, owner: BackpackOwner) -> None:
    for method, url, needed in OPERATIONS:
        token = await owner.token(*(scope for scope in scopes.SCOPES if scope != needed))

        said = refused(await called(client, method, url, Authorization=f"bearer {token}"), 403)

        assert needed in said


async def test_where_nothing_is_it_is_404(application: Client) -> None:
    for path in ("", "/", "/credential", "/credentials/1", "/profile/1", "/discovery/x", "/%00"):
        refused(await application.get(f"/ims/ob/v3p0{path}"), 404)


async def test_another_method_is_405(application: Client) -> None:
    for method in ("DELETE", "PATCH", "PUT"):
        answer = await application.request(method, CREDENTIALS)

        refused(answer, 405)
        assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


async def test_who_takes_no_json_gets_406(application: Client) -> None:
    for url in (CREDENTIALS, PROFILE):
        for accept in ("text/html", "image/png, text/*", "application/json;q=0"):
            refused(await application.get(url, headers={"Accept": accept}), 406)
        for accept in ("", "*/*", "application/*", "application/ld+json", "text/html, application/json;q=0.1"):
            assert (await application.get(url, headers={"Accept": accept})).status_code == 200


async def test_a_body_declared_as_something_else_is_415(application: Client) -> None:
    for declared in ("", "image/png", "application/jwt", "multipart/form-data; boundary=x", "json"):
        headers = {"Content-Type": declared}

        refused(await application.post(CREDENTIALS, content=b"{}", headers=headers), 415)
        refused(await application.put(PROFILE, content=A_PROFILE, headers=headers), 415)

    refused(await application.put(PROFILE, content=A_PROFILE, headers=TEXT), 415)


async def test_a_body_that_is_too_large_is_413(application: Client, settings: Settings) -> None:
    many_values = as_json({"id": "urn:1", "type": ["Profile"], "n": [[]] * 20_000})

    for body in (b" " * (settings.max_body_bytes + 1), many_values, b'{"id":' + b"[" * 1000):
        for method, url in (("POST", CREDENTIALS), ("PUT", PROFILE)):
            refused(await application.request(method, url, content=body, headers=JSON), 413)


async def test_a_store_that_is_away_is_503(application: Client, owner: BackpackOwner) -> None:
    await owner.database.close()

    answer = await application.get(PROFILE)

    refused(answer, 503)
    assert int(answer.headers["Retry-After"]) > 0


@get(f"{CREDENTIALS}/bug")
async def bug() -> None:
    raise ZeroDivisionError("a secret of the store")


@get(f"{CREDENTIALS}/away")
async def away() -> None:
    raise Unavailable("the store does not answer")


@get(f"{CREDENTIALS}/unnamed")
async def unnamed() -> None:
    raise GatewayError("a secret of the store")


async def test_a_fault_of_ours_is_500_and_says_nothing() -> None:
    app = Litestar([bug, unnamed, away], exception_handlers=HANDLERS, logging_config=None)
    app.state.surfaces = (OPEN_BADGES_3,)
    async with Client(transport=transport(app), base_url="https://elsewhere.example") as client:
        answers = {name: await client.get(f"{CREDENTIALS}/{name}") for name in ("bug", "unnamed", "away")}

    assert "secret" not in refused(answers["bug"], 500)
    refused(answers["unnamed"], 500)
    refused(answers["away"], 503)


@pytest.mark.parametrize("status", ROW)
async def test_every_row_of_the_table_of_refusals(status: int) -> None:
    request: Any = None
    problem = Problem(
        type="", title="The title", status=status, code="unsupported-media-type", detail="What.", fix="Do"
    )

    failure = imsx(request, problem)

    assert failure.status == status
    headers = {"Content-Type": failure.media_type, "Cache-Control": "no-store"}
    assert status_info(Response(failure.status, headers=headers, content=failure.body), status) == "What. Do"


class TestLimits:
    """With three requests a minute."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return Settings(public_url=settings.public_url, data_dir=settings.data_dir, key_requests_per_minute=3)

    async def test_too_many_requests_are_429(self, application: Client) -> None:
        answers = [await application.get(CREDENTIALS) for _ in range(4)]

        assert [answer.status_code for answer in answers[:3]] == [200, 200, 200]
        refused(answers[3], 429)
        assert int(answers[3].headers["Retry-After"]) > 0


async def test_another_spelling_of_since_means_the_same(
    application: Client, gateway: Gateway, world: World, clock: SimulatedClock
) -> None:
    await upserted(application, world.sound(Kind.DATA_INTEGRITY, id="urn:uuid:1"))
    clock.advance(seconds=10)
    new = world.sound(Kind.DATA_INTEGRITY, id="urn:uuid:2")
    await upserted(application, new)
    at = gateway.clock() - dt.timedelta(seconds=5)
    spellings = (
        at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        at.strftime("%Y-%m-%dt%H:%M:%S.000z"),
        at.isoformat(),  # its + arrives as a space
        at.astimezone(dt.timezone(dt.timedelta(hours=-3))).isoformat(),
    )

    for since in spellings:
        answer = await application.get(f"{CREDENTIALS}?since={since}")
        assert answer.content == page_of([new], []), since
        assert answer.headers["X-Total-Count"] == "1"
        assert "since=2026" in answer.headers["Link"]


async def test_a_wrong_profile_is_422(application: Client) -> None:
    wrong = (
        b"",
        b"null",
        b"[]",
        b'"Profile"',
        b"{}",
        b'{"id": "urn:1"}',
        b'{"id": "urn:1", "type": []}',
        b'{"id": "urn:1", "type": "profile"}',
        b'{"id": "", "type": "Profile"}',
        b'{"id": 1, "type": "Profile"}',
        b'{"id": "urn:1", "id": "urn:2", "type": "Profile"}',
        b'{"id": "urn:1", "type": "Profile", "name": "\\ud800"}',
        b'{"id": "urn:1", "type": ["Profile"], "n": NaN}',
        b"\xff\xfe",
    )

    for body in wrong:
        refused(await application.put(PROFILE, content=body, headers=JSON), 422)

    assert (await application.get(PROFILE)).json()["email"] == "learner@example.org"
