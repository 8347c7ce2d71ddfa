"""What people change about their account, and nobody else does."""

import dataclasses
import re

import pytest
from httpx import AsyncClient
from litestar import Litestar
from msgspec import structs

from gateway.errors import Unavailable
from gateway.ports.people import Letter
from tests.gateway.http.account.conftest import LEARNER, browser_of, csrf, heading, sign_in
from tests.simulators.clock import SimulatedClock
from tests.simulators.mail import SimulatedMail

SECOND = "second@university.example.org"

FORMS = [
    ("/account/addresses", {"address": SECOND}),
    ("/account/addresses/remove", {"id": "an id"}),
    ("/account/language", {"language": "fr"}),
    ("/account/sign-out", {}),
    ("/account/sign-out", {"everywhere": "yes"}),
]


async def add(browser: AsyncClient, mail: SimulatedMail, address: str = SECOND) -> None:
    """Add an address to the account of who is signed in."""
    await browser.post("/account/addresses", data={"csrf": await csrf(browser), "address": address})
    added = await browser.post(mail.link())
    assert added.headers["Location"] == "/account?done=added"


async def test_an_address_is_added_with_a_link_that_was_mailed_to_it(
    signed_in: AsyncClient, mail: SimulatedMail
) -> None:
    asked = await signed_in.post("/account/addresses", data={"csrf": await csrf(signed_in), "address": SECOND})
    before = await signed_in.get("/account")
    page = await signed_in.get(mail.link())
    used = await signed_in.post(mail.link())
    after = await signed_in.get(used.headers["Location"])

    assert heading(asked) == "Look into your mailbox"
    assert SECOND not in before.text
    assert heading(page) == f"Add {SECOND}"
    assert "The address was added." in after.text
    assert SECOND in after.text


async def test_an_added_address_signs_in_to_the_same_account(
    signed_in: AsyncClient, other_browser: AsyncClient, mail: SimulatedMail
) -> None:
    await add(signed_in, mail)

    await sign_in(other_browser, mail, SECOND)

    assert LEARNER in (await other_browser.get("/account")).text


async def test_a_link_that_adds_an_address_is_good_for_its_account_alone(
    app: Litestar, signed_in: AsyncClient, other_browser: AsyncClient, mail: SimulatedMail
) -> None:
    await signed_in.post("/account/addresses", data={"csrf": await csrf(signed_in), "address": SECOND})
    link = mail.link()
    await sign_in(other_browser, mail, SECOND)

    of_nobody = await browser_of(app).post(link)
    of_another = await other_browser.post(link)

    assert [(each.status_code, heading(each)) for each in (of_nobody, of_another)] == [(403, "Sign in first")] * 2
    assert SECOND not in (await signed_in.get("/account")).text


async def test_an_address_of_another_account_is_not_taken(
    signed_in: AsyncClient, other_browser: AsyncClient, mail: SimulatedMail
) -> None:
    await sign_in(other_browser, mail, SECOND)
    asked = await signed_in.post("/account/addresses", data={"csrf": await csrf(signed_in), "address": SECOND})

    used = await signed_in.post(mail.link())

    assert heading(asked) == "Look into your mailbox"
    assert (used.status_code, heading(used)) == (409, "This address belongs to another account")
    assert SECOND not in (await signed_in.get("/account")).text
    assert LEARNER not in (await other_browser.get("/account")).text


async def test_an_account_has_at_most_20_addresses(app: Litestar, signed_in: AsyncClient, mail: SimulatedMail) -> None:
    people = app.state.gateway.people
    for number in range(19):
        started = await people.recognise(signed_in.cookies["__Host-session"])
        address = f"address{number}@example.org"
        addresses = people.use_link.addresses
        confirmed = started.person.addresses[0]
        await addresses.add(
            "people",
            started.person.id,
            type(confirmed)(id=f"id {number}", kind=confirmed.kind, value=address, confirmed_at=confirmed.confirmed_at),
        )
    await signed_in.post("/account/addresses", data={"csrf": await csrf(signed_in), "address": SECOND})

    used = await signed_in.post(mail.link())

    assert (used.status_code, heading(used)) == (409, "There is no room for another address")


async def test_an_address_is_removed_but_not_the_last_one(
    signed_in: AsyncClient, mail: SimulatedMail, clock: SimulatedClock
) -> None:
    clock.advance(hours=1)
    await add(signed_in, mail)
    await sign_in(signed_in, mail)
    page = await signed_in.get("/account")
    first, second = re.findall(r'name="id" value="([^"]+)"', page.text)
    proof = await csrf(signed_in)

    removed = await signed_in.post("/account/addresses/remove", data={"csrf": proof, "id": second})
    kept = await signed_in.post("/account/addresses/remove", data={"csrf": proof, "id": first})
    after = await signed_in.get(removed.headers["Location"])

    assert (removed.status_code, kept.status_code) == (303, 409)
    assert heading(kept) == "The last address cannot be removed"
    assert "The address was removed." in after.text
    assert SECOND not in after.text
    assert 'name="id"' not in after.text


async def test_an_address_of_another_account_is_not_found(
    signed_in: AsyncClient, other_browser: AsyncClient, mail: SimulatedMail
) -> None:
    await add(signed_in, mail)
    id = re.findall(r'name="id" value="([^"]+)"', (await signed_in.get("/account")).text)[0]
    await sign_in(other_browser, mail, "stranger@example.org")

    answer = await other_browser.post("/account/addresses/remove", data={"csrf": await csrf(other_browser), "id": id})

    assert answer.status_code == 404
    assert SECOND in (await signed_in.get("/account")).text


async def test_what_is_no_address_is_said_beside_the_field(signed_in: AsyncClient, mail: SimulatedMail) -> None:
    for address in ("", "second", "second@example.org\r\nBcc: x@example.org"):
        answer = await signed_in.post("/account/addresses", data={"csrf": await csrf(signed_in), "address": address})

        assert answer.status_code == 400
        assert '<a href="#address">' in answer.text
        assert 'aria-invalid="true"' in answer.text
    assert len(mail.letters) == 1


async def test_the_language_of_pages_and_mails_is_changed(signed_in: AsyncClient, mail: SimulatedMail) -> None:
    changed = await signed_in.post("/account/language", data={"csrf": await csrf(signed_in), "language": "fr"})
    page = await signed_in.get(changed.headers["Location"])
    once = await signed_in.get("/account?lang=en")
    await signed_in.post("/account/addresses", data={"csrf": await csrf(signed_in), "address": SECOND})

    assert heading(page) == "Votre compte"
    assert "La langue a été enregistrée." in page.text
    assert heading(once) == "Your account"
    assert mail.letters[-1].language == "fr"


async def test_signing_out_ends_this_session(
    signed_in: AsyncClient, other_browser: AsyncClient, mail: SimulatedMail
) -> None:
    await sign_in(other_browser, mail)
    token = signed_in.cookies["__Host-session"]

    out = await signed_in.post("/account/sign-out", data={"csrf": await csrf(signed_in)})

    assert (out.status_code, out.headers["Location"]) == (303, "/account/sign-in")
    assert "__Host-session" not in signed_in.cookies
    signed_in.cookies.set("__Host-session", token)
    assert (await signed_in.get("/account")).status_code == 303
    assert (await other_browser.get("/account")).status_code == 200


async def test_signing_out_everywhere_ends_every_session(
    signed_in: AsyncClient, other_browser: AsyncClient, mail: SimulatedMail
) -> None:
    await sign_in(other_browser, mail)

    await signed_in.post("/account/sign-out", data={"csrf": await csrf(signed_in), "everywhere": "yes"})

    assert (await other_browser.get("/account")).status_code == 303


async def test_a_form_without_the_session_s_proof_changes_nothing(
    signed_in: AsyncClient, other_browser: AsyncClient, mail: SimulatedMail
) -> None:
    await sign_in(other_browser, mail, "stranger@example.org")
    proofs = ["", "x", "é" * 40, await csrf(other_browser)]

    answers = [await signed_in.post(path, data={**fields, "csrf": proof}) for path, fields in FORMS for proof in proofs]

    assert [answer.status_code for answer in answers] == [403] * len(FORMS) * len(proofs)
    assert {heading(answer) for answer in answers} == {"This form is out of date"}
    assert heading(await signed_in.get("/account")) == "Your account"
    assert len(mail.letters) == 2


async def test_a_form_of_another_origin_changes_nothing(signed_in: AsyncClient, mail: SimulatedMail) -> None:
    proof, elsewhere = await csrf(signed_in), {"Sec-Fetch-Site": "cross-site"}

    answers = [await signed_in.post(path, data={**fields, "csrf": proof}, headers=elsewhere) for path, fields in FORMS]

    assert [answer.status_code for answer in answers] == [403] * len(FORMS)
    assert len(mail.letters) == 1


async def test_who_is_not_signed_in_is_sent_to_sign_in(browser: AsyncClient) -> None:
    answers = [await browser.post(path, data={**fields, "csrf": "x"}) for path, fields in FORMS]

    assert [answer.status_code for answer in answers] == [303] * len(FORMS)
    assert {answer.headers["Location"] for answer in answers} == {"/account/sign-in?next=%2Faccount"}


async def test_a_cookie_of_nobody_signs_nobody_in(browser: AsyncClient) -> None:
    cookies = ["", "x", "A" * 43, "é", "a" * 10_000, "\x7f"]

    answers = [
        await browser.get("/account", headers=[(b"Cookie", f"__Host-session={cookie}".encode())]) for cookie in cookies
    ]

    assert [answer.status_code for answer in answers] == [303] * len(cookies)


async def test_the_way_back_keeps_its_query(browser: AsyncClient) -> None:
    answer = await browser.get("/account?done=added&lang=fr")

    assert answer.headers["Location"] == "/account/sign-in?next=%2Faccount%3Fdone%3Dadded%26lang%3Dfr&lang=fr"


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_addresses_that_were_there_hear_of_each_change(
    signed_in: AsyncClient, mail: SimulatedMail, told: SimulatedMail, clock: SimulatedClock, language: str
) -> None:
    clock.advance(hours=1)
    await signed_in.post("/account/language", data={"csrf": await csrf(signed_in), "language": language})
    await add(signed_in, mail)
    first = [(letter.to, letter.language) for letter in told.letters]
    await sign_in(signed_in, mail)
    second = re.findall(r'name="id" value="([^"]+)"', (await signed_in.get("/account")).text)[1]

    await signed_in.post("/account/addresses/remove", data={"csrf": await csrf(signed_in), "id": second})

    assert first == [(LEARNER, language)]
    assert [letter.to for letter in told.letters[1:]] == [LEARNER, SECOND]
    assert len({letter.subject for letter in told.letters}) == 2
    for letter in told.letters:
        assert "https://badges.example.net/account" in letter.text
        assert not re.search(r"@example|[{}]", letter.text)
        assert max(map(len, letter.text.splitlines())) <= 120


class NoPost:
    """A post office that is closed."""

    async def __call__(self, letter: Letter) -> None:
        raise Unavailable(f"no letter leaves, {letter.subject}")


async def test_a_change_is_made_though_no_letter_leaves(
    app: Litestar, signed_in: AsyncClient, mail: SimulatedMail, told: SimulatedMail
) -> None:
    people = app.state.gateway.people
    closed = dataclasses.replace(people.use_link, tell=dataclasses.replace(people.use_link.tell, mail=NoPost()))
    app.state.gateway = structs.replace(app.state.gateway, people=structs.replace(people, use_link=closed))

    await add(signed_in, mail)

    assert told.letters == []
    assert SECOND in (await signed_in.get("/account")).text
