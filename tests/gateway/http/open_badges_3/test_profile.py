"""Who a Profile says that somebody is: to the application that wrote it, and to all others."""

from typing import Any  # Any: members of JSON documents

import pytest
from httpx import Response

from gateway.assembly.whole import Gateway
from gateway.flows.oauth.scopes import PersonScope
from gateway.records.holdings import ProfileKind
from gateway.records.oauth import Authorised
from gateway.records.people import Person
from tests.gateway.http.conftest import Client
from tests.gateway.http.open_badges_3.wire import PROFILE
from tests.simulators.clock import SimulatedClock
from tests.simulators.people import person, token, token_of

BOTH = (PersonScope.UPDATE_PROFILE, PersonScope.READ_PROFILE)
DEAN = (
    b'{"@context": ["https://www.w3.org/ns/credentials/v2"], "id": "did:web:dean.example", "type": ["Profile"], '
    b'"name": "The Dean", "email": "dean@university.example", "level": 99999999999999999999, "otherIdentifier": '
    b'[{"type": "IdentifierEntry", "identifierType": "emailAddress", "identifier": "dean@university.example"}]}'
)


@pytest.fixture
async def owner(gateway: Gateway) -> Person:
    return await person(gateway, "learner@example.org", "second@example.org")


async def shown(client: Client, token: str) -> Response:
    return await client.get(PROFILE, headers={"Authorization": f"Bearer {token}"})


async def put(client: Client, token: str, document: bytes = DEAN) -> None:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    answer = await client.put(PROFILE, content=document, headers=headers)
    assert (answer.status_code, answer.content) == (200, document)


def of_account(said: dict[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in ("id", "email", "otherIdentifier")}


async def authorised(gateway: Gateway, owner: Person) -> Authorised:
    [found] = await gateway.oauth.list_applications(owner.id)
    return found


async def test_others_hear_from_the_account_who_somebody_is(client: Client, gateway: Gateway, owner: Person) -> None:
    writer, reader = await token(gateway, owner, *BOTH), await token(gateway, owner, PersonScope.READ_PROFILE)
    before = (await shown(client, reader)).json()
    await put(client, writer)

    own, others = await shown(client, writer), await shown(client, reader)

    assert own.content == DEAN
    assert of_account(others.json()) == of_account(before)
    assert before["email"] in {"learner@example.org", "second@example.org"}
    assert others.json()["name"] == "The Dean"
    assert others.json()["level"] == 99999999999999999999
    assert "dean@" not in others.text
    assert "did:web" not in others.text


async def test_others_hear_no_address_that_the_account_does_not_have(client: Client, gateway: Gateway) -> None:
    owner = await person(gateway)
    writer, reader = await token(gateway, owner, *BOTH), await token(gateway, owner, PersonScope.READ_PROFILE)

    await put(client, writer)

    assert "otherIdentifier" not in (await shown(client, reader)).json()


async def test_the_profile_goes_with_the_consent_of_its_writer(client: Client, gateway: Gateway, owner: Person) -> None:
    writer = await token(gateway, owner, *BOTH)
    application = (await authorised(gateway, owner)).client.id
    await put(client, writer)

    await gateway.oauth.withdraw(owner.id, application)

    reader = await token(gateway, owner, PersonScope.READ_PROFILE)
    again = await token_of(gateway, owner, application, *BOTH)
    assert "name" not in (await shown(client, reader)).json()
    assert "name" not in (await shown(client, again)).json()


async def test_a_consent_that_ended_otherwise_takes_the_profile_with_it(
    client: Client, gateway: Gateway, owner: Person, clock: SimulatedClock
) -> None:
    writer = await token(gateway, owner, *BOTH)
    application = (await authorised(gateway, owner)).client.id
    await put(client, writer)
    await gateway.oauth.withdraw.consents.withdraw("people", owner.id, application, clock())
    clock.advance(seconds=1)

    again = await token_of(gateway, owner, application, *BOTH)

    assert "name" not in (await shown(client, again)).json()
    assert await gateway.oauth.withdraw.profiles.find("people", owner.id, ProfileKind.OPEN_BADGES_3) is None


async def test_another_application_s_profile_stays_when_one_is_withdrawn(
    client: Client, gateway: Gateway, owner: Person
) -> None:
    first = await token(gateway, owner, *BOTH)
    application = (await authorised(gateway, owner)).client.id
    await put(client, first, DEAN.replace(b"The Dean", b"The first"))
    second = await token(gateway, owner, *BOTH)
    await put(client, second)

    await gateway.oauth.withdraw(owner.id, application)

    assert (await shown(client, second)).content == DEAN
