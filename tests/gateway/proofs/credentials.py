"""A small Open Badges 3.0 credential, to be signed, and changed in every way."""

from typing import Any  # Any: members of JSON documents

V2 = "https://www.w3.org/ns/credentials/v2"
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


def credential(issuer: str) -> dict[str, Any]:
    """An award without a recipient's name, not signed yet."""
    return {
        "@context": [V2, OB3],
        "id": "urn:uuid:4b6fbc0e-6e0c-4f6a-9d0e-3f3f4f7c1d11",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": issuer, "type": ["Profile"], "name": "Issuer"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://issuer.example/achievements/1",
                "type": ["Achievement"],
                "name": "Weaving",
                "description": "Can weave.",
                "criteria": {"narrative": "A basket."},
                "tag": ["craft", "willow"],
            },
        },
    }
