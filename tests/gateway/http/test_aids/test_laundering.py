"""No badge gets a live signature by what a test issuer says: not its own, and none that leans on it."""

import msgspec
import pytest

from gateway.assembly.whole import Gateway
from gateway.flows.permit import IssuerNotAccepted
from gateway.records.tenants import DEFAULT_PLATFORM, twin_of
from tests.gateway.http.conftest import Client, problem
from tests.gateway.http.test_aids.conftest import Headers, fixture, verified
from tests.laundering.sources import World
from tests.simulators.issuer import SimulatedIssuer, status_entry

SITE = "https://default-test.issuer.invalid/ob3-data-integrity-valid"
REACHED = ("passed", "noted")


def leaning(issuer: SimulatedIssuer) -> dict[str, bytes]:
    """Badges of a real issuer, each of which leans on a document of the test issuer."""
    status = issuer.credential(credentialStatus=status_entry(f"{SITE}/status-list"))
    stolen = issuer.credential(issuer={"id": f"{SITE}/issuer", "type": ["Profile"], "name": "Somebody"})
    hosted = issuer.assertion(badge="https://default-test.issuer.invalid/ob2-hosted-valid/class")
    return {
        "status": msgspec.json.encode(issuer.signed(status)),
        "issuer": msgspec.json.encode(issuer.signed(stolen)),
        "class": issuer.hosted(hosted),
    }


@pytest.mark.parametrize("leans_on", ["status", "issuer", "class"])
async def test_a_badge_that_leans_on_a_test_issuer_is_not_signed_live(
    client: Client, twin: Headers, live: Headers, world: World, leans_on: str
) -> None:
    world.issuer.publish()
    badge = leaning(world.issuer)[leans_on]
    await verified(client, await fixture(client, twin, "ob3-data-integrity-valid"), twin)
    await verified(client, badge, twin)

    found = [(await verified(client, badge, headers))["outcome"] for headers in ({}, live)]
    refused = await client.post("/v1/credentials", content=badge, headers=live, params={"to": "open-badges-3"})

    assert [each for each in found if each in REACHED] == []
    assert (refused.status_code, problem(refused)["code"]) == (422, "refused")


async def test_a_surface_that_takes_no_key_finds_no_fixture_sound(
    client: Client, twin: Headers, other_twin: Headers, live: Headers
) -> None:
    badge = await fixture(client, twin, "ob3-data-integrity-valid")
    body = {"verifiableCredential": msgspec.json.decode(badge)}

    answers = [
        await client.post("/vc-api/credentials/verify", headers=headers, json=body)
        for headers in (twin, live, other_twin)
    ]

    assert [answer.json()["verified"] for answer in answers] == [False] * 3


@pytest.mark.parametrize(
    "issuer", [f"{SITE}/issuer", "did:web:default-test.issuer.invalid", "https://X.ISSUER.INVALID"]
)
async def test_its_issuer_is_accepted_by_no_live_platform(gateway: Gateway, issuer: str) -> None:
    """Even if one were found sound: this is asked before anything is signed."""
    permit = gateway.convert.permit

    with pytest.raises(IssuerNotAccepted, match="test mode"):
        await permit(DEFAULT_PLATFORM, [issuer], 1)
    await permit(twin_of(DEFAULT_PLATFORM), [issuer], 1)
