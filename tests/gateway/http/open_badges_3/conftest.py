"""A person with a confirmed address, and an application that they allowed everything."""

import pytest

from gateway.assembly.whole import Gateway
from gateway.http.open_badges_3.scopes import SCOPES
from tests.gateway.http.conftest import Client
from tests.simulators.backpack_owner import BackpackOwner, backpack_owner


@pytest.fixture
async def owner(gateway: Gateway) -> BackpackOwner:
    return await backpack_owner(gateway)


@pytest.fixture
async def application(client: Client, owner: BackpackOwner) -> Client:
    """The client, which shows an access token for all scopes from now on."""
    client.headers["Authorization"] = f"Bearer {await owner.token(*SCOPES)}"
    return client
