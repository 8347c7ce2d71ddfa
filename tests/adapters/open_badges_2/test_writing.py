"""Credentials become Assertions: what is written where, supplied, refused, and said of the original."""

import datetime as dt
from typing import Any

import msgspec
import pytest

from adapters.hub.contract import Draft, Format
from adapters.hub.credential import (
    Achievement,
    Credential,
    Criteria,
    Endorsement,
    Evidence,
    Identity,
    Image,
    Profile,
    Recipient,
    Related,
)
from adapters.hub.errors import NotWritable
from adapters.hub.losses import Change
from tests.adapters.open_badges_2.badges import ADAPTER, AT, GATEWAY, ISSUANCE, ISSUER, ORIGIN, read, sample

PLAIN = Credential(
    id=ISSUANCE.id,
    issuer=ISSUER,
    recipient=Recipient(identities=(Identity(kind="emailAddress", value="earner@example.org", hashed=False),)),
    achievement=Achievement(
        id="https://school.example.org/achievements/1",
        name={"en": "Seamanship", "de": "Seemannschaft"},
        description={"und": "Sails."},
        criteria=Criteria(narrative={"und": "Sail."}),
    ),
    awarded=AT,
)


def written(**fields: Any) -> dict[str, Any]:
    """The document of a credential with other fields."""
    return ADAPTER.write(msgspec.structs.replace(PLAIN, **fields), ISSUANCE).document


def achieved(**fields: Any) -> dict[str, Any]:
    """The BadgeClass of an achievement with other fields."""
    found: dict[str, Any] = written(achievement=msgspec.structs.replace(PLAIN.achievement, **fields))["badge"]
    return found


def lost(draft: Draft, change: Change) -> set[str | None]:
    return {
        loss.target if change is Change.SUPPLIED else loss.source
        for loss in draft.losses.losses
        if loss.change is change
    }


def test_what_it_writes_breaks_no_rule() -> None:
    assert read(written()).findings == ()
    assert read(ADAPTER.write(PLAIN, ISSUANCE, ORIGIN).document).findings == ()


def test_members_stand_in_the_order_of_the_specification() -> None:
    document = written(valid_until=AT)

    assert list(document) == ["@context", "type", "id", "recipient", "badge", "verification", "issuedOn", "expires"]
    assert list(document["badge"]) == ["type", "id", "name", "description", "image", "criteria", "issuer"]


def test_a_hosted_badge_says_where_the_gateway_hosts() -> None:
    document = written()

    assert document["verification"] == {"type": "HostedBadge"}
    assert document["badge"]["issuer"]["verification"] == {"type": "VerificationObject", "startsWith": [GATEWAY]}


def test_a_signed_badge_names_its_key_and_the_list_of_what_was_revoked() -> None:
    key, revocations = f"{GATEWAY}keys/1", f"{GATEWAY}revocations"
    facts = msgspec.structs.replace(ISSUANCE, signing_key_url=key, revocation_list=revocations)

    document = ADAPTER.write(PLAIN, facts).document

    assert document["verification"] == {"type": "SignedBadge", "creator": key}
    assert document["badge"]["issuer"]["publicKey"] == key
    assert document["badge"]["issuer"]["revocationList"] == revocations


def test_the_badge_class_has_the_id_under_which_the_gateway_serves_it() -> None:
    assert written()["badge"]["id"] == ISSUANCE.achievement_id


@pytest.mark.parametrize("own", [None, "did:example:achievement", "urn:uuid:019478a0-7bb5-7c4e-8f0a-0b7e3c521b9e"])
def test_a_badge_class_that_is_served_nowhere_gets_an_id_that_validators_take(own: str | None) -> None:
    credential = msgspec.structs.replace(PLAIN, achievement=msgspec.structs.replace(PLAIN.achievement, id=own))
    facts = msgspec.structs.replace(ISSUANCE, achievement_id=None)

    [first, second] = [ADAPTER.write(credential, facts).document["badge"]["id"] for _ in range(2)]

    assert first == second
    assert first.startswith("urn:uuid:")
    assert first[len("urn:uuid:") + 14] == "5"


@pytest.mark.parametrize("iri", ["did:web:gateway.example.org", "urn:uuid:019478a0-7bb5-7c4e-8f0a-0b7e3c521b9e", ""])
def test_ids_that_validators_refuse_are_not_issued(iri: str) -> None:
    with pytest.raises(NotWritable):
        ADAPTER.write(PLAIN, msgspec.structs.replace(ISSUANCE, id=iri))
    with pytest.raises(NotWritable):
        ADAPTER.write(PLAIN, msgspec.structs.replace(ISSUANCE, issuer=Profile(id=iri)))


def test_the_award_has_one_date_which_is_not_the_date_of_issue() -> None:
    award, issue = dt.datetime(2020, 1, 2, tzinfo=dt.UTC), AT

    assert written(awarded=award, valid_from=issue)["issuedOn"] == "2020-01-02T00:00:00Z"
    assert written(awarded=None, valid_from=issue)["issuedOn"] == "2026-02-01T12:00:00Z"
    assert written(awarded=None)["issuedOn"] == "2026-02-01T12:00:00Z"


def test_required_words_that_are_not_known_are_supplied_and_say_so() -> None:
    draft = ADAPTER.write(msgspec.structs.replace(PLAIN, achievement=Achievement()), ISSUANCE)

    assert draft.document["badge"]["image"] == f"{GATEWAY}badges/1.png"
    assert "not say" in draft.document["badge"]["criteria"]["narrative"]
    assert {"/badge/id", "/badge/name", "/badge/description", "/badge/image", "/badge/criteria/narrative"} <= lost(
        draft, Change.SUPPLIED
    )


def test_the_picture_of_the_credential_shows_where_the_award_has_none() -> None:
    own, award = Image(id="https://example.org/credential.png"), Image(id="https://example.org/award.png")

    assert written(image=own)["image"] == own.id
    assert written(image=own, award_image=award)["image"] == award.id


def test_words_about_a_picture_that_cannot_be_shown_are_not_put_under_another() -> None:
    told = {"und": "The same words"}
    hidden = Image(id="data:image/png;base64,AAAA", caption=told)
    other = Image(id="https://issuer.example/picture.png", caption=told)

    assert written(image=other, award_image=hidden)["image"] == other.id
    assert written(image=other)["image"] == {"id": other.id, "caption": "The same words"}


def test_a_data_uri_is_no_picture_of_an_award_but_one_of_a_badge_class() -> None:
    inside = Image(id="data:image/png;base64,AAAA", caption={"und": "A square"})

    assert "image" not in written(image=inside, award_image=inside)
    assert achieved(image=inside)["image"] == {"id": inside.id, "caption": "A square"}


def test_ids_that_validators_refuse_are_left_out_elsewhere() -> None:
    evidence = (Evidence(id="did:example:1", narrative={"und": "Seen."}), Evidence(id="data:text/plain,x"))
    related = (Related(id="urn:isbn:0"), Related(id="https://example.org/2", types=("https://example.org/T",)))

    document = written(evidence=evidence, achievement=msgspec.structs.replace(PLAIN.achievement, related=related))

    assert document["evidence"] == [{"type": "Evidence", "narrative": "Seen."}]
    assert document["badge"]["related"] == [
        {"id": "https://example.org/2", "type": ["BadgeClass", "https://example.org/T"]}
    ]


def test_further_types_are_written_where_validators_take_them() -> None:
    types = ("https://example.org/types#Special", "Special")

    document = written(types=types, evidence=(Evidence(id="https://example.org/1", types=types),))

    assert document["type"] == "Assertion"
    assert achieved(types=types)["type"] == "BadgeClass"
    assert document["evidence"][0]["type"] == ["Evidence", "https://example.org/types#Special"]


def test_a_narrative_in_one_language_says_which() -> None:
    document = written(narrative={"fr": "Bien."})

    assert document["narrative"] == "Bien."
    assert document["@language"] == "fr"


def test_a_narrative_in_several_languages_loses_all_but_one() -> None:
    draft = ADAPTER.write(msgspec.structs.replace(PLAIN, narrative={"fr": "Bien.", "en": "Good."}), ISSUANCE)

    assert draft.document["narrative"] == "Good."
    assert "/narrative/fr" in lost(draft, Change.DROPPED)


@pytest.mark.parametrize(
    ("recipient", "identity"),
    [
        (
            Recipient(id="did:example:earner", identities=PLAIN.recipient.identities),
            {"type": "email", "hashed": False, "identity": "earner@example.org"},
        ),
        (
            Recipient(id="did:example:earner", identities=(Identity(kind="ext:url", value="x", hashed=False),)),
            {"type": "id", "hashed": False, "identity": "did:example:earner"},
        ),
        (
            Recipient(identities=(Identity(kind="ext:telephone", value="+15550100", hashed=False),)),
            {"type": "telephone", "hashed": False, "identity": "+15550100"},
        ),
        (
            Recipient(identities=(Identity(kind="identifier", value="sha256$" + "0" * 64, hashed=True, salt="s"),)),
            {"type": "id", "hashed": True, "identity": "sha256$" + "0" * 64, "salt": "s"},
        ),
        (
            Recipient(identities=(Identity(kind="identifier", value="student-7", hashed=False),)),
            {"type": "id", "hashed": False, "identity": "student-7"},
        ),
    ],
)
def test_the_recipient_is_known_by_one_identity(recipient: Recipient, identity: dict[str, Any]) -> None:
    assert written(recipient=recipient)["recipient"] == identity


def test_the_recipients_name_stands_in_its_extension() -> None:
    name = Identity(kind="name", value="Earner of the Example", hashed=False)

    document = written(recipient=Recipient(identities=(*PLAIN.recipient.identities, name)))

    assert document["extensions:recipientProfile"]["name"] == name.value
    assert read(document).credentials[0].recipient.identities[1] == name


@pytest.mark.parametrize(
    "recipient", [Recipient(), Recipient(identities=(Identity(kind="systemId", value="7", hashed=False),))]
)
def test_a_recipient_of_no_known_kind_cannot_be_written(recipient: Recipient) -> None:
    with pytest.raises(NotWritable) as caught:
        written(recipient=recipient)

    assert caught.value.pointer == "/recipient"


def test_the_original_issuer_is_named_as_original_creator_and_read_back() -> None:
    school = Profile(id="did:web:school.example.org", name={"und": "Example School"}, url="https://school.example.org/")

    document = written(source=school, achievement=msgspec.structs.replace(PLAIN.achievement, creator=school))

    extension = document["badge"]["extensions:originalCreator"]
    [credential] = read(document).credentials
    assert extension["url"] == school.id
    assert extension["schema:url"] == school.url
    assert extension["type"] == ["Extension", "extensions:OriginalCreator", "extensions:originalCreator"]
    assert credential.source == credential.achievement.creator == school


@pytest.mark.parametrize("url", [None, "https://school.example.org/"])
def test_an_original_creator_without_id_is_known_by_its_address_or_not_at_all(url: str | None) -> None:
    document = written(source=Profile(name={"und": "Example School"}, url=url))

    assert document.get("extensions:originalCreator", {}).get("url") == url


@pytest.mark.parametrize("key", ["extensions:originalCreator", "extensions:OriginalCreator"])
def test_original_creators_of_others_are_read(key: str) -> None:
    document = sample("hosted.json")
    document["badge"][key] = {
        "@context": "https://openbadgespec.org/extensions/originalCreatorExtension/context.json",
        "type": ["Extension", "extensions:OriginalCreator"],
        "url": "https://creator.example.org/issuer.json",
    }

    assert read(document).credentials[0].achievement.creator == Profile(id="https://creator.example.org/issuer.json")


def test_the_original_is_named_by_evidence_and_related() -> None:
    document = ADAPTER.write(PLAIN, ISSUANCE, ORIGIN).document

    [receipt] = document["evidence"]
    [original] = document["badge"]["related"]
    assert receipt["id"] == ORIGIN.receipt_url
    for words in ("Open Badges 3.0", "Example Gateway attests the conversion", "Example School", ORIGIN.sha256):
        assert words in receipt["narrative"]
    assert original["id"] == ORIGIN.achievement_id
    assert original["version"] == "Open Badges v3p0"
    assert "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement" in original["type"]


def test_everything_added_for_provenance_is_reported_as_supplied() -> None:
    draft = ADAPTER.write(PLAIN, ISSUANCE, ORIGIN)

    supplied = lost(draft, Change.SUPPLIED)

    assert {"/evidence/0/id", "/evidence/0/narrative", "/badge/related/0/id", "/badge/related/0/type/0"} <= supplied


@pytest.mark.parametrize("iri", [None, "did:example:achievement"])
def test_an_original_whose_id_validators_refuse_stands_in_the_evidence_alone(iri: str | None) -> None:
    origin = msgspec.structs.replace(ORIGIN, achievement_id=iri, format=Format.OPEN_BADGES_2, id=None, issuer=Profile())

    document = ADAPTER.write(PLAIN, ISSUANCE, origin).document

    assert "related" not in document["badge"]
    assert "an issuer that it does not name" in document["evidence"][0]["narrative"]


def test_nobody_endorsed_what_the_gateway_made_of_it() -> None:
    endorsed = (Endorsement(format="open-badges-2", url="https://guild.example.com/endorsements/1.json"),)
    facts = msgspec.structs.replace(ISSUANCE, achievement_id=None)
    achievement = msgspec.structs.replace(PLAIN.achievement, endorsements=endorsed)
    credential = msgspec.structs.replace(PLAIN, endorsements=endorsed, achievement=achievement)

    kept = ADAPTER.write(credential, facts).document
    converted = ADAPTER.write(credential, ISSUANCE, ORIGIN).document

    assert kept["endorsement"] == kept["badge"]["endorsement"] == [endorsed[0].url]
    assert "endorsement" not in converted
    assert "endorsement" not in converted["badge"]


def test_endorsements_of_another_format_are_left_to_their_authors() -> None:
    endorsed = (Endorsement(format="open-badges-3", token="e30.e30.c2ln"),)

    assert "endorsement" not in written(endorsements=endorsed)


@pytest.mark.parametrize(
    ("member", "words"),
    [("name", "Unnamed achievement"), ("description", "The issuer gave no description.")],
)
@pytest.mark.parametrize("texts", [{"und": ""}, {"en": "", "de": ""}])
def test_an_empty_text_that_the_format_demands_is_none(member: str, words: str, texts: dict[str, str]) -> None:
    draft = ADAPTER.write(
        msgspec.structs.replace(PLAIN, achievement=msgspec.structs.replace(PLAIN.achievement, **{member: texts})),
        ISSUANCE,
    )

    assert draft.document["badge"][member] == words
    assert read(draft.document).findings == ()
    assert {f"/achievement/{member}/{language}" for language in texts} <= lost(draft, Change.DROPPED)
    assert f"/badge/{member}" in lost(draft, Change.SUPPLIED)


def test_an_empty_text_gives_way_to_one_in_another_language() -> None:
    assert achieved(name={"en": "", "de": "Seemannschaft"})["name"] == "Seemannschaft"
