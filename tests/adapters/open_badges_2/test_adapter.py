"""What the adapter takes for its own, and which addresses it asks for."""

import pytest

from adapters.hub.contract import Confidence
from adapters.hub.opened import Opened
from tests.adapters.open_badges_2.badges import ADAPTER, opened, sample, served, signed

ASSERTION = "https://badges.example.org/awards/2.json"
BADGE = "https://badges.example.org/knots.json"
ISSUER = "https://badges.example.org/issuer.json"


def test_context_and_class_make_it_certain() -> None:
    recognition = ADAPTER.recognises(opened(sample("hosted.json")))

    assert recognition.confidence is Confidence.CERTAIN
    assert recognition.version == "2.0"
    assert recognition.evidence


@pytest.mark.parametrize("member", ["@context", "type"])
def test_an_assertion_with_a_wrong_context_or_class_is_likely(member: str) -> None:
    document = {**sample("hosted.json"), member: "https://example.org/other"}

    assert ADAPTER.recognises(opened(document)).confidence is Confidence.LIKELY


def test_what_is_left_of_a_revoked_badge_is_likely() -> None:
    document = {"@context": "https://w3id.org/openbadges/v2", "id": ASSERTION, "revoked": True}

    assert ADAPTER.recognises(opened(document)).confidence is Confidence.LIKELY


@pytest.mark.parametrize(
    "document",
    [
        sample("served/knots.json"),
        sample("served/issuer.json"),
        {**sample("hosted.json"), "@context": "https://w3id.org/openbadges/v1"},
        {"@context": "https://www.w3.org/ns/credentials/v2", "credentialSubject": {}, "type": "VerifiableCredential"},
        {"uid": "1", "recipient": {}, "badge": "https://example.org/b", "verify": {}},
        {},
    ],
    ids=["BadgeClass", "Issuer", "1.1", "credential", "1.0", "empty"],
)
def test_anything_else_is_not_its_own(document: dict[str, object]) -> None:
    assert ADAPTER.recognises(opened(document)).confidence is Confidence.NONE


@pytest.mark.parametrize(
    ("received", "securing"),
    [
        (opened(sample("hosted.json")), "hosted"),
        (opened(sample("hosted-by-reference.json")), "hosted"),
        (opened({**sample("hosted.json"), "id": "urn:uuid:0b7e3c52-1b9e-4b43-9d57-0e6f6c3c2a10"}), "unsecured"),
        (signed(), "jws"),
        (opened({**sample("hosted.json"), "verification": "hosted"}), ""),
    ],
    ids=["hosted", "hosted by reference", "unsecured", "signed", "not well-formed"],
)
def test_how_it_is_secured_shows_before_anything_is_fetched(received: Opened, securing: str) -> None:
    assert ADAPTER.recognises(received).securing == securing


def test_addresses_are_asked_for_as_they_become_known() -> None:
    reference = opened(sample("hosted-by-reference.json"))
    badge = served(sample("served/knots.json"))

    first = ADAPTER.references(reference, {})
    second = ADAPTER.references(reference, badge)
    rest = served(sample("hosted-by-reference.json"), sample("served/issuer.json"))

    assert set(first) == {BADGE, ASSERTION}
    assert set(second) == {ISSUER, ASSERTION}
    assert ADAPTER.references(reference, badge | rest) == ()


def test_a_hosted_badge_is_compared_although_it_embeds_everything() -> None:
    needed = ADAPTER.references(opened(sample("hosted.json")), {})

    assert set(needed) == {
        "https://badges.example.org/awards/1.json",
        "https://badges.example.org/seamanship.json",
        ISSUER,
    }


def test_the_hosts_own_badge_class_is_asked_for_when_it_is_another() -> None:
    copy = {**sample("hosted-by-reference.json"), "badge": sample("served/knots.json")}
    host = {**sample("hosted-by-reference.json"), "badge": "https://badges.example.org/other.json"}

    needed = ADAPTER.references(opened(copy), served(host))

    assert "https://badges.example.org/other.json" in needed


def test_a_signed_badge_needs_no_host_for_itself() -> None:
    assert ADAPTER.references(signed(), {}) == (BADGE,)
    assert ADAPTER.references(signed(), served(sample("served/knots.json"))) == (ISSUER,)


def test_a_signed_badge_needs_the_issuers_own_profile_although_one_is_embedded() -> None:
    payload = {**sample("hosted.json"), "verification": {"type": "SignedBadge"}}

    assert ADAPTER.references(opened(payload), {}) == (ISSUER,)


@pytest.mark.parametrize("body", [b"<html>", b"[]", b'{"id":'])
def test_an_address_that_serves_no_document_leads_nowhere(body: bytes) -> None:
    needed = ADAPTER.references(opened(sample("hosted-by-reference.json")), {BADGE: body, ASSERTION: body})

    assert needed == ()
