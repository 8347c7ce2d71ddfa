"""Offers of a converted badge, made with an API key."""

from typing import Any  # Any: members of JSON documents

import pytest
from httpx import Response

from tests.gateway.http.conftest import Client
from tests.gateway.plain import award

PEOPLE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


async def offered(holder: Client, record: dict[str, Any], **wish: Any) -> dict[str, Any]:
    """Make an offer; what the answer says."""
    answer = await holder.post("/v1/offers", json={"credential": record["id"], **wish})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def shown_to_somebody(client: Client, known: dict[str, bytes]) -> list[Response]:
    """With the API key in ``known``: make an offer whose answer is kept, and show it; what was refused of it.

    Its link is put into ``known``.
    """
    by = {"Authorization": f"Bearer {known['API key'].decode()}"}
    issued = await client.post("/v1/credentials/issue?to=open-badges-3", json=award(), headers=by)
    wish = {"credential": issued.json()["record"]["id"]}
    made = await client.post("/v1/offers", json=wish, headers={**by, "Idempotency-Key": "an-offer"})
    offer = made.json()["offer"]["id"]
    known["link of an offer"] = offer.encode()
    assert (await client.get(f"/offers/{offer}", headers=PEOPLE)).status_code == 200
    await client.delete(f"/v1/offers/{offer}", headers=by)
    return [await client.get(f"/offers/{offer}", headers=PEOPLE), await client.get(f"/offers/{offer}x")]


@pytest.fixture
async def offer(holder: Client, record: dict[str, Any]) -> dict[str, Any]:
    """An offer for whoever has its link."""
    return dict((await offered(holder, record))["offer"])


@pytest.fixture
async def stranger(holder: Client, offer: dict[str, Any]) -> Client:
    """Somebody without an API key, once there is an offer."""
    del offer
    holder.headers.pop("Authorization")
    return holder
