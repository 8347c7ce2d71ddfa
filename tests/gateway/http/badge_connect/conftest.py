"""Somebody who holds badges, and an application that may do everything for them."""

from collections.abc import Mapping
from typing import Any  # Any: members of JSON documents

import msgspec
import pytest
from httpx import Response

from gateway.assembly.whole import Gateway
from gateway.http.badge_connect.manifest import SCOPES
from gateway.records.people import Person
from tests.gateway.http.conftest import Client
from tests.simulators import people

ASSERTIONS = "/ims/ob/v2p1/assertions"
PROFILE = "/ims/ob/v2p1/profile"


@pytest.fixture
async def owner(gateway: Gateway) -> Person:
    return await people.person(gateway)


@pytest.fixture
async def application(client: Client, gateway: Gateway, owner: Person) -> Client:
    """The client, authorised by the owner of the badges for everything."""
    client.headers["Authorization"] = f"Bearer {await people.token(gateway, owner, *SCOPES)}"
    return client


def status(answer: Response) -> Mapping[str, Any]:
    """The status object of an answer, after a look at what all of them have in common."""
    assert answer.headers["Content-Type"].startswith("application/json")
    found: dict[str, Any] = msgspec.json.decode(answer.content, type=dict[str, Any])["status"]
    assert found["statusCode"] == answer.status_code
    assert (found["error"] is None) == (answer.status_code == 200)
    return found
