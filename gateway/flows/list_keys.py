"""Every public key of ours as a JWK Set, for ``/.well-known/jwks.json``."""

from dataclasses import dataclass
from typing import Any

from gateway.flows.identify import Identities
from gateway.issuing.documents import published_jwk
from gateway.ports import Keys, Platforms
from gateway.records import KeyState


@dataclass(frozen=True, slots=True)
class ListKeys:
    """Nothing to the keys of all platforms."""

    platforms: Platforms
    identities: Identities
    keys: Keys

    async def __call__(self) -> list[dict[str, Any]]:
        """Return the JWKs; ``kid`` is the name that proofs and tokens use."""
        found: list[dict[str, Any]] = []
        for platform in await self.platforms.all():
            identity = await self.identities(platform.id)
            keys = await self.keys.all(platform.id)
            shown = (key for key in keys if key.purpose.is_published and key.state is not KeyState.REVOKED)
            found += [published_jwk(identity, key) for key in shown]
        return found
