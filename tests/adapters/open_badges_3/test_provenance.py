"""What a converted credential says of where it comes from."""

import msgspec
import pytest

from adapters.hub.contract import Draft, Format
from adapters.hub.credential import Profile
from adapters.hub.losses import Change
from adapters.open_badges_3 import OpenBadges3
from tests.adapters.open_badges_3.written import COLLEGE, ISSUANCE, ORIGIN, SMALL


def convert(**changes: object) -> Draft:
    return OpenBadges3().write(SMALL, ISSUANCE, msgspec.structs.replace(ORIGIN, **changes))


def test_description_says_who_attests_what() -> None:
    assert convert().document["description"] == (
        "Example Gateway converted this credential from an Open Badges 2.0 Assertion of Example College, which it "
        "had verified on 2024-02-29. Example Gateway attests the conversion; the achievement was awarded by "
        "Example College."
    )


def test_own_description_stays_in_front_and_is_reported() -> None:
    described = msgspec.structs.replace(SMALL, description={"und": "For welding."})

    draft = OpenBadges3().write(described, ISSUANCE, ORIGIN)

    assert draft.document["description"].startswith("For welding.\n\nExample Gateway converted")
    [bent] = [loss for loss in draft.losses.losses if loss.source == "/description/und"]
    assert (bent.change, bent.target) == (Change.APPROXIMATED, "/description")


def test_evidence_leads_to_the_receipt_and_is_typed_after_the_source() -> None:
    [evidence] = convert().document["evidence"]

    assert evidence["id"] == "https://gateway.example.org/receipts/1"
    assert evidence["type"] == ["Evidence", "https://w3id.org/openbadges#Assertion"]
    assert "attests the conversion, not the achievement" in evidence["description"]


def test_only_an_assertion_is_called_one() -> None:
    [evidence] = convert(format=Format.OPEN_BADGES_3).document["evidence"]

    assert evidence["type"] == ["Evidence", "https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential"]


def test_original_is_named_by_its_digest() -> None:
    [resource] = convert().document["relatedResource"]

    assert resource == {
        "id": "ni:///sha-256;Xl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl4",
        "digestSRI": "sha256-Xl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl5eXl4=",
        "mediaType": "image/png",
    }


def test_achievement_is_related_to_the_original_badge_class() -> None:
    achievement = convert().document["credentialSubject"]["achievement"]

    assert achievement["related"] == [
        {
            "id": "https://college.example.org/badges/welding",
            "type": ["Related", "https://w3id.org/openbadges#BadgeClass"],
            "version": "Open Badges v2p0",
        }
    ]


def test_achievement_that_kept_its_id_or_had_none_is_related_to_nothing() -> None:
    for original in (None, "no-iri", ISSUANCE.achievement_id):
        achievement = convert(achievement_id=original).document["credentialSubject"]["achievement"]

        assert "related" not in achievement


def test_credential_takes_its_name_from_the_achievement() -> None:
    assert convert().document["name"] == "Welding"
    assert "name" not in OpenBadges3().write(SMALL, ISSUANCE).document


def test_everything_added_is_reported_as_supplied() -> None:
    plain = OpenBadges3().write(SMALL, ISSUANCE)

    told = convert()

    added = [loss for loss in told.losses.losses if loss not in plain.losses.losses]
    assert {loss.change for loss in added} == {Change.SUPPLIED}
    assert [loss.target for loss in added] == [
        "/name",
        "/description",
        "/evidence/0/id",
        "/evidence/0/type/0",
        "/evidence/0/type/1",
        "/evidence/0/name",
        "/evidence/0/description",
        "/relatedResource/0/id",
        "/relatedResource/0/digestSRI",
        "/relatedResource/0/mediaType",
        "/credentialSubject/achievement/related/0/id",
        "/credentialSubject/achievement/related/0/type/0",
        "/credentialSubject/achievement/related/0/type/1",
        "/credentialSubject/achievement/related/0/version",
    ]


def test_who_sealed_it_and_who_awarded_it_are_named_apart() -> None:
    draft = convert(format=Format.ELM_3, issuer=Profile(name={"en": "Sealing Office"}), awarded_by=COLLEGE)

    assert draft.document["description"] == (
        "Example Gateway converted this credential from a European Digital Credential (ELM 3) that Sealing Office "
        "sealed for Example College, which it had verified on 2024-02-29. Example Gateway attests the conversion; the "
        "achievement was awarded by Example College, as Sealing Office says."
    )


@pytest.mark.parametrize("format", Format)
def test_every_format_is_called_by_its_name(format: Format) -> None:
    document = convert(format=format, version="1.1").document

    assert format not in document["description"]
    assert document["evidence"][0]["type"][1].startswith("http")


def test_a_badge_class_of_open_badges_1_is_related_with_its_version() -> None:
    [related] = convert(format=Format.OPEN_BADGES_1, version="1.1").document["credentialSubject"]["achievement"][
        "related"
    ]

    assert related["version"] == "Open Badges v1p1"
