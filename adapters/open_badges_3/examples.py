"""A value for each member that a credential may lack: what its issuer is shown to write in its place."""

from typing import Any, Final  # Any: JSON values

import msgspec

from adapters.open_badges_3.vocabulary import CREDENTIALS_V2, OPEN_BADGES

EXAMPLES: Final[dict[str, Any]] = {
    "@context": [CREDENTIALS_V2, OPEN_BADGES],
    "achievedLevel": "urn:uuid:6a9a5b0e-2f5c-4c6e-8a52-3d1d0f0a9b11",
    "achievement": {
        "id": "https://issuer.example/achievements/1",
        "type": ["Achievement"],
        "name": "Welding",
        "description": "Welds safely.",
        "criteria": {"narrative": "Pass the test."},
    },
    "criteria": {"narrative": "What has to be done to earn it."},
    "credentialSubject": {"id": "did:example:learner", "type": ["AchievementSubject"]},
    "description": "What it is awarded for.",
    "digestMultibase": "uEiDjsMRCmPwcFJr79MiZb7kkJ65B5GSbk0yklZkbeFK4VQ",
    "digestSRI": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "endorsementJwt": "eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl",
    "id": "urn:uuid:1f6a0f3e-8a52-4c0b-9a51-0d6ad7a1f7c2",
    "identifier": [
        {"type": "IdentityObject", "hashed": False, "identityHash": "a@example.org", "identityType": "emailAddress"}
    ],
    "identityHash": f"sha256${'0123456789abcdef' * 4}",
    "issuanceDate": "2026-01-31T12:00:00Z",
    "issuer": {"id": "https://issuer.example/profile", "type": ["Profile"], "name": "Issuer"},
    "name": "Welding",
    "narrative": "What has to be done to earn it.",
    "status": "Completed",
    "targetName": "Welding, level 2",
    "targetUrl": "https://framework.example/welding/2",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "validFrom": "2026-01-31T12:00:00Z",
    "value": "87",
}


def example(member: str) -> str:
    """Show a member with a value as it is written; of several with " or " between, the first.

    ``"name": "Welding"``; ``id or identifier, such as "id": "urn:uuid:..."``.
    """
    named, alternative, _ = member.partition(" or ")
    shown = f'"{named}": {msgspec.json.encode(EXAMPLES[named]).decode()}' if named in EXAMPLES else f'"{named}"'
    return f"{member}, such as {shown}" if alternative else shown
