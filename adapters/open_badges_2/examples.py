"""A value for each member that a badge may lack: what its issuer is shown to write in its place."""

from typing import Any, Final  # Any: JSON values

import msgspec

EXAMPLES: Final[dict[str, Any]] = {
    "claim": {"id": "https://issuer.example/badges/1.json", "endorsementComment": "Taught well."},
    "creator": "https://issuer.example/keys/1.json",
    "badge": "https://issuer.example/badges/1.json",
    "criteria": {"narrative": "What has to be done to earn it."},
    "description": "What it is awarded for.",
    "email": "badges@issuer.example",
    "expires": "2028-01-31T12:00:00Z",
    "id": "https://issuer.example/assertions/1.json",
    "identity": f"sha256${'0123456789abcdef' * 4}",
    "image": "https://issuer.example/badges/1.png",
    "issuedOn": "2026-01-31T12:00:00Z",
    "issuer": "https://issuer.example/issuer.json",
    "name": "Welding",
    "recipient": {"type": "email", "hashed": False, "identity": "learner@example.org"},
    "type": "Assertion",
    "url": "https://issuer.example",
    "verification": {"type": "HostedBadge"},
}


def example(member: str) -> str:
    """Show a member with a value as it is written: ``"name": "Welding"``."""
    return f'"{member}": {msgspec.json.encode(EXAMPLES[member]).decode()}' if member in EXAMPLES else f'"{member}"'
