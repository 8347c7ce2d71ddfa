"""Two platforms and two people: what one has in a wallet, or waiting, is not there for the other."""

import re
from typing import Any  # Any: what a request sends

import pytest
from litestar import Litestar

from gateway.assembly.whole import Gateway
from gateway.flows.platform.keys import Wish
from gateway.records import Platform
from gateway.records.access import EVERY_SCOPE
from tests.gateway.http.account.conftest import browser_of
from tests.gateway.http.conftest import Client
from tests.gateway.http.europass.uploads import LEARNER, WALLETS, part, sealed
from tests.simulators import people

DEPOSITS = "/backpack/deposits"


@pytest.fixture
async def file(holder: Client) -> bytes:
    return await sealed(holder)


@pytest.fixture
async def put(holder: Client, file: bytes) -> dict[str, str]:
    """A deposit of the default platform, with a link."""
    made = await holder.post(f"{WALLETS}/email/{LEARNER}/credentials", files=part("_credential", file))
    wallet = f"{WALLETS}/{made.json()['userId']}"
    place = f"{wallet}/credentials/{made.json()['uuid']}"
    token = (await holder.post(f"{place}/sharelink", json={})).json()["shareHash"]
    return {"wallet": wallet, "place": place, "token": token, "uuid": made.json()["uuid"]}


@pytest.fixture
async def foreign(gateway: Gateway) -> dict[str, str]:
    """The header of a key of another platform that may do everything there."""
    await gateway.platforms.ensure(Platform(id="other", name="Another platform"))
    made = await gateway.tenancy.make_key("other", Wish(name="x", scopes=EVERY_SCOPE), "command line")
    return {"Authorization": f"Bearer {made.text}"}


async def test_everything_of_a_wallet_is_missing_for_another_platform(
    holder: Client, file: bytes, put: dict[str, str], foreign: dict[str, str]
) -> None:
    asked: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", put["wallet"], {}),
        ("GET", f"{put['wallet']}/credentials", {}),
        ("POST", f"{put['wallet']}/credentials", {"files": part("_credential", file)}),
        ("GET", put["place"], {}),
        ("GET", f"{put['place']}/verify", {}),
        ("POST", f"{put['place']}/sharelink", {"json": {}}),
        ("DELETE", put["place"], {}),
        ("DELETE", f"/europass/api/v1/sharelinks/{put['token']}", {}),
        ("DELETE", put["wallet"], {}),
    ]

    answers = [await holder.request(method, path, headers=foreign, **sent) for method, path, sent in asked]

    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(404, "not-found")}
    assert (await holder.get(put["place"])).content == file
    assert (await holder.get(f"/europass/api/v1/sharelinks/{put['token']}")).status_code == 200


async def test_what_lies_in_one_wallet_of_a_platform_is_not_in_another_one(
    holder: Client, file: bytes, put: dict[str, str]
) -> None:
    made = await holder.post(f"{WALLETS}/email/other@example.org/credentials", files=part("_credential", file))
    there = f"{WALLETS}/{made.json()['userId']}/credentials/{put['uuid']}"
    asked: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", there, {}),
        ("GET", f"{there}/verify", {}),
        ("POST", f"{there}/sharelink", {"json": {}}),
        ("DELETE", there, {}),
    ]

    answers = [await holder.request(method, path, **sent) for method, path, sent in asked]

    assert made.status_code == 201, made.text
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(404, "not-found")}
    assert (await holder.get(put["place"])).content == file


async def test_another_platform_has_a_wallet_of_its_own_for_the_same_address(
    holder: Client, file: bytes, put: dict[str, str], foreign: dict[str, str]
) -> None:
    theirs = await holder.post(
        f"{WALLETS}/email/{LEARNER}/credentials", files=part("_credential", file), headers=foreign
    )

    listed = await holder.get(f"{WALLETS}/{theirs.json()['userId']}/credentials", headers=foreign)
    assert theirs.status_code == 201, theirs.text
    assert put["wallet"] != f"{WALLETS}/{theirs.json()['userId']}"
    assert [each["uuid"] for each in listed.json()] == [theirs.json()["uuid"]]


async def signed_in(app: Litestar, gateway: Gateway, email: str) -> Any:
    """A browser in which somebody with this address is signed in, and the proof of its forms."""
    person = await people.person(gateway, email)
    browser = browser_of(app, Cookie=f"__Host-session={await people.session(gateway, person)}")
    csrf = re.findall(r'name="csrf" value="([\w-]+)"', (await browser.get("/account")).text)[0]
    return person, browser, csrf


async def test_what_waits_is_shown_to_who_confirmed_the_address_alone(
    app: Litestar, gateway: Gateway, put: dict[str, str]
) -> None:
    _, owner, _ = await signed_in(app, gateway, LEARNER)
    _, stranger, csrf = await signed_in(app, gateway, "other@example.org")

    shown, hidden = await owner.get(DEPOSITS), await stranger.get(DEPOSITS)
    answers = [
        await stranger.post(f"{DEPOSITS}/{put['uuid']}/{verb}", data={"csrf": csrf}) for verb in ("take", "decline")
    ]
    looks = [f"{DEPOSITS}/{put['uuid']}", f"{DEPOSITS}/{put['uuid']}/picture"]

    assert "Bicycle repair" in shown.text
    assert put["uuid"] in shown.text
    assert "Bicycle repair" not in hidden.text
    assert [answer.status_code for answer in answers] == [404, 404]
    assert [(await stranger.get(look)).status_code for look in looks] == [404, 404]
    assert [(await owner.get(look)).status_code for look in looks] == [200, 200]
    assert put["uuid"] in (await owner.get(DEPOSITS)).text


async def test_who_takes_it_holds_it_and_the_platform_is_not_told(
    app: Litestar, gateway: Gateway, holder: Client, file: bytes, put: dict[str, str]
) -> None:
    person, browser, csrf = await signed_in(app, gateway, LEARNER)
    before = (await holder.get(f"{put['wallet']}/credentials")).json()

    taken = await browser.post(f"{DEPOSITS}/{put['uuid']}/take", data={"csrf": csrf})
    again = await browser.post(f"{DEPOSITS}/{put['uuid']}/take", data={"csrf": csrf})

    [held] = (await gateway.backpack.see_backpack(person.id)).badges
    assert taken.status_code == 303, taken.text
    assert held.holding.received == file
    assert again.status_code == 404
    assert "Nothing waits" in (await browser.get(DEPOSITS)).text
    assert (await holder.get(f"{put['wallet']}/credentials")).json() == before


async def test_who_declines_it_has_it_erased_with_its_links(
    app: Litestar, gateway: Gateway, holder: Client, put: dict[str, str]
) -> None:
    _, browser, csrf = await signed_in(app, gateway, LEARNER)

    declined = await browser.post(f"{DEPOSITS}/{put['uuid']}/decline", data={"csrf": csrf})
    page = await browser.get(declined.headers["Location"], headers={"Accept-Language": "fr"})

    assert declined.status_code == 303
    assert "It was erased." in page.text
    assert (await holder.get(put["place"])).status_code == 404
    assert (await holder.get(f"/europass/api/v1/sharelinks/{put['token']}")).status_code == 404


async def test_a_form_from_elsewhere_changes_nothing(app: Litestar, gateway: Gateway, put: dict[str, str]) -> None:
    _, browser, csrf = await signed_in(app, gateway, LEARNER)

    forged = await browser.post(f"{DEPOSITS}/{put['uuid']}/decline", data={"csrf": "x"})
    foreign = await browser.post(
        f"{DEPOSITS}/{put['uuid']}/decline", data={"csrf": csrf}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert (forged.status_code, foreign.status_code) == (403, 403)
    assert put["uuid"] in (await browser.get(DEPOSITS)).text


async def test_a_removed_deposit_leaves_what_the_person_took(
    app: Litestar, gateway: Gateway, holder: Client, put: dict[str, str]
) -> None:
    person, browser, csrf = await signed_in(app, gateway, LEARNER)
    await browser.post(f"{DEPOSITS}/{put['uuid']}/take", data={"csrf": csrf})

    removed = await holder.delete(put["wallet"])

    assert removed.status_code == 204
    assert (await gateway.backpack.see_backpack(person.id)).total == 1


async def test_the_page_speaks_french(app: Litestar, gateway: Gateway, put: dict[str, str]) -> None:
    _, browser, _ = await signed_in(app, gateway, LEARNER)

    page = await browser.get(f"{DEPOSITS}?lang=fr")

    assert "La mettre dans mon sac à badges" in page.text
    assert put["uuid"] in page.text
