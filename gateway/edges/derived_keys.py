"""Keys that are made of a secret and a name: for the issuers of tests, which sign nothing that counts."""

import datetime as dt
import functools
from hashlib import sha512

import msgspec
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gateway.edges.private_key import PrivateKey, signature
from gateway.edges.seal_files import seal_owner
from gateway.proofs import certificates
from gateway.records import Algorithm
from gateway.records.test_issuers import Certified

# The order of P-256 (FIPS 186-5, SP 800-186 section 3.2.1.3).
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
_SERIAL_BYTES = 19


class DerivedKeys:
    """The port ``UpstreamKeys``.

    Args:
        secret: 32 bytes; whoever has them has every key.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._private = functools.lru_cache(maxsize=256)(self._derived)

    def public(self, name: str, algorithm: Algorithm) -> bytes:
        """Return the public key, DER SubjectPublicKeyInfo."""
        return self._private(name, algorithm).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, name: str, algorithm: Algorithm, message: bytes) -> bytes:
        """Sign deterministically."""
        return signature(self._private(name, algorithm), message)

    def certificate(self, subject: Certified, issuer: Certified, since: dt.datetime, until: dt.datetime) -> bytes:
        """Return the certificate of the subject's ES256 key."""
        return certificates.issued(
            self._sealing(subject.key).public_key(),
            seal_owner(subject.identity),
            self._sealing(issuer.key),
            seal_owner(issuer.identity),
            serial=int.from_bytes(sha512(msgspec.json.encode((subject, issuer))).digest()[:_SERIAL_BYTES]) | 1,
            since=since,
            until=until,
            issues=subject == issuer,
        )

    def _sealing(self, name: str) -> ec.EllipticCurvePrivateKey:
        private = self._private(name, Algorithm.ES256)
        if not isinstance(private, ec.EllipticCurvePrivateKey):
            raise TypeError("an ES256 key lies on a curve")
        return private

    def _derived(self, name: str, algorithm: Algorithm) -> PrivateKey:
        seed = HKDF(SHA256(), 32, salt=None, info=f"{algorithm} {name}".encode()).derive(self._secret)
        if algorithm is Algorithm.EDDSA:
            return ed25519.Ed25519PrivateKey.from_private_bytes(seed)
        if algorithm is not Algorithm.ES256:
            raise ValueError("an RSA key cannot be made of a seed")
        # 512 bits, so that what is left over of them is as good as even.
        number = int.from_bytes(sha512(seed).digest()) % (_ORDER - 1) + 1
        return ec.derive_private_key(number, ec.SECP256R1())
