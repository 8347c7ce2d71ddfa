"""Requests made up from the contracts of Badge Connect and the Badgr API: the gateway keeps its word there too."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, cast  # Any: values that schemathesis makes up

import msgspec
import pytest
import schemathesis
from hypothesis import settings
from schemathesis.config import SchemathesisConfig

from gateway.app import create_app
from gateway.assembly.whole import Gateway, assembled
from gateway.edges.oauth import StoredTokens
from gateway.http.badge_connect.manifest import SCOPES
from gateway.http.contract import document
from gateway.records.holdings import Via
from gateway.records.people import PEOPLE
from gateway.settings import Settings
from tests.gateway.http.conftest import PUBLIC_URL
from tests.laundering.sources import Kind, World
from tests.simulators import people
from tests.simulators.clock import SimulatedClock
from tests.simulators.reopened import Reopened

AnyCase = schemathesis.Case[Any]

TOKENS = {"badge-connect.json": "bga_known", "badgr.json": "bgb_known"}
"""The same in every gateway, because each operation has one of its own."""

NO_BADGE = ["2xx", "3xx", "400", "404", "413", "415", "422"]
"""What is said to a request that fits the schema and holds no badge, or asks for one that nobody holds."""

NO_REQUEST = ["2xx", "400", "401", "404", "405", "413", "415", "422"]
"""What is said to one that breaks the contract; members and parameters that nobody knows are not looked at."""

CONFIG = SchemathesisConfig.from_dict(
    {
        "seed": 1,
        "generation": {"mode": "all", "allow-x00": True},
        "checks": {
            "positive_data_acceptance": {"expected-statuses": NO_BADGE},
            "negative_data_rejection": {"expected-statuses": NO_REQUEST},
        },
        "operations": [
            {
                # No made up password is a right one.
                "include-operation-id": ["getBackpackToken"],
                "checks": {"positive_data_acceptance": {"expected-statuses": ["400", "401", "413"]}},
            }
        ],
    }
)
SETTINGS = Settings(public_url=PUBLIC_URL, public_requests_per_minute=10**9, key_requests_per_minute=10**9)


@asynccontextmanager
async def _opened() -> AsyncIterator[Gateway]:
    """A gateway in which one person holds a badge and has let two applications in, whose tokens are known here."""
    with tempfile.TemporaryDirectory() as folder:
        chosen, world = msgspec.structs.replace(SETTINGS, data_dir=Path(folder)), World()
        async with assembled(chosen, web=world.web, clock=SimulatedClock()) as gateway:
            owner = await people.person(gateway)
            await _let_in(gateway, await people.token(gateway, owner, *SCOPES))
            password = await gateway.badgr.keep_passwords.made(owner.id, "An application")
            await _let_in_by_password(gateway, password)
            await gateway.holdings.hold(world.sound(Kind.HOSTED), owner.id, Via.BACKPACK)
            yield gateway


async def _let_in(gateway: Gateway, token: str) -> None:
    tokens, now = cast("StoredTokens", gateway.oauth.recognise.tokens), gateway.clock()
    found = await tokens.access(sha256(token.encode()).digest(), PEOPLE, now)
    assert found
    known = sha256(TOKENS["badge-connect.json"].encode()).digest()
    await tokens.issue(msgspec.structs.replace(found, sha256=known), None, now)


async def _let_in_by_password(gateway: Gateway, password: str) -> None:
    let_in, now = gateway.badgr.let_in, gateway.clock()
    got = await let_in("learner@example.org", password)
    found = await let_in.tokens.find(PEOPLE, sha256(got.access.encode()).digest(), now)
    assert found
    known = sha256(TOKENS["badgr.json"].encode()).digest()
    await let_in.tokens.issue((msgspec.structs.replace(found, sha256=known),), now)


def _schema(name: str) -> schemathesis.BaseSchema:
    schema = schemathesis.openapi.from_dict(msgspec.json.decode(document(name)), config=CONFIG)
    schema.app = create_app(SETTINGS, opened=Reopened(_opened))

    @schema.auth()
    class Token:
        """Shows the token."""

        def get(self, case: AnyCase, context: schemathesis.AuthContext) -> str:
            del case, context
            return TOKENS[name]

        def set(self, case: AnyCase, data: str, context: schemathesis.AuthContext) -> None:
            del context
            case.headers["Authorization"] = f"Bearer {data}"

    return schema


BADGE_CONNECT, BADGR = _schema("badge-connect.json"), _schema("badgr.json")


@pytest.mark.slow
@BADGE_CONNECT.parametrize()
@settings(max_examples=30, deadline=None, derandomize=True, database=None)
def test_badge_connect_keeps_to_its_contract(case: AnyCase) -> None:
    case.call_and_validate()


@pytest.mark.slow
@BADGR.parametrize()
@settings(max_examples=30, deadline=None, derandomize=True, database=None)
def test_the_badgr_api_keeps_to_its_contract(case: AnyCase) -> None:
    case.call_and_validate()
