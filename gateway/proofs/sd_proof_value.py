"""The two forms of ``proofValue`` in ecdsa-sd-2023: what the issuer gives the holder, and what the holder shows.

Source: W3C Data Integrity ECDSA Cryptosuites v1.0 sections 3.5.3 (parseBaseProofValue), 3.5.6 (decompressLabelMap)
and 3.5.8 (parseDerivedProofValue).
"""

import itertools
from typing import Final

import msgspec

from gateway.proofs import base64url, cbor
from gateway.proofs.errors import ProofError

_BASE: Final = b"\xd9\x5d\x00"
_DERIVED: Final = b"\xd9\x5d\x01"

_SIGNATURE_BYTES: Final = 64
# As a Multikey: two bytes of multicodec p256-pub, and a compressed point.
_KEY_BYTES: Final = 35
# HMAC keys and labels: the size of SHA-256.
_HASH_BYTES: Final = 32
_COMPONENTS: Final = 5


class BaseProofValue(msgspec.Struct, frozen=True, kw_only=True):
    """What the issuer gives the holder.

    Attributes:
        base_signature: Of the issuer's key: r||s, 64 bytes.
        public_key: Of this proof alone, it signs the statements: multicodec and compressed P-256 point, 35 bytes.
        hmac_key: Gives blank nodes their names; 32 bytes.
        signatures: Of every statement that is not mandatory, in canonical order; 64 bytes each.
        mandatory_pointers: JSON Pointers to what the holder may not leave out.
    """

    base_signature: bytes
    public_key: bytes
    hmac_key: bytes
    signatures: tuple[bytes, ...]
    mandatory_pointers: tuple[str, ...]


class DerivedProofValue(msgspec.Struct, frozen=True, kw_only=True):
    """What the holder shows.

    Attributes:
        base_signature, public_key: As in ``BaseProofValue``.
        signatures: Of every statement shown that is not mandatory, in canonical order.
        labels: n of the canonical label ``_:c14n{n}`` -> the HMAC that names this blank node; 32 bytes.
        mandatory_indexes: Which of the statements shown are mandatory, counted from 0; rising.
    """

    base_signature: bytes
    public_key: bytes
    signatures: tuple[bytes, ...]
    labels: dict[int, bytes]
    mandatory_indexes: tuple[int, ...]


def parse(proof_value: str) -> BaseProofValue | DerivedProofValue:
    """Read a proof value of either form.

    Raises:
        ProofError: Not multibase base64url, another header, CBOR that is not strict, another number, type or size of
            components, indexes that do not rise.
    """
    if not proof_value.startswith("u"):
        raise ProofError("is not multibase base64url (u...)", pointer="/proofValue")
    try:
        data = base64url.decode(proof_value[1:])
        header, components = data[:3], cbor.decode(data[3:])
    except ProofError as error:
        raise ProofError(error.reason, pointer="/proofValue") from error
    if not isinstance(components, list) or len(components) != _COMPONENTS:
        raise ProofError(f"is not an array of {_COMPONENTS} components", pointer="/proofValue")
    if header == _BASE:
        return _base(*components)
    if header == _DERIVED:
        return _derived(*components)
    raise ProofError("has the header of neither a base nor a derived proof", pointer="/proofValue")


def _base(
    signature: cbor.Value, key: cbor.Value, hmac_key: cbor.Value, signatures: cbor.Value, pointers: cbor.Value
) -> BaseProofValue:
    return BaseProofValue(
        base_signature=_bytes(signature, _SIGNATURE_BYTES, "base signature"),
        public_key=_bytes(key, _KEY_BYTES, "public key"),
        hmac_key=_bytes(hmac_key, _HASH_BYTES, "HMAC key"),
        signatures=_signatures(signatures),
        mandatory_pointers=tuple(_text(pointer) for pointer in _array(pointers, "mandatory pointers")),
    )


def _derived(
    signature: cbor.Value, key: cbor.Value, signatures: cbor.Value, labels: cbor.Value, indexes: cbor.Value
) -> DerivedProofValue:
    return DerivedProofValue(
        base_signature=_bytes(signature, _SIGNATURE_BYTES, "base signature"),
        public_key=_bytes(key, _KEY_BYTES, "public key"),
        signatures=_signatures(signatures),
        labels=_labels(labels),
        mandatory_indexes=_indexes(indexes),
    )


def _signatures(value: cbor.Value) -> tuple[bytes, ...]:
    return tuple(_bytes(signature, _SIGNATURE_BYTES, "signature") for signature in _array(value, "signatures"))


def _labels(value: cbor.Value) -> dict[int, bytes]:
    if not isinstance(value, dict):
        raise ProofError("the label map is no map", pointer="/proofValue")
    return {key: _bytes(label, _HASH_BYTES, "label") for key, label in value.items()}


def _indexes(value: cbor.Value) -> tuple[int, ...]:
    indexes = [index for index in _array(value, "mandatory indexes") if isinstance(index, int)]
    if indexes != value or any(low >= high for low, high in itertools.pairwise(indexes)):
        raise ProofError("the mandatory indexes are not rising integers", pointer="/proofValue")
    return tuple(indexes)


def _array(value: cbor.Value, name: str) -> list[cbor.Value]:
    if not isinstance(value, list):
        raise ProofError(f"the {name} are no array", pointer="/proofValue")
    return value


def _bytes(value: cbor.Value, size: int, name: str) -> bytes:
    if not isinstance(value, bytes) or len(value) != size:
        raise ProofError(f"a {name} is not {size} bytes", pointer="/proofValue")
    return value


def _text(value: cbor.Value) -> str:
    if not isinstance(value, str):
        raise ProofError("a mandatory pointer is no text", pointer="/proofValue")
    return value
