"""What is there when an application, a wallet or a browser asks for a person: of two people, each with a token."""

from base64 import b64encode
from typing import Any  # Any: members of JSON documents

import msgspec

from gateway.flows.oauth.scopes import PersonScope
from gateway.records.holdings import Via
from gateway.records.offers import Configuration, Grant
from gateway.records.people import Person
from gateway.records.tickets import TOKEN_S
from gateway.records.tickets import Kind as Ticket
from tests.fuzz.contract.ground import Opened, Prepared, Shown
from tests.laundering.sources import Kind
from tests.simulators import people
from tests.simulators.application import Application, Browser, fields
from tests.simulators.offered import Offering
from tests.simulators.wallet import Wallet

EMAIL, OTHER_EMAIL = "learner@example.org", "other@example.org"
WALLET = Wallet.ed25519()


def bearer(text: str) -> Shown:
    """A token as it is shown."""
    return Shown("Authorization", f"Bearer {text}")


async def _owners(opened: Opened) -> tuple[Person, Person]:
    """Two people, of whom the first holds a badge of each kind."""
    mine, other = [await people.person(opened.gateway, email) for email in (EMAIL, OTHER_EMAIL)]
    for kind in Kind:
        badge = opened.world.sound(kind, id=f"https://issuer.example/{kind}")
        await opened.gateway.holdings.hold(badge, mine.id, Via.BACKPACK)
    return mine, other


async def prepare_backpack(opened: Opened) -> Prepared:
    """Both let an application in that may do everything; a third one may do nothing."""
    mine, other = await _owners(opened)
    every = [str(scope) for scope in PersonScope]
    return Prepared(
        mine={"OAuth2ACG": bearer(await people.token(opened.gateway, mine, *every))},
        theirs={"OAuth2ACG": bearer(await people.token(opened.gateway, other, *every))},
        bare={"OAuth2ACG": bearer(await people.token(opened.gateway, mine, "offline_access"))},
        marks={mine.id, EMAIL, *(f"https://issuer.example/{kind}" for kind in Kind)},
    )


async def prepare_badgr(opened: Opened) -> Prepared:
    """Both let an application in by a password of its own."""
    mine, other = await _owners(opened)
    passwords = [await opened.gateway.badgr.keep_passwords.made(each.id, "An application") for each in (mine, other)]
    tokens = [
        await opened.gateway.badgr.let_in(email, password)
        for email, password in zip((EMAIL, OTHER_EMAIL), passwords, strict=True)
    ]
    headers = {"Authorization": f"Bearer {tokens[0].access}"}
    held = (await opened.client.get("/v2/backpack/assertions", headers=headers)).json()["result"]
    ids = [each["entityId"] for each in held]
    return Prepared(
        mine={"applicationToken": bearer(tokens[0].access)},
        theirs={"applicationToken": bearer(tokens[1].access)},
        named={"badge_id": ids},
        known={"username": EMAIL, "password": passwords[0], "refresh": tokens[0].refresh},
        marks=set(ids),
    )


async def prepare_wallets(opened: Opened) -> Prepared:
    """An offer, and a token for it; another one, of another wallet."""
    offering = Offering(opened.gateway)
    offers = [(await offering.make()).offer for _ in range(2)]
    tickets = opened.gateway.edges.tickets
    tokens = [
        await tickets.give(
            Ticket.TOKEN, msgspec.json.encode(Grant(offer=each.id, configurations=each.configurations)), TOKEN_S
        )
        for each in offers
    ]
    notification = ""
    nonce = (await opened.client.post("/oid4vci/nonce")).json()["c_nonce"]
    body = {
        "credential_configuration_id": Configuration.BADGE,
        "proofs": {"jwt": [WALLET.proof_jwt("https://badges.example.net", nonce)]},
    }
    fetched = await opened.client.post(
        "/oid4vci/credential", json=body, headers={"Authorization": f"Bearer {tokens[0]}"}
    )
    if not fetched.is_error:
        notification = fetched.json().get("notification_id", "")
    return Prepared(
        mine={"walletToken": bearer(tokens[0])},
        theirs={"walletToken": bearer(tokens[1])},
        named={"offer_id": [each.id for each in offers]},
        known={"notification": notification},
    )


async def prepare_oauth(opened: Opened) -> Prepared:
    """Both are signed in; the first has let an application in, whose tokens and next code are known."""
    mine, other = await _owners(opened)
    cookies = [await people.session(opened.gateway, each) for each in (mine, other)]
    clients = [await Application.registered(opened.client, scope=" ".join(PersonScope)) for _ in range(2)]
    browser = Browser(opened.client, f"__Host-session={cookies[0]}")
    scope = f"{PersonScope.READ_CREDENTIALS} offline_access"
    tokens = await clients[0].tokens(browser, scope=scope)
    page = await browser.open("/oauth/authorize", clients[0].request(prompt="consent"))
    applications = await browser.open("/account/applications")
    return Prepared(
        mine={"session": Shown("__Host-session", cookies[0], is_cookie=True), "clientBasic": _basic(clients[0])},
        theirs={"session": Shown("__Host-session", cookies[1], is_cookie=True), "clientBasic": _basic(clients[1])},
        known=_known(clients[0], tokens, fields(page.text), fields(applications.text)),
        marks={clients[0].id},
    )


def _basic(client: Application) -> Shown:
    return Shown("Authorization", f"Basic {b64encode(f'{client.id}:{client.secret}'.encode()).decode()}")


def _known(
    client: Application, tokens: dict[str, Any], asked: dict[str, str], listed: dict[str, str]
) -> dict[str, str]:
    return {
        **{f"query.{name}": value for name, value in client.request().items()},
        **{f"form.{name}": value for name, value in asked.items()},
        **{f"listed.{name}": value for name, value in listed.items()},
        "access": tokens["access_token"],
        "refresh": tokens["refresh_token"],
        "verifier": client.verifier,
        "client": client.id,
        "redirect": client.redirect_uri,
    }
