"""Signature algorithms over bytes: which key each takes, and whether a signature is right.

Signing happens elsewhere (the ``Signer`` port): what is to be signed is bytes, and so is what comes back.

Sources: RFC 7518 section 3, RFC 8037, RFC 9864; FIPS 186-5.
"""

from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from gateway.proofs.errors import KeyUnusable, ProofError

PublicKey = Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey

MIN_RSA_BITS: Final = 2048
MAX_RSA_BITS: Final = 8192

_DIGESTS = {
    "ES256": hashes.SHA256(),
    "ES384": hashes.SHA384(),
    "RS256": hashes.SHA256(),
    "PS256": hashes.SHA256(),
}
_PADDINGS = {
    "RS256": padding.PKCS1v15(),
    "PS256": padding.PSS(mgf=padding.MGF1(hashes.SHA256()), salt_length=32),
}

_FIELD: Final = 2**255 - 19
_Y: Final = 2**255 - 1
"""The bits of an encoded point that are its y; the one above them is a sign."""
# The y of the eight points of Edwards25519 whose order divides 8: each stands for two points, of either sign.
_Y_OF_ORDER_8: Final = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_SMALL_ORDER: Final = frozenset({0, 1, _FIELD - 1, _Y_OF_ORDER_8, _FIELD - _Y_OF_ORDER_8})


def algorithms(key: PublicKey) -> frozenset[str]:
    """Return the JOSE names of the algorithms that take this key, and no others.

    Raises:
        KeyUnusable: A curve other than P-256 and P-384, an RSA key outside 2048 to 8192 bits, or a weak Ed25519 key.
    """
    match key:
        case Ed25519PublicKey():
            _sound(key)
            return frozenset({"EdDSA", "Ed25519"})
        case ec.EllipticCurvePublicKey(curve=ec.SECP256R1()):
            return frozenset({"ES256"})
        case ec.EllipticCurvePublicKey(curve=ec.SECP384R1()):
            return frozenset({"ES384"})
        case rsa.RSAPublicKey(key_size=bits) if MIN_RSA_BITS <= bits <= MAX_RSA_BITS:
            return frozenset({"RS256", "PS256"})
    raise KeyUnusable("keys are Ed25519, P-256, P-384, or RSA of 2048 to 8192 bits")


def public_key(spki: bytes) -> PublicKey:
    """Read a DER SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7), or a PEM of one.

    Raises:
        KeyUnusable: It is not one, or of a key that is not used here.
    """
    load = serialization.load_pem_public_key if spki.startswith(b"-----") else serialization.load_der_public_key
    try:
        key = load(spki)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise KeyUnusable("is not a SubjectPublicKeyInfo") from error
    if not isinstance(key, PublicKey):
        raise KeyUnusable("keys are Ed25519, P-256, P-384 or RSA")
    algorithms(key)
    return key


def verify_signature(key: PublicKey, alg: str, message: bytes, signature: bytes) -> None:
    """Return when the signature is of this message by this key.

    Args:
        key: Public key.
        alg: JOSE name: EdDSA, Ed25519, ES256, ES384, RS256, PS256. Must be one that takes this key.
        message: What was signed, not hashed.
        signature: 64 bytes for Ed25519; r||s of fixed length for ECDSA (not DER); modulus length for RSA.

    Raises:
        ProofError: It is not, or the algorithm does not go with the key.
        KeyUnusable: The key is too weak or of another kind.
    """
    if alg not in algorithms(key):
        raise ProofError(f"the algorithm {alg} does not go with the key")
    try:
        match key:
            case Ed25519PublicKey():
                key.verify(signature, message)
            case ec.EllipticCurvePublicKey():
                key.verify(_dss(signature, key.key_size // 8), message, ec.ECDSA(_DIGESTS[alg]))
            case rsa.RSAPublicKey():
                key.verify(signature, message, _PADDINGS[alg], _DIGESTS[alg])
    except InvalidSignature as error:
        raise ProofError("the signature is not of these bytes by this key") from error


def _sound(key: Ed25519PublicKey) -> None:
    """Refuse a point of small order, and one that is not written as its least number.

    Under a key of small order anybody can make signatures, and some of them are right for every message.

    Source: RFC 8032 sections 5.1.2 and 5.1.3; "Taming the many EdDSAs" (the 8 points and their 14 encodings).
    """
    y = int.from_bytes(key.public_bytes_raw(), "little") & _Y
    if y % _FIELD in _SMALL_ORDER:
        raise KeyUnusable("an Ed25519 key of small order is nobody's: anybody can sign with it")
    if y >= _FIELD:
        raise KeyUnusable("the Ed25519 key is not written in its one spelling (RFC 8032 section 5.1.3)")


def _dss(signature: bytes, size: int) -> bytes:
    """Turn r||s (RFC 7518 section 3.4) into the DER that cryptography takes."""
    if len(signature) != 2 * size:
        raise ProofError(f"an ECDSA signature is {2 * size} bytes, not {len(signature)}")
    return encode_dss_signature(int.from_bytes(signature[:size]), int.from_bytes(signature[size:]))
