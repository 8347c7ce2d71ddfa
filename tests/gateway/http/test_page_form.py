"""Forms of pages: small, of few fields, read without keeping others waiting, and remembered by nobody."""

import gc
import time
from collections.abc import Iterator

import pytest
from litestar import Litestar
from litestar._parsers import parse_url_encoded_form_data
from litestar.enums import RequestEncodingType
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from gateway.http.account.session import MAX_NEXT_CHARACTERS
from gateway.http.json_body import media_type_of
from gateway.http.page_form import FORM_BYTES, MAX_FIELDS, fields
from tests.gateway.http.account.conftest import browser_of, csrf
from tests.gateway.http.conftest import PUBLIC_URL, Client, problem
from tests.gateway.http.test_event_loop import BOUND_S, settle, watched
from tests.simulators import people

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Origin": PUBLIC_URL}
ASK = "/account/sign-in"

NOT_SIGNED_IN, SIGN_OUT = (401, 403), "/account/sign-out"

OURS_S = 0.002
"""Of the loop's own time, to hand work to a thread; the dearest form takes up to 17 ms there."""


@pytest.fixture
def _settled() -> Iterator[None]:
    """What was settled while the test ran is garbage like any other after it."""
    settle()
    yield
    gc.unfreeze()


def taking_forms(app: Litestar) -> dict[str, HTTPRouteHandler]:
    return {
        route.path: handler
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        if media_type_of(handler) is RequestEncodingType.URL_ENCODED
    }


async def test_a_form_has_few_fields(client: Client) -> None:
    address = "address=learner@example.org"

    most = await client.post(ASK, content="&".join([address, *["a"] * (MAX_FIELDS - 1)]), headers=FORM)
    more = await client.post(ASK, content="&".join([address, *["a"] * MAX_FIELDS]), headers=FORM)

    assert "more than 50 fields" not in most.text
    said = problem(more)
    assert (said["status"], said["code"]) == (400, "too-many-fields")
    assert said["detail"] == "the form has more than 50 fields"


def test_every_form_is_small(app: Litestar) -> None:
    sizes = {path: handler.resolve_request_max_body_size() for path, handler in taking_forms(app).items()}

    assert len(sizes) > 10
    assert set(sizes.values()) == {FORM_BYTES}


@pytest.mark.usefixtures("_settled")
async def test_the_loop_goes_on_while_forms_are_read(app: Litestar) -> None:
    gateway, stalled = app.state.gateway, dict[str, float]()
    owner = await people.person(gateway)
    for path in ("/backpack/badges", *taking_forms(app)):
        at = path.replace(":str", "").format_map(dict.fromkeys(("token", "platform_id", "badge_id", "deposit_id"), "x"))
        browser = browser_of(app, Cookie=f"__Host-session={await people.session(gateway, owner)}")
        proof = f"csrf={await csrf(browser)}&".encode()
        await browser.post(at, content=b"a", headers=FORM)
        for dear in (b"a&" * (FORM_BYTES // 2), b"a&" * 2_000_000, b"a=" + b"%41" * (FORM_BYTES // 3 - 100)):
            body = proof + dear
            async with watched() as stalls:
                answer = await browser.post(at, content=body, headers=FORM)
            assert answer.status_code < 500
            assert answer.status_code not in NOT_SIGNED_IN, at
            assert path == SIGN_OUT or "/account/sign-in" not in answer.headers.get("Location", ""), at
            stalled[f"{at} {len(body)}"] = stalls.cpu_s

    assert {place: cpu_s for place, cpu_s in stalled.items() if cpu_s > BOUND_S} == {}


@pytest.mark.parametrize("dear", ["é%41", "%", "\xff%ff"])
async def test_a_form_that_is_dear_to_read_is_read_apart(dear: str) -> None:
    body = (b"a=" + dear.encode("latin-1") * FORM_BYTES)[:FORM_BYTES]
    begun = time.thread_time()

    found = await fields(body)

    assert time.thread_time() - begun < OURS_S
    assert found.keys() == {"a"}


async def test_the_form_with_the_longest_texts_is_read(client: Client) -> None:
    long = "%41" * 2000, "%2F" * MAX_NEXT_CHARACTERS

    answer = await client.post(ASK, content="address={}&next={}".format(*long), headers=FORM)

    assert answer.status_code < 413


async def test_what_a_form_said_is_not_remembered(client: Client) -> None:
    parse_url_encoded_form_data.cache_clear()

    await client.post(ASK, content="address=learner@example.org", headers=FORM)
    await client.post("/backpack/badges", content="csrf=secret", headers=FORM)

    assert parse_url_encoded_form_data.cache_info().currsize == 0
