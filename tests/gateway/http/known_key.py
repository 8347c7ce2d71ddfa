"""An API key that schemathesis knows of every gateway that is made for it."""

from hashlib import sha256
from typing import Any  # Any: values that schemathesis makes up

import schemathesis

from gateway.assembly.whole import Gateway
from gateway.flows.convert import Caller
from gateway.flows.key_text import LIVE, SECRET_CHARACTERS, checksum
from gateway.records import ApiKey
from gateway.records.access import EVERY_SCOPE
from gateway.records.tenants import DEFAULT_PLATFORM

_SECRET = LIVE + "0" * SECRET_CHARACTERS
KEY = _SECRET + checksum(_SECRET)
HOLDER = Caller(DEFAULT_PLATFORM, "00000000-0000-4000-8000-000000000001")


async def make_known(gateway: Gateway) -> None:
    """Make the key, which may do everything."""
    await gateway.tenancy.make_key.api_keys.make(
        ApiKey(
            id=HOLDER.holder,
            platform=DEFAULT_PLATFORM,
            prefix=KEY[:13],
            sha256=sha256(KEY.encode()).digest(),
            created=gateway.clock(),
            scopes=EVERY_SCOPE,
        ),
        "these tests",
    )


class ShowsKey:
    """Shows the API key with every request; for ``schema.auth()``."""

    def get(self, case: schemathesis.Case[Any], context: schemathesis.AuthContext) -> str:
        """The key."""
        del case, context
        return KEY

    def set(self, case: schemathesis.Case[Any], data: str, context: schemathesis.AuthContext) -> None:
        """Put it where the contract says."""
        del context
        case.headers["Authorization"] = f"Bearer {data}"
