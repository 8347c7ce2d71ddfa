"""What a wallet fetched, bound to its key, is handed to nobody else; its platform is told that there is one."""

from typing import Any

import pytest

from gateway.flows.offers.make import Wish
from gateway.records.offers import Configuration
from tests.gateway.http.conftest import Client
from tests.gateway.http.oid4vci.conftest import BADGE, BADGE_JWT, MINE, Counter
from tests.gateway.plain import award
from tests.simulators.clock import SimulatedClock
from tests.simulators.offered import Offering

FORMS = {BADGE: "data-integrity", BADGE_JWT: "vc-jwt", Configuration.BADGE_SD_JWT: "sd-jwt"}


@pytest.fixture
async def claimed(counter: Counter, holder: Client, clock: SimulatedClock) -> dict[str, Any]:
    """A record in Open Badges 2.0, of which a wallet has fetched 3.0 in each way it is sealed."""
    issued = await holder.post("/v1/credentials/issue", params={"to": "open-badges-2"}, json=award())
    record: dict[str, Any] = issued.json()["record"]
    clock.advance(minutes=1)
    wish = Wish(credential=record["id"], configurations=tuple(FORMS))
    made = await counter.gateway.offers.make(wish, Offering(counter.gateway).caller)
    counter.token = await counter.granted(made.offer)
    for configuration in FORMS:
        assert (await counter.fetched(configuration=configuration)).status_code == 200
    clock.advance(minutes=1)
    return record


async def test_it_is_not_exported(holder: Client, claimed: dict[str, Any]) -> None:
    path = f"/v1/credentials/{claimed['id']}"
    wanted = [
        {"format": "open-badges-3", **more}
        for more in ({}, {"carrier": "png"}, *({"securing": securing} for securing in FORMS.values()))
    ]

    before = [await holder.get(f"{path}/export", params=each) for each in wanted]
    await holder.post(f"{path}/forms", params={"to": "open-badges-3"})
    after = await holder.get(f"{path}/export", params=wanted[0])

    assert {(answer.status_code, answer.json()["code"]) for answer in before} == {(404, "not-made")}
    assert {"open-badges-3" in answer.json()["fix"] for answer in before} == {False}
    assert after.status_code == 200
    assert MINE.did not in "".join(answer.text for answer in (*before, after))


async def test_its_platform_sees_that_there_is_one_and_not_whose(holder: Client, claimed: dict[str, Any]) -> None:
    answer = await holder.get(f"/v1/credentials/{claimed['id']}")

    forms = answer.json()["forms"]
    assert {form["securing"] for form in forms if form["bound"]} == set(FORMS.values())
    assert {(form["bound"], form["public"], bool(form["url"])) for form in forms} == {
        (True, False, False),
        (False, True, True),
    }
    assert MINE.did not in answer.text
    receipts = [await holder.get(form["links"]["receipt"] + ".json") for form in forms]
    assert {receipt.status_code for receipt in receipts} == {200}
    assert MINE.did not in "".join(receipt.text for receipt in receipts)


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
async def test_everybody_else_sees_nothing_of_it(client: Client, claimed: dict[str, Any], accept: str) -> None:
    answer = await client.get(f"/credentials/{claimed['id']}", headers={"Accept": accept})

    assert answer.status_code == 200
    assert MINE.did not in answer.text
    assert not any(securing in answer.text for securing in ("vc-jwt", "sd-jwt", "not public"))


async def test_the_same_again_for_all_is_one_of_its_own(holder: Client, claimed: dict[str, Any]) -> None:
    answer = await holder.post(f"/v1/credentials/{claimed['id']}/forms", params={"to": "open-badges-3"})

    made = [form for form in answer.json()["record"]["forms"] if form["format"] == "open-badges-3"]
    assert {form["bound"] for form in made} == {True, False}
    [public] = [form for form in made if not form["bound"]]
    assert MINE.did not in (await holder.get(public["url"])).text
