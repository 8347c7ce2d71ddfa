"""Documents to read: a small credential, changed as a test needs it, bare or in a token."""

from base64 import urlsafe_b64encode
from typing import Any

import msgspec

from adapters.hub.contract import Reading
from adapters.hub.opened import Opened, open_bytes
from adapters.open_badges_3 import OpenBadges3

V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OB_3_0_0 = "https://purl.imsglobal.org/spec/ob/v3p0/context.json"


def document(**changes: object) -> dict[str, Any]:
    """A credential of VCDM 2.0 that breaks no rule; None removes a member."""
    whole = {
        "@context": [V2, OB],
        "id": "urn:uuid:0c1d5a6e-6b0f-4a5e-9f0e-2f4f3c1a7d10",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "https://issuer.example.org", "type": ["Profile"], "name": "Example Issuer"},
        "validFrom": "2024-01-01T00:00:00Z",
        "credentialSubject": subject(),
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def subject(**changes: object) -> dict[str, Any]:
    whole = {"id": "did:example:learner", "type": ["AchievementSubject"], "achievement": achievement(), **changes}
    return {name: value for name, value in whole.items() if value is not None}


def achievement(**changes: object) -> dict[str, Any]:
    whole = {
        "id": "https://issuer.example.org/knots",
        "type": ["Achievement"],
        "name": "Knots",
        "description": "Ties ten knots.",
        "criteria": {"narrative": "Tie ten knots."},
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def older(**changes: object) -> dict[str, Any]:
    """The same under VCDM 1.1."""
    dated = {"validFrom": None, "issuanceDate": "2024-01-01T00:00:00Z", "name": "Knots"}
    return document(**{"@context": [V1, OB_3_0_0], **dated, **changes})


def opened(document: dict[str, Any]) -> Opened:
    found = open_bytes(msgspec.json.encode(document))
    assert isinstance(found, Opened)
    return found


def in_token(payload: dict[str, Any]) -> Opened:
    parts = (msgspec.json.encode({"alg": "ES256"}), msgspec.json.encode(payload), b"signature")
    found = open_bytes(b".".join(urlsafe_b64encode(part).rstrip(b"=") for part in parts))
    assert isinstance(found, Opened)
    return found


def read(document: dict[str, Any]) -> Reading:
    return OpenBadges3().read(opened(document), {})
