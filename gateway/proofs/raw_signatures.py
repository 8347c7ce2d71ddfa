"""Signatures as Data Integrity proofs hold them: raw bytes in multibase base58btc, over a hash.

Sources: VC-DI-EdDSA 1.0 section 3.2.2; VC-DI-ECDSA 1.0 section 3.2.2 and its table of curves and hashes.
"""

from typing import Final

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from gateway.proofs.errors import ProofError
from gateway.proofs.multikey import decode_base58btc
from gateway.proofs.rdfc import HashName
from gateway.proofs.signatures import PublicKey, verify_signature

_ED25519_BYTES: Final = 64
_ECDSA: dict[str, tuple[HashName, str]] = {"secp256r1": ("sha256", "ES256"), "secp384r1": ("sha384", "ES384")}


def verify_ed25519(key: PublicKey, data: bytes, proof_value: str) -> None:
    """Return when ``proof_value`` is an Ed25519 signature of ``data``.

    Raises:
        ProofError: It is not, or it is not one of 64 bytes in base58btc, or the key is of another kind.
        KeyUnusable: The key is weak.
    """
    if not isinstance(key, Ed25519PublicKey):
        raise ProofError("the cryptosuite is signed with an Ed25519 key")
    signature = decode_base58btc(proof_value)
    if len(signature) != _ED25519_BYTES:
        raise ProofError(f"the signature is {len(signature)} bytes, not {_ED25519_BYTES}", pointer="/proofValue")
    verify_signature(key, "Ed25519", data, signature)


def ecdsa_hash(key: PublicKey) -> HashName:
    """Return the hash that goes with an ECDSA key: SHA-256 with P-256, SHA-384 with P-384.

    Raises:
        ProofError: The key is of another kind or curve.
    """
    return _ecdsa(key)[0]


def verify_ecdsa(key: PublicKey, data: bytes, proof_value: str) -> None:
    """Return when ``proof_value`` is an ECDSA signature of ``data``: r||s, 64 bytes with P-256 and 96 with P-384.

    Either of the two values of s is taken: the specification asks for no particular one, and signers use both.

    Raises:
        ProofError: It is not, or its length or base is another, or the key is of another kind or curve.
    """
    verify_signature(key, _ecdsa(key)[1], data, decode_base58btc(proof_value))


def _ecdsa(key: PublicKey) -> tuple[HashName, str]:
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name not in _ECDSA:
        raise ProofError("the cryptosuite is signed with an ECDSA key of P-256 or P-384")
    return _ECDSA[key.curve.name]
