"""Somebody who is signed in, and an application that asks them."""

import pytest

from gateway.assembly.whole import Gateway
from gateway.records.offers import Claiming, Configuration, Offer
from gateway.records.people import Person
from tests.gateway.http.conftest import Client
from tests.simulators.application import Application, Browser
from tests.simulators.offered import Offering
from tests.simulators.people import person, session


@pytest.fixture
async def learner(gateway: Gateway) -> Person:
    return await person(gateway)


@pytest.fixture
async def browser(client: Client, gateway: Gateway, learner: Person) -> Browser:
    return Browser(client, f"__Host-session={await session(gateway, learner)}")


@pytest.fixture
def offering(gateway: Gateway) -> Offering:
    return Offering(gateway)


@pytest.fixture
async def mine(offering: Offering) -> Offer:
    """An offer of a badge that was awarded to the learner, who has to sign in."""
    return (await offering.make(Claiming.SIGN_IN, Configuration.BADGE, Configuration.BADGE_JWT)).offer


@pytest.fixture
async def application(client: Client) -> Application:
    return await Application.registered(client)


@pytest.fixture
async def wallet(client: Client) -> Application:
    """A public client on a person's own device."""
    return await Application.registered(
        client,
        token_endpoint_auth_method="none",
        redirect_uris=["org.example.wallet:/back"],
        client_uri="",
        logo_uri="",
        tos_uri="",
        policy_uri="",
    )
