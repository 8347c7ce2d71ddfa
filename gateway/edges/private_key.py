"""One private key as it stands in a file: made, encrypted under a passphrase, opened, used."""

import datetime as dt
import secrets
from typing import TypeAlias

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from gateway.edges.database import micros
from gateway.errors import Misconfigured
from gateway.proofs.jwk import thumbprint
from gateway.records import Algorithm, KeyState, PublicKey, Purpose
from gateway.records.seals import SealCertificate

PrivateKey: TypeAlias = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey

RSA_BITS = 2048
P256_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 16
# RFC 7914 section 2; 32 MiB and about 0.1 s, once for each key that a process uses.
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**15, 8, 1


class KeyFile(msgspec.Struct, frozen=True, kw_only=True):
    """The content of a key's file, as JSON.

    Attributes:
        private: DER PKCS#8; with a salt: 12 bytes of nonce and the AES-256-GCM of it.
        salt: Makes the key for that out of the passphrase, by scrypt; b"" when there is no passphrase.
    """

    public: PublicKey
    private: bytes
    salt: bytes = b""

    def __repr__(self) -> str:
        return f"KeyFile({self.public!r})"


def made(platform: str, purpose: Purpose, algorithm: Algorithm, at: dt.datetime, passphrase: str) -> KeyFile:
    """Make an active key."""
    return kept(generated(algorithm), platform, purpose, algorithm, at, passphrase)


def kept(
    private: PrivateKey,
    platform: str,
    purpose: Purpose,
    algorithm: Algorithm,
    at: dt.datetime,
    passphrase: str,
    certificate: SealCertificate | None = None,
) -> KeyFile:
    """An active key as it is kept; ``certificate`` is that of a seal key."""
    public = PublicKey(
        id=thumbprint(private.public_key()),
        platform=platform,
        purpose=purpose,
        algorithm=algorithm,
        state=KeyState.ACTIVE,
        spki=private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        created=at,
        certificate=certificate,
    )
    pkcs8 = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return encrypted(KeyFile(public=public, private=pkcs8), passphrase)


def encrypted(plain: KeyFile, passphrase: str) -> KeyFile:
    """Encrypt a key that is not, if there is a passphrase."""
    if not passphrase:
        return plain
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    sealed = AESGCM(_stretched(passphrase, salt)).encrypt(nonce, plain.private, _bound(plain.public))
    return KeyFile(public=plain.public, private=nonce + sealed, salt=salt)


def opened(file: KeyFile, passphrase: str) -> PrivateKey:
    """Return the private key.

    Raises:
        Misconfigured: Another passphrase, none, or not the key that the file names.
    """
    if file.salt and not passphrase:
        raise Misconfigured(
            "the signing keys are encrypted, and no passphrase is set",
            pointer="GATEWAY_KEY_PASSPHRASE",
            fix="set GATEWAY_KEY_PASSPHRASE to the passphrase that they were encrypted with",
        )
    private = load_der_private_key(_decrypted(file, passphrase) if file.salt else file.private, None)
    if not isinstance(private, PrivateKey) or thumbprint(private.public_key()) != file.public.id:
        raise Misconfigured(
            f"the private key in the file of {file.public.id} is another one",
            fix="restore the file from a backup, or move it away",
        )
    return private


def signature(private: PrivateKey, message: bytes) -> bytes:
    """Sign: the same message always gives the same bytes.

    Source: RFC 8032; RFC 6979 with r||s as in RFC 7518 section 3.4; RFC 8017 section 8.2.
    """
    match private:
        case ed25519.Ed25519PrivateKey():
            return private.sign(message)
        case ec.EllipticCurvePrivateKey():
            der = private.sign(message, ec.ECDSA(SHA256(), deterministic_signing=True))
            r, s = decode_dss_signature(der)
            return r.to_bytes(P256_BYTES) + s.to_bytes(P256_BYTES)
        case rsa.RSAPrivateKey():
            return private.sign(message, padding.PKCS1v15(), SHA256())


def generated(algorithm: Algorithm) -> PrivateKey:
    """Make a private key. RSA takes a tenth of a second or several."""
    match algorithm:
        case Algorithm.EDDSA:
            return ed25519.Ed25519PrivateKey.generate()
        case Algorithm.ES256:
            return ec.generate_private_key(ec.SECP256R1())
        case Algorithm.RS256:
            return rsa.generate_private_key(65537, RSA_BITS)


def _decrypted(file: KeyFile, passphrase: str) -> bytes:
    nonce, sealed = file.private[:NONCE_BYTES], file.private[NONCE_BYTES:]
    try:
        return AESGCM(_stretched(passphrase, file.salt)).decrypt(nonce, sealed, _bound(file.public))
    except InvalidTag:
        raise Misconfigured(
            f"the passphrase does not open key {file.public.id}",
            pointer="GATEWAY_KEY_PASSPHRASE",
            fix="set GATEWAY_KEY_PASSPHRASE to the passphrase that the keys were encrypted with",
        ) from None


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P).derive(passphrase.encode())


def _bound(public: PublicKey) -> bytes:
    """What may not change without the passphrase: whose key it is, what it may sign, and since when."""
    return msgspec.json.encode((public.id, public.platform, public.purpose, public.algorithm, micros(public.created)))
