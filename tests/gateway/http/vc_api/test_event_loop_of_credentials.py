"""While the dearest credentials that are taken are verified and issued, the event loop serves everybody else."""

import gc
import json
from collections.abc import Callable, Iterator
from typing import Any  # Any: members of JSON documents

import pytest

from gateway.http.vc_api.documented import CREDENTIAL
from tests.gateway.http.conftest import Client
from tests.gateway.http.test_event_loop import (
    BOUND_S,
    Stalls,
    bomb,
    large_assertion,
    large_token,
    many_endorsements,
    many_members,
    many_proofs,
    many_things,
    settle,
    watched,
)
from tests.laundering.sources import Kind, World
from tests.simulators.wallet import Wallet

ISSUE, VERIFY = "/vc-api/credentials/issue", "/vc-api/credentials/verify"
DEAR: tuple[Callable[[World], bytes], ...] = (
    large_assertion,
    large_token,
    many_endorsements,
    many_members,
    many_proofs,
    many_things,
    bomb,
)
ISSUED_BOUND_S = 0.015
"""Of what takes 4 ms at most on an idle machine, where a look at each of 4,000 pieces of evidence takes 22 ms."""

ALL = {"returnResults": True, "returnCredential": True}


@pytest.fixture
def _settled() -> Iterator[None]:
    """What was settled while the test ran is garbage like any other after it."""
    settle()
    yield
    gc.unfreeze()


def sent(badge: bytes) -> Any:
    return json.loads(badge) if badge.startswith(b"{") else badge.decode()


def evidence(count: int, narrative: str) -> list[dict[str, Any]]:
    return [{"id": f"https://workshop.example/{n}", "type": ["Evidence"], "narrative": narrative} for n in range(count)]


ISSUED = {
    "many": {**CREDENTIAL, "evidence": evidence(350, "x")},
    "large": {**CREDENTIAL, "description": "x" * 700_000},
    "too many": {**CREDENTIAL, "evidence": evidence(4_000, "x" * 100)},
}


@pytest.mark.usefixtures("_settled")
async def test_the_loop_goes_on_while_dear_credentials_are_verified(holder: Client, world: World) -> None:
    for kind in (Kind.DATA_INTEGRITY, Kind.VC_JWT):
        await holder.post(VERIFY, json={"verifiableCredential": sent(world.sound(kind)), "options": ALL})

    stalled: dict[str, Stalls] = {}
    for made in DEAR:
        body = json.dumps({"verifiableCredential": sent(made(world)), "options": ALL}).encode()
        settle()
        async with watched() as stalls:
            answer = await holder.post(VERIFY, content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code < 500, made
        stalled[made.__name__] = stalls

    assert {name: stalls for name, stalls in stalled.items() if stalls.cpu_s > BOUND_S} == {}


@pytest.mark.usefixtures("_settled")
async def test_the_loop_goes_on_while_a_large_presentation_is_verified(holder: Client, world: World) -> None:
    wallet = Wallet.ed25519()
    token = world.sound(Kind.VC_JWT).decode()
    enveloped = {"type": "EnvelopedVerifiableCredential", "id": f"data:application/vc+jwt,{token}"}
    shown = wallet.signed(wallet.unsigned(), "c-1")
    large = {**shown, "verifiableCredential": [enveloped] * 20, "name": "x" * 1_000_000}
    await holder.post("/vc-api/presentations/verify", json={"verifiablePresentation": shown})

    async with watched() as stalls:
        answer = await holder.post("/vc-api/presentations/verify", json={"verifiablePresentation": large})

    assert answer.status_code == 400
    assert stalls.cpu_s < BOUND_S


@pytest.mark.usefixtures("_settled")
async def test_the_loop_goes_on_while_dear_credentials_are_issued(holder: Client) -> None:
    await holder.post(ISSUE, json={"credential": CREDENTIAL})

    stalled: dict[str, Stalls] = {}
    for name, credential in ISSUED.items():
        body = json.dumps({"credential": credential}).encode()
        settle()
        async with watched() as stalls:
            answer = await holder.post(ISSUE, content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code in (201, 400), answer.text[:500]
        stalled[name] = stalls

    assert {name: stalls for name, stalls in stalled.items() if stalls.cpu_s > ISSUED_BOUND_S} == {}
