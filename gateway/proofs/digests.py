"""Digests by which a credential fixes what stands at an address: ``digestSRI`` and ``digestMultibase``.

Sources: VCDM 2.0 sections 5.3 and B.3; W3C Subresource Integrity section 3.5 (metadata syntax) and 3.3.3 (the
strongest algorithm counts); the multihash table for sha2-256, sha2-384 and sha2-512.
"""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final  # Any: a JSON value

import msgspec

from gateway.proofs import base64url, multikey
from gateway.proofs.errors import ProofError

_SRI: Final = re.compile(r"(?P<algorithm>[a-z0-9]+)-(?P<value>[A-Za-z0-9+/_-]+={0,2})(?:\?[!-~]*)?")
_LENGTHS: Final = {"sha256": 32, "sha384": 48, "sha512": 64}
"""Bytes of a digest; the algorithms in rising strength."""

_MULTIHASH: Final = {0x12: "sha256", 0x20: "sha384", 0x13: "sha512"}
_MOST = 16
_EXAMPLE = '"digestSRI": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="'


class Digest(msgspec.Struct, frozen=True):
    """A digest that can be recomputed: ``sha256``, ``sha384`` or ``sha512``, and its raw bytes."""

    algorithm: str
    value: bytes

    def matches(self, data: bytes) -> bool:
        """Whether it is the digest of these bytes."""
        return hashlib.new(self.algorithm, data).digest() == self.value


class Promise(msgspec.Struct, frozen=True):
    """What one member promises of a resource: that one of these is its digest; empty for unknown algorithms alone."""

    digests: tuple[Digest, ...]

    def kept(self, data: bytes) -> bool:
        """Whether a resource of these bytes keeps it."""
        return any(digest.matches(data) for digest in self.digests)


def promises(resource: Mapping[str, Any]) -> tuple[Promise, ...]:
    """Read both members of an object, as far as it has them; each promise has to be kept.

    Of ``digestSRI`` the strongest algorithm counts, and any one of its digests; of several ``digestMultibase`` any one.

    Raises:
        ProofError: One of them is not written as the specification says.
    """
    found = []
    if "digestSRI" in resource:
        read = [digest for text in _texts(resource, "digestSRI") for digest in _sri(text)]
        strongest = max((_rank(digest) for digest in read), default=0)
        found.append(Promise(tuple(digest for digest in read if _rank(digest) == strongest)))
    if "digestMultibase" in resource:
        found.append(Promise(tuple(d for text in _texts(resource, "digestMultibase") for d in _multibase(text))))
    return tuple(found)


def _rank(digest: Digest) -> int:
    return list(_LENGTHS).index(digest.algorithm)


def _texts(resource: Mapping[str, Any], member: str) -> list[str]:
    given = resource[member]
    texts = given if isinstance(given, list) else [given]
    if not texts or len(texts) > _MOST or not all(isinstance(text, str) for text in texts):
        raise ProofError(f"{member} is neither a digest nor a list of some", fix=f"Write {_EXAMPLE}.")
    return texts


def _sri(text: str) -> Iterator[Digest]:
    parts = text.split()
    if not parts or len(parts) > _MOST:
        raise ProofError(f"digestSRI holds {len(parts)} digests", fix=f"Write {_EXAMPLE}.")
    for part in parts:
        found = _SRI.fullmatch(part)
        if found is None:
            raise ProofError(f"digestSRI is no integrity metadata: {part[:80]}", fix=f"Write {_EXAMPLE}.")
        if (algorithm := found["algorithm"]) in _LENGTHS:
            yield _checked("digestSRI", algorithm, _base64(found["value"]))


def _base64(text: str) -> bytes:
    standard = text.rstrip("=").translate(str.maketrans("-_", "+/"))
    try:
        return base64.b64decode(standard + "=" * (-len(standard) % 4), validate=True)
    except ValueError as error:
        raise ProofError("digestSRI is no base64", fix=f"Write {_EXAMPLE}.") from error


def _multibase(text: str) -> Iterator[Digest]:
    try:
        raw = base64url.decode(text[1:]) if text.startswith("u") else multikey.decode_base58btc(text)
    except ProofError as error:
        fix = "Write u and base64url, or z and base58btc, of the multihash."
        raise ProofError("digestMultibase is no multibase of base64url or base58btc", fix=fix) from error
    code, length, value = raw[:1], raw[1:2], raw[2:]
    if not code or not length or length[0] != len(value):
        raise ProofError("digestMultibase holds no multihash", fix=f"Write {_EXAMPLE}.")
    if (algorithm := _MULTIHASH.get(code[0])) is not None:
        yield _checked("digestMultibase", algorithm, value)


def _checked(member: str, algorithm: str, value: bytes) -> Digest:
    if len(value) != _LENGTHS[algorithm]:
        reason = f"{member} has {len(value)} bytes, a {algorithm} has {_LENGTHS[algorithm]}"
        raise ProofError(reason, fix=f"Write {_EXAMPLE}.")
    return Digest(algorithm, value)
