"""An issuer that signs real credentials and publishes all that vouches for them in a simulated web."""

import datetime as dt
import functools
import json
from collections.abc import Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Any  # Any: members of JSON documents

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gateway.proofs import base64url, bitstring, data_integrity, jwk, jws, multikey, vc_jwt
from tests.simulators.clock import NOON
from tests.simulators.web import SimulatedWeb

ISSUED = NOON - dt.timedelta(days=30)

_VCDM_1 = "https://www.w3.org/2018/credentials/v1"
_VCDM_2 = "https://www.w3.org/ns/credentials/v2"
_DATA_INTEGRITY = "https://w3id.org/security/data-integrity/v2"
_OPEN_BADGES_3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
_OPEN_BADGES_2 = "https://w3id.org/openbadges/v2"
_PRIVATE_KEY = Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class SimulatedIssuer:
    """One issuer with one key an algorithm (EdDSA, ES256, RS256), the same ones for the same id.

    issuer = SimulatedIssuer(web, "https://issuer.example/profile")
    issuer.publish()
    document = issuer.signed(issuer.credential())

    Attributes:
        id: https address, did:web or did:key.
    """

    def __init__(self, web: SimulatedWeb, id: str = "https://issuer.example/profile") -> None:
        self.web = web
        self.id = id
        self.keys: dict[str, _PRIVATE_KEY] = dict(_keys(id))

    @classmethod
    def of_did_key(cls, web: SimulatedWeb, seed: str = "did:key") -> "SimulatedIssuer":
        """Make an issuer that is its own Ed25519 key."""
        issuer = cls(web, seed)
        issuer.id = multikey.did_key(issuer.keys["EdDSA"].public_key())
        return issuer

    def did_jwk(self) -> str:
        """The Ed25519 key as a did:jwk."""
        return f"did:jwk:{base64url.encode(json.dumps(jwk.public_jwk(self.keys['EdDSA'].public_key())).encode())}"

    @property
    def host(self) -> str:
        """The https origin that this issuer publishes on."""
        host = self.id.removeprefix("did:web:").partition(":")[0].replace("%3A", ":")
        return f"https://{host}" if self.id.startswith("did:web:") else "/".join(self.id.split("/")[:3])

    def method(self, alg: str = "EdDSA") -> str:
        """The id of the key, as proofs and tokens name it."""
        name = _multibase(self.keys[alg]) if alg == "EdDSA" else _thumbprint(self.keys[alg])
        return f"{self.id}#{name}"

    def publish(self, **changes: object) -> None:
        """Serve the controller document (for an https id also the Profile of both versions), keys and JWK Set.

        Args:
            changes: Members of the controller document to replace; None leaves one out.
        """
        if self.id.startswith("did:key:"):
            return
        path = "/".join(self.id.removeprefix("did:web:").split(":")[1:]) or ".well-known"
        url = f"{self.host}/{path}/did.json" if self.id.startswith("did:web:") else self.id
        self.serve(url, {**self.controller_document(), **changes})
        self.serve(f"{self.host}/.well-known/jwks.json", {"keys": self.jwks()})
        self.serve(self.key_url, self.cryptographic_key())

    def controller_document(self) -> dict[str, Any]:
        """All keys, allowed for assertions; and the Profile."""
        methods = [
            {
                "id": self.method(alg),
                "type": "JsonWebKey",
                "controller": self.id,
                "publicKeyJwk": dict(_public_jwk(key)),
            }
            for alg, key in self.keys.items()
        ]
        return {
            "@context": [_OPEN_BADGES_2, "https://www.w3.org/ns/cid/v1"],
            "id": self.id,
            "type": "Issuer",
            "name": "Example University",
            "url": self.host,
            "email": "badges@example.org",
            "publicKey": [self.key_url],
            "verificationMethod": methods,
            "assertionMethod": [method["id"] for method in methods],
        }

    def jwks(self) -> list[dict[str, str]]:
        """The public keys, each with the kid that tokens name."""
        return [{**_public_jwk(key), "kid": self.method(alg), "alg": alg} for alg, key in self.keys.items()]

    @property
    def key_url(self) -> str:
        """Where the CryptographicKey of Open Badges 2.0 is served."""
        return f"{self.host}/keys/1"

    def cryptographic_key(self) -> dict[str, Any]:
        """The RSA key as Open Badges 2.0 publishes it."""
        pem = self.keys["RS256"].public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return {
            "@context": _OPEN_BADGES_2,
            "type": "CryptographicKey",
            "id": self.key_url,
            "owner": self.id,
            "publicKeyPem": pem.decode(),
        }

    def serve(self, url: str, document: dict[str, Any]) -> None:
        """Publish a JSON document; members that are None are left out."""
        kept = {name: value for name, value in document.items() if value is not None}
        self.web.publish(url, json.dumps(kept).encode(), "application/ld+json")

    def credential(self, **changes: object) -> dict[str, Any]:
        """An unsigned Open Badges 3.0 credential; members in ``changes`` replace its own, None removes one."""
        document = {
            "@context": [_VCDM_2, _OPEN_BADGES_3],
            "id": "urn:uuid:0c1d5a6e-6b0f-4a5e-9f0e-2f4f3c1a7d10",
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": {"id": self.id, "type": ["Profile"], "name": "Example University"},
            "validFrom": ISSUED.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "name": "Knots",
            "credentialSubject": {
                "id": "did:example:learner",
                "type": ["AchievementSubject"],
                "achievement": {
                    "id": "https://issuer.example/achievements/knots",
                    "type": ["Achievement"],
                    "name": "Knots",
                    "description": "Ties ten knots.",
                    "criteria": {"narrative": "Tie ten knots in ten minutes."},
                },
            },
            **changes,
        }
        return {name: value for name, value in document.items() if value is not None}

    def older_credential(self, **changes: object) -> dict[str, Any]:
        """The same credential under VCDM 1.1."""
        contexts = [_VCDM_1, _OPEN_BADGES_3, _DATA_INTEGRITY]
        dates = {"validFrom": None, "issuanceDate": ISSUED.strftime("%Y-%m-%dT%H:%M:%SZ")}
        return self.credential(**{"@context": contexts, **dates, **changes})

    def signed(self, document: dict[str, Any], **changes: object) -> dict[str, Any]:
        """Secure a document with eddsa-rdfc-2022; ``changes`` are members of the proof, signed as well."""
        options = data_integrity.proof_options(
            cryptosuite="eddsa-rdfc-2022", verification_method=self.method(), created=ISSUED
        )
        options |= changes
        return data_integrity.attach(
            document, options, self.signature("EdDSA", data_integrity.hash_data(document, options))
        )

    def token(
        self,
        document: dict[str, Any],
        alg: str = "ES256",
        *,
        header: Mapping[str, object] = MappingProxyType({}),
        claims: Mapping[str, object] = MappingProxyType({}),
    ) -> str:
        """Secure a document as a VC-JWT.

        Args:
            document: The credential; its claims are made of it.
            alg: EdDSA, ES256 or RS256.
            header: Members to add; ``kid`` None leaves it out.
            claims: To replace in the payload; None leaves one out.
        """
        members = {"alg": alg, "typ": "JWT", "kid": self.method(alg), **header}
        payload = {**vc_jwt.claims(document), **claims}
        return self.compact(
            {name: value for name, value in members.items() if value is not None},
            {name: value for name, value in payload.items() if value is not None},
        )

    def older_token(self, document: dict[str, Any], **claims: object) -> str:
        """Secure a credential of VCDM 1.1 as a VC-JWT, ES256, in its ``vc``; ``claims`` are added, None removed."""
        payload = {
            "iss": self.id,
            "jti": document["id"],
            "sub": document["credentialSubject"]["id"],
            "nbf": int(dt.datetime.fromisoformat(document["issuanceDate"]).timestamp()),
            "vc": document,
            **claims,
        }
        header = {"alg": "ES256", "typ": "JWT", "kid": self.method("ES256")}
        return self.compact(header, {name: value for name, value in payload.items() if value is not None})

    def compact(self, header: dict[str, Any], payload: dict[str, Any]) -> str:
        """Make a compact JWS of any header and payload."""
        message = jws.signing_input(header, json.dumps(payload).encode())
        return jws.compact(message, self.signature(header["alg"], message))

    def signature(self, alg: str, message: bytes) -> bytes:
        """Sign as the Signer port does."""
        match self.keys[alg]:
            case Ed25519PrivateKey() as key:
                return key.sign(message)
            case ec.EllipticCurvePrivateKey(key_size=bits) as key:
                digest = hashes.SHA384() if bits == 384 else hashes.SHA256()
                r, s = decode_dss_signature(key.sign(message, ec.ECDSA(digest)))
                return r.to_bytes(bits // 8) + s.to_bytes(bits // 8)
            case key:
                pss = padding.PSS(padding.MGF1(hashes.SHA256()), hashes.SHA256.digest_size)
                return key.sign(message, pss if alg == "PS256" else padding.PKCS1v15(), hashes.SHA256())

    def status_list(self, url: str, *indexes: int, purpose: str = "revocation", **changes: object) -> dict[str, Any]:
        """Publish a signed BitstringStatusListCredential with these entries set; return the entry 7 of it.

        Args:
            url: Address and id of the list.
            indexes: Entries that are set.
            purpose: Of the list and the entry.
            changes: Members of the list credential to replace.
        """
        document = {
            "@context": [_VCDM_2],
            "id": url,
            "type": ["VerifiableCredential", "BitstringStatusListCredential"],
            "issuer": self.id,
            "validFrom": ISSUED.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "credentialSubject": {
                "id": f"{url}#list",
                "type": "BitstringStatusList",
                "statusPurpose": purpose,
                "encodedList": bitstring.encode(bitstring.bitstring(indexes)),
            },
            **changes,
        }
        self.serve(url, self.signed(document))
        return status_entry(url, purpose=purpose)

    def assertion(self, **changes: object) -> dict[str, Any]:
        """An Open Badges 2.0 Assertion that is hosted on this issuer's host; BadgeClass by URL."""
        document = {
            "@context": _OPEN_BADGES_2,
            "type": "Assertion",
            "id": f"{self.host}/assertions/1",
            "recipient": {"type": "email", "hashed": False, "identity": "learner@example.org"},
            "badge": f"{self.host}/badges/knots",
            "verification": {"type": "HostedBadge"},
            "issuedOn": ISSUED.strftime("%Y-%m-%dT%H:%M:%SZ"),
            **changes,
        }
        return {member: value for member, value in document.items() if value is not None}

    def badge_class(self, **changes: object) -> dict[str, Any]:
        """The BadgeClass that the Assertions are of."""
        return {
            "@context": _OPEN_BADGES_2,
            "type": "BadgeClass",
            "id": f"{self.host}/badges/knots",
            "name": "Knots",
            "description": "Ties ten knots.",
            "image": f"{self.host}/badges/knots.png",
            "criteria": {"narrative": "Tie ten knots in ten minutes."},
            "issuer": self.id,
            **changes,
        }

    def hosted(self, document: dict[str, Any]) -> bytes:
        """Publish an Assertion and its BadgeClass; return the bytes that its address serves."""
        self.serve(f"{self.host}/badges/knots", self.badge_class())
        self.serve(document["id"], document)
        return json.dumps(document).encode()

    def signed_badge(self, **changes: object) -> str:
        """An Assertion as JWS, RS256; its BadgeClass is published."""
        self.serve(f"{self.host}/badges/knots", self.badge_class())
        verification = {"type": "SignedBadge", "creator": self.key_url}
        return self.compact({"alg": "RS256"}, self.assertion(**{"verification": verification, **changes}))


def status_entry(url: str, index: int | str = "7", purpose: str = "revocation") -> dict[str, Any]:
    """A ``credentialStatus`` that leads to one entry of a list."""
    return {
        "id": f"{url}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": index,
        "statusListCredential": url,
    }


@functools.cache
def _multibase(key: _PRIVATE_KEY) -> str:
    return multikey.encode(key.public_key())


@functools.cache
def _thumbprint(key: _PRIVATE_KEY) -> str:
    return jwk.thumbprint(key.public_key())


@functools.cache
def _public_jwk(key: _PRIVATE_KEY) -> Mapping[str, str]:
    return MappingProxyType(jwk.public_jwk(key.public_key()))


@functools.cache
def _keys(seed: str) -> tuple[tuple[str, _PRIVATE_KEY], ...]:
    """The same keys for the same seed within one run (RSA keys cannot be made from a seed)."""
    secret = sha256(seed.encode()).digest()
    return (
        ("EdDSA", Ed25519PrivateKey.from_private_bytes(secret)),
        ("ES256", ec.derive_private_key(int.from_bytes(secret) >> 1, ec.SECP256R1())),
        ("RS256", rsa.generate_private_key(65537, 2048)),
    )
