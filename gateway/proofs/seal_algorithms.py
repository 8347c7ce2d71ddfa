"""Signature algorithms of seals: those of ``signatures`` with the longer hashes that certificates are used with.

Sources: RFC 7518 section 3; the list of ETSI TS 119 312 without those of DSA, and without any that takes a secret.
"""

from typing import Final, TypeAlias

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificatePublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from gateway.proofs.errors import KeyUnusable, ProofError
from gateway.proofs.signatures import MAX_RSA_BITS, MIN_RSA_BITS

SealPublicKey: TypeAlias = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


class _Algorithm(msgspec.Struct, frozen=True):
    hash: hashes.SHA256 | hashes.SHA384 | hashes.SHA512
    curve: type[ec.EllipticCurve] | None = None
    pss: bool = False


_ALGORITHMS: Final = {
    "RS256": _Algorithm(hashes.SHA256()),
    "RS384": _Algorithm(hashes.SHA384()),
    "RS512": _Algorithm(hashes.SHA512()),
    "PS256": _Algorithm(hashes.SHA256(), pss=True),
    "PS384": _Algorithm(hashes.SHA384(), pss=True),
    "PS512": _Algorithm(hashes.SHA512(), pss=True),
    "ES256": _Algorithm(hashes.SHA256(), curve=ec.SECP256R1),
    "ES384": _Algorithm(hashes.SHA384(), curve=ec.SECP384R1),
    "ES512": _Algorithm(hashes.SHA512(), curve=ec.SECP521R1),
}
ALGORITHMS: Final = frozenset(_ALGORITHMS)


def verify(key: CertificatePublicKeyTypes, alg: str, message: bytes, signature: bytes) -> None:
    """Return when the signature is of this message by this key.

    Args:
        key: Of the certificate.
        alg: One of ``ALGORITHMS``.
        message: What was signed, not hashed.
        signature: r||s of fixed length for ECDSA; modulus length for RSA.

    Raises:
        ProofError: It is not, the algorithm is not one of these, or does not go with the key.
        KeyUnusable: The key is too weak, too long or of another kind.
    """
    if alg not in _ALGORITHMS:
        raise ProofError(f"the algorithm {alg[:32]!r} is not one that seals are made with")
    used = _ALGORITHMS[alg]
    try:
        match key:
            case rsa.RSAPublicKey(key_size=bits) if used.curve is None:
                if not MIN_RSA_BITS <= bits <= MAX_RSA_BITS:
                    raise KeyUnusable(f"an RSA key of {bits} bits; those of {MIN_RSA_BITS} to {MAX_RSA_BITS} are taken")
                key.verify(signature, message, _padding(used), used.hash)
            case ec.EllipticCurvePublicKey(curve=curve) if used.curve and isinstance(curve, used.curve):
                key.verify(_dss(signature, (curve.key_size + 7) // 8), message, ec.ECDSA(used.hash))
            case _:
                raise ProofError(f"the algorithm {alg} does not go with the key of the certificate")
    except InvalidSignature as error:
        raise ProofError("the signature is not of these bytes by the key of the certificate") from error


def _padding(used: _Algorithm) -> padding.AsymmetricPadding:
    if used.pss:
        return padding.PSS(mgf=padding.MGF1(used.hash), salt_length=used.hash.digest_size)
    return padding.PKCS1v15()


def _dss(signature: bytes, size: int) -> bytes:
    if len(signature) != 2 * size:
        raise ProofError(f"an ECDSA signature on this curve is {2 * size} bytes, not {len(signature)}")
    return encode_dss_signature(int.from_bytes(signature[:size]), int.from_bytes(signature[size:]))
