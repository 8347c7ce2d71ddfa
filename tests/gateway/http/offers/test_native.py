"""``/v1/offers``: made, listed, shown and withdrawn by the platform whose credential it is."""

import datetime as dt
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.assembly.whole import Gateway
from gateway.flows.platform.keys import Wish
from gateway.records.access import Scope
from gateway.records.offers import Configuration
from gateway.records.tenants import DEFAULT_PLATFORM
from tests.gateway.http.conftest import PUBLIC_URL, Client, problem
from tests.gateway.http.offers.conftest import offered
from tests.simulators.clock import SimulatedClock

DAY = dt.timedelta(days=1)


async def test_an_offer_tells_every_way_into_a_wallet(
    holder: Client, record: dict[str, Any], clock: SimulatedClock
) -> None:
    made = await offered(holder, record)

    offer = made["offer"]
    assert (made["code"], made["mailed"], offer["state"]) == ("", False, "open")
    assert offer["credential"] == record["id"]
    assert offer["expires"] == f"{clock.now + 14 * DAY:%Y-%m-%dT%H:%M:%SZ}"
    assert offer["links"] == {
        "page": f"{PUBLIC_URL}/offers/{offer['id']}",
        "interaction": f"{PUBLIC_URL}/offers/{offer['id']}?iuv=1",
        "credentialOffer": f"{PUBLIC_URL}/oid4vci/offers/{offer['id']}",
        "openid4vci": "openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fbadges.example.net"
        f"%2Foid4vci%2Foffers%2F{offer['id']}",
        "exchange": f"{PUBLIC_URL}/vc-api/workflows/claim/exchanges/{offer['id']}",
        "learnerWallet": offer["links"]["learnerWallet"],
    }
    assert offer["links"]["learnerWallet"].startswith("https://lcw.app/request.html?request=%7B%22credentialRequest")


@pytest.mark.parametrize("claiming", ["code", "sign-in"])
async def test_where_more_than_a_link_is_asked_for_there_is_one_way(
    holder: Client, record: dict[str, Any], claiming: str
) -> None:
    made = await offered(holder, record, claiming=claiming)

    links = made["offer"]["links"]
    assert (links["exchange"], links["learnerWallet"]) == ("", "")
    assert links["openid4vci"]
    assert len(made["code"]) == (6 if claiming == "code" else 0)


async def test_a_code_is_told_once(holder: Client, record: dict[str, Any]) -> None:
    made = await offered(holder, record, claiming="code")

    listed = await holder.get("/v1/offers", params={"credential": record["id"]})
    shown = await holder.get(f"/v1/offers/{made['offer']['id']}")

    assert listed.json()["offers"] == [shown.json()] == [made["offer"]]
    assert "code" not in shown.json()


async def test_a_withdrawn_offer_is_over_however_often_it_is_withdrawn(holder: Client, offer: dict[str, Any]) -> None:
    place = f"/v1/offers/{offer['id']}"

    statuses = [(await holder.delete(place)).status_code for _ in range(2)]

    assert statuses == [204, 204]
    assert (await holder.get(place)).json()["state"] == "withdrawn"


async def test_a_claimed_offer_is_not_withdrawn(holder: Client, gateway: Gateway, offer: dict[str, Any]) -> None:
    found = await gateway.offers.claim.open(offer["id"])
    await gateway.offers.claim.claims.settle(found, Configuration.BADGE, ("holder",), gateway.clock())

    answer = await holder.delete(f"/v1/offers/{offer['id']}")

    assert (answer.status_code, problem(answer)["code"]) == (409, "offer-claimed")
    assert (await holder.get(f"/v1/offers/{offer['id']}")).json()["state"] == "claimed"


async def test_an_offer_that_has_ended_says_so(holder: Client, offer: dict[str, Any], clock: SimulatedClock) -> None:
    clock.advance(days=15)

    assert (await holder.get(f"/v1/offers/{offer['id']}")).json()["state"] == "expired"


@pytest.mark.parametrize("place", ["id", "form", "address"])
async def test_whoever_names_a_credential_otherwise_is_told_by_what_to_name_it(
    holder: Client, record: dict[str, Any], place: str
) -> None:
    form = record["forms"][0]
    another = {"id": f"urn:uuid:{record['id']}", "form": form["id"], "address": form["links"]["badge"]}[place]

    answer = await holder.post("/v1/offers", json={"credential": another})

    assert (answer.status_code, problem(answer)["pointer"]) == (404, "/credential")
    assert "the id under which GET /v1/credentials lists it" in problem(answer)["fix"]


@pytest.mark.parametrize(
    ("wish", "status", "pointer"),
    [
        ({"credential": "00000000-0000-4000-8000-000000000000"}, 404, "/credential"),
        ({"credential": "urn:uuid:00000000-0000-4000-8000-000000000000"}, 404, "/credential"),
        ({"credential": "\ud7ff"}, 400, "/credential"),
        ({"claiming": "shouting"}, 400, "/claiming"),
        ({"configurations": ["Unknown"]}, 400, "/configurations/0"),
        ({"expires": "2020-01-01T00:00:00Z"}, 422, "/expires"),
        ({"expires": "2027-01-01T00:00:00Z"}, 422, "/expires"),
        ({"email": "somebody@example.org"}, 422, "/email"),
        ({"email": "somebody"}, 400, "/email"),
        ({"language": "tlh"}, 400, "/language"),
        ({"code": "123456"}, 400, "/code"),
    ],
)
async def test_what_cannot_be_offered_is_refused_with_its_place(
    holder: Client, record: dict[str, Any], wish: dict[str, Any], status: int, pointer: str
) -> None:
    answer = await holder.post("/v1/offers", json={"credential": record["id"], **wish})

    assert (answer.status_code, problem(answer)["pointer"]) == (status, pointer)
    listed = await holder.get("/v1/offers", params={"credential": record["id"]})
    assert listed.json()["offers"] == []


async def test_what_was_taken_back_is_not_offered(holder: Client, record: dict[str, Any]) -> None:
    await holder.post(f"/v1/credentials/{record['id']}/revoke", json={"reason": "a test"})

    answer = await holder.post("/v1/offers", json={"credential": record["id"]})

    assert (answer.status_code, problem(answer)["code"]) == (409, "not-active")


async def test_who_may_only_read_sees_no_link(
    holder: Client, gateway: Gateway, record: dict[str, Any], offer: dict[str, Any]
) -> None:
    reader = await gateway.tenancy.make_key(
        DEFAULT_PLATFORM, Wish(name="reader", scopes=frozenset({Scope.CREDENTIALS_READ})), "a test"
    )
    holder.headers["Authorization"] = f"Bearer {reader.text}"

    answers = [
        await holder.get("/v1/offers", params={"credential": record["id"]}),
        await holder.get(f"/v1/offers/{offer['id']}"),
        await holder.post("/v1/offers", json={"credential": record["id"]}),
        await holder.delete(f"/v1/offers/{offer['id']}"),
    ]

    assert {answer.status_code for answer in answers} == {403}


async def test_the_same_idempotency_key_makes_one_offer(holder: Client, record: dict[str, Any]) -> None:
    body, key = {"credential": record["id"], "claiming": "code"}, {"Idempotency-Key": "one"}

    first, second = [await holder.post("/v1/offers", json=body, headers=key) for _ in range(2)]

    assert first.content == second.content
    assert first.json()["code"] == second.json()["code"]
    listed = await holder.get("/v1/offers", params={"credential": record["id"]})
    assert len(listed.json()["offers"]) == 1
