"""What is asked of the keys that seal: a key, and a certificate that says whose it is."""

import datetime as dt
from typing import Protocol

from adapters.hub.contract import LegalIdentity
from gateway.records import Algorithm, KeyState, PublicKey


class SealKeys(Protocol):
    """The seal keys of a platform; they have any algorithm, and of all together one is active."""

    async def sealing(self, platform: str) -> PublicKey | None:
        """Return the active seal key with its certificate; None when there is none."""

    async def certify(
        self, platform: str, owner: LegalIdentity, algorithm: Algorithm, at: dt.datetime, *, replacing: str = ""
    ) -> PublicKey:
        """Make a key, and sign a certificate for it with itself; return it.

        Args:
            replacing: Id of the active key that is to be retired, "" for none. Where another one is active by now,
                nothing is made and that one is returned.
        """

    async def take(self, platform: str, material: bytes, passphrase: str, at: dt.datetime) -> PublicKey:
        """Keep an imported key with its certificate, retire the active one, and return it.

        Of the active key itself, a new certificate is kept in the place of the one before.

        Args:
            material: PEM, or PKCS#12.

        Raises:
            SealUnusable: No key with a certificate is in it that can seal, or the key is there already and not active.
        """


class OwnSeals(Protocol):
    """Which seals are of this gateway's own making, whichever of its platforms they are of."""

    async def seal_state(self, key_id: str) -> KeyState | None:
        """Return the state of the seal key with this id (RFC 7638 thumbprint); None when it is none of ours."""


class SealPlatforms(Protocol):
    """Whose seals ours are."""

    async def seal_platform(self, key_id: str) -> str | None:
        """Return the id of the platform whose seal key has this id (RFC 7638 thumbprint); None when none of ours is."""
