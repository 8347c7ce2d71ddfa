"""Requests made up from the contract of the Europass-style endpoints: the gateway keeps its word there too."""

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
from gateway.settings import Settings
from tests.gateway.http.conftest import PUBLIC_URL
from tests.gateway.http.europass.uploads import LEARNER, upload
from tests.gateway.http.known_key import HOLDER, ShowsKey, aim, make_known
from tests.laundering.sources import World
from tests.simulators.clock import SimulatedClock
from tests.simulators.reopened import Reopened

AnyCase = schemathesis.Case[Any]

REAL: dict[str, dict[str, str]] = {}
"""Path parameters, by path, behind which there is something."""

NO_CREDENTIAL = ["2xx", "3xx", "400", "404", "409", "410", "413", "415", "422"]
"""What is said to a request that fits the schema and holds no credential, or names nothing."""

NO_REQUEST = ["2xx", "400", "401", "403", "404", "405", "413", "415", "422"]
"""What is said to one that breaks the contract; parameters that nobody knows are not looked at."""

CONFIG = SchemathesisConfig.from_dict(
    {
        "seed": 1,
        "generation": {"mode": "all", "allow-x00": True},
        "checks": {
            "positive_data_acceptance": {"expected-statuses": NO_CREDENTIAL},
            "negative_data_rejection": {"expected-statuses": NO_REQUEST},
        },
    }
)
SETTINGS = Settings(
    public_url=PUBLIC_URL,
    public_requests_per_minute=10**9,
    key_requests_per_minute=10**9,
    platform_requests_per_minute=10**9,
    seal_organisation_id="NTRFR-123456789",
)


@asynccontextmanager
async def _opened() -> AsyncIterator[Gateway]:
    """A gateway with one deposit, a link to it, and a key that is known here."""
    with tempfile.TemporaryDirectory() as folder:
        chosen, clock = msgspec.structs.replace(SETTINGS, data_dir=Path(folder)), SimulatedClock()
        async with assembled(chosen, web=World().web, clock=clock) as gateway:
            await make_known(gateway)
            sent = await gateway.europass.seal_and_send(upload(LEARNER), HOLDER, mail=False, language="en")
            ids = {"user_id": sent.deposit.wallet, "uuid": sent.deposit.id, "user_email": LEARNER}
            known = {**ids, "share_hash": sent.viewer_url.rpartition("/")[2]}
            REAL.update({path: known for path in DOCUMENT["paths"] if "{" in path})
            yield gateway


DOCUMENT: dict[str, Any] = msgspec.json.decode(document("europass.json"))
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT, config=CONFIG)
SCHEMA.app = create_app(SETTINGS, opened=Reopened(_opened))
SCHEMA.auth()(ShowsKey)


@pytest.mark.slow
@SCHEMA.parametrize()
@settings(max_examples=15, deadline=None, derandomize=True, database=None)
def test_the_europass_endpoints_keep_to_their_contract(case: AnyCase) -> None:
    aim(case, REAL.get(case.operation.path, {}))

    case.call_and_validate()
