"""A value for each member that a credential may lack: what its issuer is shown to write in its place."""

from typing import Any, Final  # Any: JSON values
from uuid import NAMESPACE_URL, uuid5

import msgspec

from adapters.open_badges_3.vocabulary import CREDENTIALS_V2, OPEN_BADGES

_EXAMPLES: Final[dict[str, Any]] = {
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
    "digestMultibase": "uEiDjsMRCmPwcFJr79MiZb7kkJ65B5GSbk0yklZkbeFK4VQ",
    "digestSRI": "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "endorsementJwt": "eyJhbGciOiJFUzI1NiJ9.e30.c2lnbmF0dXJl",
    "identityHash": f"sha256${'0123456789abcdef' * 4}",
    "identityType": "emailAddress",
    "issuanceDate": "2026-01-31T12:00:00Z",
    "issuer": {"id": "https://issuer.example/profile", "type": ["Profile"], "name": "Issuer"},
    "narrative": "What has to be done to earn it.",
    "status": "Completed",
    "targetName": "Welding, level 2",
    "targetUrl": "https://framework.example/welding/2",
    "validFrom": "2026-01-31T12:00:00Z",
    "validUntil": "2028-01-31T12:00:00Z",
    "value": "87",
}
_OF_ONE_CLASS: Final[dict[tuple[str, str], Any]] = {
    ("", "credentialSubject"): {"id": "did:example:learner", "type": ["AchievementSubject"]},
    ("", "name"): "Welding",
    ("achievement", "name"): "Welding",
    ("achievement", "description"): "What it is awarded for.",
    ("credentialSubject", "id"): "did:example:learner",
    ("issuer", "id"): "https://issuer.example/profile",
    ("creator", "id"): "https://issuer.example/profile",
    ("source", "id"): "https://issuer.example/profile",
    ("parentOrg", "id"): "https://parent.example/profile",
}
"""Member that holds the object, "" for the credential, and the member that it lacks -> a value."""
_NAMED_BY_UUID: Final = frozenset({"", "achievement", "endorsement", "resultDescription", "rubricCriterionLevel"})


def value(member: str, at: str = "", owner: str = "") -> Any | None:
    """Make up a value for a member; None where each would mislead, because another thing has to have it too.

    Args:
        at: Pointer to the object that lacks it. Ids are made of it, so that two things never get the same.
        owner: Class of that object where it is known.
    """
    holder = next((step for step in reversed(at.split("/")) if not step.isdigit()), "")
    if owner.startswith("Endorsement") and member in {"name", "credentialSubject"}:
        return None
    if owner == "EndorsementSubject":
        return None
    if member == "id" and holder in _NAMED_BY_UUID | {"vc"}:
        return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{at}/id')}"
    return _OF_ONE_CLASS.get(("" if holder == "vc" else holder, member), _EXAMPLES.get(member))


def example(member: str, at: str = "", owner: str = "") -> str:
    """Show a member with a value as it is written; of several with " or " between, the first. Arguments: as `value`.

    ``"name": "Welding"``; ``id or identifier, such as "id": "did:example:learner"``.
    """
    named, alternative, _ = member.partition(" or ")
    found = value(named, at, owner)
    shown = f'"{named}"' if found is None else f'"{named}": {msgspec.json.encode(found).decode()}'
    return f"{member}, such as {shown}" if alternative else shown
