"""Requests made up from the contract of this surface, the allowed and the forbidden: it keeps its word."""

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
from gateway.http.open_badges_3.routes import OPEN_BADGES_3
from gateway.http.open_badges_3.scopes import SCOPES
from gateway.records.holdings import Via
from gateway.settings import Settings
from tests.gateway.http.conftest import PUBLIC_URL
from tests.laundering.sources import Kind, World
from tests.simulators.backpack_owner import backpack_owner
from tests.simulators.clock import SimulatedClock
from tests.simulators.reopened import Reopened

pytestmark = pytest.mark.slow

AnyCase = schemathesis.Case[Any]

TOKEN: list[str] = []
"""The access token of the gateway that is open."""

NO_CREDENTIAL = ["2xx", "304", "413", "422"]
"""What an operation says to a body that fits the schema and is no credential, or no sound one."""

CONFIG = SchemathesisConfig.from_dict(
    {
        "seed": 1,
        "generation": {"mode": "all", "allow-x00": True},
        "operations": [
            {
                "include-operation-id": ["upsertCredential", "putProfile"],
                "checks": {
                    "positive_data_acceptance": {"expected-statuses": NO_CREDENTIAL},
                    "negative_data_rejection": {"expected-statuses": ["400", "401", "405", "413", "415", "422"]},
                },
            }
        ],
    }
)
SETTINGS = Settings(public_url=PUBLIC_URL, public_requests_per_minute=10**9, key_requests_per_minute=10**9)


@asynccontextmanager
async def _opened() -> AsyncIterator[Gateway]:
    """A gateway with a person who holds a badge of each kind."""
    with tempfile.TemporaryDirectory() as folder:
        world = World()
        chosen = msgspec.structs.replace(SETTINGS, data_dir=Path(folder))
        async with assembled(chosen, web=world.web, clock=SimulatedClock()) as gateway:
            owner = await backpack_owner(gateway)
            for kind in Kind:
                badge = world.sound(kind, id=f"https://issuer.example/{kind}")
                await gateway.holdings.hold(badge, owner.person.id, Via.BACKPACK)
            TOKEN[:] = [await owner.token(*SCOPES)]
            yield gateway


SCHEMA = schemathesis.openapi.from_dict(msgspec.json.decode(document(OPEN_BADGES_3.document)), config=CONFIG)
SCHEMA.app = create_app(SETTINGS, opened=Reopened(_opened))


@SCHEMA.auth()
class Token:
    """Shows the access token."""

    def get(self, case: AnyCase, context: schemathesis.AuthContext) -> str:
        del case, context
        return TOKEN[0] if TOKEN else "none"

    def set(self, case: AnyCase, data: str, context: schemathesis.AuthContext) -> None:
        del context
        case.headers["Authorization"] = f"Bearer {data}"


@SCHEMA.parametrize()
@settings(max_examples=40, deadline=None, derandomize=True, database=None)
def test_the_surface_keeps_to_its_contract(case: AnyCase) -> None:
    case.call_and_validate()
