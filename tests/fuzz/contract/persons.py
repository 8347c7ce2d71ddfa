"""What is there when an application, a wallet or a browser asks for a person: of two people, each with a token."""

from base64 import b64encode
from typing import Any  # Any: members of JSON documents

import msgspec

from gateway.flows.oauth.scopes import PersonScope
from gateway.records.holdings import Via
from gateway.records.offers import Claiming, Configuration, Grant, Offer
from gateway.records.people import Person
from gateway.records.tickets import TOKEN_S
from gateway.records.tickets import Kind as Ticket
from tests.fuzz.contract.ground import PUBLIC_URL, Opened, Prepared, Shown
from tests.laundering.sources import STATUS_LIST, Kind
from tests.simulators import people
from tests.simulators.application import Application, Browser, fields
from tests.simulators.offered import Offering
from tests.simulators.wallet import Wallet, stamp

EMAIL, OTHER_EMAIL = "learner@example.org", "other@example.org"
WALLET, ANOTHER = Wallet.ed25519(), Wallet.ed25519(2)
FEW_TIMES = f"urn:uuid:{1:032x}"
"""The id of credentials of which there is more than one version."""
LONG_AGO_H = 25
"""After so long a converted badge is looked at again before a wallet gets it."""


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
    newer = opened.world.sound(Kind.DATA_INTEGRITY, id=FEW_TIMES, validFrom=stamp(opened.clock.now))
    await opened.gateway.holdings.hold(newer, mine.id, Via.BACKPACK)
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
    """An offer and a token for it, one of another wallet, one that was withdrawn, and one that has to be waited for."""
    waiting, transaction = await _waiting(opened)
    offering = Offering(opened.gateway)
    offers = [(await offering.make()).offer for _ in "abc"]
    mine, theirs, _ = [await _granted(opened, each) for each in offers]
    await opened.gateway.offers.withdraw(offers[-1].id, offering.caller)
    fetched = await _fetched(opened, mine)
    if opened.number % 2:  # now the host is there again
        opened.world.issuer.status_list(STATUS_LIST, validFrom=stamp(opened.clock.now))
    return Prepared(
        mine={
            "walletToken": bearer(mine),
            "walletToken issueDeferredCredential": bearer(waiting),
            "walletToken issueWalletCredential": bearer(waiting if opened.number % 4 == 0 else mine),
        },
        theirs={"walletToken": bearer(theirs)},
        named={"offer_id": [each.id for each in offers]},
        known={"notification": fetched["notification_id"], "transaction": transaction},
        marks={fetched["notification_id"], transaction},
    )


async def _waiting(opened: Opened) -> tuple[str, str]:
    """A token for a badge that has to be looked at again, while its host does not answer; and its transaction."""
    world, clock = opened.world, opened.clock
    offer = await Offering(opened.gateway).converted(world.sound(Kind.DATA_INTEGRITY), Claiming.LINK)
    clock.advance(hours=LONG_AGO_H)
    world.web.at = clock.now
    world.web.unreachable(STATUS_LIST)
    await opened.gateway.publish()
    token = await _granted(opened, offer)
    return token, (await _fetched(opened, token))["transaction_id"]


async def taken(opened: Opened) -> str:
    """The id of an offer whose credential is in a wallet."""
    offer = (await Offering(opened.gateway).make()).offer
    await _fetched(opened, await _granted(opened, offer))
    return offer.id


async def _granted(opened: Opened, offer: Offer) -> str:
    grant = Grant(offer=offer.id, configurations=offer.configurations)
    return await opened.gateway.edges.tickets.give(Ticket.TOKEN, msgspec.json.encode(grant), TOKEN_S)


async def _fetched(opened: Opened, token: str) -> dict[str, Any]:
    nonce = (await opened.client.post("/oid4vci/nonce")).json()["c_nonce"]
    proof = WALLET.proof_jwt(PUBLIC_URL, nonce, opened.clock.now)
    body = {"credential_configuration_id": Configuration.BADGE, "proofs": {"jwt": [proof]}}
    answer = await opened.client.post("/oid4vci/credential", json=body, headers={"Authorization": f"Bearer {token}"})
    if answer.is_error:
        raise RuntimeError(f"no credential: {answer.text}")
    return dict(answer.json())


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
        **{f"query.{name}": value for name, value in client.request(prompt="consent").items()},
        **{f"form.{name}": value for name, value in asked.items()},
        **{f"listed.{name}": value for name, value in listed.items()},
        "access": tokens["access_token"],
        "refresh": tokens["refresh_token"],
        "verifier": client.verifier,
        "client": client.id,
        "redirect": client.redirect_uri,
    }
