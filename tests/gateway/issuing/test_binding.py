"""A credential that is bound to a wallet's key names it as its subject, and still says for whom the badge was."""

import pytest

from adapters.hub.credential import Achievement, Credential, Identity, Profile, Recipient
from adapters.hub.losses import Change
from gateway.issuing.binding import bound

HOLDER = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
HASHED = Identity(kind="emailAddress", value="sha256$00", hashed=True, salt="s")


def credential(recipient: Recipient) -> Credential:
    return Credential(issuer=Profile(id="https://issuer.example"), recipient=recipient, achievement=Achievement())


def test_without_a_holder_nothing_changes() -> None:
    before = credential(Recipient(id="mailto:learner@example.org"))

    assert bound(before, None, {"/recipient/id": "/credentialSubject/id"}) == (before, bound(before, None, {})[1])
    assert bound(before, None, {})[1].losses == ()


def test_identities_stay_as_they_are() -> None:
    after, losses = bound(credential(Recipient(identities=(HASHED,))), HOLDER, {})

    assert after.recipient == Recipient(id=HOLDER, identities=(HASHED,))
    assert losses.losses == ()


@pytest.mark.parametrize(
    ("before", "kind", "value"),
    [
        ("mailto:learner@example.org", "emailAddress", "learner@example.org"),
        ("did:web:learner.example", "ext:did", "did:web:learner.example"),
        ("https://learner.example/", "ext:url", "https://learner.example/"),
        ("tel:+33123456789", "ext:telephone", "tel:+33123456789"),
        ("urn:uuid:0", "identifier", "urn:uuid:0"),
    ],
)
def test_a_former_id_becomes_an_identity_and_that_is_said(before: str, kind: str, value: str) -> None:
    origins = {"/recipient/id": "/credentialSubject/id"}

    after, losses = bound(credential(Recipient(id=before, identities=(HASHED,))), HOLDER, origins)

    kept = Identity(kind=kind, value=value, hashed=False)
    assert after.recipient == Recipient(id=HOLDER, identities=(HASHED, kept))
    assert [(loss.change, loss.source) for loss in losses.losses] == [(Change.APPROXIMATED, "/credentialSubject/id")]


def test_a_badge_that_names_this_very_key_is_not_changed() -> None:
    before = credential(Recipient(id=HOLDER))

    assert bound(before, HOLDER, {"/recipient/id": "/credentialSubject/id"})[0] == before
