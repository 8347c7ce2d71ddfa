"""Signatures of Standard Webhooks: over id, time and body together, so that none can be exchanged.

Source: Standard Webhooks 1.0.0, sections "Signature scheme" and "Webhook headers", https://www.standardwebhooks.com
"""

import hmac
from base64 import b64encode

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gateway.proofs.signatures import public_key

SECRET_PREFIX = "whsec_"  # noqa: S105 - how secrets begin
PUBLIC_KEY_PREFIX = "whpk_"


def signed_content(message_id: str, timestamp_s: int, body: bytes) -> bytes:
    """What is signed: ``{id}.{timestamp}.{body}``.

    Args:
        message_id: Without a full stop, or one message could be read as another.
        timestamp_s: Seconds since 1970 of this attempt.
        body: Exactly as sent.
    """
    if "." in message_id:
        raise ValueError("the id of a message has a full stop in it")
    return f"{message_id}.{timestamp_s}.".encode() + body


def symmetric(secret: bytes, content: bytes) -> str:
    """The signature ``v1``: HMAC-SHA-256."""
    return "v1," + b64encode(hmac.digest(secret, content, "sha256")).decode()


def asymmetric(signature: bytes) -> str:
    """The signature ``v1a`` of an Ed25519 signature, 64 bytes."""
    return "v1a," + b64encode(signature).decode()


def serialised_secret(secret: bytes) -> str:
    """A secret as its owner is shown it."""
    return SECRET_PREFIX + b64encode(secret).decode()


def serialised_key(spki: bytes) -> str:
    """A public key as whoever verifies ``v1a`` is shown it.

    Args:
        spki: DER SubjectPublicKeyInfo of an Ed25519 key.
    """
    raw = public_key(spki).public_bytes(Encoding.Raw, PublicFormat.Raw)
    return PUBLIC_KEY_PREFIX + b64encode(raw).decode()
