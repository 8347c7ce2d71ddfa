"""SD-JWT VCs by other hands than ours: an issuer's, and what their holder makes of them."""

import hashlib
import json
import zlib
from typing import Any  # Any: members of JSON documents

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from gateway.proofs import base64url, jwk, jws
from tests.simulators.clock import NOON
from tests.simulators.issuer import SimulatedIssuer

VCT = "https://issuer.example/types/badge"
STATUS_TOKEN = "https://issuer.example/status/token"
AUDIENCE, NONCE = "https://verifier.example", "a nonce"
HOLDER = ec.derive_private_key(7_777_777, ec.SECP256R1())
THIEF = ec.derive_private_key(8_888_888, ec.SECP256R1())
_NOW = int(NOON.timestamp())


def disclosure(*content: object) -> str:
    """What a holder sends to disclose a member (salt, name, value) or an element (salt, value)."""
    return base64url.encode(json.dumps(content).encode())


def digest(text: str) -> str:
    """What stands for it in the issuer's JWT."""
    return base64url.encode(hashlib.sha256(text.encode()).digest())


class SimulatedSdJwt:
    """One SD-JWT VC in the shape of Open Badges 3.0; as long as nothing is changed, all is right with it.

    The id of its subject and one of its two pieces of evidence can be withheld.
    """

    def __init__(self, issuer: SimulatedIssuer) -> None:
        self.issuer = issuer
        self.subject = disclosure("c2FsdCBvbmUgb2YgMTI4IGI", "id", "did:example:learner")
        self.evidence = disclosure("c2FsdCB0d28gb2YgMTI4IGI", {"type": ["Evidence"], "name": "A knot"})
        self.publish()
        self.status()

    @property
    def metadata(self) -> str:
        """Where the issuer's keys are."""
        path = self.issuer.id.removeprefix(self.issuer.host)
        return f"{self.issuer.host}/.well-known/jwt-vc-issuer{path}"

    def publish(self, **changes: object) -> None:
        """Serve the issuer's metadata; None leaves a member out."""
        key = {**jwk.public_jwk(self.issuer.keys["ES256"].public_key()), "kid": "key-1"}
        self.issuer.serve(self.metadata, {"issuer": self.issuer.id, "jwks": {"keys": [key]}, **changes})

    def status(self, *indexes: int, **changes: object) -> None:
        """Serve the status list token with these entries INVALID."""
        listed = bytearray(16)
        for index in indexes:
            listed[index // 8] |= 1 << index % 8
        payload = {
            "iss": self.issuer.id,
            "sub": STATUS_TOKEN,
            "iat": _NOW - 60,
            "exp": _NOW + 86_400,
            "status_list": {"bits": 1, "lst": base64url.encode(zlib.compress(bytes(listed)))},
            **changes,
        }
        header = {"alg": "ES256", "typ": "statuslist+jwt", "kid": "key-1"}
        token = self.issuer.compact(header, payload)
        self.issuer.web.publish(STATUS_TOKEN, token.encode(), "application/statuslist+jwt")

    def payload(self, **changes: object) -> dict[str, Any]:
        """The issuer's claims; None leaves one out."""
        document = self.issuer.credential()
        subject = {name: value for name, value in document["credentialSubject"].items() if name != "id"}
        claims = {
            **document,
            "credentialSubject": {"_sd": [digest(self.subject)], **subject},
            "evidence": [{"type": ["Evidence"], "name": "A rope"}, {"...": digest(self.evidence)}],
            "iss": self.issuer.id,
            "vct": VCT,
            "iat": _NOW - 60,
            "cnf": {"jwk": jwk.public_jwk(HOLDER.public_key())},
            "status": {"status_list": {"idx": 7, "uri": STATUS_TOKEN}},
            "_sd_alg": "sha-256",
            **changes,
        }
        return {name: value for name, value in claims.items() if value is not None}

    def token(self, payload: dict[str, Any] | None = None, **header: object) -> str:
        """The issuer's JWT; None leaves a member of the header out."""
        members = {"alg": "ES256", "typ": "dc+sd-jwt", "kid": "key-1", **header}
        kept = {name: value for name, value in members.items() if value is not None}
        return self.issuer.compact(kept, payload or self.payload())

    def text(self, token: str = "", *disclosures: str) -> str:
        """As the issuer gives it to the holder: with both disclosures, or with these."""
        return "".join(f"{part}~" for part in (token or self.token(), *(disclosures or (self.subject, self.evidence))))


class SimulatedLearningCredential(SimulatedSdJwt):
    """The same for a learning credential of the European Union: two names of the person can be withheld."""

    def __init__(self, issuer: SimulatedIssuer) -> None:
        super().__init__(issuer)
        self.subject = disclosure("c2FsdCBvbmUgb2YgMTI4IGI", "family_name", "Example")
        self.evidence = disclosure("c2FsdCB0d28gb2YgMTI4IGI", "given_name", "Learner")

    def payload(self, **changes: object) -> dict[str, Any]:
        """The issuer's claims; None leaves one out."""
        claims = {
            "_sd": [digest(self.subject), digest(self.evidence)],
            "iss": self.issuer.id,
            "vct": "urn:eu.europa.ec.eudi:learning:credential:1",
            "iat": _NOW - 60,
            "issuing_authority": "Example University",
            "issuing_country": "FR",
            "date_of_issuance": "2025-12-01",
            "learner_identification": "learner@example.org",
            "achievement_title": "Knots",
            "language_of_classes": ["en"],
            "expected_study_time": "2 ECTS credits",
            "level_of_learning_experience": 5,
            "types_of_quality_assurance": ["Institutional evaluation"],
            "cnf": {"jwk": jwk.public_jwk(HOLDER.public_key())},
            "status": {"status_list": {"idx": 7, "uri": STATUS_TOKEN}},
            "_sd_alg": "sha-256",
            **changes,
        }
        return {name: value for name, value in claims.items() if value is not None}


def key_binding(text: str, key: ec.EllipticCurvePrivateKey = HOLDER, **changes: object) -> str:
    """What a holder adds to it for one verifier; members of its header begin with ``header_``, None leaves one out."""
    header = {"alg": "ES256", "typ": "kb+jwt"} | {
        name.removeprefix("header_"): value for name, value in changes.items() if name.startswith("header_")
    }
    claims = {"aud": AUDIENCE, "nonce": NONCE, "iat": _NOW, "sd_hash": digest(text)} | {
        name: value for name, value in changes.items() if not name.startswith("header_")
    }
    message = jws.signing_input(
        {name: value for name, value in header.items() if value is not None},
        json.dumps({name: value for name, value in claims.items() if value is not None}).encode(),
    )
    r, s = decode_dss_signature(key.sign(message, ec.ECDSA(hashes.SHA256())))
    return text + jws.compact(message, r.to_bytes(32) + s.to_bytes(32))
