"""The text of an API key: a prefix that scanners for leaked secrets know, a secret, and a checksum.

The shape is GitHub's (https://github.blog/engineering/behind-githubs-new-authentication-token-formats/): letters and
digits alone, so that a double click takes all of it, and a CRC-32 at the end, so that a typing mistake is told without
asking the store and a scanner has no false alarms.
"""

import secrets
import string
import zlib

LIVE, TEST = "bgk_live_", "bgk_test_"

SECRET_BYTES = 32
SECRET_CHARACTERS = 43
CHECKSUM_CHARACTERS = 6
SHOWN_SECRET_CHARACTERS = 4

_DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase


def new_key_text(*, test: bool) -> str:
    """A new key with 256 random bits."""
    number = int.from_bytes(secrets.token_bytes(SECRET_BYTES))
    text = (TEST if test else LIVE) + _base62(number, SECRET_CHARACTERS)
    return text + checksum(text)


def checksum(text: str) -> str:
    """The CRC-32 (as in zlib) of what stands before it, in six digits of base 62."""
    return _base62(zlib.crc32(text.encode()), CHECKSUM_CHARACTERS)


def intact(text: str) -> bool:
    """Whether it has the shape of a key, and its checksum is right."""
    return (
        text.isascii()
        and text.startswith((LIVE, TEST))
        and checksum(text[:-CHECKSUM_CHARACTERS]) == text[-CHECKSUM_CHARACTERS:]
    )


def shown_prefix(text: str) -> str:
    """The beginning, by which people tell their keys apart."""
    return text[: len(LIVE) + SHOWN_SECRET_CHARACTERS]


def _base62(number: int, length: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits.rjust(length, _DIGITS[0])
