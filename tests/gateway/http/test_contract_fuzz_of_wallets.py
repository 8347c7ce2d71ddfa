"""Requests made up from the contract of OpenID4VCI: the gateway keeps its word to wallets too."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any  # Any: values that schemathesis makes up

import msgspec
import pytest
import schemathesis
from hypothesis import settings
from schemathesis.config import SchemathesisConfig

from gateway.app import create_app
from gateway.assembly.whole import Gateway, assembled
from gateway.http.contract import document
from gateway.records.offers import Grant
from gateway.records.tickets import TOKEN_S, Kind
from gateway.settings import Settings
from tests.gateway.http.conftest import PUBLIC_URL
from tests.laundering.sources import World
from tests.simulators.clock import SimulatedClock
from tests.simulators.offered import Offering
from tests.simulators.reopened import Reopened

AnyCase = schemathesis.Case[Any]

GIVEN: dict[str, str] = {}
"""An offer that is there, and an access token for it."""

NOTHING_SHOWN = ["2xx", "304", "400", "401", "404", "410", "413", "429"]
"""What is said to a request that fits the schema and has no proof in it, or names nothing.

401 to the first of each operation: the gateway that its token is for is made when it comes.
"""

NO_REQUEST = ["2xx", "400", "401", "404", "405", "410", "413", "429"]
"""What is said to one that breaks the contract; members and parameters that nobody knows are not looked at."""

CONFIG = SchemathesisConfig.from_dict(
    {
        "seed": 1,
        "generation": {"mode": "all", "allow-x00": True},
        "checks": {
            "positive_data_acceptance": {"expected-statuses": NOTHING_SHOWN},
            "negative_data_rejection": {"expected-statuses": NO_REQUEST},
        },
    }
)
BEHIND_A_TOKEN = ("/oid4vci/credential", "/oid4vci/deferred", "/oid4vci/notification")
SETTINGS = Settings(public_url=PUBLIC_URL, public_requests_per_minute=10**9)


@asynccontextmanager
async def _opened() -> AsyncIterator[Gateway]:
    """A gateway with an offer and a token for it."""
    with tempfile.TemporaryDirectory() as folder:
        chosen, clock = msgspec.structs.replace(SETTINGS, data_dir=Path(folder)), SimulatedClock()
        async with assembled(chosen, web=World().web, clock=clock) as gateway:
            offer = (await Offering(gateway).make()).offer
            grant = msgspec.json.encode(Grant(offer=offer.id, configurations=offer.configurations))
            GIVEN.update(offer_id=offer.id, token=await gateway.edges.tickets.give(Kind.TOKEN, grant, TOKEN_S))
            yield gateway


SCHEMA = schemathesis.openapi.from_dict(msgspec.json.decode(document("openid4vci.json")), config=CONFIG)
SCHEMA.app = create_app(SETTINGS, opened=Reopened(_opened))


@pytest.mark.slow
@SCHEMA.parametrize()
@settings(max_examples=15, deadline=None, derandomize=True, database=None)
def test_the_gateway_keeps_to_its_contract_with_wallets(case: AnyCase) -> None:
    if "offer_id" in case.path_parameters and len(str(case.path_parameters["offer_id"])) % 2:
        case.path_parameters["offer_id"] = GIVEN.get("offer_id", "x")
    if case.operation.path in BEHIND_A_TOKEN:
        case.headers["Authorization"] = f"Bearer {GIVEN.get('token', '')}"

    case.call_and_validate()
