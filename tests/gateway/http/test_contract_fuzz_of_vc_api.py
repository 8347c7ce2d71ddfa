"""Requests made up from the contract of VC-API: the gateway keeps its word there too."""

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
from gateway.flows.exchanges.messages import NewExchange, Variables
from gateway.http.contract import document
from gateway.http.vc_api.documented import CREDENTIAL
from gateway.settings import Settings
from tests.gateway.http.conftest import PUBLIC_URL
from tests.gateway.http.known_key import HOLDER, ShowsKey, aim, make_known
from tests.laundering.sources import World
from tests.simulators.clock import SimulatedClock
from tests.simulators.reopened import Reopened

AnyCase = schemathesis.Case[Any]

KNOWN: dict[str, str] = {}
"""Path parameters behind which there is something."""

NOT_VERIFIED = ["2xx", "400", "404", "409", "410", "413", "415", "422"]
"""What is said to a request that fits the schema and holds no credential, or names nothing."""

NO_REQUEST = ["2xx", "400", "401", "403", "404", "405", "410", "413", "415", "422"]
"""What is said to one that breaks the contract."""

CONFIG = SchemathesisConfig.from_dict(
    {
        "seed": 1,
        "generation": {"mode": "all", "allow-x00": True},
        "checks": {
            "positive_data_acceptance": {"expected-statuses": NOT_VERIFIED},
            "negative_data_rejection": {"expected-statuses": NO_REQUEST},
        },
    }
)
SETTINGS = Settings(
    public_url=PUBLIC_URL,
    public_requests_per_minute=10**9,
    key_requests_per_minute=10**9,
    platform_requests_per_minute=10**9,
)


@asynccontextmanager
async def _opened() -> AsyncIterator[Gateway]:
    """A gateway that issued a credential, and a key that is known here."""
    with tempfile.TemporaryDirectory() as folder:
        chosen, clock = msgspec.structs.replace(SETTINGS, data_dir=Path(folder)), SimulatedClock()
        async with assembled(chosen, web=World().web, clock=clock) as gateway:
            await make_known(gateway)
            issued = await gateway.vc_api.issue_credential(msgspec.json.encode({"credential": CREDENTIAL}), HOLDER)
            KNOWN["credential_id"] = issued.record.id
            wanted = NewExchange(variables=Variables(credential_id=issued.record.id))
            KNOWN["exchange_id"] = (await gateway.exchanges.arrange(wanted, HOLDER)).id.rpartition("/")[2]
            yield gateway


DOCUMENT: dict[str, Any] = msgspec.json.decode(document("vc-api.json"))
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT, config=CONFIG)
SCHEMA.app = create_app(SETTINGS, opened=Reopened(_opened))
SCHEMA.auth()(ShowsKey)


@pytest.mark.slow
@SCHEMA.parametrize()
@settings(max_examples=15, deadline=None, derandomize=True, database=None)
def test_vc_api_keeps_to_its_contract(case: AnyCase) -> None:
    aim(case, KNOWN)

    case.call_and_validate()
