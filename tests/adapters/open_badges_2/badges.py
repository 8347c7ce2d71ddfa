"""Badges to begin a test with: our samples, taken apart, changed, opened and read."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from adapters import open_badges_2
from adapters.hub.contract import Format, Issuance, Origin, Reading
from adapters.hub.credential import Image, Profile
from adapters.hub.opened import Opened, open_bytes
from adapters.open_badges_2 import OpenBadges2

SAMPLES = Path(open_badges_2.__file__).parent / "samples"
ADAPTER = OpenBadges2()
AT = dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC)
GATEWAY = "https://gateway.example.org/p/default/"

ISSUER = Profile(
    id=f"{GATEWAY}issuer", name={"und": "Example Gateway"}, url="https://gateway.example.org", email="gw@example.org"
)
ISSUANCE = Issuance(
    id=f"{GATEWAY}issued/1",
    issuer=ISSUER,
    at=AT,
    achievement_id=f"{GATEWAY}badges/1",
    hosted_scope=GATEWAY,
    picture=Image(id=f"{GATEWAY}badges/1.png"),
)
ORIGIN = Origin(
    format=Format.OPEN_BADGES_3,
    version="3.0",
    id="urn:uuid:0b7e3c52-1b9e-4b43-9d57-0e6f6c3c2a10",
    achievement_id="https://school.example.org/achievements/1",
    sha256="5e" * 32,
    received=b"{}",
    media_type="application/json",
    issuer=Profile(id="did:web:school.example.org", name={"en": "Example School"}),
    verified_at=AT,
    checks=(("proof", "passed"),),
    receipt_url=f"{GATEWAY}receipts/1",
)


def sample(name: str) -> Any:
    """A JSON sample, fresh to be changed."""
    return json.loads((SAMPLES / name).read_bytes())


def opened(document: Any) -> Opened:
    """A document as if it had been received."""
    found = open_bytes(json.dumps(document).encode())
    assert isinstance(found, Opened)
    return found


def signed() -> Opened:
    """The signed sample."""
    found = open_bytes((SAMPLES / "signed.jws").read_bytes())
    assert isinstance(found, Opened)
    return found


def served(*documents: Any) -> dict[str, bytes]:
    """A web on which each document is served under its own id."""
    return {document["id"]: json.dumps(document).encode() for document in documents}


def read(document: Any, known: dict[str, bytes] | None = None) -> Reading:
    """Read a document."""
    return ADAPTER.read(opened(document), known or {})
