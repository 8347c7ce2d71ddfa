"""base64url without padding, strict: exactly one text for each sequence of bytes (RFC 7515 section 2)."""

import base64
import binascii

from gateway.proofs.errors import ProofError


def encode(data: bytes) -> str:
    """Return the text, without padding."""
    return encoded(data).decode()


def encoded(data: bytes) -> bytes:
    """Return the text as ASCII."""
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def decode(text: str) -> bytes:
    """Return the bytes.

    Raises:
        ProofError: Padding, white space, another alphabet, unused bits that are not zero: a second spelling
            would make tokens malleable.
    """
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise ProofError("is not base64url") from error
    if encode(data) != text:
        raise ProofError("is not base64url in its one canonical spelling")
    return data
