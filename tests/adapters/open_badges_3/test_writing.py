"""What is written, supplied, bent and left out."""

import datetime as dt
from base64 import urlsafe_b64encode
from typing import Any

import msgspec
import pytest

from adapters.hub.contract import Draft, Issuance
from adapters.hub.credential import (
    Achievement,
    Alignment,
    Credential,
    Criteria,
    Endorsement,
    Evidence,
    Identity,
    Image,
    Profile,
    Recipient,
    Related,
    Result,
    ResultDescription,
)
from adapters.hub.errors import NotWritable
from adapters.hub.losses import Change
from adapters.hub.wire import validated
from adapters.open_badges_3 import OpenBadges3
from adapters.open_badges_3 import document as ob3
from tests.adapters.open_badges_3.written import AT, GATEWAY, ISSUANCE, SMALL

V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
OWN = Issuance(id=ISSUANCE.id, issuer=GATEWAY, at=AT)


def write(issuance: Issuance = OWN, **changes: Any) -> Draft:
    return OpenBadges3().write(msgspec.structs.replace(SMALL, **changes), issuance)


def achieved(**changes: Any) -> dict[str, Any]:
    draft = write(achievement=msgspec.structs.replace(SMALL.achievement, **changes))
    return dict(draft.document["credentialSubject"]["achievement"])


def lost(draft: Draft, change: Change) -> list[str | None]:
    return [loss.source for loss in draft.losses.losses if loss.change is change]


def supplied(draft: Draft) -> list[str | None]:
    return [loss.target for loss in draft.losses.losses if loss.change is Change.SUPPLIED]


def test_least_credential_is_written_in_the_order_of_the_specification() -> None:
    document = write().document

    assert list(document) == ["@context", "id", "type", "credentialSubject", "issuer", "validFrom"]
    assert document["@context"] == [V2, OB]
    assert document["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert document["issuer"] == {"type": ["Profile"], "id": "did:web:gateway.example.org", "name": "Example Gateway"}
    validated(document, ob3.AchievementCredential)


def test_nothing_but_the_name_of_the_subject_is_supplied() -> None:
    draft = write()

    assert supplied(draft) == ["/credentialSubject/id"]
    assert draft.document["credentialSubject"]["id"].startswith("urn:uuid:")


def test_the_same_credential_is_written_the_same_twice() -> None:
    assert write() == write()


def test_what_is_required_is_supplied_in_neutral_words() -> None:
    draft = write(achievement=Achievement(), valid_from=None, source=Profile(name={"und": "A"}))

    assert supplied(draft) == [
        "/validFrom",
        "/credentialSubject/id",
        "/credentialSubject/achievement/id",
        "/credentialSubject/achievement/name",
        "/credentialSubject/achievement/description",
        "/credentialSubject/achievement/criteria/narrative",
        "/credentialSubject/source/id",
    ]
    validated(draft.document, ob3.AchievementCredential)


@pytest.mark.parametrize(
    ("awarded", "expected"),
    [(dt.datetime(2020, 1, 1, tzinfo=dt.UTC), "2020-01-01T00:00:00Z"), (None, "2024-02-29T12:00:00Z")],
)
def test_valid_from_is_the_award_or_else_the_issue(awarded: dt.datetime | None, expected: str) -> None:
    assert write(valid_from=None, awarded=awarded).document["validFrom"] == expected


def test_nobody_cannot_be_awarded() -> None:
    with pytest.raises(NotWritable):
        write(recipient=Recipient(id="no-iri"))


def test_achievement_moves_to_the_gateways_address() -> None:
    draft = write(ISSUANCE)

    assert draft.document["credentialSubject"]["achievement"]["id"] == "https://gateway.example.org/badges/1"
    assert lost(draft, Change.APPROXIMATED) == ["/achievement/id"]


def test_status_is_written_and_its_context_with_it() -> None:
    status = {"id": "https://gateway.example.org/revoked", "type": "1EdTechRevocationList"}

    draft = write(msgspec.structs.replace(OWN, status=status))

    assert draft.document["credentialStatus"] == status
    assert draft.document["@context"] == [V2, OB, EXTENSIONS]
    assert supplied(draft)[-2:] == ["/credentialStatus/id", "/credentialStatus/type"]


def test_several_values_are_always_a_list() -> None:
    written = achieved(
        tags=("one",),
        alignments=(Alignment(target_name={"und": "A"}, target_url="https://example.org/a"),),
        related=(Related(id="https://example.org/b"),),
    )

    assert written["tag"] == ["one"]
    assert written["alignment"][0]["type"] == ["Alignment"]
    assert written["related"] == [{"type": ["Related"], "id": "https://example.org/b"}]


@pytest.mark.parametrize(
    ("tag", "written"), [("en", "en"), ("en-us", "en-US"), ("zh-hant-tw", "zh-Hant-TW"), ("de-1996", None)]
)
def test_language_is_written_in_the_customary_case_or_not_at_all(tag: str, written: str | None) -> None:
    assert achieved(in_language=tag).get("inLanguage") == written


@pytest.mark.parametrize(
    ("kind", "written"), [("Badge", "Badge"), ("ext:Knot", "ext:Knot"), ("A Knot!", "ext:A_Knot_"), ("", "ext:_")]
)
def test_foreign_value_becomes_an_extension_of_the_enumeration(kind: str, written: str) -> None:
    assert achieved(achievement_type=kind)["achievementType"] == written


@pytest.mark.parametrize("iri", ["", "no-iri", "/relative", "https://example.org/a b", "https://example.org/<a>"])
def test_id_that_json_ld_would_drop_is_left_out(iri: str) -> None:
    draft = write(
        evidence=(Evidence(id=iri, name={"und": "A"}), Evidence(id=iri)),
        image=Image(id=iri, caption={"und": "B"}),
    )

    assert draft.document["evidence"] == [{"type": ["Evidence"], "name": "A"}]
    assert "image" not in draft.document
    assert sorted(lost(draft, Change.DROPPED)) == [  # type: ignore[type-var]  # all are pointers
        "/evidence/0/id",
        "/evidence/1/id",
        "/image/caption/und",
        "/image/id",
    ]


def test_reference_goes_with_what_it_refers_to() -> None:
    description = ResultDescription(id="one", name={"und": "One"}, result_type="Percent")

    draft = write(
        achievement=msgspec.structs.replace(SMALL.achievement, result_descriptions=(description,)),
        results=(Result(result_description="one", value="50"),),
    )

    assert draft.document["credentialSubject"]["result"] == [{"type": ["Result"], "value": "50"}]
    assert "resultDescription" not in draft.document["credentialSubject"]["achievement"]


def test_types_are_kept_where_the_contexts_can_name_them() -> None:
    draft = write(types=("https://example.org/types#A", "Custom", "Image"))

    assert draft.document["type"][2:] == ["https://example.org/types#A", "Image"]
    assert lost(draft, Change.DROPPED) == ["/types/1"]


@pytest.mark.parametrize(
    ("number", "written", "change"),
    [
        (-0.0, 0, None),
        (2.5, 2.5, None),
        (2.0**53, None, Change.DROPPED),
        (0.29999542236328125, 0.299995422363281, Change.APPROXIMATED),
    ],
)
def test_number_is_written_as_all_programs_read_it(number: float, written: float | None, change: Change | None) -> None:
    draft = write(credits_earned=number)

    assert draft.document["credentialSubject"].get("creditsEarned") == written
    assert [loss.change for loss in draft.losses.losses if loss.source == "/credits_earned"] == [change] * bool(change)


def endorsement(**changes: object) -> dict[str, Any]:
    whole = {
        "@context": [V2, OB],
        "id": "urn:example:e",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "E",
        "issuer": "https://guild.example.org",
        "validFrom": "2024-01-01T00:00:00Z",
        "credentialSubject": {"id": ISSUANCE.id, "type": ["EndorsementSubject"]},
        **changes,
    }
    return {name: value for name, value in whole.items() if value is not None}


def token(payload: bytes) -> str:
    return f"e30.{urlsafe_b64encode(payload).rstrip(b'=').decode()}.c2ln"


FAMILY = "open-badges-3"
UNWRITABLE = {
    "another format": Endorsement(format="open-badges-2", document=endorsement()),
    "only an address": Endorsement(format=FAMILY, url="https://guild.example.org/1"),
    "no compact JWS": Endorsement(format=FAMILY, token="no token"),
    "a token of no JSON": Endorsement(format=FAMILY, token=token(b"{")),
    "a token of no object": Endorsement(format=FAMILY, token=token(b"[]")),
    "a token about nothing": Endorsement(format=FAMILY, token=token(b"{}")),
    "a token about something else": Endorsement(format=FAMILY, token=token(b'{"credentialSubject":{"id":"urn:a:b"}}')),
    "something else": Endorsement(
        format=FAMILY,
        document=endorsement(credentialSubject={"id": "urn:a:b", "type": ["EndorsementSubject"]}),
    ),
    "VCDM 1.1": Endorsement(
        format=FAMILY, document=endorsement(**{"@context": ["https://www.w3.org/2018/credentials/v1", OB]})
    ),
    "no context": Endorsement(format=FAMILY, document=endorsement(**{"@context": None})),
    "no name": Endorsement(format=FAMILY, document=endorsement(name=None)),
    "a member of nobody's": Endorsement(format=FAMILY, document=endorsement(vendor="x")),
    "a type of nobody's": Endorsement(format=FAMILY, document=endorsement(credentialSchema={"id": "a:b", "type": "X"})),
    "a text in languages": Endorsement(format=FAMILY, document=endorsement(name={"en": "E"})),
    "a relative id": Endorsement(format=FAMILY, document=endorsement(id="e")),
    "a relative issuer": Endorsement(format=FAMILY, document=endorsement(issuer="guild")),
    "an unknown purpose": Endorsement(
        format=FAMILY, document=endorsement(proof={"type": "DataIntegrityProof", "proofPurpose": "x"})
    ),
    "wrong types": Endorsement(format=FAMILY, document=endorsement(name=5)),
}


@pytest.mark.parametrize("case", UNWRITABLE)
def test_endorsement_that_cannot_be_embedded_is_dropped_whole(case: str) -> None:
    draft = write(endorsements=(UNWRITABLE[case],))

    assert not draft.document.keys() & {"endorsement", "endorsementJwt"}
    assert "/endorsements/0/format" in lost(draft, Change.DROPPED)


def test_endorsements_are_embedded_as_they_are() -> None:
    whole = endorsement(credentialStatus={"id": "https://guild.example.org/r", "type": "1EdTechRevocationList"})

    compact = token(b'{"vc":{"credentialSubject":{"id":"https://college.example.org/issuer"}}}')

    draft = write(endorsements=(Endorsement(format=FAMILY, document=whole), Endorsement(format=FAMILY, token=compact)))

    assert draft.document["endorsement"] == [whole]
    assert draft.document["endorsementJwt"] == [compact]
    assert draft.document["@context"] == [V2, OB, EXTENSIONS]


def test_foreign_terms_of_use_need_a_type_that_means_something() -> None:
    draft = write(terms_of_use=({"type": "https://example.org/types#Terms"}, {"type": "IssuerPolicy"}))

    assert draft.document["termsOfUse"] == [{"type": "https://example.org/types#Terms"}]
    assert lost(draft, Change.DROPPED) == ["/terms_of_use/1/type"]


def test_one_language_is_written_and_the_others_are_reported() -> None:
    draft = write(narrative={"fr": "un", "en": "one"}, name={"und": "a", "en": "b"})

    assert draft.document["credentialSubject"]["narrative"] == "one"
    assert draft.document["name"] == "a"
    assert lost(draft, Change.DROPPED) == ["/name/en", "/narrative/fr"]
    assert lost(draft, Change.APPROXIMATED) == ["/narrative/en"]


def test_profile_of_no_id_gets_one_up_to_the_last_owner() -> None:
    owner = Profile(name={"und": "Owner"}, parent_org=Profile(name={"und": "Owner's owner"}))

    draft = write(achievement=msgspec.structs.replace(SMALL.achievement, creator=owner))

    creator = draft.document["credentialSubject"]["achievement"]["creator"]
    assert creator["id"] != creator["parentOrg"]["id"]
    assert supplied(draft)[-2:] == [
        "/credentialSubject/achievement/creator/id",
        "/credentialSubject/achievement/creator/parentOrg/id",
    ]


def test_criteria_of_which_nothing_is_left_are_supplied() -> None:
    assert achieved(criteria=Criteria(id="no-iri"))["criteria"] == {"narrative": "No criteria are given."}


def test_issuer_of_no_id_gets_that_of_the_issuance() -> None:
    credential = Credential(
        issuer=Profile(name={"und": "Example Gateway"}),
        recipient=Recipient(identities=(Identity(kind="name", value="Kim", hashed=False),)),
        achievement=SMALL.achievement,
    )

    document = OpenBadges3().write(credential, OWN).document

    assert (document["id"], document["issuer"]["id"]) == (OWN.id, GATEWAY.id)


def test_zero_is_written_without_a_sign() -> None:
    draft = write(credits_earned=-0.0)

    assert msgspec.json.encode(draft.document["credentialSubject"]["creditsEarned"]) == b"0"
