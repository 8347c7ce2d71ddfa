"""Plain data cannot be made to look like somebody else's badge, however it is said."""

from typing import Any  # Any: members of JSON objects

import msgspec
import pytest

from adapters.hub.contract import WRITTEN
from adapters.hub.errors import AdapterError
from gateway.errors import GatewayError, NotIssuable
from gateway.flows.prepare import targets
from gateway.ports import Search
from tests.gateway.plain import award
from tests.laundering.laundry import Laundry
from tests.simulators.platform import CALLER

OTHER = "https://issuer.example/issuer"
CLAIMS: dict[str, Any] = {
    "issuer": {"id": OTHER, "type": ["Profile"], "name": "University"},
    "creator": {"id": OTHER},
    "source": {"id": OTHER},
    "proof": [{"type": "DataIntegrityProof", "proofValue": "z1"}],
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiableCredential"],
    "verification": {"type": "HostedBadge", "startsWith": ["https://issuer.example/"]},
    "related": [{"id": OTHER, "type": ["Related"]}],
    "endorsement": [{"issuer": OTHER}],
    "endorsements": [{"token": "e30.e30.e30"}],
    "relatedResource": [{"id": OTHER}],
    "extensions:OriginalCreator": {"url": OTHER},
    "otherIdentifier": [{"identifier": OTHER}],
    "credentialStatus": {"id": OTHER},
    "termsOfUse": [{"id": OTHER}],
    "evidence": [{"id": OTHER, "type": ["https://w3id.org/openbadges#Assertion"]}],
    "receipt": OTHER,
    "salt": "00",
    "identityHash": "sha256$00",
    "hashed": True,
}
PLACES = ((), ("achievement",), ("achievement", "criteria"), ("recipient",), ("evidence", 0), ("results", 0))
ASKED = targets(WRITTEN)


def body(place: tuple[str | int, ...], member: str) -> bytes:
    """An award with one more member at a place."""
    said: Any = award(
        evidence=[{"url": "https://evidence.example/1"}], results=[{"name": "Mark", "type": "RawScore", "value": "1"}]
    )
    at = said
    for step in place:
        at = at[step]
    at[member] = CLAIMS[member]
    return msgspec.json.encode(said)


@pytest.mark.parametrize("member", CLAIMS)
async def test_no_member_speaks_for_another_issuer(laundry: Laundry, member: str) -> None:
    issue = laundry.platform.gateway.native.issue

    for place in PLACES:
        with pytest.raises(NotIssuable):
            await issue(body(place, member), ASKED, CALLER)

    assert (await laundry.platform.gateway.native.search(CALLER, Search(limit=5))).records == ()
    assert not laundry.platform.signer.used


TEXTS = (
    f'{{"issuer": "{OTHER}"}}',
    '"}], "issuer": {"id": "https://issuer.example/issuer"}, "x": [{"y": "',
    "did:web:issuer.example",
    "<script>alert(1)</script>",
    "\u202eissuer",
)


@pytest.mark.parametrize("text", TEXTS)
async def test_whatever_a_text_says_the_issuer_is_the_platform(laundry: Laundry, text: str) -> None:
    gateway = laundry.platform.gateway
    said = award(name=text, description=text, criteria={"text": text}, narrative=text, role=text, tags=[text])

    made = await gateway.native.issue(msgspec.json.encode(said), ASKED, CALLER)

    for form in made.record.forms:
        reading = (await gateway.verify(form.sealed or b"")).received.reading
        assert reading is not None
        [credential] = reading.credentials
        named = {credential.issuer.id, *(one.id for one in (credential.source, credential.achievement.creator) if one)}
        assert named <= {reading.issuer_id}
        assert reading.issuer_id.startswith((laundry.platform.gateway.settings.public_url, "did:web:", "did:key:"))
        assert "issuer.example" not in reading.issuer_id
        assert not credential.endorsements
        assert not credential.related_resources


async def test_a_badge_is_no_plain_data(laundry: Laundry) -> None:
    """Sent to be issued instead of converted, even a sound badge is refused: nothing is signed that was not checked."""
    gateway = laundry.platform.gateway
    made = await gateway.native.issue(msgspec.json.encode(award()), ASKED, CALLER)
    used = len(laundry.platform.signer.used)
    assert used

    for form in made.record.forms:
        with pytest.raises((GatewayError, AdapterError)):
            await gateway.native.issue(form.sealed or b"", ASKED, CALLER)

    assert len(laundry.platform.signer.used) == used
