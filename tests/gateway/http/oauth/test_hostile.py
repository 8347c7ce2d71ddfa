"""Hostile requests for codes and tokens (T31, T32)."""

import logging
from typing import Any  # Any: members of JSON documents
from urllib.parse import quote

import pytest

from tests.gateway.http.conftest import Client
from tests.simulators.application import BACK, READ, UPSERT, Application, Browser, answered
from tests.simulators.clock import SimulatedClock

AUTHORIZE = "/oauth/authorize"
EVIL = "https://evil.example"

NOWHERE: list[dict[str, str | None]] = [
    {"client_id": None},
    {"client_id": ""},
    {"client_id": "bgc_unknown"},
    {"client_id": "' or '1'='1"},
    {"client_id": "a\x00b"},
    {"redirect_uri": None},
    {"redirect_uri": ""},
    {"redirect_uri": EVIL},
    {"redirect_uri": BACK + "/"},
    {"redirect_uri": BACK + "?a=b"},
    {"redirect_uri": BACK + "#fragment"},
    {"redirect_uri": BACK.upper()},
    {"redirect_uri": BACK.replace("https", "http")},
    {"redirect_uri": BACK.replace("https://", "https://evil@")},
    {"redirect_uri": BACK.replace(".example", ".example.evil.example")},
    {"redirect_uri": BACK.replace("/back", ":8443/back")},
    {"redirect_uri": BACK.replace("/back", "/x/../back")},
    {"redirect_uri": BACK.replace("/back", "/%62ack")},
    {"redirect_uri": BACK + "%0d%0aLocation:%20" + EVIL},
    {"redirect_uri": BACK + "\r\nSet-Cookie: a=b"},
    {"redirect_uri": "//application.example/back"},
    {"redirect_uri": "https:\\\\application.example\\back"},
    {"redirect_uri": "javascript:alert(1)//" + BACK},
    {"redirect_uri": "http://127.0.0.1:4444/back"},
]
"""What of an authorization request is changed so that nobody may be sent anywhere."""

TOLD: list[tuple[dict[str, str | None], str]] = [
    ({"response_type": None}, "invalid_request"),
    ({"response_type": "token"}, "unsupported_response_type"),
    ({"response_type": "code token"}, "unsupported_response_type"),
    ({"response_type": "id_token"}, "unsupported_response_type"),
    ({"response_mode": "fragment"}, "invalid_request"),
    ({"response_mode": "form_post"}, "invalid_request"),
    ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
    ({"code_challenge": None}, "invalid_request"),
    ({"code_challenge_method": None}, "invalid_request"),
    ({"code_challenge_method": "plain"}, "invalid_request"),
    ({"code_challenge_method": "s256"}, "invalid_request"),
    ({"code_challenge": "short"}, "invalid_request"),
    ({"code_challenge": "=" * 43}, "invalid_request"),
    ({"scope": None}, "invalid_scope"),
    ({"scope": "openid profile"}, "invalid_scope"),
    ({"scope": "platform.manage"}, "invalid_scope"),
    ({"scope": "offline_access"}, "invalid_scope"),
    ({"request": "eyJhbGciOiJub25lIn0.e30."}, "invalid_request"),
    ({"request_uri": EVIL}, "invalid_request"),
    ({"state": "s" * 2001}, "invalid_request"),
]
"""What is changed so that the client is told, and the error it gets."""

EXCHANGES: list[tuple[dict[str, str | None], str]] = [
    ({"code": None}, "invalid_request"),
    ({"code": "bgo_unknown"}, "invalid_grant"),
    ({"code": "é\x00"}, "invalid_grant"),
    ({"code_verifier": None}, "invalid_request"),
    ({"code_verifier": ""}, "invalid_request"),
    ({"code_verifier": "x" * 43}, "invalid_grant"),
    ({"code_verifier": "x" * 42}, "invalid_grant"),
    ({"code_verifier": "x" * 129}, "invalid_request"),
    ({"redirect_uri": None}, "invalid_request"),
    ({"redirect_uri": BACK + "/"}, "invalid_grant"),
    ({"redirect_uri": EVIL}, "invalid_grant"),
    ({"grant_type": None}, "invalid_request"),
    ({"grant_type": "password", "username": "a", "password": "b"}, "unsupported_grant_type"),
    ({"grant_type": "implicit"}, "unsupported_grant_type"),
    ({"grant_type": "client_credentials"}, "unauthorized_client"),
    ({"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer"}, "unsupported_grant_type"),
    ({"client_id": "bgc_another"}, "invalid_request"),
    ({"client_secret": "also in the body"}, "invalid_request"),
]
"""What of a token request is changed, and the error; each has a code of its own that would do."""

CREDENTIALS = (
    "Basic",
    "Basic !!!",
    "Basic bm9jb2xvbg==",
    "Basic dW5rbm93bjpzZWNyZXQ=",
    "Bearer bga_x",
    "Digest a=b",
    "Basic /////w==",
)
"""Headers that show no client."""


async def test_no_authorization_request_with_a_wrong_client_or_address_sends_anybody_anywhere(
    browser: Browser, application: Application
) -> None:
    for changed in NOWHERE:
        page = await browser.open(AUTHORIZE, application.request(**changed))

        assert page.status_code == 400, changed
        assert "Location" not in page.headers, changed
        assert EVIL not in page.text, changed
        assert page.headers["Content-Type"].startswith("text/html"), changed


async def test_every_other_fault_of_an_authorization_request_is_told_to_its_client(
    browser: Browser, application: Application
) -> None:
    for changed, error in TOLD:
        page = await browser.open(AUTHORIZE, application.request(**changed))

        assert page.status_code == 303, changed
        assert page.headers["Location"].startswith(f"{BACK}?"), changed
        said = answered(page.headers["Location"])
        assert said["error"] == error, changed
        assert said["iss"] == "https://badges.example.net", changed
        assert "code" not in said, changed


async def test_a_parameter_that_comes_twice_is_refused(browser: Browser, application: Application) -> None:
    request = application.request()
    query = "&".join(f"{key}={quote(value)}" for key, value in request.items())
    for name in ("state", "scope", "code_challenge", "response_type", "prompt"):
        page = await browser.open(AUTHORIZE, f"{query}&{name}={quote(request.get(name, 'x'))}&{name}=other")

        assert answered(page.headers["Location"])["error"] == "invalid_request"
    for name in ("client_id", "redirect_uri"):
        page = await browser.open(AUTHORIZE, f"{query}&{name}={quote(EVIL)}")

        assert page.status_code == 400


async def test_every_faulty_exchange_is_refused_as_the_specification_says(
    browser: Browser, application: Application
) -> None:
    for changed, error in EXCHANGES:
        code = await browser.code(application)
        answer = await application.exchange(code, **changed)

        assert (answer.status_code, answer.json()["error"]) == (400, error), changed
        assert "access_token" not in answer.text, changed
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Pragma"] == "no-cache"


async def test_a_code_of_another_client_is_no_code_and_stays_good(
    client: Client, browser: Browser, application: Application
) -> None:
    thief = await Application.registered(client)
    thief.verifier = application.verifier
    code = await browser.code(application)

    stolen = await thief.exchange(code)

    assert stolen.json()["error"] == "invalid_grant"
    assert (await application.exchange(code)).status_code == 200


async def test_a_code_that_was_injected_with_another_verifier_is_used_up(
    browser: Browser, application: Application
) -> None:
    code = await browser.code(application)

    before = await browser.open("/account/applications")
    await application.exchange(code, code_verifier="w" * 43)
    after = await browser.open("/account/applications")

    assert (await application.exchange(code)).json()["error"] == "invalid_grant"
    assert ["An application" in page.text for page in (before, after)] == [True, False]


async def test_a_code_shown_twice_ends_its_tokens(browser: Browser, application: Application) -> None:
    code = await browser.code(application)
    tokens = (await application.exchange(code)).json()

    again = await application.exchange(code)

    assert again.json()["error"] == "invalid_grant"
    assert (await application.refresh(tokens["refresh_token"])).json()["error"] == "invalid_grant"
    assert await _reads(application.http, tokens["access_token"]) == 401


async def test_a_code_lives_two_minutes(browser: Browser, application: Application, clock: SimulatedClock) -> None:
    code = await browser.code(application)
    clock.advance(seconds=120)

    assert (await application.exchange(code)).json()["error"] == "invalid_grant"


async def test_who_shows_no_credentials_of_a_client_is_told_so_with_401(client: Client) -> None:
    for header in CREDENTIALS:
        answer = await client.post(
            "/oauth/token", data={"grant_type": "client_credentials"}, headers={"Authorization": header}
        )

        assert answer.status_code == 401, header
        assert answer.json()["error"] == "invalid_client"
        assert answer.headers["WWW-Authenticate"].startswith("Basic ")


async def test_a_client_is_known_by_its_own_secret_in_its_own_place_alone(
    client: Client, browser: Browser, application: Application, wallet: Application
) -> None:
    other = await Application.registered(client)
    code = await browser.code(application)
    sent = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, "client_id": application.id}
    cases = [
        {**sent},
        {**sent, "client_secret": ""},
        {**sent, "client_secret": "wrong"},
        {**sent, "client_secret": other.secret},
        # Registered with client_secret_basic: in the body it serves for refreshing alone.
        {**sent, "client_secret": application.secret},
        {**sent, "client_id": wallet.id, "client_secret": "made up"},
        {**sent, "client_id": "bgc_unknown"},
    ]

    for form in cases:
        answer = await client.post("/oauth/token", data=form)

        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_client"), form


async def test_moodle_refreshes_with_its_secret_in_the_body(browser: Browser, application: Application) -> None:
    tokens = await application.tokens(browser)
    form = {
        "grant_type": "refresh_token",
        "refresh_token": tokens["refresh_token"],
        "scope": "",
        "client_id": application.id,
        "client_secret": application.secret,
    }

    answer = await application.http.post("/oauth/token", data=form)

    assert answer.status_code == 200
    assert set(answer.json()) == {"access_token", "token_type", "expires_in", "scope", "refresh_token"}


async def test_no_refresh_gives_more_than_was_granted_or_serves_another_client(
    client: Client, browser: Browser, application: Application
) -> None:
    other = await Application.registered(client)
    token = (await application.tokens(browser))["refresh_token"]

    cases = [
        ((await application.refresh(token, scope=f"{READ} {UPSERT}")), "invalid_scope"),
        ((await application.refresh(token, scope="platform.manage")), "invalid_scope"),
        ((await other.refresh(token)), "invalid_grant"),
        ((await application.refresh("bgr_unknown")), "invalid_grant"),
        ((await application.refresh("")), "invalid_request"),
    ]

    assert [answer.json()["error"] for answer, _ in cases] == [error for _, error in cases]
    less = (await application.refresh(token, scope=f" {READ}  {READ} ")).json()
    assert less["scope"] == READ
    assert len((await application.refresh(less["refresh_token"])).json()["scope"].split()) == 2


async def test_a_token_is_ended_by_its_own_client_alone(
    client: Client, browser: Browser, application: Application
) -> None:
    other = await Application.registered(client)
    tokens = await application.tokens(browser)

    answers = [
        await other.post("/oauth/revoke", {"token": tokens["access_token"]}),
        await other.post("/oauth/revoke", {"token": tokens["refresh_token"], "token_type_hint": "refresh_token"}),
        await other.post("/oauth/revoke", {"token": "unknown", "token_type_hint": "nonsense"}),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert await _reads(client, tokens["access_token"]) == 200
    assert (await application.refresh(tokens["refresh_token"])).status_code == 200
    assert (await application.post("/oauth/revoke", {})).json()["error"] == "invalid_request"
    assert (await client.post("/oauth/revoke", data={"token": tokens["access_token"]})).status_code == 400


async def test_a_body_that_is_no_form_is_refused(client: Client) -> None:
    for named in ("application/json", "text/plain", "multipart/form-data; boundary=x", ""):
        answer = await client.post("/oauth/token", content=b'{"grant_type": "x"}', headers={"Content-Type": named})

        assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request"), named


@pytest.mark.parametrize(
    ("sent", "said"),
    [({}, "The body has no Content-Type"), ({"Content-Type": "application/json"}, "The body has another Content-Type")],
)
async def test_who_sends_no_form_is_told_what_to_send(client: Client, sent: dict[str, str], said: str) -> None:
    answer = await client.post("/oauth/token", content=b"a=b", headers=sent)

    assert answer.json()["error_description"] == f"{said}. Send a form, as application/x-www-form-urlencoded."


@pytest.mark.parametrize("grant", ["password", "urn:x"])
async def test_who_asks_in_a_way_that_nobody_is_given_tokens_hears_that_first(client: Client, grant: str) -> None:
    answer = await client.post("/oauth/token", data={"grant_type": grant, "client_id": "unknown"})

    assert (answer.status_code, answer.json()["error"]) == (400, "unsupported_grant_type")


async def test_other_methods_and_large_bodies_are_refused_in_the_words_of_the_protocol(client: Client) -> None:
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answers = [
        await client.get("/oauth/token"),
        await client.post("/oauth/token", content=b"a=" + b"x" * 40_000, headers=form),
        await client.post("/oauth/token", content=b"&".join(b"a%d=1" % n for n in range(100)), headers=form),
        await client.post("/oauth/token", content=b"scope=a&scope=b", headers=form),
        await client.post("/oauth/register", content=b"x" * 70_000),
        await client.get("/oauth/token/nothing"),
    ]

    assert [answer.status_code for answer in answers] == [405, 413, 400, 400, 413, 404]
    assert {answer.json()["error"] for answer in answers} == {"invalid_request"}


async def test_no_code_token_or_secret_is_in_a_log_or_an_error(
    browser: Browser, application: Application, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        code = await browser.code(application)
        tokens = (await application.exchange(code)).json()
        following = (await application.refresh(tokens["refresh_token"])).json()
        errors = [
            await application.exchange(code),
            await application.refresh(tokens["refresh_token"]),
            await application.exchange(code, code_verifier="w" * 43),
            await application.post("/oauth/token", {"grant_type": tokens["refresh_token"]}),
        ]

    said = caplog.text + "".join(answer.text for answer in errors)
    for text in (code, application.secret, *_secrets(tokens), *_secrets(following)):
        assert text not in said


def _secrets(tokens: dict[str, Any]) -> tuple[str, str]:
    return tokens["access_token"], tokens["refresh_token"]


async def _reads(client: Client, token: str) -> int:
    answer = await client.get("/ims/ob/v3p0/credentials", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code
