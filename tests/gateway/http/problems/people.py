"""Problems of people: accounts, sign-in, backpacks."""

import dataclasses

import msgspec

from gateway.flows.badgr.keep_passwords import AT_MOST
from gateway.flows.sign_in import MAX_ADDRESSES
from gateway.http.account.session import SIGN_IN
from gateway.http.backpack.password_words import WORDS
from gateway.http.badge_connect.manifest import SCOPES as CONNECT
from gateway.http.open_badges_3 import scopes
from tests.gateway.http.problems.scene import Scenes, explained
from tests.gateway.http.problems.stage import BEARER, PEOPLE, Answered, Stage
from tests.laundering.sources import Kind
from tests.simulators.application import Browser
from tests.simulators.provider import CLIENT_ID, CLIENT_SECRET, ISSUER, SimulatedProvider

SCENES = Scenes()
AS_A_PROGRAM = {"Accept": "application/json", "Origin": PEOPLE["Origin"], "Sec-Fetch-Site": "same-origin"}
"""What a browser sends, but that it would rather have JSON: the problem then comes as it is."""


async def added(stage: Stage, browser: Browser, email: str) -> str:
    """The path of a link that would add an address to an account."""
    form = {"csrf": await stage.csrf(browser), "address": email}
    await browser.send("/account/addresses", form, **PEOPLE)
    return stage.mail.link()


@SCENES("foreign-form")
async def a_form_of_another_site(stage: Stage) -> Answered:
    headers = {"Accept": "application/json", "Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    return await stage.client.post(SIGN_IN, data={"address": "learner@example.org"}, headers=headers)


@SCENES("sign-in-needed")
async def an_account_of_nobody(stage: Stage) -> Answered:
    return await stage.client.get("/account", headers=PEOPLE)


@SCENES("malformed-address")
async def a_wallet_for_no_address(stage: Stage) -> Answered:
    form = {"userEmail": "learner at example"}
    return await stage.client.post("/europass/api/v1/wallets", json=form, headers=BEARER)


@SCENES("link-unusable")
async def a_link_that_was_never_mailed(stage: Stage) -> Answered:
    return await stage.client.post(f"/account/links/{'A' * 43}", headers=AS_A_PROGRAM)


@SCENES("wrong-account")
async def a_link_in_the_browser_of_another(stage: Stage) -> Answered:
    link = await added(stage, await stage.browser(await stage.person("one@example.org")), "new-one@example.org")
    other = await stage.browser(await stage.person("another@example.org"))
    return await other.send(link, {}, **AS_A_PROGRAM)


@SCENES("address-taken")
async def a_link_to_an_address_of_another(stage: Stage) -> Answered:
    await stage.person("taken@example.org")
    browser = await stage.browser(await stage.person("wanting@example.org"))
    return await browser.send(await added(stage, browser, "taken@example.org"), {}, **AS_A_PROGRAM)


@SCENES("too-many-addresses")
async def one_address_more_than_there_may_be(stage: Stage) -> Answered:
    many = [f"address-{number}@example.org" for number in range(MAX_ADDRESSES)]
    browser = await stage.browser(await stage.person(*many))
    return await browser.send(await added(stage, browser, "one-more@example.org"), {}, **AS_A_PROGRAM)


@SCENES("provider-refused")
async def a_provider_that_declines(stage: Stage) -> Answered:
    async with stage.otherwise(oidc_issuer=ISSUER, oidc_client_id=CLIENT_ID, oidc_client_secret=CLIENT_SECRET) as other:
        post = SimulatedProvider(other.world.web, other.clock)
        back = dataclasses.replace(other.gateway.people.return_from_provider, post=post)
        other.replace(people=msgspec.structs.replace(other.gateway.people, return_from_provider=back))
        await other.client.get("/account/provider", headers=AS_A_PROGRAM)
        return await other.client.get("/account/provider/return?error=access_denied", headers=AS_A_PROGRAM)


@SCENES("sign-in-again")
async def to_remove_an_address_with_an_old_session(stage: Stage) -> Answered:
    owner = await stage.person("old@example.org", "older@example.org")
    browser = await stage.browser(owner)
    stage.clock.advance(hours=1)
    form = {"csrf": await stage.csrf(browser), "id": owner.addresses[0].id}
    return await browser.send("/account/addresses/remove", form, **AS_A_PROGRAM)


@SCENES("last-address")
async def to_remove_the_only_address(stage: Stage) -> Answered:
    owner = await stage.person("only@example.org")
    browser = await stage.browser(owner)
    form = {"csrf": await stage.csrf(browser), "id": owner.addresses[0].id}
    return await browser.send("/account/addresses/remove", form, **AS_A_PROGRAM)


@SCENES("invalid-badge")
async def a_forged_badge_for_a_backpack(stage: Stage) -> Answered:
    shown = await stage.application(await stage.person("forging@example.org"), scopes.UPSERT)
    badge = stage.world.sound(Kind.DATA_INTEGRITY).replace(b"Knots", b"Ropes")
    headers = {**shown, "Content-Type": "application/json"}
    return await stage.client.post("/ims/ob/v3p0/credentials", content=badge, headers=headers)


@SCENES("backpack-full")
async def a_badge_for_which_there_is_no_room(stage: Stage) -> Answered:
    async with stage.otherwise(backpack_badges=0) as other:
        shown = await other.application(await other.person("learner@example.org"), *CONNECT)
        badge = msgspec.json.decode(other.world.sound(Kind.HOSTED))
        return await other.client.post("/ims/ob/v2p1/assertions", json={"assertion": badge}, headers=shown)


@SCENES("recipient-mismatch")
async def a_badge_of_somebody_else(stage: Stage) -> Answered:
    shown = await stage.application(await stage.person("somebody-else@example.org"), *CONNECT)
    badge = msgspec.json.decode(stage.world.sound(Kind.HOSTED))
    return await stage.client.post("/ims/ob/v2p1/assertions", json={"assertion": badge}, headers=shown)


@SCENES("too-many-passwords")
async def one_password_more_than_there_may_be(stage: Stage) -> Answered:
    owner = await stage.person("forgetful@example.org")
    for number in range(AT_MOST):
        await stage.gateway.badgr.keep_passwords.made(owner.id, f"Application {number}")
    browser = await stage.browser(owner)
    form = {"csrf": await stage.csrf(browser, "/backpack/passwords"), "name": "One more"}
    answer = await browser.send("/backpack/passwords", form, **PEOPLE)
    return explained(answer, "too-many-passwords", WORDS["en"].refused)


@SCENES("wrong-password")
async def a_password_of_nothing(stage: Stage) -> Answered:
    form = {"username": "learner@example.org", "password": "bgp_wrong"}
    return await stage.client.post("/o/token", data=form)
