"""A wallet: keys of a holder, and what it signs with them to fetch a credential."""

import datetime as dt
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any  # Any: members of JSON documents

import msgspec
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from gateway.proofs import base64url, jwk
from tests.simulators.clock import NOON
from tests.simulators.provers import Prover

VCDM_1 = "https://www.w3.org/2018/credentials/v1"
VCDM_2 = "https://www.w3.org/ns/credentials/v2"
DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"


class Wallet(msgspec.Struct, frozen=True):
    """A holder with one key and the suite that it signs presentations with.

    Attributes:
        suite: Of presentations: ``eddsa-rdfc-2022``, ``eddsa-jcs-2022``, ``ecdsa-rdfc-2019``, ``Ed25519Signature2020``.
        key: Ed25519, P-256 or P-384.
    """

    suite: str
    key: Ed25519PrivateKey | ec.EllipticCurvePrivateKey

    @classmethod
    def ed25519(cls, seed: int = 1, suite: str = "eddsa-rdfc-2022") -> "Wallet":
        """One with an Ed25519 key, the same for the same seed."""
        return cls(suite, Ed25519PrivateKey.from_private_bytes(seed.to_bytes(32)))

    @classmethod
    def p256(cls, seed: int = 1, suite: str = "ecdsa-rdfc-2019") -> "Wallet":
        """One with a P-256 key."""
        return cls(suite, ec.derive_private_key(2**200 + seed, ec.SECP256R1()))

    @property
    def alg(self) -> str:
        """The JOSE algorithm of its key."""
        if isinstance(self.key, Ed25519PrivateKey):
            return "EdDSA"
        return {256: "ES256", 384: "ES384"}[self.key.key_size]

    @property
    def jwk(self) -> dict[str, str]:
        """The public key."""
        return jwk.public_jwk(self.key.public_key())

    @property
    def did(self) -> str:
        """The key as a did:key."""
        return self._prover.did

    @property
    def method(self) -> str:
        """The verification method of the did:key."""
        return self._prover.method

    @property
    def did_jwk(self) -> str:
        """The key as a did:jwk; its verification method is ``#0``."""
        return f"did:jwk:{base64url.encode(json.dumps(self.jwk, separators=(',', ':')).encode())}"

    @property
    def _prover(self) -> Prover:
        return Prover(self.suite, self.key)

    def unsigned(self, **members: object) -> dict[str, Any]:
        """A presentation without a proof, in the data model that wallets use with the suite; None leaves one out."""
        contexts = [VCDM_1] if self.suite == "Ed25519Signature2020" else [VCDM_2]
        document = {"@context": contexts, "type": ["VerifiablePresentation"], "holder": self.did, **members}
        return {name: value for name, value in document.items() if value is not None}

    def presentation(self, challenge: str, domain: str | None = None, **changes: object) -> dict[str, Any]:
        """A presentation of nothing, signed for one occasion now (`NOON`).

        Args:
            changes: Members of the proof to replace; None leaves one out.
        """
        return self.signed(self.unsigned(), challenge, domain, **changes)

    def signed(
        self, document: dict[str, Any], challenge: str | None, domain: str | None = None, **changes: object
    ) -> dict[str, Any]:
        """Sign a presentation; arguments as for `presentation`."""
        document = self._prover.contexts(document)
        members = {
            "created": stamp(NOON),
            "proofPurpose": "authentication",
            "challenge": challenge,
            "domain": domain,
            **changes,
        }
        proved = self._prover.proved(document, **members)
        return {**proved, "proof": proved["proof"][0] if len(proved["proof"]) == 1 else proved["proof"]}

    def proof_jwt(
        self,
        audience: str,
        nonce: str | None,
        at: dt.datetime = NOON,
        *,
        header: Mapping[str, object] = MappingProxyType({}),
        claims: Mapping[str, object] = MappingProxyType({}),
    ) -> str:
        """A proof of possession for a credential request (OpenID4VCI 1.0 appendix F.1), its key as ``jwk``.

        Args:
            header: Members to replace; None leaves one out. ``kid`` takes the place of ``jwk`` when that is None.
            claims: Likewise.
        """
        members = {"alg": self.alg, "typ": "openid4vci-proof+jwt", "jwk": self.jwk, **header}
        payload = {"aud": audience, "iat": int(at.timestamp()), "nonce": nonce, **claims}
        return self.token(members, payload)

    def token(self, header: Mapping[str, object], payload: Mapping[str, object]) -> str:
        """Sign a compact JWS; members that are None are left out."""
        parts = [{name: value for name, value in part.items() if value is not None} for part in (header, payload)]
        signed = ".".join(base64url.encode(json.dumps(part).encode()) for part in parts)
        return f"{signed}.{base64url.encode(self.signature(signed.encode()))}"

    def signature(self, data: bytes) -> bytes:
        """Raw, as JOSE has it."""
        if isinstance(self.key, Ed25519PrivateKey):
            return self.key.sign(data)
        digest = hashes.SHA256() if self.key.key_size == 256 else hashes.SHA384()
        size = self.key.key_size // 8
        return b"".join(
            part.to_bytes(size)
            for part in decode_dss_signature(self.key.sign(data, ec.ECDSA(digest, deterministic_signing=True)))
        )


def stamp(at: dt.datetime) -> str:
    """A time as proofs write it."""
    return at.astimezone(dt.UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
