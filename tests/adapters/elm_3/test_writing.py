"""Which profile is written, what a converted credential holds, and what nobody may invent."""

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import msgspec
import pytest

from adapters import open_badges_3
from adapters.elm_3 import Elm3
from adapters.elm_3.provenance import embedded_original
from adapters.elm_3.vocabulary import CONTEXTS, CONVERTED, GENERIC
from adapters.elm_3.writing import MAX_EMBEDDED_BYTES
from adapters.hub.contract import Draft, Format, Origin
from adapters.hub.credential import Alignment, Credential, Identifier, Identity, Image, Profile, Recipient
from adapters.hub.errors import NotWritable
from adapters.hub.losses import Change
from adapters.hub.opened import Opened, open_bytes
from adapters.open_badges_3 import OpenBadges3
from tests.adapters.test_contract import AT, PAGE, issuance

RECEIVED = (Path(open_badges_3.__file__).parent / "samples" / "complete.json").read_bytes()
ID = "urn:credential:5a4ff7bc-98e5-4c63-9a34-0d5a5a4a3c11"
LONG_AGO = dt.datetime(2019, 5, 4, 10, tzinfo=dt.UTC)
_CLAIM = "/credentialSubject/hasClaim/0"


@pytest.fixture
def credential() -> Credential:
    opened = open_bytes(RECEIVED)
    assert isinstance(opened, Opened)
    read = OpenBadges3().read(opened, {}).credentials[0]
    achievement = msgspec.structs.replace(read.achievement, image=None)
    return msgspec.structs.replace(
        read, id=ID, source=read.issuer, achievement=achievement, award_image=None, image=None
    )


@pytest.fixture
def origin(credential: Credential) -> Origin:
    return Origin(
        format=Format.OPEN_BADGES_3,
        version="3.0",
        id="https://college.example.org/credentials/3732",
        achievement_id=credential.achievement.id,
        sha256=hashlib.sha256(RECEIVED).hexdigest(),
        received=RECEIVED,
        media_type="application/json",
        issuer=credential.issuer,
        verified_at=AT,
        checks=(("proof", "passed"),),
        receipt_url="https://gateway.example.org/receipts/1",
    )


def write(credential: Credential, origin: Origin | None = None, **facts: Any) -> Draft:
    return Elm3().write(credential, msgspec.structs.replace(issuance(credential), **facts), origin)


def specified(draft: Draft) -> dict[str, Any]:
    found: dict[str, Any] = draft.document["credentialSubject"]["hasClaim"][0]["specifiedBy"]
    return found


def read(draft: Draft) -> Credential:
    opened = open_bytes(msgspec.json.encode(draft.document))
    assert isinstance(opened, Opened)
    return Elm3().read(opened, {}).credentials[0]


def profile(draft: Draft) -> str:
    name: str = draft.document["credentialSchema"][0]["id"]
    return name


def test_a_converted_credential_holds_the_exact_bytes_of_the_original(credential: Credential, origin: Origin) -> None:
    document = write(credential, origin).document

    assert embedded_original(document) == RECEIVED
    assert document["credentialSchema"][0]["id"] == CONVERTED
    statement = document["evidence"][0]["evidenceStatement"]
    assert origin.sha256 in statement
    assert origin.receipt_url in statement
    assert "proof passed" in statement


def test_an_original_that_may_not_be_shown_is_named(credential: Credential, origin: Origin) -> None:
    draft = write(credential, origin, embed_original=False)

    assert profile(draft) == GENERIC
    assert embedded_original(draft.document) is None
    assert draft.document["identifier"][-1]["notation"] == origin.id
    assert any(loss.change is Change.DROPPED and "not embedded" in loss.note for loss in draft.losses.losses)


def test_an_original_that_would_make_it_too_large_is_named(credential: Credential, origin: Origin) -> None:
    large = msgspec.structs.replace(origin, received=b"x" * (MAX_EMBEDDED_BYTES + 1))

    draft = write(credential, large)

    assert profile(draft) == GENERIC
    assert len(msgspec.json.encode(draft.document)) < 1_000_000
    assert any("too large to be taken" in loss.note for loss in draft.losses.losses)


def test_what_was_not_converted_is_generic(credential: Credential) -> None:
    draft = write(credential)

    assert profile(draft) == GENERIC
    assert draft.document["@context"] == [*CONTEXTS]
    assert b"dateModified" not in msgspec.json.encode(draft.document)


def test_the_seal_names_the_issuer_and_the_award_its_awarder(credential: Credential) -> None:
    document = write(credential).document

    assert document["issuer"]["legalName"] == {"en": "Gateway Foundation"}
    assert document["issuer"]["eIDASIdentifier"]["notation"] == "NTRFR-123456789"
    body = document["credentialSubject"]["hasClaim"][0]["awardedBy"]["awardingBody"][0]
    assert body["legalName"] == {credential.achievement.in_language: credential.issuer.name["und"]}


def test_nothing_is_written_when_nobody_owns_the_seal(credential: Credential) -> None:
    with pytest.raises(NotWritable, match="owns the seal"):
        write(credential, legal=None)


def test_nothing_is_written_without_a_page_to_display(credential: Credential) -> None:
    with pytest.raises(NotWritable, match="no page"):
        write(credential, display=None)


def test_an_embedded_badge_image_is_displayed(credential: Credential) -> None:
    picture = Image(id="data:image/jpeg;base64,/9j/4AAQ")
    achievement = msgspec.structs.replace(credential.achievement, image=picture)

    document = write(msgspec.structs.replace(credential, achievement=achievement), display=PAGE).document

    image = document["displayParameter"]["individualDisplay"][0]["displayDetail"][0]["image"]
    assert image["content"] == "/9j/4AAQ"
    assert image["contentType"]["id"].endswith("/JPEG")


@pytest.mark.parametrize(("country", "written"), [("IE", "IRL"), (None, "OP_DATPRO")])
def test_an_awarder_without_a_country_gets_the_one_that_was_set_and_it_is_said(
    credential: Credential, country: str | None, written: str
) -> None:
    awarder = msgspec.structs.replace(credential, source=Profile(name={"en": "School"}))

    draft = write(awarder, country=country)

    place = f"{_CLAIM}/awardedBy/awardingBody/0/location/0/address/0/countryCode/id"
    body = draft.document["credentialSubject"]["hasClaim"][0]["awardedBy"]["awardingBody"][0]
    assert body["location"][0]["address"][0]["countryCode"]["id"].endswith(f"/{written}")
    assert [loss.change for loss in draft.losses.losses if loss.target == place] == [Change.SUPPLIED]


def test_an_alignment_to_a_part_of_a_certification_is_no_certification(credential: Credential) -> None:
    bloc = Alignment(
        target_name={"fr": "Bloc 1"},
        target_url="https://www.francecompetences.fr/recherche/rncp/35584/",
        target_code="RNCP35584BC01",
        target_framework="RNCP",
    )
    achievement = msgspec.structs.replace(credential.achievement, alignments=(bloc,), other_identifiers=())

    document = write(msgspec.structs.replace(credential, achievement=achievement)).document

    specification = document["credentialSubject"]["hasClaim"][0]["specifiedBy"]
    assert specification["type"] == "LearningAchievementSpecification"
    assert "identifier" not in specification
    assert specification["learningOutcome"][0]["relatedSkill"][0]["notation"] == "RNCP35584BC01"


def test_a_salted_hash_is_read_back_with_its_salt_and_nothing_is_lost(credential: Credential) -> None:
    salted = Identity(kind="emailAddress", value=f"sha256${'5e' * 32}", hashed=True, salt="0d9f")
    plain = Identity(kind="identifier", value="4711", hashed=False)
    recipient = Recipient(identities=(salted, plain))

    draft = write(msgspec.structs.replace(credential, recipient=recipient))

    assert read(draft).recipient.identities == (salted, plain)
    assert [loss for loss in draft.losses.losses if (loss.source or "").startswith("/recipient")] == []


def test_what_was_awarded_long_ago_holds_since_then(credential: Credential) -> None:
    document = write(msgspec.structs.replace(credential, valid_from=None, awarded=LONG_AGO)).document

    assert document["validFrom"] == "2019-05-04T10:00:00Z"


def test_texts_whose_language_the_achievement_says_are_written_in_it_without_a_line(credential: Credential) -> None:
    name = {"und": "Soudage"}
    achievement = msgspec.structs.replace(credential.achievement, name=name, in_language="fr")

    draft = write(msgspec.structs.replace(credential, achievement=achievement, name=name), language="en")

    assert specified(draft)["title"] == {"fr": "Soudage"}
    assert {loss.note for loss in draft.losses.losses if loss.source == "/name/und"} == {
        "does not say its language; written as the language that the achievement's texts are in"
    }
    assert not any(loss.source == "/achievement/name/und" for loss in draft.losses.losses)


@pytest.mark.parametrize("said", [None, "not a language"])
def test_a_text_in_no_known_language_is_written_in_the_one_that_was_set(
    credential: Credential, said: str | None
) -> None:
    achievement = msgspec.structs.replace(credential.achievement, name={"und": "Welding"}, in_language=said)

    draft = write(msgspec.structs.replace(credential, achievement=achievement), language="de")

    assert specified(draft)["title"] == {"de": "Welding"}
    assert any(loss.source == "/achievement/name/und" for loss in draft.losses.losses)


def test_a_creator_who_awards_is_told_once_and_another_one_is_a_loss(credential: Credential) -> None:
    other = Profile(name={"en": "Another school"})
    lost = []
    for creator in (credential.source, other):
        achievement = msgspec.structs.replace(credential.achievement, creator=creator)
        draft = write(msgspec.structs.replace(credential, achievement=achievement))
        lost.append([loss for loss in draft.losses.losses if "/creator/" in (loss.source or "")])

    assert lost[0] == []
    assert [loss.source for loss in lost[1]] == ["/achievement/creator/name/en"]


@pytest.mark.parametrize("version", ["3.1", "3.2"])
def test_a_status_has_a_place_in_3_2_alone(credential: Credential, version: str) -> None:
    status = {"id": "https://gateway.example.org/status-lists/1#7", "type": "BitstringStatusListEntry"}

    draft = write(credential, status=status, elm_version=version)

    assert ("credentialStatus" in draft.document) == (version == "3.2")
    assert any("status" in loss.note for loss in draft.losses.losses)


def test_the_same_credential_is_written_alike_and_another_bears_other_names(credential: Credential) -> None:
    once, again = write(credential).document, write(credential).document
    other = write(msgspec.structs.replace(credential, id=ID.replace("5a4f", "6b5e"))).document

    assert once == again
    assert once["displayParameter"]["id"] != other["displayParameter"]["id"]


def test_a_text_without_a_language_takes_none_that_another_says(credential: Credential) -> None:
    held = Identifier(
        kind="identifier", value="X-1", scheme="https://schemes.example.org/1", agency={"en": " ", "und": "Org"}
    )
    achievement = msgspec.structs.replace(credential.achievement, other_identifiers=(held,), in_language="en")

    draft = write(msgspec.structs.replace(credential, achievement=achievement))

    opened = open_bytes(msgspec.json.encode(draft.document))
    assert isinstance(opened, Opened)
    [again] = Elm3().read(opened, {}).credentials[0].achievement.other_identifiers
    assert again.agency == {"und": "Org"}
