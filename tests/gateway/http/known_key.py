"""What schemathesis knows of every gateway that is made for it: an API key, and what is there."""

from collections.abc import Mapping
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


def aim(case: schemathesis.Case[Any], known: Mapping[str, str]) -> None:
    """Ask for something that is there, half of the times that the contract allows what was made up.

    Args:
        known: What is there, by the names of path parameters.
    """
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    made_up = "".join(map(str, case.path_parameters.values()))
    if sum(made_up.encode(errors="replace")) % 2:
        case.path_parameters.update({name: known[name] for name in case.path_parameters if name in known})
