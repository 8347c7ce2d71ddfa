"""Envelope encryption of documents at rest: a data key for each record, wrapped by the master key."""

import secrets

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gateway.errors import Unavailable

KEY_BYTES = 32
NONCE_BYTES = 12

# The first byte of everything encrypted, so that another method can come beside this one.
AES_256_GCM = b"\x01"


class RecordKey:
    """The data key of one record.

    A column is bound to its record, its name and its row: encrypted bytes moved elsewhere do not open.
    """

    def __init__(self, record_id: str, key: bytes) -> None:
        self._record_id = record_id
        self._cipher = AESGCM(key)

    def sealed(self, column: str, plain: bytes) -> bytes:
        """Encrypt one column: a version byte, 12 random bytes, ciphertext, 16 bytes of tag."""
        return _sealed(self._cipher, plain, self._record_id, column)

    def opened(self, column: str, encrypted: bytes) -> bytes:
        """Decrypt what ``sealed`` made for this record and column.

        Raises:
            Unavailable: These bytes are not what was written.
        """
        return _opened(self._cipher, encrypted, self._record_id, column)


class Envelope:
    """Makes and unwraps record keys, and encrypts what belongs to no record.

    AES-256-GCM with random nonces (NIST SP 800-38D): one master key is good for 2^32 records.

    Args:
        master: 32 random bytes. Whoever has them and the database can read everything.
    """

    def __init__(self, master: bytes) -> None:
        if len(master) != KEY_BYTES:
            raise ValueError(f"a master key has {KEY_BYTES} bytes, not {len(master)}")
        self._master = master
        self._wrapping = AESGCM(self.derived("record keys"))
        self._loose = AESGCM(self.derived("loose values"))

    @property
    def fingerprint(self) -> str:
        """Tells one master key from another and says nothing else about it."""
        return self.derived("fingerprint").hex()[:32]

    def derived(self, purpose: str) -> bytes:
        """Derive 32 bytes for one purpose, by HKDF-SHA-256 (RFC 5869)."""
        return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"badge-gateway {purpose}".encode()).derive(self._master)

    def new_key(self, record_id: str) -> tuple[bytes, RecordKey]:
        """Make a record's key; return it wrapped, as it is stored, and ready to use."""
        key = secrets.token_bytes(KEY_BYTES)
        return _sealed(self._wrapping, key, record_id, "key"), RecordKey(record_id, key)

    def unwrapped(self, record_id: str, wrapped: bytes) -> RecordKey:
        """Unwrap a stored key.

        Raises:
            Unavailable: Another master key wrapped it, or it is another record's.
        """
        return RecordKey(record_id, _opened(self._wrapping, wrapped, record_id, "key"))

    def sealed(self, place: str, plain: bytes) -> bytes:
        """Encrypt a value of no record; ``place`` names where it is stored."""
        return _sealed(self._loose, plain, "", place)

    def opened(self, place: str, encrypted: bytes) -> bytes:
        """Decrypt what ``sealed`` made for this place.

        Raises:
            Unavailable: These bytes are not what was written.
        """
        return _opened(self._loose, encrypted, "", place)


def _sealed(cipher: AESGCM, plain: bytes, record_id: str, column: str) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return AES_256_GCM + nonce + cipher.encrypt(nonce, plain, _bound(record_id, column))


def _opened(cipher: AESGCM, encrypted: bytes, record_id: str, column: str) -> bytes:
    if encrypted[:1] != AES_256_GCM:
        raise Unavailable(f"{column} of {record_id} is not encrypted in a way that this version knows")
    parts = memoryview(encrypted)  # a slice of bytes is a copy, here of megabytes
    nonce, sealed = parts[1 : 1 + NONCE_BYTES], parts[1 + NONCE_BYTES :]
    try:
        return cipher.decrypt(nonce, sealed, _bound(record_id, column))
    except (InvalidTag, ValueError) as error:
        raise Unavailable(
            f"{column} of {record_id} cannot be decrypted",
            fix="start the gateway with the master key that this database was written with",
        ) from error


def _bound(record_id: str, column: str) -> bytes:
    """The additional data: JSON, so that no two pairs are the same bytes."""
    return msgspec.json.encode((record_id, column))
