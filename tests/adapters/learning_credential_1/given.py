"""Claims to read and credentials to write: small ones, changed as a test needs it."""

import datetime as dt
from typing import Any  # Any: decoded JSON

import msgspec

from adapters.hub.contract import Draft, Format, Issuance, Origin, Reading
from adapters.hub.credential import Achievement, Credential, Identity, Profile, Recipient
from adapters.hub.opened import Opened, open_bytes
from adapters.learning_credential_1 import LearningCredential1
from adapters.learning_credential_1.document import VCT

ADAPTER = LearningCredential1()
AT = dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC)
GATEWAY = Profile(id="https://gateway.example.org/p/default", name={"und": "Example Gateway"})
SCHOOL = Profile(id="https://school.example.org", name={"en": "Example School"})
LEARNER = Identity(kind="emailAddress", value="learner@example.org", hashed=False)
ISSUANCE = Issuance(id="https://gateway.example.org/p/default/issued/1", issuer=GATEWAY, at=AT)
ORIGIN = Origin(
    format=Format.OPEN_BADGES_3,
    version="3.0",
    id="https://school.example.org/credentials/1",
    achievement_id="https://school.example.org/achievements/1",
    sha256="5e" * 32,
    received=b"{}",
    media_type="application/json",
    issuer=SCHOOL,
    verified_at=AT,
    checks=(("proof", "passed"),),
    receipt_url="https://gateway.example.org/p/default/receipts/1",
)


def claims(**changes: object) -> dict[str, Any]:
    """A small credential of somebody else; None removes a claim."""
    whole = {
        "vct": VCT,
        "iss": "https://academy.example.org",
        "issuing_authority": "Example Academy",
        "date_of_issuance": "2026-01-31",
        "achievement_title": "Knots",
        "learner_identification": "0123456",
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def opened(document: dict[str, Any]) -> Opened:
    found = open_bytes(msgspec.json.encode(document))
    assert isinstance(found, Opened)
    return found


def read(document: dict[str, Any]) -> Reading:
    return ADAPTER.read(opened(document), {})


def credential(achievement: dict[str, Any] | None = None, **changes: Any) -> Credential:
    """One that was reissued: the gateway is its issuer, the school its source."""
    whole = Credential(
        id=ISSUANCE.id,
        issuer=GATEWAY,
        source=SCHOOL,
        recipient=Recipient(identities=(LEARNER,)),
        achievement=Achievement(**{"name": {"en": "Knots"}, **(achievement or {})}),
        awarded=dt.datetime(2026, 1, 31, 9, 30, tzinfo=dt.UTC),
    )
    return msgspec.structs.replace(whole, **changes)


def write(found: Credential, origin: Origin | None = ORIGIN, **facts: Any) -> Draft:
    return ADAPTER.write(found, msgspec.structs.replace(ISSUANCE, **facts), origin)


def written(found: Credential, origin: Origin | None = ORIGIN, **facts: Any) -> dict[str, Any]:
    return write(found, origin, **facts).document
