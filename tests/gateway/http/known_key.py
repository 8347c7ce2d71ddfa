"""An API key that is the same in every gateway that is made."""

from hashlib import sha256

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
