"""What load balancers ask."""

import msgspec
import pytest
from litestar import Litestar

from gateway.assembly.whole import Gateway
from gateway.errors import Unavailable
from tests.gateway.http.conftest import Client


class AwayStore:
    """A store that does not answer."""

    async def ping(self) -> None:
        raise Unavailable("the store does not answer")


@pytest.fixture
def store_away(app: Litestar, gateway: Gateway) -> None:
    health = gateway.check_health
    away = type(health)(AwayStore(), health.cache, health.keys, health.signer, health.platform)
    app.state.gateway = msgspec.structs.replace(gateway, check_health=away)


@pytest.mark.usefixtures("store_away")
async def test_a_part_that_is_away_is_named_with_a_time_to_come_back(client: Client) -> None:
    answer = await client.get("/readyz")

    assert (answer.status_code, answer.json()["ready"], answer.json()["store"]) == (503, False, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0
    assert (await client.get("/healthz")).json() == {"alive": True}
