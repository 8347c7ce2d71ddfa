"""Open Badges 3.0 credentials that keep every rule, and are strange where strangers write."""

from typing import Any  # Any: members of JSON documents

import msgspec
from hypothesis import strategies as st

from adapters.hub.contract import Issuance
from adapters.hub.credential import Credential, Recipient
from adapters.open_badges_3 import OpenBadges3
from tests.adapters import strategies
from tests.simulators.issuer import ISSUED

LEARNER = "did:example:learner"
ID = "urn:uuid:0c1d5a6e-6b0f-4a5e-9f0e-2f4f3c1a7d10"


def badges(issuer: str) -> st.SearchStrategy[dict[str, Any]]:
    """Unsigned credentials of this issuer, all with the id ``ID``, without status, valid from the day of issue."""
    return st.builds(_written, strategies.credentials, st.just(issuer))


def _written(credential: Credential, issuer: str) -> dict[str, Any]:
    profile = msgspec.structs.replace(credential.issuer, id=issuer)
    # A result names a description of its achievement, which chance rarely finds.
    kept = msgspec.structs.replace(
        credential,
        id=ID,
        issuer=profile,
        recipient=Recipient(id=LEARNER),
        valid_from=ISSUED,
        valid_until=None,
        results=(),
    )
    return OpenBadges3().write(kept, Issuance(id=ID, issuer=profile, at=ISSUED)).document
