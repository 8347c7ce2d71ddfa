"""The keys that a platform signs with: list them, put a new one in the place of one, import one that seals."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from gateway.errors import Misconfigured
from gateway.flows.certify import Certify
from gateway.ports import Clock, Keys
from gateway.ports.seals import SealKeys
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
    certify: Certify

    async def __call__(self, platform: str, purpose: Purpose, algorithm: Algorithm, actor: str) -> PublicKey:
        """Make a new active key.

        Keys are in files and not in the store, so the entry in the audit trail follows: a crash between the two
        leaves a key that nobody is said to have made.

        Raises:
            Misconfigured: In development the issuer is the key itself.
            SealUnusable: The algorithm does not seal, or the key that seals was imported.
            NoSealIdentifier: It is to seal, and nobody has said under which identifier the platform is known.
        """
        if self.development:
            raise Misconfigured(
                "in development the issuer is the key itself (did:key), so it cannot be rotated",
                pointer="GATEWAY_PUBLIC_URL",
                fix="set GATEWAY_PUBLIC_URL to an https origin",
            )
        now = self.clock()
        made = await self._made(platform, purpose, algorithm, now)
        await self.trail.note(platform, actor, f"signing-key.rotated {purpose} {algorithm}", made.id, now)
        return made

    async def _made(self, platform: str, purpose: Purpose, algorithm: Algorithm, now: dt.datetime) -> PublicKey:
        if purpose is not Purpose.SEAL:
            return await self.keys.rotate(platform, purpose, algorithm, now)
        return (await self.certify(platform, now, renew=algorithm)).key


@dataclass(frozen=True, slots=True)
class ImportSeal:
    """A file with a key and its certificate to what a platform seals with from now on."""

    clock: Clock
    seals: SealKeys
    trail: AuditTrail

    async def __call__(self, platform: str, material: bytes, passphrase: str, actor: str) -> PublicKey:
        """Keep the key; the one before is retired, and what it sealed stays intact.

        Args:
            material: PKCS#12, or PEM with the key and its certificates.
            passphrase: Of that file; "" for none.

        Raises:
            SealUnusable: There is nothing in it that can seal.
        """
        now = self.clock()
        kept = await self.seals.take(platform, material, passphrase, now)
        await self.trail.note(platform, actor, f"seal-key.imported {kept.algorithm}", kept.id, now)
        return kept
