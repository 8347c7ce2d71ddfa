"""Ports and edges put together as a deployment has them."""

from pathlib import Path

from gateway.assembly.whole import assembled
from gateway.settings import Settings
from gateway.trust.report import Outcome
from tests.simulators.clock import SimulatedClock
from tests.simulators.issuer import SimulatedIssuer
from tests.simulators.web import SimulatedWeb


async def test_an_absent_redis_limits_nobody_more_and_nobody_less(tmp_path: Path, unused_tcp_port: int) -> None:
    settings = Settings(data_dir=tmp_path, redis_url=f"redis://127.0.0.1:{unused_tcp_port}")

    async with assembled(settings) as gateway:
        taken = [await gateway.rate_limit.take("a", capacity=1, per_s=0.001) for _ in range(2)]
        found = await gateway.check_health()

    assert [one.allowed for one in taken] == [True, False]
    assert (found.ready, found.store, found.cache, found.signer) == (False, "ok", "unavailable", "ok")


async def test_an_older_status_list_is_known_again_after_a_restart(tmp_path: Path) -> None:
    web, settings, address = SimulatedWeb(), Settings(data_dir=tmp_path), "https://issuer.example/status/1"
    issuer = SimulatedIssuer(web)
    issuer.publish()
    outcomes = []

    for day, revoked in (("20", (5,)), ("10", ())):
        entry = issuer.status_list(address, *revoked, validFrom=f"2025-12-{day}T00:00:00Z")
        async with assembled(settings, web=web, clock=SimulatedClock()) as gateway:
            token = issuer.token(issuer.credential(credentialStatus=entry))
            found = await gateway.verify(token.encode())
        outcomes.append(found.report.outcome)

    assert outcomes == [Outcome.PASSED, Outcome.UNKNOWN]
