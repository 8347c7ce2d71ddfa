"""A badge that a person holds, in which everything that must be encrypted is one of ``PERSONAL``."""

import uuid

import msgspec

from adapters.hub.contract import Format
from adapters.hub.opened import Carrier
from gateway.records.holdings import Holding, HoldingOutcome, Matched, StoredProfile, Via
from tests.gateway.edges.stores import AT

PERSON = "person-1"
PERSONAL = (
    b"the received badge",
    b"the title",
    b"https://issuer.example/profile",
    b"https://issuer.example/assertions/1",
    b"https://files.example/badge",
    b"learner@example.org",
    b"hashed (sha256), lower-case",
    b"the report",
)
HOLDING = Holding(
    id="holding-1",
    platform="people",
    person=PERSON,
    received=b"the received badge",
    media_type="application/json",
    carrier=Carrier.JSON,
    format=Format.OPEN_BADGES_3,
    version="3.0",
    securing="data-integrity",
    title="the title",
    issuer="https://issuer.example/profile",
    credential="https://issuer.example/assertions/1",
    url="https://files.example/badge",
    outcome=HoldingOutcome.PASSED,
    matched=Matched(address="learner@example.org", how="hashed (sha256), lower-case"),
    via=Via.OPEN_BADGES_3,
    report=b"the report",
    record="",
    valid_from=AT,
    created=AT,
    updated=AT,
)
PROFILE = StoredProfile(document=b'{"email": "learner@example.org"}', updated=AT)


def holding(**changes: object) -> Holding:
    """Another version of it, with an id of its own."""
    return msgspec.structs.replace(HOLDING, id=str(uuid.uuid4()), **changes)
