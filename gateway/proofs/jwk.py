"""Public JSON Web Keys (RFC 7517, 7518, 8037) and their thumbprints (RFC 7638), strict.

A key that is private, weak, off its curve, or spelled in a second way is refused rather than mended.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gateway.proofs import base64url
from gateway.proofs.errors import KeyUnusable, ProofError
from gateway.proofs.signatures import PublicKey, algorithms

_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_CURVES: Mapping[str, tuple[ec.EllipticCurve, int]] = {
    "P-256": (ec.SECP256R1(), 32),
    "P-384": (ec.SECP384R1(), 48),
}
_EXPONENTS = range(3, 2**32, 2)
# Moduli of one vendor's keys (CVE-2017-15361) are powers of 65537 modulo every small prime; others are not.
_ROCA_PRIMES = tuple(n for n in range(3, 168, 2) if all(n % p for p in range(3, n, 2)))
_ROCA_GROUPS = {p: {pow(65537, exponent, p) for exponent in range(p)} for p in _ROCA_PRIMES}


def public_key(jwk: Mapping[str, Any]) -> PublicKey:
    """Read a public key.

    Members that say what the key is for are looked at by ``allowed``; others (``x5c``, ``x5u``) are ignored.

    Raises:
        KeyUnusable: Private members, another type or curve, a malformed member, or a weak key.
    """
    if present := _PRIVATE & jwk.keys():
        raise KeyUnusable(f"a public key has no member {min(present)}")
    match jwk.get("kty"), jwk.get("crv"):
        case "OKP", "Ed25519":
            key: PublicKey = _ed25519(_bytes(jwk, "x", 32))
        case "EC", str(curve) if curve in _CURVES:
            key = _point(jwk, *_CURVES[curve])
        case "RSA", _:
            key = _rsa(_integer(jwk, "n"), _integer(jwk, "e"))
        case kty, curve:
            raise KeyUnusable(f"keys of type {kty!r}, curve {curve!r} are not used here")
    algorithms(key)
    return key


def allowed(jwk: Mapping[str, Any]) -> frozenset[str]:
    """Return the algorithms a key may verify by its type, ``alg``, ``use`` and ``key_ops``.

    Raises:
        KeyUnusable: As ``public_key``; or the key is not for verifying, or names an algorithm of another type.
    """
    names = algorithms(public_key(jwk))
    operations = jwk.get("key_ops", ["verify"])
    if jwk.get("use", "sig") != "sig" or not isinstance(operations, list) or "verify" not in operations:
        raise KeyUnusable("the key is not for verifying signatures")
    if (alg := jwk.get("alg")) is None:
        return names
    if not isinstance(alg, str) or alg not in names:
        raise KeyUnusable(f"the algorithm {alg!r} does not go with the key")
    # EdDSA is the old name, Ed25519 the one that says it all (RFC 9864).
    return names if alg in {"EdDSA", "Ed25519"} else frozenset({alg})


def public_jwk(key: PublicKey) -> dict[str, str]:
    """Return the required members of a key, in the order of RFC 7638 section 3.3."""
    algorithms(key)
    match key:
        case Ed25519PublicKey():
            x = key.public_bytes(Encoding.Raw, PublicFormat.Raw)
            return {"crv": "Ed25519", "kty": "OKP", "x": base64url.encode(x)}
        case ec.EllipticCurvePublicKey():
            size = key.key_size // 8
            point = key.public_numbers()
            x, y = point.x.to_bytes(size), point.y.to_bytes(size)
            crv = f"P-{key.key_size}"
            return {"crv": crv, "kty": "EC", "x": base64url.encode(x), "y": base64url.encode(y)}
        case rsa.RSAPublicKey():
            numbers = key.public_numbers()
            return {"e": _unsigned(numbers.e), "kty": "RSA", "n": _unsigned(numbers.n)}


def thumbprint(key: PublicKey) -> str:
    """Return the RFC 7638 thumbprint: base64url of SHA-256."""
    members = json.dumps(public_jwk(key), separators=(",", ":")).encode()
    return base64url.encode(hashlib.sha256(members).digest())


def _ed25519(x: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(x)


def _point(jwk: Mapping[str, Any], curve: ec.EllipticCurve, size: int) -> ec.EllipticCurvePublicKey:
    x, y = _bytes(jwk, "x", size), _bytes(jwk, "y", size)
    try:
        return ec.EllipticCurvePublicNumbers(int.from_bytes(x), int.from_bytes(y), curve).public_key()
    except ValueError as error:
        raise KeyUnusable("the point is not on the curve") from error


def _rsa(n: int, e: int) -> rsa.RSAPublicKey:
    if n % 2 == 0:
        raise KeyUnusable("the modulus is even")
    if e not in _EXPONENTS:
        raise KeyUnusable("the public exponent is not an odd number from 3 to 2^32")
    if all(n % p in group for p, group in _ROCA_GROUPS.items()):
        raise KeyUnusable("the modulus has the weakness CVE-2017-15361 (ROCA)")
    try:
        return rsa.RSAPublicNumbers(e, n).public_key()
    except ValueError as error:
        raise KeyUnusable("the modulus is not one of an RSA key") from error


def _bytes(jwk: Mapping[str, Any], name: str, size: int | None = None) -> bytes:
    text = jwk.get(name)
    if not isinstance(text, str):
        raise KeyUnusable(f"the member {name} is missing or not text")
    try:
        data = base64url.decode(text)
    except ProofError as error:
        raise KeyUnusable(f"the member {name} {error.reason}") from error
    if size is not None and len(data) != size:
        raise KeyUnusable(f"the member {name} is {len(data)} bytes, not {size}")
    return data


def _integer(jwk: Mapping[str, Any], name: str) -> int:
    data = _bytes(jwk, name)
    if not data or data[0] == 0:
        raise KeyUnusable(f"the member {name} is not the least number of bytes (RFC 7518 section 2)")
    return int.from_bytes(data)


def _unsigned(number: int) -> str:
    return base64url.encode(number.to_bytes((number.bit_length() + 7) // 8))
