"""Somebody who is signed in, in a browser."""

import pytest

from gateway.assembly.whole import Gateway
from gateway.records.people import Person
from tests.gateway.http.conftest import PUBLIC_URL, Client
from tests.gateway.http.html import BROWSER
from tests.simulators import people


@pytest.fixture
async def owner(gateway: Gateway) -> Person:
    return await people.person(gateway)


@pytest.fixture
async def browser(client: Client, gateway: Gateway, owner: Person) -> Client:
    """The browser of the owner, whose forms come from our own pages."""
    return await signed_in(client, gateway, owner)


async def signed_in(client: Client, gateway: Gateway, owner: Person) -> Client:
    client.headers.update({**BROWSER, "Origin": PUBLIC_URL, "Sec-Fetch-Site": "same-origin"})
    client.headers["Cookie"] = f"__Host-session={await people.session(gateway, owner)}"
    return client
