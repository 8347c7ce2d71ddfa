"""Readiness: every part is tried, and a broken one is named."""

import dataclasses

from gateway.assembly.whole import Gateway
from gateway.errors import KeyMissing, Unavailable
from gateway.flows.check_health import Readiness
from tests.simulators.clock import SimulatedClock


class Away:
    """A cache and a store that do not answer."""

    async def get(self, key: str) -> bytes | None:
        raise Unavailable(key)

    async def put(self, key: str, value: bytes, ttl_s: float) -> None:
        raise Unavailable(f"{key} {value!r} {ttl_s}")

    async def ping(self) -> None:
        raise Unavailable("away")


class NoKeys:
    """A signer that has lost its keys."""

    async def sign(self, key_id: str, message: bytes) -> bytes:
        raise KeyMissing(f"{key_id} {message!r}")


async def test_a_gateway_whose_parts_work_is_ready(gateway: Gateway) -> None:
    assert await gateway.check_health() == Readiness(ready=True, store="ok", cache="ok", signer="ok")


async def test_the_part_that_does_not_answer_is_named(gateway: Gateway) -> None:
    found = [
        await dataclasses.replace(gateway.check_health, **broken)()
        for broken in ({"store": Away()}, {"cache": Away()}, {"signer": NoKeys()})
    ]

    assert found == [
        Readiness(ready=False, store="unavailable", cache="ok", signer="ok"),
        Readiness(ready=False, store="ok", cache="unavailable", signer="ok"),
        Readiness(ready=False, store="ok", cache="ok", signer="key-missing"),
    ]


async def test_a_signer_whose_signature_is_wrong_is_not_ready(gateway: Gateway) -> None:
    class Wrong:
        async def sign(self, key_id: str, message: bytes) -> bytes:
            return await gateway.check_health.signer.sign(key_id, message + b"!")

    found = await dataclasses.replace(gateway.check_health, signer=Wrong())()

    assert (found.ready, found.signer) == (False, "seal-broken")


async def test_asking_rotates_nothing(gateway: Gateway, clock: SimulatedClock) -> None:
    await gateway.check_health()
    before = await gateway.keys.all("default")
    clock.advance(days=400)

    await gateway.check_health()

    assert await gateway.keys.all("default") == before
