"""Is the gateway able to work? Store, cache, and a test signature that our own verifier accepts."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import msgspec

from gateway.errors import GatewayError
from gateway.flows.seal import SealBroken
from gateway.ports import Cache, Health, Keys, Signer
from gateway.proofs.errors import ProofError
from gateway.proofs.signatures import public_key, verify_signature
from gateway.records import Algorithm, Purpose


class Readiness(msgspec.Struct, frozen=True):
    """``ok`` or the reason, for each part that work depends on."""

    ready: bool
    store: str
    cache: str
    signer: str


@dataclass(frozen=True, slots=True)
class CheckHealth:
    """Nothing to the state of every part."""

    store: Health
    cache: Cache
    keys: Keys
    signer: Signer
    platform: str

    async def __call__(self) -> Readiness:
        """Try each part once."""
        store = await self._tried(self.store.ping)
        cache = await self._tried(self.cache.ping)
        signer = await self._tried(self._signs)
        return Readiness(ready=store == cache == signer == "ok", store=store, cache=cache, signer=signer)

    async def _tried(self, part: Callable[[], Awaitable[None]]) -> str:
        try:
            await part()
        except GatewayError as error:
            return error.code
        return "ok"

    async def _signs(self) -> None:
        key = await self.keys.active(self.platform, Purpose.RECEIPT, Algorithm.EDDSA)
        message = b"readiness"
        signature = await self.signer.sign(key.id, message)
        try:
            verify_signature(public_key(key.spki), key.algorithm, message, signature)
        except ProofError as error:
            raise SealBroken(error.reason) from error
