"""Drafts to look at: credentials written with and without an origin, for the tests of what is written."""

import datetime as dt

from adapters.hub.contract import Format, Issuance, Origin
from adapters.hub.credential import Achievement, Credential, Criteria, Identity, Profile, Recipient

AT = dt.datetime(2024, 2, 29, 12, tzinfo=dt.UTC)
GATEWAY = Profile(id="did:web:gateway.example.org", name={"und": "Example Gateway"})
COLLEGE = Profile(id="https://college.example.org/issuer", name={"und": "Example College"})
ISSUANCE = Issuance(
    id="https://gateway.example.org/issued/1",
    issuer=GATEWAY,
    at=AT,
    achievement_id="https://gateway.example.org/badges/1",
)
SMALL = Credential(
    id=ISSUANCE.id,
    issuer=GATEWAY,
    recipient=Recipient(identities=(Identity(kind="emailAddress", value="a@example.org", hashed=False),)),
    achievement=Achievement(
        id="https://college.example.org/badges/welding",
        name={"und": "Welding"},
        description={"und": "Can weld."},
        criteria=Criteria(narrative={"und": "Weld something."}),
        creator=COLLEGE,
    ),
    valid_from=AT,
    source=COLLEGE,
)
ORIGIN = Origin(
    format=Format.OPEN_BADGES_2,
    version="2.0",
    id="https://college.example.org/assertions/1",
    achievement_id="https://college.example.org/badges/welding",
    sha256="5e" * 32,
    received=b"{}",
    media_type="image/png",
    issuer=COLLEGE,
    verified_at=AT,
    checks=(("proof", "passed"),),
    receipt_url="https://gateway.example.org/receipts/1",
)
