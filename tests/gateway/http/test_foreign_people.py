"""Two people, and every operation and page for them: what one has is not there for the other.

Operations are read from the published documents and pages from the application's own routes, so one that is new fails
the test until somebody says what of another's it could reach.
"""

import re
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest
from httpx import AsyncClient, Response
from litestar import Litestar
from litestar.routes import HTTPRoute

from gateway.assembly.whole import Gateway
from gateway.flows.oauth.scopes import PersonScope
from gateway.http.contract import document
from gateway.http.open_badges_2.surface import OPEN_BADGES_2
from gateway.http.surfaces import GATEWAY, SURFACES
from gateway.records import Platform
from gateway.records.access import Role
from gateway.records.holdings import Via
from gateway.records.people import Person
from gateway.records.tenants import DEFAULT_PLATFORM
from tests.gateway.http.account.conftest import browser_of
from tests.gateway.http.conftest import Client
from tests.laundering.sources import Kind, World
from tests.simulators import people
from tests.simulators.application import Application, Browser, fields

EMAIL, OTHER_EMAIL = "learner@example.org", "other@example.org"
ALLOWED = (200, 202, 204, 303)


class Asked(msgspec.Struct, frozen=True):
    """A request that names something; ``{name}`` stands for an id of the first person's.

    Attributes:
        foreign: The status for somebody else.
        bearer: Shows a token of the Badgr API; else the cookie of a session.
    """

    form: dict[str, str] = {}
    foreign: int = 404
    bearer: bool = False


KEY = {"name": "x", "may": "reader"}
WALLETS = "/europass/api/v1/wallets"
IN_WALLET = f"{WALLETS}/{{user_id}}/credentials"
SHARED = "/europass/api/v1/sharelinks/{share_hash}"

NAMING = {
    "GET /v2/backpack/assertions/{badge_id}": Asked(bearer=True),
    "GET /backpack/badges/{badge_id}": Asked(),
    "GET /backpack/badges/{badge_id}/original": Asked(),
    "GET /backpack/badges/{badge_id}/picture.png": Asked(),
    "POST /backpack/badges/{badge_id}/convert": Asked({"to": "open-badges-3"}),
    "GET /backpack/badges/{badge_id}/baked.png": Asked(),
    "POST /backpack/badges/{badge_id}/check": Asked(),
    "POST /backpack/badges/{badge_id}/offer": Asked(),
    "GET /backpack/badges/{badge_id}/remove": Asked(),
    "POST /backpack/badges/{badge_id}/remove": Asked(),
    "POST /backpack/passwords/end": Asked({"id": "{password_id}"}),
    "POST /account/addresses/remove": Asked({"id": "{address_id}"}),
    "GET /account/platforms/{platform_id}": Asked(),
    "POST /account/platforms/{platform_id}/keys": Asked(KEY),
    "POST /account/platforms/{platform_id}/keys/revoke": Asked({"id": "{key_id}"}),
}
"""In this order, so that what ends something comes after what shows it."""

TRIED_BELOW = {
    "POST /account/applications",
    "POST /oauth/authorize",
    "POST /oauth/token",
    "POST /oauth/revoke",
    "POST /o/token",
    "POST /ims/ob/v2p1/assertions",
    "POST /ims/ob/v2p1/profile",
    "POST /ims/ob/v3p0/credentials",
    "PUT /ims/ob/v3p0/profile",
}

TRIED_ELSEWHERE = {
    "GET /backpack/badges/{badge_id}/forms/{form_id}",
    "GET /backpack/deposits/{deposit_id}",
    "GET /backpack/deposits/{deposit_id}/picture",
    "POST /backpack/deposits/{deposit_id}/take",
    "POST /backpack/deposits/{deposit_id}/decline",
    f"GET {WALLETS}/{{user_id}}",
    f"DELETE {WALLETS}/{{user_id}}",
    f"GET {IN_WALLET}",
    f"POST {IN_WALLET}",
    f"POST {WALLETS}/email/{{user_email}}/credentials",
    *(f"{method} {IN_WALLET}/{{uuid}}" for method in ("GET", "DELETE")),
    f"GET {IN_WALLET}/{{uuid}}/verify",
    f"POST {IN_WALLET}/{{uuid}}/sharelink",
    f"DELETE {SHARED}",
    *(f"POST /oid4vci/{name}" for name in ("credential", "deferred", "notification")),
    "POST /vc-api/workflows/claim/exchanges",
    "GET /vc-api/workflows/claim/exchanges/{exchange_id}",
    "GET /vc-api/credentials/{credential_id}",
    "DELETE /vc-api/credentials/{credential_id}",
    "POST /vc-api/credentials/status",
}
"""What platforms and people could reach of each other's wallets (europass/test_foreign_wallets.py), of each
other's offers (oid4vci/test_later.py), and exchanges
(vc_api/test_arranged.py)."""
"""What says no in its protocol's own words, or changes only what is the caller's own."""

OPEN = {
    "GET /v2/backpack/collections/{collection_id}": "there is one name, which means the caller's own",
    **dict.fromkeys(
        (
            "POST /vc-api/workflows/claim/exchanges/{exchange_id}",
            "GET /vc-api/workflows/claim/exchanges/{exchange_id}/protocols",
            "GET /vc-api/workflows/claim/exchanges/{exchange_id}/request",
            "POST /vc-api/workflows/claim/exchanges/{exchange_id}/bare",
        ),
        "whoever has the link of an offer may claim it",
    ),
    "POST /vc-api/challenges": "names nothing",
    "GET /docs/{name}": "the interface, which is everybody's",
    "GET /docs/{name}/{part}": "the interface, which is everybody's",
    "GET /docs/assets/{name}": "the interface, which is everybody's",
    **dict.fromkeys(
        (
            "POST /vc-api/credentials/verify",
            "POST /vc-api/presentations/verify",
            "POST /vc-api/credentials/issue",
        ),
        "names nothing of another",
    ),
    "GET /account/links/{token}": "whoever got the letter may follow its link, in the browser that asked",
    "POST /account/links/{token}": "whoever got the letter may follow its link, in the browser that asked",
    "GET /oid4vci/offers/{offer_id}": "whoever has the link of an offer may fetch it",
    "GET /oid4vci/offers/{offer_id}/link": "whoever has the link of an offer may fetch it",
    "POST /oid4vci/nonce": "names nothing",
    "POST /oauth/register": "names nothing",
    "POST /oauth/par": "names nothing but the client, which shows its secret; whose offer it is, is asked of a person",
    "POST /v2/backpack/import": "names nothing",
    "POST /account/sign-in": "names nothing",
    "POST /account/addresses": "names nothing of another",
    "POST /account/sign-out": "names nothing",
    "POST /account/language": "names nothing",
    "POST /backpack/badges": "names nothing",
    "POST /backpack/passwords": "names nothing",
    **dict.fromkeys(
        (f"GET {SHARED}{end}" for end in ("", "/credential", "/details", "/display", "/verification")),
        "whoever has a link may see what it shows",
    ),
    **dict.fromkeys(
        (
            *(f"POST /europass/api/v1/public/credentials/{name}" for name in ("seal", "seal_and_send", "seal_batch")),
            *(f"POST /europass/api/v1/credentials/{name}" for name in ("verification", "details", "convert")),
            f"POST {WALLETS}",
        ),
        "names nothing of another",
    ),
}
"""What could not reach anything of another, and why."""


def operations() -> set[str]:
    """Method and path of every operation of the documents but those of platforms, which have a test of their own."""
    return {
        f"{method.upper()} {path}"
        for surface in SURFACES
        if surface.document and surface not in (GATEWAY, OPEN_BADGES_2)
        for path, item in msgspec.json.decode(document(surface.document))["paths"].items()
        for method in item
    }


def pages(app: Litestar) -> set[str]:
    """Method and path of every route that is in no document."""
    return {
        f"{method} {re.sub(r':[a-z]+}', '}', route.path)}"
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for method in handler.http_methods - {"OPTIONS"}
        if not handler.resolve_include_in_schema()
    }


def listing(app: Litestar) -> set[str]:
    """What is asked for without naming anything: it shows nothing of others."""
    return {each for each in operations() | pages(app) if each.startswith("GET ") and "{" not in each}


class Party(msgspec.Struct, frozen=True):
    """Somebody with a browser, an application that they allowed everything, and one that knows a password."""

    person: Person
    browser: AsyncClient
    csrf: str
    application: Application
    tokens: dict[str, Any]
    password: str
    badgr: dict[str, str]

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens['access_token']}"}


async def party(app: Litestar, gateway: Gateway, client: Client, email: str) -> Party:
    person = await people.person(gateway, email, f"second.{email}")
    cookie = f"__Host-session={await people.session(gateway, person)}"
    browser = browser_of(app, Cookie=cookie)
    application = await Application.registered(client, client_name=f"Of {email}", scope=" ".join(PersonScope))
    tokens = await application.tokens(Browser(client, cookie), scope=" ".join(PersonScope))
    password = await gateway.badgr.keep_passwords.made(person.id, f"For {email}")
    got = (await client.post("/o/token", data={"username": email, "password": password})).json()
    csrf = re.findall(r'name="csrf" value="([\w-]+)"', (await browser.get("/account")).text)[0]
    badgr = {"Authorization": f"Bearer {got['access_token']}"}
    return Party(person, browser, csrf, application, tokens, password, badgr)


@pytest.fixture
async def owner(app: Litestar, gateway: Gateway, client: Client) -> Party:
    made = await party(app, gateway, client, EMAIL)
    await gateway.tenancy.add_member(DEFAULT_PLATFORM, EMAIL, Role.OWNER, "command line")
    return made


@pytest.fixture
async def stranger(app: Litestar, gateway: Gateway, client: Client) -> Party:
    return await party(app, gateway, client, OTHER_EMAIL)


@pytest.fixture
async def names(gateway: Gateway, owner: Party, world: World, key: str) -> dict[str, str]:
    """Ids of what the owner has."""
    held = await gateway.holdings.hold(world.sound(Kind.HOSTED), owner.person.id, Via.BACKPACK)
    [password] = await gateway.badgr.keep_passwords.listed(owner.person.id)
    return {
        "badge_id": held.holding.id,
        "password_id": password.id,
        "address_id": next(each.id for each in owner.person.addresses if each.value != EMAIL),
        "platform_id": DEFAULT_PLATFORM,
        "key_id": (await gateway.admit(key)).holder,
    }


async def sent(client: Client, by: Party, operation: str, names: dict[str, str]) -> Response:
    method, path = operation.split()
    asked = NAMING[operation]
    if asked.bearer:
        return await client.request(method, path.format_map(names), headers=by.badgr)
    form = {name: value.format_map(names) for name, value in asked.form.items()}
    body: dict[str, Any] = {"data": {**form, "csrf": by.csrf}} if method == "POST" else {}
    return await by.browser.request(method, path.format_map(names), **body)


def test_every_operation_and_page_has_its_place(app: Litestar) -> None:
    assert {*NAMING, *TRIED_BELOW, *TRIED_ELSEWHERE, *OPEN} == (operations() | pages(app)) - listing(app)


async def test_what_one_names_is_missing_for_the_other_and_there_for_its_own(
    client: Client, owner: Party, stranger: Party, names: dict[str, str]
) -> None:
    answers = {each: (await sent(client, stranger, each, names)).status_code for each in NAMING}

    own = {each: (await sent(client, owner, each, names)).status_code for each in NAMING}
    assert answers == {each: asked.foreign for each, asked in NAMING.items()}
    assert {each: status for each, status in own.items() if status not in ALLOWED} == {}


async def test_no_list_or_page_of_the_other_shows_any_of_it(
    app: Litestar, client: Client, owner: Party, stranger: Party, names: dict[str, str]
) -> None:
    profile = {"id": "urn:uuid:1", "type": ["Profile"], "name": "A name of their own"}
    put = await client.put("/ims/ob/v3p0/profile", json=profile, headers=owner.bearer)
    secret = {EMAIL, owner.person.id, owner.application.id, f"Of {EMAIL}", "A name of their own", *names.values()}
    secret -= {DEFAULT_PLATFORM}

    shown, own = {}, ""
    for each in sorted(listing(app)):
        path = each.removeprefix("GET ")
        for headers in (stranger.bearer, stranger.badgr, {}):
            shown[each, *headers.values()] = await stranger.browser.get(path, headers={"Accept": "*/*", **headers})
        for headers in (owner.bearer, owner.badgr, {}):
            own += (await owner.browser.get(path, headers={"Accept": "*/*", **headers})).text

    assert put.status_code in (200, 201), put.text
    assert [(name, each) for each, answer in shown.items() for name in secret if name in answer.text] == []
    assert {answer.status_code for answer in shown.values()} <= {200, 303, 400, 401, 404}
    assert {name for name in secret if name not in own} <= {owner.person.id, names["key_id"]}


async def test_an_owner_of_another_platform_ends_no_key_of_this_one(
    gateway: Gateway, stranger: Party, names: dict[str, str], key: str
) -> None:
    await gateway.platforms.ensure(Platform(id="other", name="Another platform"))
    await gateway.tenancy.add_member("other", OTHER_EMAIL, Role.OWNER, "command line")
    form = {"id": names["key_id"], "csrf": stranger.csrf}

    ended = await stranger.browser.post("/account/platforms/other/keys/revoke", data=form)

    assert ended.status_code == 404
    assert (await gateway.admit(key)).holder == names["key_id"]


async def test_codes_tokens_and_passwords_are_no_good_to_another(
    client: Client, owner: Party, stranger: Party, names: dict[str, str]
) -> None:
    browser = Browser(client, owner.browser.headers["Cookie"])
    code = await browser.code(owner.application, scope=" ".join(PersonScope))
    theirs = stranger.application

    coded = await theirs.exchange(code, code_verifier=owner.application.verifier)
    refreshed = await theirs.refresh(owner.tokens["refresh_token"])
    revoked = await theirs.post("/oauth/revoke", {"token": owner.tokens["access_token"]})
    passed = await client.post("/o/token", data={"username": OTHER_EMAIL, "password": owner.password})

    still = await client.get("/ims/ob/v3p0/credentials", headers=owner.bearer)
    assert (coded.status_code, coded.json()["error"]) == (400, "invalid_grant")
    assert (refreshed.status_code, refreshed.json()["error"]) == (400, "invalid_grant")
    assert (revoked.status_code, passed.status_code) == (200, 401)
    assert (still.status_code, still.headers["X-Total-Count"]) == (200, "1")
    assert names["badge_id"]


async def test_the_answer_of_another_and_their_withdrawal_change_nothing(
    client: Client, owner: Party, stranger: Party
) -> None:
    asked = owner.application.request(scope=PersonScope.READ_CREDENTIALS, prompt="consent")
    page = await owner.browser.get("/oauth/authorize", params=asked)
    form = {**fields(page.text), "answer": "allow", "csrf": stranger.csrf}

    answered = await stranger.browser.post("/oauth/authorize", data=form)
    withdrawn = await stranger.browser.post(
        "/account/applications", data={"client": owner.application.id, "csrf": stranger.csrf}
    )

    assert "ticket" in form
    assert (answered.status_code, "location" in answered.headers) == (400, False)
    assert withdrawn.status_code == 303
    assert (await client.get("/ims/ob/v3p0/credentials", headers=owner.bearer)).status_code == 200


async def test_what_another_writes_is_their_own(client: Client, owner: Party, stranger: Party, world: World) -> None:
    badge, later = (world.sound(Kind.DATA_INTEGRITY, id="urn:uuid:7", **more) for more in ({}, {"name": "Later"}))
    json = {"Content-Type": "application/json"}
    kept = await client.post("/ims/ob/v3p0/credentials", content=badge, headers={**owner.bearer, **json})
    before = {each: await client.get(each, headers=owner.bearer) for each in PEOPLES}

    profile = {"id": "urn:uuid:2", "type": ["Profile"], "name": "Another name"}
    written = [
        await client.post("/ims/ob/v3p0/credentials", content=later, headers={**stranger.bearer, **json}),
        await client.put("/ims/ob/v3p0/profile", json=profile, headers=stranger.bearer),
        await client.post(
            "/ims/ob/v2p1/assertions", json={"signedAssertion": world.sound(Kind.JWS).decode()}, headers=stranger.bearer
        ),
        await client.post("/ims/ob/v2p1/profile", json={"profile": {"name": "Another"}}, headers=stranger.bearer),
    ]

    assert kept.status_code == 201, kept.text
    assert [answer.status_code for answer in written if answer.status_code >= 500] == []
    assert {each: (await client.get(each, headers=owner.bearer)).content for each in PEOPLES} == {
        each: answer.content for each, answer in before.items()
    }


PEOPLES = ("/ims/ob/v3p0/credentials", "/ims/ob/v3p0/profile", "/ims/ob/v2p1/assertions", "/ims/ob/v2p1/profile")
