"""Deposits: once for each id, into wallets that are the platform's own; letters that say nothing."""

import asyncio

import msgspec
import pytest
from httpx import Response

from gateway.assembly.whole import Gateway
from gateway.flows.letter_limits import FROM_PLATFORM_AN_HOUR
from gateway.records.tenants import DEFAULT_PLATFORM, twin_of
from tests.gateway.http.conftest import Client
from tests.gateway.http.europass.uploads import ID, LEARNER, SEND, WALLETS, credential, part, payload, sealed, upload
from tests.laundering.sources import Kind, World
from tests.simulators import people
from tests.simulators.clock import SimulatedClock
from tests.simulators.mail import SimulatedMail

BY_EMAIL = f"{WALLETS}/email/{LEARNER}/credentials"


async def wallet(holder: Client, email: str = LEARNER) -> str:
    """The id of the platform's wallet for an address."""
    return str((await holder.post(WALLETS, json={"userEmail": email})).json()["userId"])


async def deposited(holder: Client, address: str, file: bytes, **query: str) -> Response:
    return await holder.post(address, params=query, files=part("_credential", file, "credential.jsonld"))


async def test_an_address_has_one_wallet(holder: Client) -> None:
    made = await holder.post(WALLETS, json={"userEmail": LEARNER})
    again = await holder.post(WALLETS, json={"userEmail": "Learner@Example.org"})
    shown = await holder.get(f"{WALLETS}/{made.json()['userId']}")

    assert (made.status_code, again.status_code) == (201, 201)
    assert made.json() == again.json() == shown.json()
    assert made.json()["userEmail"] == LEARNER


async def test_a_wallet_looks_the_same_whether_somebody_has_the_address_or_not(
    holder: Client, gateway: Gateway, mail: SimulatedMail
) -> None:
    await people.person(gateway, LEARNER)
    file = await sealed(holder)

    known = await deposited(holder, BY_EMAIL, file, sendMail="true")
    unknown = await deposited(holder, BY_EMAIL.replace(LEARNER, "nobody@example.org"), file, sendMail="true")

    assert (known.status_code, unknown.status_code) == (201, 201)
    assert set(known.json()) == set(unknown.json())
    assert len(mail.letters) == 2
    assert len({letter.text for letter in mail.letters}) == 1


async def test_what_is_no_address_gets_no_wallet(holder: Client) -> None:
    for email in ("", "x", "a@b", "a b@example.org", "a\0b@example.org", "x" * 400):
        answer = await holder.post(WALLETS, json={"userEmail": email})

        assert answer.status_code == 400, answer.text


async def test_of_an_address_what_is_there_is_kept_and_not_the_address(holder: Client, world: World) -> None:
    file, address = await sealed(holder), "https://issuer.example/knots.jsonld"
    world.web.publish(address, file, "application/ld+json")

    put = await deposited(holder, BY_EMAIL, address.encode())
    world.web.unreachable(address)
    got = await holder.get(f"{WALLETS}/{await wallet(holder)}/credentials/{put.json()['uuid']}")

    assert put.status_code == 201, put.text
    assert got.content == file


async def test_what_is_deposited_comes_back_byte_for_byte_and_verifies(holder: Client) -> None:
    file, place = await sealed(holder), f"{WALLETS}/{await wallet(holder)}/credentials"

    put = await deposited(holder, place, file)
    uuid = put.json()["uuid"]
    listed = await holder.get(place)
    got = await holder.get(f"{place}/{uuid}")
    checks = await holder.get(f"{place}/{uuid}/verify")

    assert put.status_code == 201, put.text
    assert listed.json() == [put.json()]
    assert put.json()["credentialId"] == ID
    assert put.json()["outcome"] == "passed"
    assert got.content == file
    assert {each["status"]["title"] for each in checks.json()} == {"OK", "Skipped"}


async def test_what_only_names_some_of_its_parts_is_sealed_and_deposited_too(holder: Client) -> None:
    person = credential()["credentialSubject"]
    [claim] = person["hasClaim"]
    body = {"id": claim["awardedBy"]["awardingBody"][0]["id"], "type": "Organisation"}
    awarding = {"id": "urn:epass:awardingProcess:2", "type": "AwardingProcess", "awardingBody": [body]}
    second = {**claim, "id": "urn:epass:learningAchievement:2", "title": {"en": "Wheels"}, "awardedBy": awarding}

    file = await sealed(holder, credentialSubject={**person, "hasClaim": [claim, second]})
    put = await deposited(holder, BY_EMAIL, file)

    assert payload(file)["credentialSubject"]["hasClaim"][1] == second
    assert (put.status_code, put.json()["outcome"]) == (201, "passed"), put.text


async def test_a_second_one_with_the_same_id_is_a_conflict(holder: Client) -> None:
    place = f"{WALLETS}/{await wallet(holder)}/credentials"
    file = await sealed(holder)
    await deposited(holder, place, file)

    again = await deposited(holder, place, file)

    assert (again.status_code, again.json()["code"]) == (409, "duplicate-credential")
    assert len((await holder.get(place)).json()) == 1


async def test_of_fifty_deposits_at_once_one_is_kept(holder: Client) -> None:
    file, place = await sealed(holder), f"{WALLETS}/{await wallet(holder)}/credentials"

    answers = await asyncio.gather(*(deposited(holder, place, file) for _ in range(50)))

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 49
    assert len((await holder.get(place)).json()) == 1


async def test_what_is_not_sealed_is_refused_in_the_words_of_europass(holder: Client, world: World) -> None:
    for file in (msgspec.json.encode(payload(await sealed(holder))), world.sound(Kind.DATA_INTEGRITY)):
        answer = await deposited(holder, BY_EMAIL, file)

        assert (answer.status_code, answer.json()["code"]) in ((400, "not.sealed"), (422, "invalid-badge")), answer.text
    assert (await holder.get(f"{WALLETS}/{await wallet(holder)}/credentials")).json() == []


async def test_a_changed_byte_is_refused_and_not_kept(holder: Client) -> None:
    file = (await sealed(holder)).replace(b"Bicycle repair", b"Bicycle repaid")

    answer = await deposited(holder, BY_EMAIL, file)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-badge")


async def test_a_file_in_json_is_deposited_as_well(holder: Client) -> None:
    answer = await holder.post(BY_EMAIL, content=await sealed(holder), headers={"Content-Type": "application/ld+json"})

    assert answer.status_code == 201, answer.text


async def test_what_is_removed_is_gone(holder: Client) -> None:
    user = await wallet(holder)
    place = f"{WALLETS}/{user}/credentials"
    uuid = (await deposited(holder, place, await sealed(holder))).json()["uuid"]

    removed = await holder.delete(f"{place}/{uuid}")
    gone = await holder.delete(f"{place}/{uuid}")
    closed = await holder.delete(f"{WALLETS}/{user}")

    assert (removed.status_code, gone.status_code, closed.status_code) == (204, 404, 204)
    assert (await holder.get(place)).status_code == 404


async def test_a_letter_goes_out_once_and_holds_nothing_of_the_sender(holder: Client, mail: SimulatedMail) -> None:
    file = await sealed(holder)

    await deposited(holder, BY_EMAIL, file, sendMail="true", locale="fr")
    await deposited(holder, BY_EMAIL, file, sendEmail="true")

    [letter] = mail.letters
    assert letter.to == LEARNER
    assert letter.language == "fr"
    assert "https://badges.example.net/backpack/deposits?lang=fr" in letter.text
    assert "Bicycle" not in letter.text + letter.subject


async def test_letters_to_one_address_are_few_and_nothing_is_kept_beyond(holder: Client, mail: SimulatedMail) -> None:
    files = [await sealed(holder, id=f"urn:credential:0b5e8cf6-3f1c-4b9e-8a55-7f1f7f3f0a{n:02}") for n in range(6)]

    answers = [await deposited(holder, BY_EMAIL, file, sendMail="true") for file in files]

    assert [answer.status_code for answer in answers] == [201] * 5 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert len(mail.letters) == 5
    assert len((await holder.get(f"{WALLETS}/{await wallet(holder)}/credentials")).json()) == 5


async def test_too_many_letters_keep_it_from_being_sealed_and_cost_nothing_of_what_is_there(
    holder: Client, mail: SimulatedMail
) -> None:
    named = [part("_file", upload(LEARNER, id=f"urn:credential:{number}")) for number in range(6)]
    faulty = [await holder.post(SEND, files=part("_file", upload(LEARNER, type=[]))) for _ in range(6)]

    answers = [await holder.post(SEND, files=file) for file in (*named, *named[:5])]
    others = await holder.post(SEND, files=part("_file", upload("learner+1@example.org", id="urn:credential:7")))

    records = (await holder.get("/v1/credentials", params={"limit": "50"})).json()["records"]
    assert {answer.status_code for answer in faulty} == {422}
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] + [200] * 5
    assert others.status_code == 429
    assert (len(records), len(mail.letters)) == (5, 5)


async def test_a_platform_has_few_letters_in_all(holder: Client, gateway: Gateway, mail: SimulatedMail) -> None:
    allowed = gateway.europass.put_in_wallet.announce.allowed
    for number in range(FROM_PLATFORM_AN_HOUR):
        assert await allowed(DEFAULT_PLATFORM, f"learner{number}@example.org")

    answer = await deposited(holder, BY_EMAIL, await sealed(holder), sendMail="true")

    assert (answer.status_code, mail.letters) == (429, [])


async def test_what_a_test_platform_sends_is_marked_and_announced_by_no_letter(
    holder: Client, client: Client, gateway: Gateway, mail: SimulatedMail
) -> None:
    file = await sealed(holder)
    twin = {"Authorization": f"Bearer {await gateway.first_key(twin_of(DEFAULT_PLATFORM))}"}

    sent = await client.post(SEND, files=part("_file", upload(LEARNER)), headers=twin)
    place = f"{WALLETS}/{sent.json()['userId']}/credentials"
    put = await client.post(f"{WALLETS}/email/other@example.org/credentials", files=part("_file", file), headers=twin)

    titles = [(await client.get(place, headers=twin)).json()[0]["title"], put.json()["title"]]
    assert (sent.status_code, put.status_code) == (200, 201)
    assert titles == ["TEST – Bicycle repair"] * 2
    assert mail.letters == []


async def test_what_lies_under_its_id_already_is_not_shown_in_its_place(holder: Client) -> None:
    there = await holder.post(SEND, files=part("_file", upload(LEARNER)))

    corrected = await holder.post(SEND, files=part("_file", upload(LEARNER, validFrom="2025-07-01T00:00:00Z")))

    assert (there.status_code, corrected.status_code) == (200, 409)
    assert len((await holder.get("/v1/credentials")).json()["records"]) == 1


async def test_seal_and_send_puts_it_there_and_shows_it(holder: Client, mail: SimulatedMail) -> None:
    sent = await holder.post(SEND, files=part("_file", upload(LEARNER)))
    again = await holder.post(SEND, files=part("_file", upload(LEARNER)))

    said = sent.json()
    shown = await holder.get(said["viewerURL"].removeprefix("https://badges.example.net"))
    listed = (await holder.get(f"{WALLETS}/{said['userId']}/credentials")).json()
    assert (sent.status_code, again.status_code) == (200, 200), sent.text
    assert said["level"] == "JAdES_BASELINE_B"
    assert [each["uuid"] for each in listed] == [said["uuid"]] == [again.json()["uuid"]]
    assert shown.json()["title"] == "Bicycle repair"
    assert len(mail.letters) == 1


async def test_it_is_sent_to_a_wallet_by_its_id_too(holder: Client) -> None:
    user = await wallet(holder)

    sent = await holder.post(SEND, params={"sendMail": "false"}, files=part("_file", upload(user)))

    assert sent.json()["userId"] == user


@pytest.mark.parametrize(
    "addresses",
    [(), ("nobody",), ("00000000-0000-4000-8000-000000000000",), tuple(f"a{n}@example.org" for n in range(6))],
)
async def test_who_does_not_say_to_whom_gets_nothing_sealed(holder: Client, addresses: tuple[str, ...]) -> None:
    answer = await holder.post(SEND, files=part("_file", upload(*addresses)))

    assert answer.status_code in (400, 404), answer.text
    assert (await holder.get("/v1/credentials")).json()["records"] == []


async def test_what_has_expired_is_kept_and_says_so(holder: Client, clock: SimulatedClock) -> None:
    file = await sealed(holder, validUntil="2026-02-01T00:00:00Z")
    clock.advance(days=60)

    put = await deposited(holder, BY_EMAIL, file)

    assert (put.status_code, put.json()["outcome"]) == (201, "failed")


async def test_what_is_no_address_is_said_of_the_member_that_holds_it(holder: Client) -> None:
    answer = await holder.post(WALLETS, json={"userEmail": "nobody"})

    assert (answer.status_code, answer.json()["code"]) == (400, "malformed-address")
    assert answer.json()["affectedAssets"] == {"pointer": "/userEmail"}
