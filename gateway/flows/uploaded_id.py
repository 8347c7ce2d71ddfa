"""By what an uploaded credential is found again whatever its bytes: the id that its platform gave it."""

import hmac

import msgspec

UPLOADS = "uploads"
"""The purpose of the secret by which uploads are found."""


def uploaded_id(secret: bytes, platform: str, id_: str) -> bytes:
    """Keyed, so that whoever reads the store cannot tell which credentials are in it; 32 bytes."""
    return hmac.digest(secret, msgspec.msgpack.encode(("uploaded id", platform, id_)), "sha256")
