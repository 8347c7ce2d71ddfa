"""Authorization requests that a client sends itself (RFC 9126)."""

import asyncio
from collections import Counter
from urllib.parse import unquote, urlencode

from tests.gateway.http.conftest import Client
from tests.simulators.application import BACK, READ, Application, Browser, answered, fields
from tests.simulators.clock import SimulatedClock

AUTHORIZE, PAR = "/oauth/authorize", "/oauth/par"
URN = "urn:ietf:params:oauth:request_uri:"

REFUSED: list[tuple[dict[str, str | None], str]] = [
    ({"redirect_uri": "https://evil.example"}, "invalid_request"),
    ({"redirect_uri": None}, "invalid_request"),
    ({"response_type": "token"}, "unsupported_response_type"),
    ({"code_challenge": None}, "invalid_request"),
    ({"code_challenge_method": "plain"}, "invalid_request"),
    ({"scope": "nothing"}, "invalid_scope"),
    ({"request_uri": f"{URN}x"}, "invalid_request"),
    ({"request_uri": "https://evil.example"}, "invalid_request"),
    ({"request": "eyJhbGciOiJub25lIn0.e30."}, "invalid_request"),
    ({"state": "s" * 2001}, "invalid_request"),
    ({"state": "\u4e2d" * 1900}, "invalid_request"),
    ({"state": "é" * 700}, "invalid_request"),
    ({"authorization_details": "{"}, "invalid_authorization_details"),
    ({"client_id": "bgc_another"}, "invalid_request"),
]
"""What of a request is changed so that it is refused at once."""


async def test_what_was_pushed_is_asked_of_the_person(browser: Browser, application: Application) -> None:
    state = "a b+c&d=é"
    pushed = await application.post(PAR, application.request(state=state))
    said = pushed.json()

    page = await browser.follow(AUTHORIZE, {"client_id": application.id, "request_uri": said["request_uri"]})

    assert (pushed.status_code, pushed.headers["Cache-Control"], said["expires_in"]) == (201, "no-store", 90)
    assert said["request_uri"].startswith(URN)
    gone = await browser.send(AUTHORIZE, {**fields(page.text), "answer": "allow"})
    told = answered(gone.headers["Location"])
    assert told["state"] == state
    assert (await application.exchange(told["code"])).status_code == 200


async def test_a_public_client_pushes_by_its_id_alone(browser: Browser, wallet: Application) -> None:
    said = (await wallet.post(PAR, wallet.request())).json()

    page = await browser.follow(AUTHORIZE, {"client_id": wallet.id, "request_uri": said["request_uri"]})

    assert page.status_code == 200


async def test_a_reference_serves_once_one_client_and_ninety_seconds(
    browser: Browser, client: Client, application: Application, clock: SimulatedClock
) -> None:
    another = await Application.registered(client)
    first, second = [(await application.post(PAR, application.request())).json()["request_uri"] for _ in range(2)]

    pages = [
        await browser.open(AUTHORIZE, {"client_id": another.id, "request_uri": first}),
        await browser.open(AUTHORIZE, {"request_uri": first}),
        await browser.open(AUTHORIZE, f"client_id={application.id}&client_id={another.id}&request_uri={first}"),
        await browser.open(AUTHORIZE, {"client_id": application.id, "request_uri": first}),
        await browser.open(AUTHORIZE, {"client_id": application.id, "request_uri": first}),
        await browser.open(AUTHORIZE, {"client_id": application.id, "request_uri": f"{URN}unknown"}),
    ]
    clock.advance(seconds=90)
    late = await browser.open(AUTHORIZE, {"client_id": application.id, "request_uri": second})

    assert [page.status_code for page in (*pages, late)] == [400, 400, 400, 303, 400, 400, 400]
    assert late.headers["Content-Type"].startswith("text/html")


async def test_of_fifty_browsers_that_come_with_one_reference_one_goes_on(
    browser: Browser, application: Application
) -> None:
    said = (await application.post(PAR, application.request())).json()
    query = {"client_id": application.id, "request_uri": said["request_uri"]}

    pages = await asyncio.gather(*(browser.open(AUTHORIZE, query) for _ in range(50)))

    assert Counter(page.status_code for page in pages) == {303: 1, 400: 49}


async def test_what_the_browser_adds_to_a_reference_counts_for_nothing(
    browser: Browser, application: Application
) -> None:
    said = (await application.post(PAR, application.request(scope=READ))).json()
    added = {"scope": "offline_access", "redirect_uri": "https://evil.example", "state": "evil"}

    gone = await browser.open(AUTHORIZE, {"client_id": application.id, "request_uri": said["request_uri"], **added})
    page = await browser.open(f"{gone.headers['Location']}&{urlencode(added)}")
    told = await browser.send(AUTHORIZE, {**fields(page.text), "answer": "allow"})

    assert "evil" not in gone.headers["Location"]
    assert answered(told.headers["Location"])["scope"] == READ
    assert told.headers["Location"].startswith(f"{BACK}?")


async def test_what_was_pushed_stands_in_no_address_on_the_way(client: Client, application: Application) -> None:
    said = (await application.post(PAR, application.request(state="a-secret"))).json()
    query = {"client_id": application.id, "request_uri": said["request_uri"]}

    first = await client.get(AUTHORIZE, params=query)
    second = await client.get(first.headers["Location"])

    assert first.headers["Location"].startswith(f"{AUTHORIZE}?client_id={application.id}&request_uri=urn")
    assert second.headers["Location"].startswith("/account/sign-in?next=%2Foauth%2Fauthorize%3F")
    for told in (first, second):
        assert said["request_uri"] not in unquote(unquote(told.headers["Location"]))
        assert "a-secret" not in told.headers["Location"]


async def test_a_request_underway_can_be_looked_at_again_for_an_hour_and_only_by_its_client(
    browser: Browser, client: Client, application: Application, clock: SimulatedClock
) -> None:
    another = await Application.registered(client)
    said = (await application.post(PAR, application.request())).json()
    gone = await browser.open(AUTHORIZE, {"client_id": application.id, "request_uri": said["request_uri"]})
    here = gone.headers["Location"]

    clock.advance(seconds=3599)
    pages = [await browser.open(each) for each in (here, f"{here}&lang=fr", here.replace(application.id, another.id))]
    clock.advance(seconds=1)
    late = await browser.open(here)

    assert [page.status_code for page in (*pages, late)] == [200, 200, 400, 400]


async def test_a_request_that_was_pushed_gives_a_person_one_code(browser: Browser, application: Application) -> None:
    said = (await application.post(PAR, application.request(prompt="consent"))).json()
    query = {"client_id": application.id, "request_uri": said["request_uri"]}
    here = (await browser.open(AUTHORIZE, query)).headers["Location"]
    pages = [await browser.open(here) for _ in range(3)]

    first, second = [
        answered((await browser.send(AUTHORIZE, {**fields(page.text), "answer": "allow"})).headers["Location"])["code"]
        for page in pages[:2]
    ]
    tokens = await application.exchange(first)
    third = await browser.send(AUTHORIZE, {**fields(pages[2].text), "answer": "allow"})

    assert (first, tokens.status_code, third.status_code) == (second, 200, 400)


async def test_what_a_browser_could_not_bring_cannot_be_pushed(application: Application) -> None:
    for changed, error in REFUSED:
        answer = await application.post(PAR, application.request(**changed))

        assert (answer.status_code, answer.json()["error"]) == (400, error), changed
        assert BACK not in answer.text, changed


async def test_a_state_that_is_too_long_is_called_so_and_not_told_again(
    browser: Browser, application: Application
) -> None:
    asked = application.request(state="s" * 2001)

    pushed = (await application.post(PAR, asked)).json()
    told = answered((await browser.open(AUTHORIZE, asked)).headers["Location"])

    assert pushed["error_description"] == "The value of state has more than 2000 characters."
    assert "more than 2000 bytes" in told["error_description"]
    assert (told["error"], "state" in told) == ("invalid_request", False)


async def test_the_longest_state_can_be_pushed_and_comes_back(browser: Browser, application: Application) -> None:
    state = "s" * 2000

    pushed = await application.post(PAR, application.request(state=state))

    assert pushed.status_code == 201
    assert answered(await browser.answer(application, "allow", state=state))["state"] == state


async def test_who_does_not_show_its_secret_pushes_nothing(client: Client, application: Application) -> None:
    answers = [
        await client.post(PAR, data=application.request()),
        await client.post(PAR, data=application.request(client_id=None)),
        await client.post(PAR, data=application.request(client_secret="wrong")),
        await client.post(PAR, data=application.request(), headers={"Authorization": "Basic eDp5"}),
    ]

    assert [answer.json()["error"] for answer in answers[:3]] == ["invalid_client"] * 3
    assert answers[3].status_code in (400, 401)
