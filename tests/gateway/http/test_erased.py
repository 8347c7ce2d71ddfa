"""What is answered about a credential that was erased, and what its platform is told."""

from typing import Any  # Any: members of JSON objects

import pytest

from gateway.http.missing_page import ERASED
from gateway.http.vc_api.documented import CREDENTIAL
from tests.gateway.http.conftest import Client, converted, form, here, problem
from tests.gateway.http.html import BROWSER, Page
from tests.gateway.plain import award
from tests.laundering.sources import Kind, World

V1 = "/v1/credentials"


@pytest.fixture
async def erased(holder: Client, record: dict[str, Any]) -> dict[str, Any]:
    """The record of a hosted badge, as it was before it was erased."""
    answer = await holder.delete(f"{V1}/{record['id']}")
    assert (answer.status_code, answer.content) == (204, b"")
    return record


async def test_programs_are_told_that_it_is_gone(client: Client, erased: dict[str, Any]) -> None:
    third = form(erased, "open-badges-3")
    addresses = [
        erased["url"],
        third["url"],
        *third["links"].values(),
        form(erased, "open-badges-2")["links"]["receipt"],
    ]

    answers = [await client.get(here(address)) for address in addresses if "/badges/" not in address]
    answers.append(await client.get(f"{here(erased['url'])}/original/anything"))

    assert len(answers) == 8
    assert {(answer.status_code, problem(answer)["code"]) for answer in answers} == {(410, "erased")}
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-store"}


@pytest.mark.parametrize("language", ERASED)
async def test_people_are_told_in_their_language(client: Client, erased: dict[str, Any], language: str) -> None:
    addresses = [erased["url"], form(erased, "open-badges-3")["url"]]

    answers = [await client.get(f"{here(each)}?lang={language}", headers=BROWSER) for each in addresses]

    assert [answer.status_code for answer in answers] == [410, 410]
    assert all(ERASED[language][0] in Page(answer.text).text for answer in answers)


async def test_a_hosted_assertion_says_that_it_was_revoked(client: Client, erased: dict[str, Any]) -> None:
    hosted = form(erased, "open-badges-2")["url"]

    answers = [await client.get(here(address)) for address in (hosted, f"{hosted}.json", f"{hosted}.png")]
    listed = await client.get("/p/default/revocations")

    said = {
        "@context": "https://w3id.org/openbadges/v2",
        "id": hosted,
        "revoked": True,
        "type": "Assertion",
        "revocationReason": "erased",
    }
    assert [(answer.status_code, answer.json()) for answer in answers] == [(410, said)] * 3
    assert listed.json()["revokedAssertions"] == [{"id": hosted, "revocationReason": "erased"}]


async def test_what_was_copied_before_verifies_no_more(holder: Client, record: dict[str, Any]) -> None:
    copies = [(await holder.get(here(each["url"]))).content for each in record["forms"]]

    await holder.delete(f"{V1}/{record['id']}")

    for copy in copies:
        report = (await holder.post("/v1/verifications", content=copy)).json()
        assert report["outcome"] == "failed", report
        assert any("revoked" in check["detail"] for check in report["checks"] if check["outcome"] == "failed")


async def test_to_its_platform_it_is_no_record(holder: Client, erased: dict[str, Any]) -> None:
    here_ = f"{V1}/{erased['id']}"
    reason, offer = {"reason": "again"}, {"credential": erased["id"]}

    answers = [
        await holder.get(here_),
        await holder.get(f"{here_}/original"),
        await holder.get(f"{here_}/history"),
        await holder.get(f"{here_}/export", params={"format": "open-badges-3"}),
        await holder.post(f"{here_}/forms", params={"to": "elm-3"}),
        await holder.post(f"{here_}/recheck"),
        *[await holder.post(f"{here_}/{change}", json=reason) for change in ("revoke", "suspend")],
        await holder.post(f"{here_}/reinstate"),
        await holder.delete(here_),
        await holder.post("/v1/offers", json=offer),
        await holder.get("/v1/offers", params=offer),
        await holder.get(f"/vc-api/credentials/{erased['id']}"),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert (await holder.get(V1)).json() == {"records": [], "next": ""}
    assert (await holder.get(V1, params={"format": "open-badges-3", "state": "revoked"})).json()["records"] == []


async def test_its_platform_is_told_that_it_was_revoked_and_then_erased(holder: Client, record: dict[str, Any]) -> None:
    await holder.delete(f"{V1}/{record['id']}")

    events = (await holder.get("/v1/changes")).json()["events"]
    trail = (await holder.get("/v1/audit")).json()["entries"]

    told = [(each["type"], each["data"]) for each in events[-2:]]
    named = {"actor": "key", "credential": record["id"]}
    assert told == [("credential.revoked", {"state": "revoked", **named}), ("credential.erased", named)]
    noted = {each["action"] for each in trail if each["target"] == record["id"]}
    assert {"credential.revoked", "credential.erased"} < noted


async def test_no_reason_is_left_of_what_was_revoked_before(holder: Client, record: dict[str, Any]) -> None:
    await holder.post(f"{V1}/{record['id']}/revoke", json={"reason": "The learner cheated"})
    before = (await holder.get("/v1/changes")).text

    await holder.delete(f"{V1}/{record['id']}")

    after = [await holder.get("/v1/changes"), await holder.get("/p/default/revocations")]
    assert "cheated" in before
    assert not any("cheated" in answer.text for answer in after)
    assert [each["type"] for each in after[0].json()["events"]].count("credential.revoked") == 1


async def test_the_same_badge_becomes_a_new_record(holder: Client, world: World, erased: dict[str, Any]) -> None:
    again = await converted(holder, world.sound(Kind.HOSTED))

    assert again["id"] != erased["id"]
    assert not {each["id"] for each in again["forms"]} & {each["id"] for each in erased["forms"]}
    assert (await holder.get(here(form(again, "open-badges-2")["url"]))).status_code == 200
    assert (await holder.get(here(erased["url"]))).status_code == 410


async def test_what_was_revoked_may_be_erased_and_an_entry_is_not_given_out_again(
    holder: Client, record: dict[str, Any], world: World
) -> None:
    await holder.post(f"{V1}/{record['id']}/revoke", json={"reason": "by mistake"})
    await holder.delete(f"{V1}/{record['id']}")

    again = await converted(holder, world.sound(Kind.HOSTED))

    statuses = [form(each, "open-badges-3")["status"] for each in (record, again)]
    assert statuses[0]["list"] == statuses[1]["list"]
    assert statuses[0]["index"] != statuses[1]["index"]


async def test_a_repetition_brings_nothing_back(holder: Client) -> None:
    key, asked = {"Idempotency-Key": "award-1"}, {"to": "open-badges-3"}
    first = (await holder.post(f"{V1}/issue", params=asked, json=award(), headers=key)).json()["record"]

    await holder.delete(f"{V1}/{first['id']}")
    again = await holder.post(f"{V1}/issue", params=asked, json=award(), headers=key)
    anew = await holder.post(f"{V1}/issue", params=asked, json=award(), headers={"Idempotency-Key": "award-2"})

    assert (again.status_code, problem(again)["code"]) == (409, "answer-erased")
    assert "Retry-After" not in again.headers
    assert anew.status_code == 201


async def test_a_repeated_erasure_with_its_key_is_answered_as_before(holder: Client, record: dict[str, Any]) -> None:
    key = {"Idempotency-Key": "erase-1"}

    answers = [await holder.delete(f"{V1}/{record['id']}", headers=key) for _ in range(2)]
    other = await holder.delete(f"{V1}/{record['id']}", headers={"Idempotency-Key": "erase-2"})

    assert [answer.status_code for answer in answers] == [204, 204]
    assert problem(other)["code"] == "not-found"


async def test_an_offer_of_it_leads_nowhere(holder: Client, record: dict[str, Any]) -> None:
    links = (await holder.post("/v1/offers", json={"credential": record["id"]})).json()["offer"]["links"]

    await holder.delete(f"{V1}/{record['id']}")

    answers = {name: await holder.get(here(links[name])) for name in ("page", "interaction", "exchange")}
    wallets = await holder.get(here(links["credentialOffer"]))
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(answers, 404)
    assert (wallets.status_code, wallets.json()["error"]) == (410, "offer_over")


async def test_software_erases_by_the_id_it_gave(holder: Client) -> None:
    asked = {"credential": CREDENTIAL, "options": {"credentialId": "student-7-course-3"}}
    issued = await holder.post("/vc-api/credentials/issue", json=asked)
    address = "/vc-api/credentials/student-7-course-3"

    answer = await holder.delete(address)

    assert (answer.status_code, answer.content) == (202, b"")
    assert [(await holder.get(address)).status_code, (await holder.delete(address)).status_code] == [404, 404]
    verified = await holder.post(
        "/vc-api/credentials/verify", json={"verifiableCredential": issued.json()["verifiableCredential"]}
    )
    assert (verified.status_code, verified.json()["verified"]) == (400, False)
    assert (await holder.post("/vc-api/credentials/issue", json=asked)).status_code == 201
