"""``/ims/ob/v2p1/profile``: what a person has confirmed, and what others say of them."""

from typing import Any  # Any: what a test may send

import pytest

from gateway.assembly.whole import Gateway
from gateway.records.people import Person
from tests.gateway.http.badge_connect.conftest import PROFILE, status
from tests.gateway.http.conftest import Client
from tests.simulators import people


async def test_the_profile_says_what_the_person_has_confirmed(application: Client, owner: Person) -> None:
    answer = await application.get(PROFILE)

    assert status(answer)["statusText"] == "OK"
    assert answer.json()["profile"] == {
        "@context": "https://w3id.org/openbadges/v2",
        "id": f"urn:uuid:{owner.id}",
        "type": "Profile",
        "email": "learner@example.org",
    }


async def test_several_addresses_are_a_list(client: Client, gateway: Gateway) -> None:
    several = await people.person(gateway, "one@example.org", "two@example.org")
    token = await people.token(gateway, several, "https://purl.imsglobal.org/spec/ob/v2p1/scope/profile.readonly")

    answer = await client.get(PROFILE, headers={"Authorization": f"Bearer {token}"})

    assert sorted(answer.json()["profile"]["email"]) == ["one@example.org", "two@example.org"]


@pytest.mark.parametrize("email", ["new@example.org", ["new@example.org", "LEARNER@example.org"]])
async def test_an_added_address_waits_for_its_owner(
    application: Client, gateway: Gateway, owner: Person, email: object
) -> None:
    profile = {"id": "urn:x", "type": "Profile", "email": email, "url": "https://learner.example"}

    answer = await application.post(PROFILE, json=profile)

    assert status(answer)["statusText"] == "OK"
    assert answer.json()["profile"]["email"] == "learner@example.org"
    assert await gateway.backpack.suggest_addresses.suggested(owner) == ("new@example.org",)


async def test_only_the_latest_suggestions_are_kept(application: Client, gateway: Gateway, owner: Person) -> None:
    for number in range(14):
        await application.post(PROFILE, json={"email": f"a{number}@example.org"})

    suggested = await gateway.backpack.suggest_addresses.suggested(owner)

    assert suggested == tuple(f"a{number}@example.org" for number in range(4, 14))


@pytest.mark.parametrize(
    "profile",
    [
        {},
        {"id": "urn:x", "type": "Profile"},
        {"url": "https://learner.example"},
        {"email": "no address"},
        {"email": ["one@example.org", "<script>@example.org"]},
        {"email": "x" * 300 + "@example.org"},
        {"email": [f"a{number}@example.org" for number in range(11)]},
        {"email": 7},
        {"email": []},
    ],
    ids=lambda profile: str(profile)[:60],
)
async def test_what_nobody_can_confirm_is_a_validation_error(application: Client, profile: dict[str, Any]) -> None:
    answer = await application.post(PROFILE, json=profile)

    assert answer.status_code == 400
    assert status(answer)["statusText"] == "REQUEST_VALIDATION_ERROR"


async def test_a_profile_that_is_no_json_is_a_bad_request(application: Client) -> None:
    answer = await application.post(PROFILE, content=b"email=new@example.org")

    assert status(answer)["statusText"] == "BAD_REQUEST"
