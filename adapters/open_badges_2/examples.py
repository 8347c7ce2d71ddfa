"""A value for each member that a badge may lack: what its issuer is shown to write in its place."""

from typing import Any, Final  # Any: JSON values

import msgspec

_EXAMPLES: Final[dict[str, Any]] = {
    "claim": {"id": "https://issuer.example/badges/1.json", "endorsementComment": "Taught well."},
    "creator": "https://issuer.example/keys/1.json",
    "badge": "https://issuer.example/badges/1.json",
    "criteria": {"narrative": "What has to be done to earn it."},
    "description": "What it is awarded for.",
    "email": "badges@issuer.example",
    "expires": "2028-01-31T12:00:00Z",
    "hashed": False,
    "identity": f"sha256${'0123456789abcdef' * 4}",
    "image": "https://issuer.example/badges/1.png",
    "issuedOn": "2026-01-31T12:00:00Z",
    "issuer": "https://issuer.example/issuer.json",
    "recipient": {"type": "email", "hashed": False, "identity": "learner@example.org"},
    "url": "https://issuer.example",
    "verification": {"type": "HostedBadge"},
}
_AT: Final[dict[str, Any]] = {
    "/id": "https://issuer.example/assertions/1.json",
    "/type": "Assertion",
    "/recipient/type": "email",
    "/verification/type": "HostedBadge",
    "/badge/id": "https://issuer.example/badges/1.json",
    "/badge/name": "Welding",
    "/badge/type": "BadgeClass",
    "/badge/issuer/id": "https://issuer.example/issuer.json",
    "/badge/issuer/name": "Issuer",
    "/badge/issuer/type": "Issuer",
}
"""Members whose value depends on what has them."""


def value(member: str, at: str = "") -> Any | None:
    """Make up a value for a member of the object that a pointer leads to; None where each would mislead."""
    return _AT.get(f"{at}/{member}", _EXAMPLES.get(member))


def example(member: str, at: str = "") -> str:
    """Show a member with a value as it is written: ``"issuedOn": "2026-01-31T12:00:00Z"``. Arguments: as `value`."""
    found = value(member, at)
    return f'"{member}"' if found is None else f'"{member}": {msgspec.json.encode(found).decode()}'
