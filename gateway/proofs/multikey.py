"""Public keys as text and as DIDs: multibase, multicodec, Multikey, did:key and did:jwk.

Sources: W3C Controlled Identifiers v1.0 sections 2.2.2 and 2.4; did:key v0.9; did:jwk.
"""

from typing import Any, Final  # Any: members of JSON objects

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from adapters.hub import strict_json
from adapters.hub.errors import AdapterError
from gateway.proofs import base64url, jwk
from gateway.proofs.errors import KeyUnusable, ProofError
from gateway.proofs.signatures import PublicKey, algorithms

_DID_KEY: Final = "did:key:"
_DID_JWK: Final = "did:jwk:"
_ALPHABET: Final = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_DIGIT: Final = {letter: value for value, letter in enumerate(_ALPHABET)}
# Decoding takes time quadratic in the length; the longest that is read here is a signature of 96 bytes.
_MAX_CHARS: Final = 256

# Multicodec prefixes, as varints: ed25519-pub 0xed, p256-pub 0x1200, p384-pub 0x1201.
_ED25519: Final = b"\xed\x01"
_CURVES: Final[dict[bytes, tuple[ec.EllipticCurve, int]]] = {
    b"\x80\x24": (ec.SECP256R1(), 33),
    b"\x81\x24": (ec.SECP384R1(), 49),
}


def base58btc(data: bytes) -> str:
    """Return multibase text: ``z`` and base58btc."""
    zeros = len(data) - len(data.lstrip(b"\0"))
    number = int.from_bytes(data)
    digits = []
    while number:
        number, digit = divmod(number, 58)
        digits.append(_ALPHABET[digit])
    return "z" + "1" * zeros + "".join(reversed(digits))


def decode_base58btc(text: str) -> bytes:
    """Return the bytes of multibase text that begins with ``z``.

    Raises:
        ProofError: Another base, another alphabet, or more than 256 characters.
    """
    if not text.startswith("z") or len(text) > _MAX_CHARS:
        raise ProofError(f"is not multibase base58btc (z...) of at most {_MAX_CHARS} characters")
    body = text[1:]
    number = 0
    for letter in body:
        if (digit := _DIGIT.get(letter)) is None:
            raise ProofError("holds characters outside base58btc")
        number = number * 58 + digit
    zeros = len(body) - len(body.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)


def encode(key: PublicKey) -> str:
    """Return ``publicKeyMultibase`` of a key.

    Raises:
        KeyUnusable: An RSA key: Multikey has none.
    """
    match key:
        case Ed25519PublicKey():
            return base58btc(_ED25519 + key.public_bytes(Encoding.Raw, PublicFormat.Raw))
        case ec.EllipticCurvePublicKey():
            point = key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
            for prefix, (curve, _) in _CURVES.items():
                if key.curve.name == curve.name:
                    return base58btc(prefix + point)
        case rsa.RSAPublicKey():
            pass
    raise KeyUnusable("Multikey holds Ed25519, P-256 and P-384 keys here")


def decode(text: str) -> PublicKey:
    """Return the key of a ``publicKeyMultibase``.

    Raises:
        KeyUnusable: Not multibase base58btc, another kind of key, a malformed one, or a weak one.
    """
    try:
        data = decode_base58btc(text)
    except ProofError as error:
        raise KeyUnusable(f"the key {error.reason}") from error
    key = _read(data[:2], data[2:])
    algorithms(key)
    return key


def _read(prefix: bytes, raw: bytes) -> PublicKey:
    try:
        if prefix == _ED25519:
            return Ed25519PublicKey.from_public_bytes(raw)
        if prefix in _CURVES and len(raw) == _CURVES[prefix][1]:
            return ec.EllipticCurvePublicKey.from_encoded_point(_CURVES[prefix][0], raw)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyUnusable("the key is malformed") from error
    raise KeyUnusable(f"keys with the multicodec prefix {prefix.hex()} and {len(raw)} bytes are not used here")


def did_key(key: PublicKey) -> str:
    """Return the did:key of a key; its one verification method is ``{did}#{did without did:key:}``."""
    return f"{_DID_KEY}{encode(key)}"


def from_did(did: str) -> PublicKey:
    """Return the key that a did:key or did:jwk is; raises as ``verifying``."""
    return verifying(did)[0]


def verifying(did: str) -> tuple[PublicKey, frozenset[str]]:
    """Return the key that a did:key or did:jwk is, and the algorithms it may verify.

    Args:
        did: With or without the fragment of its verification method.

    Raises:
        KeyUnusable: Another method, a fragment that is not the key's own, a malformed key, or one that says of itself
            that it is not for verifying, or for an algorithm that it does not go with.
    """
    members = jwk_of(did)
    if members is not None:
        return jwk.public_key(members), jwk.allowed(members)
    base, hash_sign, fragment = did.partition("#")
    body = base.removeprefix(_DID_KEY)
    if body == base or (hash_sign and fragment != body):
        raise KeyUnusable(f"{did} is not the key of a did:key or did:jwk")
    key = decode(body)
    return key, algorithms(key)


def jwk_of(did: str) -> dict[str, Any] | None:
    """Return the JSON Web Key that a did:jwk spells out, with or without the fragment ``#0``; None of anything else.

    Raises:
        KeyUnusable: It spells none.
    """
    base, hash_sign, fragment = did.partition("#")
    body = base.removeprefix(_DID_JWK)
    if body == base or (hash_sign and fragment != "0"):
        return None
    try:
        members = strict_json.decode(base64url.decode(body))
    except (ProofError, AdapterError) as error:
        raise KeyUnusable(f"the did:jwk does not hold a key: {error}") from error
    if not isinstance(members, dict):
        raise KeyUnusable("the did:jwk does not hold a key")
    return members
