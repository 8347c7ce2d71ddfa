"""The whole way of an application to its tokens, and what the person sees of it."""

import re
from html import unescape
from urllib.parse import quote

from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.simulators.application import BACK, METADATA, OFFLINE, READ, UPSERT, Application, Browser, answered, fields
from tests.simulators.clock import SimulatedClock

AUTHORIZE = "/oauth/authorize"
STATES = ("a%20b+c", "%7B%22x%22%3A1%7D", "%FF%FE%00%C3%A9", "/local/url.php?id%3D1%26sesskey%3Dab%23x", "%25%32%35")
NAMES = {
    "<img src=x onerror=alert(1)>\"'": "&lt;img src=x onerror=alert(1)&gt;&quot;&#x27;",
    "</title></main><script>1</script>": "&lt;script&gt;",
    '" onfocus="alert(1)" autofocus="': "&quot; onfocus=&quot;",
    "{scope} {0} %s ${x}": "{scope} {0} %s ${x}",
}
"""What a client calls itself, and how that stands in the source of a page."""


async def test_the_metadata_names_this_very_origin_and_what_is_supported(client: Client) -> None:
    answer = await client.get("/.well-known/oauth-authorization-server")

    said = answer.json()
    assert said["issuer"] == PUBLIC_URL
    assert said["code_challenge_methods_supported"] == ["S256"]
    assert said["authorization_response_iss_parameter_supported"] is True
    assert all(said[name].startswith(f"{PUBLIC_URL}/oauth/") for name in said if name.endswith("_endpoint"))
    assert (await client.get("/.well-known/oauth-authorization-server/")).json() == said
    assert (await client.get("/.well-known/openid-configuration")).json() == said
    assert "jwks_uri" not in said


async def test_a_registration_is_echoed_with_an_id_and_a_secret_of_unreserved_characters(client: Client) -> None:
    metadata = {"client_name": "Pupil & Co", "redirect_uris": BACK, "scope": f"{READ}  {READ} unknown", "nonsense": 1}
    answer = await client.post("/oauth/register", json={**METADATA, **metadata})

    said = answer.json()
    assert answer.status_code == 201
    assert answer.headers["Cache-Control"] == "no-store"
    assert said["redirect_uris"] == [BACK]
    assert said["scope"] == READ
    assert (said["client_name"], said["client_secret_expires_at"]) == ("Pupil & Co", 0)
    assert re.fullmatch("[A-Za-z0-9_-]+", said["client_id"] + said["client_secret"])
    assert "nonsense" not in said


async def test_a_person_is_asked_and_the_application_gets_what_they_allowed(
    browser: Browser, application: Application
) -> None:
    location = await browser.answer(application, "allow")
    tokens = await application.exchange(answered(location)["code"])

    assert location.startswith(f"{BACK}?")
    assert answered(location)["iss"] == PUBLIC_URL
    assert answered(location)["scope"] == f"{READ} {OFFLINE}"
    assert answered(location)["state"] == "state"
    said = tokens.json()
    assert said["token_type"] == "Bearer"
    assert said["expires_in"] == 3600
    assert set(said["scope"].split()) == {READ, OFFLINE}
    assert said["access_token"].startswith("bga_")
    assert said["refresh_token"].startswith("bgr_")
    assert (tokens.headers["Cache-Control"], tokens.headers["Pragma"]) == ("no-store", "no-cache")


async def test_who_says_no_sends_the_application_away_without_a_code(
    browser: Browser, application: Application
) -> None:
    said = answered(await browser.answer(application, "deny"))

    assert said["error"] == "access_denied"
    assert said["iss"] == PUBLIC_URL
    assert said["state"] == "state"
    assert "code" not in said


async def test_the_state_comes_back_byte_for_byte(browser: Browser, application: Application) -> None:
    query = "&".join(f"{name}={quote(value)}" for name, value in application.request(state=None).items())
    for raw in STATES:
        page = await browser.open(AUTHORIZE, f"{query}&prompt=consent&state={raw}")
        gone = await browser.send(AUTHORIZE, {**fields(page.text), "answer": "allow"})

        [state] = re.findall(r"[?&]state=([^&]*)", gone.headers["Location"])
        assert _bytes(state) == _bytes(raw)


async def test_no_state_is_no_state(browser: Browser, application: Application) -> None:
    assert "state" not in answered(await browser.answer(application, "allow", state=None))


async def test_who_is_not_signed_in_comes_back_to_the_question(client: Client, application: Application) -> None:
    answer = await client.get(AUTHORIZE, params=application.request())

    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/account/sign-in?next=%2Foauth%2Fauthorize%3F")


async def test_who_is_sent_to_sign_in_keeps_the_language(client: Client, application: Application) -> None:
    answer = await client.get(AUTHORIZE, params={**application.request(), "lang": "fr"})

    page = await client.get(answer.headers["Location"], headers={"Accept": "text/html"})

    assert '<html lang="fr">' in page.text


async def test_somebody_else_signs_in_and_comes_back_to_the_question(
    client: Client, browser: Browser, application: Application
) -> None:
    asked = await browser.open(AUTHORIZE, application.request(prompt="consent"))

    [link] = re.findall(r'<a href="(/account/sign-in\?[^"]*)"', asked.text)
    page = await client.get(unescape(link), headers={"Accept": "text/html"})

    [next] = re.findall(r'name="next" value="([^"]*)"', page.text)
    assert unescape(next).startswith(f"{AUTHORIZE}?")
    assert "client_id=" in unescape(next)


async def test_who_is_not_signed_in_is_not_sent_anywhere_with_an_error(
    client: Client, application: Application
) -> None:
    answer = await client.get(AUTHORIZE, params=application.request(scope="nothing"))

    assert answer.headers["Location"].startswith("/account/sign-in")


async def test_who_allowed_as_much_before_is_not_asked_again(browser: Browser, application: Application) -> None:
    await application.tokens(browser, scope=f"{READ} {UPSERT}")

    less = await browser.open(AUTHORIZE, application.request(scope=READ))
    more = await browser.open(AUTHORIZE, application.request(scope=f"{READ} {OFFLINE}"))
    again = await browser.open(AUTHORIZE, application.request(scope=READ, prompt="consent"))

    assert [answer.status_code for answer in (less, more, again)] == [303, 200, 200]
    assert (await application.exchange(answered(less.headers["Location"])["code"])).json()["scope"] == READ


async def test_a_program_without_a_secret_asks_every_time(browser: Browser, wallet: Application) -> None:
    await wallet.tokens(browser)

    assert (await browser.open(AUTHORIZE, wallet.request())).status_code == 200


async def test_a_wallet_gets_tokens_with_pkce_alone(browser: Browser, wallet: Application) -> None:
    tokens = await wallet.tokens(browser)

    assert (await wallet.refresh(tokens["refresh_token"])).status_code == 200


async def test_on_loopback_the_port_may_be_another_one(client: Client, browser: Browser) -> None:
    program = await Application.registered(
        client, token_endpoint_auth_method="none", redirect_uris=["http://127.0.0.1/back"]
    )
    program.redirect_uri = "http://127.0.0.1:49152/back"

    location = await browser.answer(program, "allow")

    assert location.startswith("http://127.0.0.1:49152/back?code=")
    assert (await program.exchange(answered(location)["code"])).status_code == 200


async def test_the_redirect_uri_keeps_its_own_query(client: Client, browser: Browser) -> None:
    application = await Application.registered(client, redirect_uris=[f"{BACK}?course=1&x=%20"])

    location = await browser.answer(application, "allow")

    assert location.startswith(f"{BACK}?course=1&x=%20&code=")


async def test_the_name_of_a_client_is_text_and_nothing_else(client: Client, browser: Browser) -> None:
    for name, seen in NAMES.items():
        application = await Application.registered(client, client_name=name)
        await browser.code(application)

        pages = [
            await browser.open(AUTHORIZE, application.request(prompt="consent")),
            await browser.open("/account/applications"),
        ]

        for page in pages:
            assert seen in page.text
            assert not re.search(r"<(script|img)|\son\w+=\"", page.text.replace("onerror=alert(1)&gt;", ""))
            assert "default-src 'none'" in page.headers["Content-Security-Policy"]


async def test_a_name_whose_letters_only_look_alike_is_said_to_be_so(client: Client, browser: Browser) -> None:
    application = await Application.registered(client, client_name="Mo\u043edle")

    page = await browser.open(AUTHORIZE, application.request())

    assert "letters of several scripts" in page.text


async def test_the_page_says_who_asks_what_as_whom_and_loads_nothing_of_theirs(
    browser: Browser, application: Application
) -> None:
    page = await browser.open(AUTHORIZE, application.request())
    french = await browser.open(AUTHORIZE, application.request(), **{"Accept-Language": "fr"})

    for said in ("An application", "application.example", "see your badges (Open Badges 3.0)", "learner@example.org"):
        assert said in page.text
    assert "logo.png" not in page.text
    assert 'rel="nofollow noopener noreferrer"' in page.text
    assert "form-action 'self' https://application.example;" in page.headers["Content-Security-Policy"] + ";"
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["Cache-Control"] == "no-store"
    # The person's own language is English: it is said in the query, or followed from there.
    assert 'lang="fr"' in french.text
    for asked in ({"lang": "fr"}, {"ui_locales": "de fr-CA en"}, {"ui_locales": "en", "lang": "fr"}):
        assert "Autoriser" in (await browser.open(AUTHORIZE, {**application.request(), **asked})).text


async def test_the_link_to_the_other_language_keeps_the_question(browser: Browser, application: Application) -> None:
    page = await browser.open(AUTHORIZE, application.request())

    [link] = re.findall(r'<a href="(\?[^"]*lang=fr)"', page.text)
    french = await browser.open(AUTHORIZE, link.replace("&amp;", "&").removeprefix("?"))

    assert french.status_code == 200
    assert "Autoriser" in french.text


async def test_a_list_of_applications_ends_one_with_all_its_tokens(browser: Browser, application: Application) -> None:
    first, second = await application.tokens(browser), await application.tokens(browser, prompt="consent")
    page = await browser.open("/account/applications")

    gone = await browser.send("/account/applications", fields(page.text) | {"client": application.id})

    assert gone.status_code == 303
    assert "An application" in page.text
    assert "An application" not in (await browser.open("/account/applications")).text
    for tokens in (first, second):
        assert await _reads(application.http, tokens["access_token"]) == 401
        assert (await application.refresh(tokens["refresh_token"])).json()["error"] == "invalid_grant"


async def test_a_revoked_token_opens_nothing(browser: Browser, application: Application) -> None:
    tokens = await application.tokens(browser)
    assert await _reads(application.http, tokens["access_token"]) == 200

    gone = await application.post("/oauth/revoke", {"token": tokens["access_token"], "token_type_hint": "access_token"})

    assert gone.status_code == 200
    assert await _reads(application.http, tokens["access_token"]) == 401
    assert (await application.refresh(tokens["refresh_token"])).status_code == 200


async def test_a_revoked_refresh_token_takes_its_family_with_it(browser: Browser, application: Application) -> None:
    tokens = await application.tokens(browser)
    following = (await application.refresh(tokens["refresh_token"])).json()

    gone = await application.post("/oauth/revoke", {"token": tokens["refresh_token"]})

    assert gone.status_code == 200
    assert await _reads(application.http, following["access_token"]) == 401
    assert (await application.refresh(following["refresh_token"])).json()["error"] == "invalid_grant"


async def test_a_retry_gets_the_same_answer_and_none_that_is_wider_than_it_asks(
    browser: Browser, application: Application
) -> None:
    tokens = await application.tokens(browser, scope=f"{READ} {UPSERT}")
    first = (await application.refresh(tokens["refresh_token"])).json()

    less = await application.refresh(tokens["refresh_token"], scope=READ)
    same = await application.refresh(tokens["refresh_token"])

    assert (less.status_code, less.json()["error"]) == (400, "invalid_scope")
    assert same.json()["access_token"] == first["access_token"]
    assert (await application.refresh(first["refresh_token"], scope=READ)).json()["scope"] == READ


async def test_a_refresh_token_whose_successor_was_used_ends_its_family_however_soon(
    browser: Browser, application: Application
) -> None:
    tokens = await application.tokens(browser)
    second = (await application.refresh(tokens["refresh_token"])).json()
    third = (await application.refresh(second["refresh_token"])).json()

    late = await application.refresh(tokens["refresh_token"])

    assert late.json()["error"] == "invalid_grant"
    assert await _reads(application.http, third["access_token"]) == 401


async def test_an_access_token_lives_an_hour(browser: Browser, application: Application, clock: SimulatedClock) -> None:
    tokens = await application.tokens(browser)

    clock.advance(seconds=3599)
    before = await _reads(application.http, tokens["access_token"])
    clock.advance(seconds=2)

    assert (before, await _reads(application.http, tokens["access_token"])) == (200, 401)


async def test_the_bearer_scheme_is_read_in_any_case(browser: Browser, application: Application) -> None:
    token = (await application.tokens(browser))["access_token"]

    answers = [await _reads(application.http, token, scheme) for scheme in ("Bearer", "bearer", "BEARER")]

    assert answers == [200, 200, 200]


async def _reads(client: Client, token: str, scheme: str = "Bearer") -> int:
    answer = await client.get("/ims/ob/v3p0/credentials", headers={"Authorization": f"{scheme} {token}"})
    return answer.status_code


def _bytes(text: str) -> bytes:
    from_plus = text.replace("+", "%20")
    return bytes(re.sub(rb"%(..)", lambda found: bytes([int(found[1], 16)]), from_plus.encode()))
