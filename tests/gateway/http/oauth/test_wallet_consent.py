"""A wallet sends somebody here, who signs in and lets it fetch one badge (OpenID4VCI 1.0 section 5)."""

import dataclasses
import json
import re

import pytest

from gateway.assembly.whole import Gateway
from gateway.flows.oauth.authorise import Wish
from gateway.flows.oauth.credentials_asked import CONFIGURATIONS
from gateway.flows.offers.claim import CLAIM_WINDOW
from gateway.http.oauth.wallet_words import WALLET_WORDS
from gateway.records.holdings import Via
from gateway.records.offers import Claiming, Configuration, Grant, Offer
from gateway.records.people import Person
from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.gateway.http.oauth.test_wallet_tokens import details
from tests.laundering.sources import Kind, World
from tests.simulators.application import OFFLINE, READ, Application, Browser, answered, fields
from tests.simulators.clock import SimulatedClock
from tests.simulators.offered import Offering, allowed, asking
from tests.simulators.people import person, session

AUTHORIZE = "/oauth/authorize"
BADGE, JWT = Configuration.BADGE, Configuration.BADGE_JWT
ENGLISH, FRENCH = WALLET_WORDS["en"], WALLET_WORDS["fr"]

TOLD: list[tuple[dict[str, str | None], str]] = [
    ({"scope": f"{BADGE} {READ}"}, "invalid_scope"),
    ({"scope": READ, "authorization_details": details(BADGE)}, "invalid_scope"),
    ({"scope": f"{BADGE} {READ} {OFFLINE}"}, "invalid_scope"),
    ({"scope": "Unknown"}, "invalid_scope"),
    ({"scope": Configuration.LEARNING_SD_JWT}, "invalid_scope"),
    ({"scope": None, "authorization_details": details("Unknown")}, "invalid_authorization_details"),
    ({"authorization_details": "{"}, "invalid_authorization_details"),
    ({"authorization_details": '[{"type": "x", "type": "openid_credential"}]'}, "invalid_authorization_details"),
    ({"authorization_details": "[]"}, "invalid_authorization_details"),
    ({"authorization_details": "[é]"}, "invalid_authorization_details"),
    ({"authorization_details": details(BADGE, type="payment")}, "invalid_authorization_details"),
    ({"authorization_details": details(BADGE, locations=["https://evil.example"])}, "invalid_authorization_details"),
    ({"resource": "https://evil.example"}, "invalid_target"),
    ({"resource": f"{PUBLIC_URL}//"}, "invalid_target"),
    ({"issuer_state": "x" * 201}, "invalid_request"),
    ({"code_challenge": None, "code_challenge_method": None}, "invalid_request"),
    ({"code_challenge_method": "plain"}, "invalid_request"),
    ({"response_type": "token"}, "unsupported_response_type"),
]
"""What of a wallet's request is changed so that it is told, and the error it gets."""


@pytest.fixture
async def wallet(client: Client) -> Application:
    """A wallet on somebody's phone, which registered for nothing but credentials."""
    return await Application.registered(
        client,
        client_name="A wallet",
        token_endpoint_auth_method="none",
        redirect_uris=["org.example.wallet:/back"],
        scope=" ".join(CONFIGURATIONS),
        **dict.fromkeys(("client_uri", "logo_uri", "tos_uri", "policy_uri"), ""),
    )


async def held(gateway: Gateway, owner: Person, world: World, kind: Kind = Kind.HOSTED) -> str:
    """The id of a badge for the learner's address, in somebody's backpack."""
    subject = {**world.credential()["credentialSubject"], "id": "mailto:learner@example.org"}
    badge = world.sound(kind) if kind is Kind.HOSTED else world.sound(kind, credentialSubject=subject)
    return (await gateway.holdings.hold(badge, owner.id, Via.BACKPACK)).holding.id


async def test_whose_badge_it_is_signs_in_and_the_wallet_gets_a_token_for_it(
    browser: Browser, wallet: Application, offering: Offering, mine: Offer
) -> None:
    request = wallet.request(**asking(mine, resource=PUBLIC_URL, prompt="login"))
    page = await browser.open(AUTHORIZE, request)
    said = await allowed(browser, page)
    tokens = (await wallet.exchange(said["code"], scope=None, resource=PUBLIC_URL)).json()
    again = (await wallet.refresh(tokens["refresh_token"])).json()

    assert "Bicycle repair" in page.text
    assert set(said) == {"code", "iss"}
    assert said["iss"] == PUBLIC_URL
    assert (tokens["token_type"], tokens["expires_in"], tokens["scope"]) == ("bearer", 300, BADGE)
    grant = Grant(offer=mine.id, configurations=(BADGE,), client=wallet.id)
    assert [await offering.granted(each["access_token"]) for each in (tokens, again)] == [grant, grant]


async def test_who_asks_in_detail_is_answered_in_detail(
    browser: Browser, wallet: Application, offering: Offering, mine: Offer
) -> None:
    asked = asking(mine, scope=OFFLINE, authorization_details=details(BADGE, JWT, locations=[PUBLIC_URL]), state="é")
    said = await allowed(browser, await browser.open(AUTHORIZE, wallet.request(**asked)))

    tokens = (await wallet.exchange(said["code"], authorization_details=details(JWT))).json()

    assert "scope" not in tokens
    assert [each["credential_identifiers"] for each in tokens["authorization_details"]] == [[JWT]]
    grant = await offering.granted(tokens["access_token"])
    assert grant == Grant(offer=mine.id, configurations=(JWT,), client=wallet.id)


async def test_who_is_not_signed_in_comes_back_with_all_of_the_question(
    client: Client, wallet: Application, mine: Offer
) -> None:
    answer = await client.get(AUTHORIZE, params=wallet.request(**asking(mine)))

    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/account/sign-in?next=%2Foauth%2Fauthorize%3F")
    assert mine.id in answer.headers["Location"]


async def test_a_badge_for_somebody_else_is_shown_to_nobody_and_the_wallet_is_refused(
    browser: Browser, wallet: Application, offering: Offering
) -> None:
    theirs = (await offering.make(Claiming.SIGN_IN, recipient={"email": "other@example.org"}, name="A secret")).offer
    english = await browser.open(AUTHORIZE, wallet.request(**asking(theirs)))
    french = await browser.open(AUTHORIZE, {**wallet.request(**asking(theirs)), "lang": "fr"})

    for words, page in ((ENGLISH, english), (FRENCH, french)):
        assert page.status_code == 200
        assert words.refused["somebody-else"][0] in page.text
        assert "A secret" not in page.text
        assert 'value="allow"' not in page.text
    left = await browser.send(AUTHORIZE, {**fields(english.text), "answer": "deny"})
    assert answered(left.headers["Location"])["error"] == "access_denied"
    assert (await allowed(browser, english))["error"] == "access_denied"


async def test_an_address_in_another_spelling_is_the_same_person(
    client: Client, gateway: Gateway, wallet: Application, offering: Offering
) -> None:
    offer = (await offering.make(Claiming.SIGN_IN, recipient={"email": "Second@example.org"})).offer
    owner = await person(gateway, "first@example.org", "second@example.org")
    browser = Browser(client, f"__Host-session={await session(gateway, owner)}")

    page = await browser.open(AUTHORIZE, wallet.request(**asking(offer)))

    assert "code" in await allowed(browser, page)


async def test_a_converted_badge_is_for_whom_its_source_names(
    browser: Browser, client: Client, gateway: Gateway, wallet: Application, offering: Offering, world: World
) -> None:
    offer = await offering.converted(world.sound(Kind.HOSTED))
    somebody = Browser(client, f"__Host-session={await session(gateway, await person(gateway, 'other@example.org'))}")

    pages = [await each.open(AUTHORIZE, wallet.request(**asking(offer))) for each in (browser, somebody)]

    assert [ENGLISH.refused["somebody-else"][0] in page.text for page in pages] == [False, True]
    assert "code" in await allowed(browser, pages[0])


async def test_whoever_has_the_link_of_an_open_offer_may_sign_in_for_it(
    client: Client, gateway: Gateway, wallet: Application, offering: Offering
) -> None:
    offer = (await offering.make(Claiming.LINK)).offer
    browser = Browser(client, f"__Host-session={await session(gateway, await person(gateway, 'other@example.org'))}")

    assert "code" in await allowed(browser, await browser.open(AUTHORIZE, wallet.request(**asking(offer))))


@pytest.mark.parametrize("what", ["unknown", "withdrawn", "expired", "with a transaction code", "revoked"])
async def test_an_offer_that_is_over_is_said_to_be_so(
    browser: Browser, wallet: Application, offering: Offering, clock: SimulatedClock, gateway: Gateway, what: str
) -> None:
    made = await offering.make(Claiming.CODE if "code" in what else Claiming.SIGN_IN)
    offer, state = made.offer, made.offer.id
    early = await browser.open(AUTHORIZE, wallet.request(**asking(offer)))
    if what == "unknown":
        state = "' or '1'='1"
    elif what == "withdrawn":
        await gateway.offers.withdraw(offer.id, offering.caller)
    elif what == "revoked":
        await gateway.revoke(offer.record, "a mistake", offering.caller)
    elif what == "expired":
        clock.now = offer.expires - CLAIM_WINDOW / 10
        early = await browser.open(AUTHORIZE, wallet.request(**asking(offer)))
        clock.now = offer.expires

    page = await browser.open(AUTHORIZE, wallet.request(**asking(offer, issuer_state=state)))

    assert ENGLISH.refused["offer-over"][0] in page.text
    assert "Bicycle repair" not in page.text
    assert (await allowed(browser, page))["error"] == "access_denied"
    if what != "unknown":
        assert (await allowed(browser, early))["error"] == "access_denied"


async def test_without_an_offer_one_of_the_badges_that_somebody_holds_is_chosen(
    browser: Browser, wallet: Application, offering: Offering, gateway: Gateway, learner: Person, world: World
) -> None:
    first = await held(gateway, learner, world)
    second = await held(gateway, learner, world, Kind.VC_JWT)

    page = await browser.open(AUTHORIZE, wallet.request(**asking()))
    said = await allowed(browser, page, badge=first)

    assert re.findall(r'type="radio" name="badge" value="([^"]*)" required>', page.text) == [second, first]
    tokens = (await wallet.exchange(said["code"])).json()
    grant = await offering.granted(tokens["access_token"])
    assert grant is not None
    offer = await gateway.offers.claim.offers.find(grant.offer)
    assert offer is not None
    assert (offer.platform, offer.made_by, grant.configurations) == ("people", learner.id, (BADGE,))


async def test_who_holds_more_than_a_page_is_told_where_the_others_are(
    browser: Browser, wallet: Application, gateway: Gateway, learner: Person, world: World
) -> None:
    for number in range(2):
        badge = world.issuer.hosted(world.issuer.assertion(id=f"https://issuer.example/assertions/of-many/{number}"))
        await gateway.holdings.hold(badge, learner.id, Via.BACKPACK)
    before = await browser.open(AUTHORIZE, wallet.request(**asking()))

    choice = await dataclasses.replace(
        gateway.oauth_wallets.ask.badges, see_backpack=dataclasses.replace(gateway.backpack.see_backpack, max_bytes=1)
    )(Wish(configurations=(BADGE,), detailed=False, offer=""), learner.id)

    assert ENGLISH.more not in before.text
    assert (len(choice.badges), choice.more) == (1, True)


async def test_a_badge_that_is_alone_is_chosen_and_who_has_none_is_told_so(
    browser: Browser, wallet: Application, gateway: Gateway, learner: Person, world: World
) -> None:
    without = await browser.open(AUTHORIZE, wallet.request(**asking()))
    badge = await held(gateway, learner, world)
    alone = await browser.open(AUTHORIZE, wallet.request(**asking()))

    assert ENGLISH.refused["none-held"][0] in without.text
    assert f'value="{badge}" required checked' in alone.text


@pytest.mark.parametrize("badge", ["", "unknown", "' or '1'='1", "\x00", "of somebody else"])
async def test_a_badge_that_somebody_does_not_hold_cannot_be_chosen(
    browser: Browser, wallet: Application, gateway: Gateway, learner: Person, world: World, badge: str
) -> None:
    mine = await held(gateway, learner, world)
    page = await browser.open(AUTHORIZE, wallet.request(**asking()))
    if badge == "of somebody else":
        await gateway.backpack.remove(learner.id, mine, forms=False)
        badge = mine

    gone = await browser.send(AUTHORIZE, {**fields(page.text), "answer": "allow", "badge": badge})

    if badge:
        assert gone.status_code == 400
        assert "cannot be put into a wallet" in gone.text
    else:
        assert answered(gone.headers["Location"])["error"] == "invalid_request"


async def test_a_badge_that_was_revoked_meanwhile_is_given_to_no_wallet(
    browser: Browser, wallet: Application, gateway: Gateway, learner: Person, world: World
) -> None:
    badge = await held(gateway, learner, world)
    page = await browser.open(AUTHORIZE, wallet.request(**asking()))
    world.web.gone(json.loads(world.sound(Kind.HOSTED))["id"])

    gone = await browser.send(AUTHORIZE, {**fields(page.text), "answer": "allow", "badge": badge})

    assert (gone.status_code, "Location" in gone.headers) == (400, False)
    assert "cannot be put into a wallet" in gone.text


async def test_every_fault_of_a_wallets_request_is_told_to_it(
    browser: Browser, wallet: Application, mine: Offer
) -> None:
    for changed, error in TOLD:
        page = await browser.open(AUTHORIZE, wallet.request(**{**asking(mine, state="state"), **changed}))

        assert page.status_code == 303, changed
        assert page.headers["Location"].startswith("org.example.wallet:/back?"), changed
        said = answered(page.headers["Location"])
        assert (said["error"], said["iss"], said["state"]) == (error, PUBLIC_URL, "state"), changed


async def test_the_issuer_is_a_resource_with_and_without_its_slash(
    browser: Browser, wallet: Application, mine: Offer
) -> None:
    for resource in (PUBLIC_URL, f"{PUBLIC_URL}/", ""):
        page = await browser.open(AUTHORIZE, wallet.request(**asking(mine, resource=resource)))

        assert page.status_code == 200, resource


async def test_nobody_else_answers_a_wallets_question_and_no_other_page_does(
    browser: Browser, client: Client, gateway: Gateway, wallet: Application, mine: Offer
) -> None:
    page = await browser.open(AUTHORIZE, wallet.request(**asking(mine)))
    sent = {**fields(page.text), "answer": "allow"}
    somebody = Browser(client, f"__Host-session={await session(gateway, await person(gateway, 'other@example.org'))}")
    theirs = fields((await somebody.open("/account/applications")).text)

    answers = [
        await browser.send(AUTHORIZE, {**sent, "csrf": "x"}),
        await browser.send(AUTHORIZE, sent, **{"Sec-Fetch-Site": "cross-site"}),
        await browser.send(AUTHORIZE, {**sent, "ticket": sent["ticket"][:-8] + "AAAAAAA="}),
        await somebody.send(AUTHORIZE, {**sent, **theirs}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 400, 400]


async def test_the_page_is_text_and_nothing_else(browser: Browser, wallet: Application, offering: Offering) -> None:
    evil = "<img src=x onerror=alert(1)>\u202e"
    offer = (await offering.make(Claiming.SIGN_IN, name=evil)).offer

    page = await browser.open(AUTHORIZE, wallet.request(**asking(offer)))

    assert "&lt;img src=x onerror=alert(1)&gt;\ufffd" in page.text
    assert "<img" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert "form-action 'self' org.example.wallet:;" in page.headers["Content-Security-Policy"] + ";"
    assert page.headers["Cache-Control"] == "no-store"


async def test_the_other_language_keeps_the_question(browser: Browser, wallet: Application, mine: Offer) -> None:
    page = await browser.open(AUTHORIZE, wallet.request(**asking(mine)))

    [link] = re.findall(r'<a href="(\?[^"]*lang=fr)"', page.text)
    french = await browser.open(AUTHORIZE, link.replace("&amp;", "&").removeprefix("?"))

    assert FRENCH.allow in french.text
    assert "code" in await allowed(browser, french)


async def test_a_wallet_that_somebody_used_is_not_forgotten(
    browser: Browser, client: Client, gateway: Gateway, wallet: Application, mine: Offer, clock: SimulatedClock
) -> None:
    await allowed(browser, await browser.open(AUTHORIZE, wallet.request(**asking(mine))))
    clock.advance(days=3)
    await Application.registered(client)

    assert await gateway.oauth.authorise.clients.find(wallet.id) is not None


def test_words_say_the_same_in_both_languages() -> None:
    assert [set(words.refused) for words in (ENGLISH, FRENCH)] == [set(ENGLISH.refused)] * 2
