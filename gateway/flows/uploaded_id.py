"""By what an uploaded credential is found again whatever its bytes: the id that its platform gave it."""

import hmac
from dataclasses import dataclass

import msgspec

from gateway.ports import Credentials
from gateway.records import Record

UPLOADS = "uploads"
"""The purpose of the secret by which uploads are found."""


def uploaded_id(secret: bytes, platform: str, id_: str) -> bytes:
    """Keyed, so that whoever reads the store cannot tell which credentials are in it; 32 bytes."""
    return hmac.digest(secret, msgspec.msgpack.encode(("uploaded id", platform, id_)), "sha256")


@dataclass(frozen=True, slots=True)
class KnownUploads:
    """A platform and the id of a credential to the record of what the platform uploaded under that id.

    Attributes:
        secret: By which uploads are found.
    """

    credentials: Credentials
    secret: bytes

    async def __call__(self, platform: str, id_: str) -> Record | None:
        """Return the record, which an answer that is being kept concerns then; None where there is none."""
        return await self.credentials.known(platform, uploaded_id(self.secret, platform, id_)) if id_ else None
