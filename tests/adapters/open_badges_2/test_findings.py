"""Each rule of Open Badges 2.0, broken alone: where, and whether it blocks."""

from typing import Any

import pytest

from adapters.hub.securing import Finding
from tests.adapters.open_badges_2.badges import ADAPTER, opened, read, sample, served

DATA_URI = "data:image/jpeg;base64,AAAA"
CONTEXT = "https://w3id.org/openbadges/v2"


def changed(pointer: str, value: Any) -> dict[str, Any]:
    """The sample with a value put at the pointer, or with the member taken away (`...`)."""
    document: dict[str, Any] = sample("hosted.json")
    # It endorses a BadgeClass of that id.
    del document["badge"]["endorsement"]
    *parents, name = pointer.split("/")[1:]
    place = document
    for parent in parents:
        place = place[parent]
    name = name.replace("~1", "/")
    if value is ...:
        del place[name]
    else:
        place[name] = value
    return document


def places(findings: tuple[Finding, ...]) -> list[tuple[str, bool]]:
    return [(finding.pointer, finding.blocking) for finding in findings]


def test_the_sample_breaks_no_rule() -> None:
    assert read(sample("hosted.json")).findings == ()


@pytest.mark.parametrize(
    ("pointer", "value", "place"),
    [
        ("/@context", ..., "/@context"),
        ("/@context", "https://w3id.org/openbadges/v3", "/@context"),
        ("/@context", [CONTEXT, {"name": "https://example.org/other"}], "/@context"),
        ("/@context", [CONTEXT, {"ends": "https://w3id.org/security#expiration"}], "/@context"),
        ("/badge/criteria/@context", {"ends": "sec:expiration"}, "/badge/criteria/@context"),
        ("/@graph", [{"revoked": True}], "/@graph"),
        ("/badge/@included", {"revoked": True}, "/badge/@included"),
        ("/credentialStatus", {"id": "https://issuer.example/status/1"}, "/credentialStatus"),
        ("/type", ..., "/type"),
        ("/type", "OtherAssertion", "/type"),
        ("/type", ["Assertion", "UNKNOWN"], "/type"),
        ("/id", ..., "/id"),
        ("/id", "urn:uuid:6f6f5b5e-3c4a-4d0e-9a51-1f9c6a0f3a77", "/id"),
        ("/recipient/type", "twitter", "/recipient/type"),
        ("/recipient/hashed", False, "/recipient/identity"),
        ("/recipient/identity", "sha1$00", "/recipient/identity"),
        ("/recipient", {"type": "email", "hashed": False, "identity": "nobody"}, "/recipient/identity"),
        ("/verification", ..., "/verification"),
        ("/verification/type", "Blockchain", "/verification/type"),
        ("/verification/type", ["HostedBadge", "SignedBadge"], "/verification/type"),
        ("/verification/type", "SignedBadge", "/verification/type"),
        ("/issuedOn", ..., "/issuedOn"),
        ("/issuedOn", "2024-05-17", "/issuedOn"),
        ("/issuedOn", "2024-05-17T14:30:00", "/issuedOn"),
        ("/issuedOn", "1715956200", "/issuedOn"),
        ("/expires", "2023-01-01T00:00:00Z", "/expires"),
        ("/image", "data:image/png;base64,AAAA", "/image"),
        ("/badge/id", ..., "/badge/id"),
        ("/badge/type", "Achievement", "/badge/type"),
        ("/badge/type", [], "/badge/type"),
        ("/badge/name", ..., "/badge/name"),
        ("/badge/description", "", "/badge/description"),
        ("/badge/image", DATA_URI, "/badge/image"),
        ("/badge/criteria", ..., "/badge/criteria"),
        ("/badge/criteria", {"type": "Criteria"}, "/badge/criteria"),
        ("/badge/issuer/id", ..., "/badge/issuer/id"),
        ("/badge/issuer/type", "Criteria", "/badge/issuer/type"),
        ("/badge/issuer/name", ..., "/badge/issuer/name"),
        ("/badge/issuer/url", ..., "/badge/issuer/url"),
        ("/badge/issuer/email", ..., "/badge/issuer/email"),
        ("/badge/issuer/image", DATA_URI, "/badge/issuer/image"),
        ("/badge/schema:name", "another name", "/badge/schema:name"),
        ("/badge/http:~1~1schema.org~1keywords", "x", "/badge/http:~1~1schema.org~1keywords"),
        ("/badge/@id", "https://example.org/other", "/badge/@id"),
        ("/verify", {"type": "SignedBadge"}, "/verify"),
        ("/extensions:one", {"type": ["Extension", "extensions:One"]}, "/extensions:one/@context"),
        ("/extensions:one", {"@context": "https://example.org/c", "type": "Extension"}, "/extensions:one/type"),
        ("/other", {"@context": "https://example.org/c", "type": ["Extension"]}, "/other/type"),
    ],
)
def test_a_broken_rule_blocks(pointer: str, value: Any, place: str) -> None:
    [finding] = read(changed(pointer, value)).findings

    assert (finding.pointer, finding.blocking) == (place, True)
    assert finding.fix


@pytest.mark.parametrize(
    ("pointer", "value", "place"),
    [
        ("/@language", "no tag", "/@language"),
        ("/badge/id", "did:web:example.org:badge", "/badge/id"),
        ("/badge/image", ..., "/badge/image"),
        ("/badge/@language", "no tag", "/badge/@language"),
        ("/badge/issuer/id", "urn:uuid:6f6f5b5e-3c4a-4d0e-9a51-1f9c6a0f3a77", "/badge/issuer/id"),
        ("/badge/issuer/url", "www.example.org", "/badge/issuer/url"),
        ("/badge/issuer/email", "nobody", "/badge/issuer/email"),
        ("/badge/criteria", "by tying knots", "/badge/criteria"),
        ("/evidence", ["https://example.org/a", {"id": "a page"}], "/evidence/1/id"),
        (
            "/badge/alignment",
            {"targetName": "Knots", "targetUrl": "knots"},
            "/badge/alignment/targetUrl",
        ),
        ("/uid", "1", "/uid"),
        ("/badge/issuer/telephone", ["+15550100", "call us"], "/badge/issuer/telephone"),
        (
            "/badge/issuer/verification/verificationProperty",
            "url",
            "/badge/issuer/verification/verificationProperty",
        ),
        ("/badge/issuer/verification/allowedOrigins", "localhost", "/badge/issuer/verification/allowedOrigins"),
        ("/endorsement", {"id": 5}, "/endorsement/id"),
        ("/endorsement", [{"id": "https://example.org/e", "claim": {"id": "urn:x"}}], "/endorsement/0/claim/id"),
    ],
)
def test_what_is_only_advice_does_not_block(pointer: str, value: Any, place: str) -> None:
    assert places(read(changed(pointer, value)).findings) == [(place, False)]


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        ("/@context", [CONTEXT, "https://example.org/extension.json"]),
        ("/@context", "https://openbadgespec.org/v2/context.json"),
        ("/@context", [CONTEXT, {"name": "http://schema.org/name", "my": "https://example.org/terms#"}]),
        ("/type", ["Assertion", "https://example.org/types#Special"]),
        ("/verification/type", "hosted"),
        ("/issuedOn", "2024-05-17T14:30Z"),
        ("/issuedOn", "2024-05-17T14:30:00.123456789+05:30"),
        ("/badge/issuer/type", ["Issuer", "https://example.org/types#School"]),
        ("/badge/issuer/verification/allowedOrigins", ["badges.example.org"]),
        ("/badge/criteria", "https://badges.example.org/seamanship.html"),
        ("/endorsement", "https://guild.example.com/endorsements/1.json"),
        ("/unknown", {"nested": [1, {"schema": "x"}]}),
    ],
)
def test_what_the_specification_allows_is_no_finding(pointer: str, value: Any) -> None:
    assert read(changed(pointer, value)).findings == ()


def test_a_served_part_with_another_context_is_found_too() -> None:
    badge = {**sample("served/knots.json"), "@context": "https://w3id.org/openbadges/v1"}
    known = served(badge, sample("served/issuer.json"))

    reading = ADAPTER.read(opened(sample("hosted-by-reference.json")), known)

    assert places(reading.findings) == [("/badge/@context", True)]


@pytest.mark.parametrize(
    ("context", "member"),
    [({"q": "https://w3id.org/security#"}, "q:expiration"), ({"@vocab": "https://w3id.org/security#"}, "expiration")],
)
def test_a_term_behind_a_prefix_of_the_document_blocks(context: dict[str, str], member: str) -> None:
    document = changed("/@context", [CONTEXT, context]) | {member: "2020-01-01T00:00:00Z"}

    (finding,) = read(document).findings

    assert (finding.pointer, finding.blocking, finding.fix) == (f"/{member}", True, "Write it as expires.")


@pytest.mark.parametrize("own", [{"q": "https://example.org/"}, {"@vocab": "https://example.org/"}])
def test_a_name_with_two_meanings_in_one_document_blocks(own: dict[str, str]) -> None:
    (name,) = own
    document = changed("/@context", [CONTEXT, {name: "https://w3id.org/security#"}])
    document["badge"]["@context"] = [CONTEXT, own]

    found = read(document).findings

    assert [(finding.pointer, finding.reason) for finding in found] == [("/@context", f"gives {name} two meanings")]
