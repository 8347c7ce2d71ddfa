"""Ports and edges put together as a deployment has them."""

from pathlib import Path

from gateway.assembly import assembled
from gateway.settings import Settings


async def test_an_absent_redis_limits_nobody_more_and_nobody_less(tmp_path: Path, unused_tcp_port: int) -> None:
    settings = Settings(data_dir=tmp_path, redis_url=f"redis://127.0.0.1:{unused_tcp_port}")

    async with assembled(settings) as gateway:
        taken = [await gateway.rate_limit.take("a", capacity=1, per_s=0.001) for _ in range(2)]
        found = await gateway.check_health()

    assert [one.allowed for one in taken] == [True, False]
    assert (found.ready, found.store, found.cache, found.signer) == (False, "ok", "unavailable", "ok")
