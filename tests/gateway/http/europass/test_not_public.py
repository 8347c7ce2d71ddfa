"""What a platform uploads says whatever it wrote of a person, so nobody gets it who was not given it."""

import msgspec
import pytest

from tests.gateway.http.conftest import Client, here
from tests.gateway.http.europass.uploads import (
    AUTHORITY,
    LEARNER,
    SEND,
    WALLETS,
    concept,
    credential,
    part,
    payload,
    sealed,
)
from tests.gateway.http.html import BROWSER
from tests.gateway.plain import award

PERSONAL = (b"A Learner", b"1990-01-01", b"1900175")


def of_a_person() -> bytes:
    """An upload with what nobody else may know."""
    number = {
        "id": "urn:epass:legalIdentifier:1",
        "type": "LegalIdentifier",
        "notation": "1900175",
        "spatial": concept(f"{AUTHORITY}/country", "FRA"),
    }
    person = {**credential()["credentialSubject"], "dateOfBirth": "1990-01-01T00:00:00Z", "nationalID": number}
    document = {"credential": credential(credentialSubject=person), "deliveryDetails": {"deliveryAddress": [LEARNER]}}
    return msgspec.json.encode(document)


async def form_and_record(holder: Client) -> tuple[str, str]:
    """The ids of the one form and of its record."""
    [summary] = (await holder.get("/v1/credentials")).json()["records"]
    record = (await holder.get(f"/v1/credentials/{summary['id']}")).json()
    return record["forms"][0]["id"], record["id"]


@pytest.mark.parametrize("suffix", ["", ".jsonld", ".display", ".png", ".json"])
async def test_no_public_address_serves_it(holder: Client, client: Client, suffix: str) -> None:
    await sealed(holder)
    form, _ = await form_and_record(holder)
    holder.headers.pop("Authorization")

    answer = await client.get(f"/p/default/issued/{form}{suffix}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


async def test_whom_it_was_sent_to_and_the_platform_have_it_until_the_wallet_is_erased(holder: Client) -> None:
    sent = (await holder.post(SEND, params={"sendMail": "false"}, files=part("_file", of_a_person()))).json()
    form, record = await form_and_record(holder)
    link = here(sent["viewerURL"])
    shared = await holder.get(f"{link}/credential")
    exported = await holder.get(f"/v1/credentials/{record}/export", params={"format": "elm-3"})

    erased = await holder.delete(f"{WALLETS}/{sent['userId']}")

    holder.headers.pop("Authorization")
    places = [
        f"/p/default/issued/{form}",
        f"/p/default/issued/{form}.jsonld",
        f"/p/default/receipts/{form}.json",
        f"/credentials/{record}",
        f"{link}/credential",
        link,
    ]
    after = [await holder.get(place) for place in places]
    assert shared.content == exported.content
    assert payload(shared.content)["credentialSubject"]["nationalID"]["notation"] == "1900175"
    assert erased.status_code == 204
    assert not [each.url for each in after for said in PERSONAL if said in each.content]


async def test_its_record_says_so_and_leads_nowhere_where_it_is_not_served(holder: Client) -> None:
    await sealed(holder)
    _, record = await form_and_record(holder)

    [form] = (await holder.get(f"/credentials/{record}", headers={"Accept": "application/json"})).json()["forms"]
    page = await holder.get(f"/credentials/{record}", headers=BROWSER)

    assert (form["public"], form["url"], set(form["links"])) == (False, "", {"receipt", "seal"})
    assert "It is not public" in page.text
    assert "/issued/" not in page.text


async def test_what_was_converted_stays_public(holder: Client) -> None:
    made = await holder.post("/v1/credentials/issue", params={"to": "elm-3"}, json=award())

    assert made.status_code == 201, made.text
    [form] = made.json()["record"]["forms"]

    assert form["public"]
    assert (await holder.get(here(form["url"]))).status_code == 200
