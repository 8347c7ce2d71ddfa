"""What a wallet gets for the code that a person let it have, and who else gets nothing for it."""

import asyncio
from collections import Counter

from gateway.records.offers import Configuration, Offer
from tests.gateway.http.conftest import Client
from tests.gateway.http.oauth.test_wallet_tokens import details, refreshed
from tests.simulators.application import Application, Browser
from tests.simulators.clock import SimulatedClock
from tests.simulators.offered import Offering, allowed, asking

AUTHORIZE = "/oauth/authorize"
JWT = Configuration.BADGE_JWT


async def test_every_faulty_exchange_of_a_wallets_code_is_refused(
    browser: Browser, client: Client, wallet: Application, mine: Offer
) -> None:
    another = await Application.registered(client)
    changes: list[tuple[dict[str, str | None], str]] = [
        ({"code_verifier": None}, "invalid_request"),
        ({"redirect_uri": None}, "invalid_request"),
        ({"code_verifier": "x" * 43}, "invalid_grant"),
        ({"code_verifier": "short"}, "invalid_grant"),
        ({"redirect_uri": "org.example.wallet:/other"}, "invalid_grant"),
        ({"client_id": another.id}, "invalid_client"),
        ({"client_id": "bgc_unknown"}, "invalid_client"),
        ({"client_id": ""}, "invalid_client"),
        ({"code": "bgwo_unknown"}, "invalid_grant"),
        ({"code": "bgwo_"}, "invalid_grant"),
        ({"authorization_details": "["}, "invalid_authorization_details"),
        ({"authorization_details": details(JWT)}, "invalid_authorization_details"),
    ]
    for changed, error in changes:
        said = await allowed(browser, await browser.open(AUTHORIZE, wallet.request(**asking(mine))))
        sent = {"code": said["code"], **changed}
        answer = await wallet.exchange(str(sent.pop("code")), **sent)

        assert (answer.status_code, answer.json()["error"]) == (400, error), changed
        assert "access_token" not in answer.text, changed


async def test_the_code_of_one_wallet_is_of_no_use_to_another(
    browser: Browser, client: Client, wallet: Application, mine: Offer
) -> None:
    thief = await Application.registered(
        client, token_endpoint_auth_method="none", redirect_uris=["org.example.wallet:/back"]
    )
    thief.verifier = wallet.verifier
    said = await allowed(browser, await browser.open(AUTHORIZE, wallet.request(**asking(mine))))

    answers = [await thief.exchange(said["code"]), await wallet.exchange(said["code"])]

    assert [answer.json()["error"] for answer in answers] == ["invalid_grant"] * 2


async def test_of_fifty_exchanges_of_a_wallets_code_at_once_one_gets_a_token(
    browser: Browser, wallet: Application, mine: Offer
) -> None:
    said = await allowed(browser, await browser.open(AUTHORIZE, wallet.request(**asking(mine))))

    answers = await asyncio.gather(*(wallet.exchange(said["code"]) for _ in range(50)))

    assert Counter(answer.status_code for answer in answers) == {200: 1, 400: 49}


async def test_the_refresh_token_of_a_registered_wallet_is_its_own(
    browser: Browser, client: Client, wallet: Application, mine: Offer
) -> None:
    said = await allowed(browser, await browser.open(AUTHORIZE, wallet.request(**asking(mine))))
    token = (await wallet.exchange(said["code"])).json()["refresh_token"]
    another = await Application.registered(client)

    answers = [await refreshed(client, token), await another.refresh(token)]

    assert [answer.json()["error"] for answer in answers] == ["invalid_client", "invalid_grant"]
    assert (await wallet.refresh(token)).status_code == 200


async def test_a_wallet_ends_its_own_tokens_and_those_of_no_other(
    browser: Browser, client: Client, wallet: Application, offering: Offering, mine: Offer
) -> None:
    said = await allowed(browser, await browser.open(AUTHORIZE, wallet.request(**asking(mine))))
    tokens = (await wallet.exchange(said["code"])).json()
    another = await Application.registered(client)
    ended = [{"token": tokens[name], "client_id": wallet.id} for name in ("access_token", "refresh_token")]

    others = [await another.post("/oauth/revoke", {"token": form["token"]}) for form in ended]
    nobodys = [await client.post("/oauth/revoke", data={"token": form["token"]}) for form in ended]
    kept = await offering.granted(tokens["access_token"])
    own = [await wallet.post("/oauth/revoke", form) for form in ended]

    assert [answer.status_code for answer in (*others, *own)] == [200] * 4
    assert (kept is None, await offering.granted(tokens["access_token"])) == (False, None)
    assert (await wallet.refresh(tokens["refresh_token"])).json()["error"] == "invalid_grant"
    assert [answer.json()["error"] for answer in nobodys] == ["invalid_client"] * 2


async def test_a_wallets_code_lives_two_minutes(
    browser: Browser, wallet: Application, mine: Offer, clock: SimulatedClock
) -> None:
    said = await allowed(browser, await browser.open(AUTHORIZE, wallet.request(**asking(mine))))
    clock.advance(seconds=120)

    assert (await wallet.exchange(said["code"])).json()["error"] == "invalid_grant"


async def test_a_client_that_registered_for_badges_may_ask_for_one_for_a_wallet(
    browser: Browser, application: Application, mine: Offer
) -> None:
    page = await browser.open(AUTHORIZE, application.request(**asking(mine)))

    tokens = await application.exchange((await allowed(browser, page))["code"])

    assert tokens.status_code == 200
