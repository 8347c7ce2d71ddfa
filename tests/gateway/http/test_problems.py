"""Errors: always a problem document, with a code that stays and a fix where there is one."""

import logging
import re
from collections.abc import Iterator

import pytest
from httpx import AsyncClient
from litestar import Litestar, get

from adapters.hub.errors import AdapterError, TooLarge
from adapters.hub.opened import UnsupportedJwsJson
from gateway.errors import FetchBlocked, GatewayError, Misconfigured, Unavailable
from gateway.flows.seal import SealBroken
from gateway.http.problems import FRAMEWORK_CODES, HANDLERS, status_of
from gateway.http.titles import TITLES
from tests.gateway.http.asgi import asked, transport
from tests.gateway.http.conftest import Client, problem


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("GET", "/none", 404, "not-found"),
        ("DELETE", "/v1/credentials", 405, "method-not-allowed"),
        ("GET", "/v1/inspections", 405, "method-not-allowed"),
        ("POST", "/healthz", 405, "method-not-allowed"),
        ("POST", "/p/default/issuer", 405, "method-not-allowed"),
        ("NONSENSE", "/healthz", 405, "method-not-allowed"),
    ],
)
async def test_what_the_framework_refuses_is_a_problem_too(
    client: Client, method: str, address: str, status: int, code: str
) -> None:
    answer = await client.request(method, address)

    assert (answer.status_code, problem(answer)["code"]) == (status, code)
    assert answer.headers["Cache-Control"] == "no-store"


async def test_a_method_that_is_not_served_is_told_which_are(client: Client) -> None:
    answer = await client.put("/v1/credentials")

    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}
    assert problem(answer)["fix"] == "use GET or POST"


async def test_head_is_not_answered_where_get_is_not(client: Client) -> None:
    answer = await client.head("/v1/inspections")

    assert (answer.status_code, answer.content) == (405, b"")


async def test_a_host_that_cannot_be_one_is_refused(app: Litestar) -> None:
    answer = await asked(app, "GET", "/healthz", headers=[(b"host", b"a b/c")])

    assert answer.status == 400


async def test_every_type_leads_to_its_meaning(client: Client) -> None:
    for address in ("/none", "/v1/inspections", "/v1/credentials"):
        said = problem(await client.get(address))

        meaning = await client.get(said["type"])
        assert meaning.status_code == 200
        assert (meaning.json()["code"], meaning.json()["status"]) == (said["code"], said["status"])


def kinds(root: type[AdapterError | GatewayError]) -> Iterator[type[AdapterError | GatewayError]]:
    yield root
    for kind in root.__subclasses__():
        yield from kinds(kind)


@pytest.mark.parametrize("root", [AdapterError, GatewayError])
def test_every_kind_of_error_has_a_title_of_its_own(root: type[AdapterError | GatewayError]) -> None:
    ours = [kind for kind in kinds(root) if kind.__module__.startswith(("adapters.", "gateway."))]

    assert {kind.code for kind in ours} <= TITLES.keys()
    assert TITLES.keys() >= set(FRAMEWORK_CODES.values())


def test_a_title_is_one_plain_sentence() -> None:
    for title in TITLES.values():
        assert re.fullmatch(r"[A-Z][A-Za-z0-9 ,'.-]{10,70}[a-z0-9]", title), title
    assert len(set(TITLES.values())) == len(TITLES)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (AdapterError, 500),
        (TooLarge, 413),
        (UnsupportedJwsJson, 415),
        (FetchBlocked, 422),
        (Unavailable, 503),
        (Misconfigured, 503),
        (SealBroken, 500),
        (GatewayError, 500),
        (ValueError, 500),
    ],
)
def test_an_error_has_the_status_of_its_nearest_kind(kind: type[Exception], status: int) -> None:
    assert status_of(kind) == status


@get("/bug")
async def bug() -> None:
    raise RuntimeError("a secret of the gateway")


@get("/utf-8")
async def bad_utf_8() -> None:
    b"\xff".decode()


@get("/deep")
async def deep() -> None:
    raise RecursionError


@get("/away")
async def away() -> None:
    raise Unavailable("the store does not answer")


@get("/broken")
async def broken() -> None:
    raise SealBroken("proof: does not verify")


@pytest.fixture
def faulty() -> Client:
    app = Litestar([bug, bad_utf_8, deep, away, broken], exception_handlers=HANDLERS, logging_config=None)
    return AsyncClient(transport=transport(app), base_url="https://elsewhere.example")


async def test_a_bug_is_logged_and_not_shown(faulty: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer = await faulty.get("/bug")

    assert (answer.status_code, problem(answer)["code"]) == (500, "internal")
    assert "secret" not in answer.text
    assert "a secret of the gateway" in caplog.text


async def test_a_fault_that_has_a_code_is_logged_too(faulty: Client, caplog: pytest.LogCaptureFixture) -> None:
    answer = await faulty.get("/broken")

    assert (answer.status_code, problem(answer)["code"]) == (500, "seal-broken")
    assert "does not verify" in caplog.text


@pytest.mark.parametrize("address", ["/utf-8", "/deep"])
async def test_what_cannot_be_decoded_is_the_callers_fault(faulty: Client, address: str) -> None:
    answer = await faulty.get(address)

    assert (answer.status_code, problem(answer)["code"]) == (400, "malformed")


async def test_a_part_that_is_away_says_when_to_come_back(faulty: Client) -> None:
    answer = await faulty.get("/away")

    assert (answer.status_code, problem(answer)["code"]) == (503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0


async def test_who_reads_a_public_page_is_told_of_a_key_only_if_one_was_sent(client: Client) -> None:
    said = problem(await client.get("/p/nobody/did.json"))

    assert said["code"] == "not-found"
    assert said["fix"].startswith("Check the address and the id; where an API key is sent, ")
