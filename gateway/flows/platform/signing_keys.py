"""The keys that a platform signs with: list them, and put a new one in the place of one."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.errors import Misconfigured
from gateway.ports import Clock, Keys
from gateway.ports.tenants import AuditTrail
from gateway.records import Algorithm, PublicKey, Purpose


@dataclass(frozen=True, slots=True)
class ListSigningKeys:
    """A platform to the public halves of its keys."""

    keys: Keys

    async def __call__(self, platform: str) -> Sequence[PublicKey]:
        """Return every key in every state, oldest first."""
        return await self.keys.all(platform)


@dataclass(frozen=True, slots=True)
class RotateKey:
    """A purpose and an algorithm to a new key; the one before keeps verifying."""

    clock: Clock
    keys: Keys
    trail: AuditTrail
    development: bool

    async def __call__(self, platform: str, purpose: Purpose, algorithm: Algorithm, actor: str) -> PublicKey:
        """Make a new active key.

        Keys are in files and not in the store, so the entry in the audit trail follows: a crash between the two
        leaves a key that nobody is said to have made.

        Raises:
            Misconfigured: In development the issuer is the key itself.
        """
        if self.development:
            raise Misconfigured(
                "in development the issuer is the key itself (did:key), so it cannot be rotated",
                pointer="GATEWAY_PUBLIC_URL",
                fix="set GATEWAY_PUBLIC_URL to an https origin",
            )
        now = self.clock()
        made = await self.keys.rotate(platform, purpose, algorithm, now)
        await self.trail.note(platform, actor, f"signing-key.rotated {purpose} {algorithm}", made.id, now)
        return made
