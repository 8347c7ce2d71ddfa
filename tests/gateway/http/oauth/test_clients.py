"""A platform's own clients: made by API, callers of the native API, and nobody's for people."""

from tests.gateway.http.conftest import Client, problem
from tests.simulators.application import Application, Browser

CLIENTS = "/v1/platform/clients"
WISHES: list[dict[str, object]] = [
    {},
    {"name": "", "scopes": ["credentials.read"]},
    {"name": "x", "scopes": []},
    {"name": "x", "scopes": ["everything"]},
    {"name": "x", "scopes": ["credentials.read"], "platform": "other"},
    {"name": "x", "scopes": ["credentials.read"], "clientId": "chosen"},
]
"""Each is refused."""


async def made(holder: Client, *scopes: str) -> Application:
    """A client of the default platform."""
    answer = await holder.post(CLIENTS, json={"name": "Import", "scopes": list(scopes)})
    assert answer.status_code == 201, answer.text
    return Application(holder, answer.json()["clientId"], answer.json()["clientSecret"])


async def token(application: Application, scope: str = "") -> str:
    """An access token for the client itself."""
    answer = await application.post("/oauth/token", {"grant_type": "client_credentials", "scope": scope})
    assert answer.status_code == 200, answer.text
    assert "refresh_token" not in answer.json()
    return str(answer.json()["access_token"])


async def reads(client: Client, path: str, bearer: str) -> int:
    """The status of reading a path with a token."""
    return (await client.get(path, headers={"Authorization": f"bearer {bearer}"})).status_code


async def test_a_client_gets_tokens_that_do_what_it_was_given(holder: Client) -> None:
    reader = await token(await made(holder, "credentials.read"))
    manager = await token(await made(holder, "platform.manage", "credentials.read"), "platform.manage")

    assert await reads(holder, "/v1/credentials", reader) == 200
    assert await reads(holder, CLIENTS, reader) == 403
    assert await reads(holder, CLIENTS, manager) == 200
    assert await reads(holder, "/v1/credentials", manager) == 403


async def test_a_client_shows_its_secret_in_the_header_or_in_the_form(holder: Client) -> None:
    application = await made(holder, "credentials.read")
    grant, alone = {"grant_type": "client_credentials"}, {"Authorization": ""}
    shown = {"client_id": application.id, "client_secret": application.secret}

    posted = await holder.post("/oauth/token", data={**grant, **shown}, headers=alone)
    wrong = await holder.post("/oauth/token", data={**grant, **shown, "client_secret": "wrong"}, headers=alone)
    both = await application.post("/oauth/token", {**grant, **shown})
    bearer = posted.json()["access_token"]
    ended = await holder.post("/oauth/revoke", data={**shown, "token": bearer}, headers=alone)

    assert (posted.status_code, ended.status_code) == (200, 200)
    assert await reads(holder, "/v1/credentials", bearer) == 401
    assert (wrong.json()["error"], both.json()["error"]) == ("invalid_client", "invalid_request")


async def test_a_platforms_token_opens_nothing_of_people_and_the_reverse(
    holder: Client, browser: Browser, application: Application
) -> None:
    platforms = await token(await made(holder, "credentials.read"))
    peoples = (await application.tokens(browser))["access_token"]

    assert await reads(holder, "/ims/ob/v3p0/credentials", platforms) == 401
    assert await reads(holder, "/v1/credentials", peoples) == 401


async def test_a_revoked_client_is_dead_with_its_tokens(holder: Client) -> None:
    application = await made(holder, "credentials.read")
    bearer = await token(application)

    gone = await holder.delete(f"{CLIENTS}/{application.id}")

    assert gone.status_code == 204
    assert await reads(holder, "/v1/credentials", bearer) == 401
    again = await application.post("/oauth/token", {"grant_type": "client_credentials"})
    assert again.json()["error"] == "invalid_client"
    assert (await holder.get(CLIENTS)).json()["clients"] == []
    assert problem(await holder.delete(f"{CLIENTS}/{application.id}"))["code"] == "not-found"


async def test_no_client_of_people_is_listed_or_revoked_by_a_platform(holder: Client, application: Application) -> None:
    assert application.id not in (await holder.get(CLIENTS)).text
    assert (await holder.delete(f"{CLIENTS}/{application.id}")).status_code == 404


async def test_an_idempotency_key_makes_one_client(holder: Client) -> None:
    wish, key = {"name": "Import", "scopes": ["credentials.read"]}, {"Idempotency-Key": "one"}

    answers = [await holder.post(CLIENTS, json=wish, headers=key) for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert len((await holder.get(CLIENTS)).json()["clients"]) == 1


async def test_a_secret_is_shown_once(holder: Client) -> None:
    application = await made(holder, "credentials.read")

    assert application.secret not in (await holder.get(CLIENTS)).text


async def test_a_wish_for_a_client_holds_what_it_may_and_nothing_else(holder: Client) -> None:
    for wish in WISHES:
        assert problem(await holder.post(CLIENTS, json=wish))["status"] == 400, wish


async def test_nobody_gives_a_client_more_than_they_have(holder: Client) -> None:
    manager = await token(await made(holder, "platform.manage"))

    answer = await holder.post(
        CLIENTS,
        json={"name": "x", "scopes": ["credentials.issue"]},
        headers={"Authorization": f"Bearer {manager}"},
    )

    assert problem(answer)["code"] == "insufficient-scope"


async def test_a_surface_of_people_tells_a_weak_token_from_a_wrong_one_and_from_none(
    holder: Client, browser: Browser, application: Application
) -> None:
    bearer = (await application.tokens(browser))["access_token"]

    refused = await holder.get("/ims/ob/v3p0/profile", headers={"Authorization": f"Bearer {bearer}"})
    unknown = await holder.get("/ims/ob/v3p0/profile", headers={"Authorization": "Bearer bga_unknown"})
    missing = await holder.get("/ims/ob/v3p0/profile", headers={"Authorization": ""})

    assert [answer.status_code for answer in (refused, unknown, missing)] == [403, 401, 401]
    assert 'error="invalid_token"' in unknown.headers["WWW-Authenticate"]
    assert missing.headers["WWW-Authenticate"].startswith("Bearer realm=")
