"""Plain data becomes a credential that says what was asked for, and nothing that only its issuer may say."""

import datetime as dt
from base64 import b64encode
from typing import Any  # Any: members of JSON objects

import msgspec
import pytest

from adapters.hub.baking import KEYWORD_3, bake_png
from adapters.hub.errors import Malformed
from gateway.errors import NotIssuable
from gateway.issuing.emblem import emblem
from gateway.issuing.plain import award_of, stated
from gateway.proofs.identity_hash import identity_hash
from tests.gateway.plain import award

NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
SALT = "00112233445566778899aabbccddeeff"


def body(**changes: Any) -> bytes:
    return msgspec.json.encode(award(**changes))


def test_an_e_mail_address_is_hashed_with_the_salt_unless_it_is_to_stand_plain() -> None:
    hidden = stated(award_of(body()), SALT, NOW).credential.recipient.identities[0]
    plain = stated(award_of(body(recipient={"email": "learner@example.org", "plain": True})), SALT, NOW)

    assert (hidden.value, hidden.hashed, hidden.salt) == (identity_hash("learner@example.org", SALT), True, SALT)
    assert plain.credential.recipient.identities[0].value == "learner@example.org"


def test_a_did_stands_as_it_is_beside_what_is_hashed() -> None:
    found = stated(award_of(body(recipient={"did": "did:key:z6Mk", "url": "https://me.example/"})), SALT, NOW)

    recipient = found.credential.recipient
    assert recipient.id == "did:key:z6Mk"
    assert [identity.kind for identity in recipient.identities] == ["ext:url"]


def test_all_who_earned_it_share_the_kinds_of_results_whatever_they_got() -> None:
    marks = [{"name": "Mark", "type": "RawScore", "value": value, "maximum": "10"} for value in ("7", "8")]

    made = [stated(award_of(body(results=[mark])), SALT, NOW).credential for mark in marks]

    assert made[0].achievement == made[1].achievement
    assert [credential.results[0].value for credential in made] == ["7", "8"]


def test_every_leaf_knows_where_it_came_from() -> None:
    found = stated(award_of(body(narrative={"en": "Well done", "fr": "Bien"})), SALT, NOW)

    assert found.origins["/achievement/criteria/narrative/und"] == "/achievement/criteria/text"
    assert found.origins["/narrative/fr"] == "/narrative/fr"
    assert found.origins["/recipient/identities/0/value"] == "/recipient/email"


def test_a_picture_brings_no_hidden_badge_along() -> None:
    picture = bake_png(emblem(1), b'{"type": "Assertion"}', KEYWORD_3)
    uri = "data:image/png;base64," + b64encode(picture).decode()

    found = stated(award_of(body(image=uri)), SALT, NOW).credential.achievement.image

    assert found is not None
    assert found.id == "data:image/png;base64," + b64encode(emblem(1)).decode()


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"awarded": "2026-01-02T00:00:00Z"}, "/awarded"),
        ({"validFrom": "2026-01-02T00:00:00Z"}, "/validFrom"),
        ({"expires": "2025-12-31T00:00:00Z"}, "/expires"),
        ({"activityStart": "2025-02-02T00:00:00Z", "activityEnd": "2025-02-01T00:00:00Z"}, "/activityEnd"),
        ({"recipient": {"plain": True}}, "/recipient"),
        ({"image": "data:image/png;base64," + "A" * 40}, "/achievement/image"),
        ({"expires": "2030-01-01"}, "/expires"),
        ({"name": ""}, "/achievement/name"),
        ({"name": {}}, "/achievement/name"),
        ({"name": {"english": "x"}}, "/achievement/name"),
        ({"image": "data:image/svg+xml;base64,PHN2Zy8+"}, "/achievement/image"),
        ({"image": "javascript:alert(1)"}, "/achievement/image"),
        ({"recipient": {"email": "nobody"}}, "/recipient/email"),
        ({"recipient": {"email": "a@b.example\n"}}, "/recipient/email"),
        ({"recipient": {"url": "ftp://me.example/"}}, "/recipient/url"),
        ({"evidence": [{"url": "javascript:alert(1)"}]}, "/evidence/0/url"),
        ({"results": [{"name": "Mark", "type": "Guess"}]}, "/results/0/type"),
        ({"tags": ["x"] * 101}, "/achievement/tags"),
        ({"credits": -1}, "/achievement/credits"),
    ],
)
def test_what_no_badge_may_say_is_refused_with_its_place(changes: dict[str, Any], pointer: str) -> None:
    with pytest.raises(NotIssuable) as caught:
        stated(award_of(body(**changes)), SALT, NOW)

    assert caught.value.pointer == pointer


@pytest.mark.parametrize("text", [b'{"recipient": {}, "recipient": {}}', b'{"achievement": NaN}', b"[", b"\xff"])
def test_what_two_readers_could_take_for_two_things_is_refused(text: bytes) -> None:
    with pytest.raises(Malformed):
        award_of(text)
