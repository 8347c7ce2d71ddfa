"""Status lists: our own, with what was signed of them, and what is remembered of those of others."""

import datetime as dt

import msgspec

from gateway.records import Instant


class StatusList(msgspec.Struct, frozen=True, kw_only=True):
    """A list of status bits and its latest signed version.

    Attributes:
        bits: Most significant bit of each byte first; ``length`` entries.
        version: Rises with every change of a bit.
        signed: The signed status list credential as served; b"" before the first signing.
        token: The same list as a signed status list token, compact JWS; b"" where ``signed`` is from before there were
            any.
        signed_version: The ``version`` that both show.
    """

    id: str
    platform: str
    purpose: str
    length: int
    bits: bytes
    version: int
    signed: bytes = b""
    token: bytes = b""
    signed_version: int = -1
    valid_from: Instant | None = None
    valid_until: Instant | None = None


LIST_AHEAD = dt.timedelta(seconds=30)
"""How far a list may start ahead of the clock, so that it starts after the one before."""


class SeenList(msgspec.Struct, frozen=True, kw_only=True):
    """Of somebody's status list, only what tells an older version from a newer one.

    Attributes:
        list_sha256: Digest of its issuer, its address and its purpose, 32 bytes.
        signed: When its issuer says that it made this version.
        entries_set: How many of its bits are set.
        bits_sha256: Digest of its bits, 32 bytes.
    """

    list_sha256: bytes
    signed: Instant
    entries_set: int
    bits_sha256: bytes
