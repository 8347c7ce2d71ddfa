"""Every public key of ours as a JWK Set, for ``/.well-known/jwks.json``."""

from dataclasses import dataclass
from typing import Any

from adapters.hub.contract import Format
from gateway.flows.identify import Identities
from gateway.issuing.documents import jwk_set
from gateway.ports import Keys, Platforms


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
            for key in await self.keys.all(platform.id):
                issuer = identity.issuer_id(Format.OPEN_BADGES_3, key)
                found.extend(jwk_set(issuer, identity.method_of(key), [key]))
        return found
