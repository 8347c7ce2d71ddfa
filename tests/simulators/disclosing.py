"""An issuer that signs statement by statement, and a holder that leaves some out; both may misbehave."""

import hashlib
import itertools
from typing import Any  # Any: members of JSON documents

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from gateway.proofs import base64url, multikey, selective_disclosure
from gateway.proofs.canonical import Canonicals, canonical_nquads
from gateway.proofs.contexts import NEWEST

KEY = ec.derive_private_key(11, ec.SECP256R1())
PROOF_KEY = ec.derive_private_key(12, ec.SECP256R1())
HMAC_KEY = bytes(range(32))

BASE, DERIVED = b"\xd9\x5d\x00", b"\xd9\x5d\x01"


def cbor(value: Any) -> bytes:
    """Encode integers, bytes, text, arrays and maps in the shortest form."""
    match value:
        case int():
            return _head(0, value)
        case bytes():
            return _head(2, len(value)) + value
        case str():
            return _head(3, len(value.encode())) + value.encode()
        case dict():
            return _head(5, len(value)) + b"".join(cbor(key) + cbor(item) for key, item in value.items())
        case _:
            return _head(4, len(value)) + b"".join(map(cbor, value))


def written(header: bytes, components: Any) -> str:
    """The ``proofValue`` of components."""
    return "u" + base64url.encode(header + cbor(components))


def multikey_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    """A public key as it stands in a proof value."""
    return multikey.decode_base58btc(multikey.encode(key.public_key()))


def signature(key: ec.EllipticCurvePrivateKey, data: bytes) -> bytes:
    """An ES256 signature as r||s."""
    r, s = decode_dss_signature(key.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True)))
    return r.to_bytes(32) + s.to_bytes(32)


def options(document: dict[str, Any], method: str = "") -> dict[str, Any]:
    """A proof without its value; the method is the one key of a did:key unless another is named."""
    did = document["issuer"]["id"]
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": "ecdsa-sd-2023",
        "created": "2025-12-02T12:00:00Z",
        "verificationMethod": method or f"{did}#{did.removeprefix('did:key:')}",
        "proofPurpose": "assertionMethod",
    }


class Issued:
    """A credential with what its issuer signed: all that is needed to write a proof of either form.

    Args:
        document: Without a proof.
        pointers: To what is mandatory.
        key: The issuer's.
        method: Its id, where the issuer is not that key itself.
    """

    def __init__(
        self,
        document: dict[str, Any],
        pointers: tuple[str, ...] = (),
        key: ec.EllipticCurvePrivateKey = KEY,
        method: str = "",
    ) -> None:
        self.document = document
        self.pointers = pointers
        canonicals = Canonicals(document)
        nquads = canonicals(NEWEST, "sha256").nquads
        labels = selective_disclosure.hmac_labels(HMAC_KEY, selective_disclosure.blank_nodes(nquads))
        self.statements = selective_disclosure.statements(nquads, labels)
        self.mandatory = selective_disclosure.selected(canonicals, NEWEST, pointers, HMAC_KEY)
        self._labels = labels
        self._key = key
        config = canonical_nquads({**options(document, method), "@context": document["@context"]}).nquads
        kept = "".join(line for line in self.statements if line in self.mandatory).encode()
        self.signed = hashlib.sha256(config).digest() + multikey_bytes(PROOF_KEY) + hashlib.sha256(kept).digest()
        self.signatures = {
            line: signature(PROOF_KEY, line.encode()) for line in self.statements if line not in self.mandatory
        }

    def base(self) -> list[Any]:
        """The five components of the base proof."""
        return [
            signature(self._key, self.signed),
            multikey_bytes(PROOF_KEY),
            HMAC_KEY,
            list(self.signatures.values()),
            list(self.pointers),
        ]

    def derived(self, shown: dict[str, Any]) -> list[Any]:
        """The five components of a derived proof of a part of the document."""
        nquads = canonical_nquads(shown).nquads
        labels, lines = self._named(nquads)
        return [
            signature(self._key, self.signed),
            multikey_bytes(PROOF_KEY),
            [self.signatures[line] for line in lines if line in self.signatures],
            labels,
            [index for index, line in enumerate(lines) if line in self.mandatory],
        ]

    def _named(self, nquads: bytes) -> tuple[dict[int, bytes], list[str]]:
        """Find the names under which all that is shown was signed."""
        for names in itertools.permutations(self._labels.values(), selective_disclosure.blank_nodes(nquads)):
            labels = dict(enumerate(names))
            lines = selective_disclosure.statements(nquads, labels)
            if set(lines) <= set(self.statements):
                return labels, lines
        raise ValueError("it says more than was signed")


def secured(document: dict[str, Any], header: bytes, components: Any, method: str = "") -> dict[str, Any]:
    """The document with a proof, behind those it has."""
    proof = {**options(document, method), "proofValue": written(header, components)}
    return {**document, "proof": [*document.get("proof", []), proof]}


def _head(major: int, argument: int) -> bytes:
    for information, size in ((None, 0), (24, 1), (25, 2), (26, 4), (27, 8)):
        if information is None and argument < 24:
            return bytes([major << 5 | argument])
        if information is not None and argument < 1 << 8 * size:
            return bytes([major << 5 | information]) + argument.to_bytes(size)
    raise ValueError(argument)
