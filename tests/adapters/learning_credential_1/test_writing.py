"""A neutral credential as claims: what is said, what is supplied, and what is refused."""

import datetime as dt
from typing import Any

import msgspec
import pytest

from adapters.hub.alignments import QUALITY_ASSURANCE, alignment_of
from adapters.hub.contract import LegalIdentity
from adapters.hub.credential import (
    Accreditation,
    Address,
    Alignment,
    Concept,
    CreditPoints,
    Identity,
    LearningOutcome,
    Profile,
    Recipient,
    Result,
)
from adapters.hub.described import ECTS
from adapters.hub.errors import NotWritable
from adapters.hub.frameworks import Framework
from adapters.hub.losses import Change
from adapters.learning_credential_1.document import MANDATORY, VCT
from tests.adapters.learning_credential_1.given import (
    AT,
    GATEWAY,
    ISSUANCE,
    LEARNER,
    ORIGIN,
    SCHOOL,
    credential,
    read,
    write,
    written,
)

LEVEL = alignment_of(Framework.EQF, "6", {"und": "EQF level 6"})
SKILL = alignment_of(Framework.ESCO_SKILL, "00735755-adc6-4ea0-b034-b8caff339c9f", {"en": "tie knots"})
assert LEVEL is not None
assert SKILL is not None
QUALITY = Alignment(
    target_name={"en": "Peer review"}, target_url="https://agency.example/1", target_type=QUALITY_ASSURANCE
)


def test_a_badge_with_little_is_written_and_what_wallets_ask_for_is_named_as_missing() -> None:
    draft = write(credential())

    assert draft.document == {
        "vct": VCT,
        "iss": GATEWAY.id,
        "jti": ISSUANCE.id,
        "issuing_authority": "Example School (converted and signed by Example Gateway)",
        "date_of_issuance": "2026-01-31",
        "achievement_title": "Knots",
        "learner_identification": "learner@example.org",
        "provenance": draft.document["provenance"],
    }
    missing = {loss.note.partition(":")[0] for loss in draft.losses.losses if loss.source is loss.target is None}
    assert missing == {name for name in MANDATORY if name not in draft.document}


def test_both_names_stand_in_what_wallets_show_and_each_by_itself() -> None:
    document = written(credential())

    said = document["provenance"]
    assert (said["issued_by"], said["issued_by_id"], said["signed_by"]) == (
        "Example School",
        SCHOOL.id,
        "Example Gateway",
    )
    assert (said["sha256"], said["receipt"], said["format"]) == (ORIGIN.sha256, ORIGIN.receipt_url, "Open Badges 3.0")
    assert "did not award it" in said["statement"]
    [again] = read(document).credentials
    assert again.source is not None
    assert (again.source.name, again.source.id, again.issuer.name) == (
        {"und": "Example School"},
        SCHOOL.id,
        {"und": "Example Gateway"},
    )


def test_who_awarded_it_is_named_where_the_original_names_somebody_else_than_its_issuer() -> None:
    origin = msgspec.structs.replace(ORIGIN, awarded_by=Profile(id="x"))

    document = written(credential(), origin)

    assert document["issuing_authority"] == "x, as Example School says (converted and signed by Example Gateway)"


def test_what_a_platform_awards_itself_names_it_alone() -> None:
    document = written(credential(source=None), None)

    assert document["issuing_authority"] == "Example Gateway"
    assert "provenance" not in document


@pytest.mark.parametrize(
    ("source", "authority"),
    [
        (Profile(id="https://school.example.org"), "https://school.example.org (signed by Example Gateway)"),
        (Profile(url="https://school.example.org"), "somebody who is not named (signed by Example Gateway)"),
    ],
)
def test_an_awarder_without_a_name_is_named_by_its_id(source: Profile, authority: str) -> None:
    assert written(credential(source=source), None)["issuing_authority"] == authority


def test_an_issuer_without_a_name_is_named_by_its_id() -> None:
    nameless = Profile(id=GATEWAY.id)

    assert written(credential(source=None, issuer=nameless), None)["issuing_authority"] == GATEWAY.id
    assert written(credential(issuer=nameless))["provenance"]["signed_by"] == GATEWAY.id


@pytest.mark.parametrize(
    ("found", "facts", "country"),
    [
        (credential(source=Profile(name={"en": "S"}, address=Address(country_code="fr"))), {}, "FR"),
        (credential(source=Profile(name={"en": "S"}, address=Address(country_code="FRA", country="France"))), {}, None),
        (credential(), {"country": "BE"}, "BE"),
        (
            credential(source=None),
            {"legal": LegalIdentity(legal_name="G", common_name="G", country="FR", organisation_id="NTRFR-1")},
            "FR",
        ),
    ],
)
def test_the_country_is_that_of_who_awarded_it_and_never_made_up(
    found: Any, facts: dict[str, Any], country: str | None
) -> None:
    origin = None if found.source is None else ORIGIN

    assert written(found, origin, **facts).get("issuing_country") == country


def test_levels_skills_and_quality_assurance_become_claims_of_their_own() -> None:
    document = written(credential({"alignments": (SKILL, LEVEL, QUALITY, SKILL)}))

    assert document["level_of_learning_experience"] == 6
    assert document["learning_outcomes"] == ["tie knots"]
    assert document["types_of_quality_assurance"] == ["Peer review"]


def test_outcomes_and_quality_assurance_are_said_in_words() -> None:
    kind = Concept(id="http://data.europa.eu/snb/accreditation/bb4618238e", label={"en": "Institutional"})
    document = written(
        credential(
            {
                "learning_outcomes": (
                    LearningOutcome(title={"en": "Ties knots", "fr": "Noue"}),
                    LearningOutcome(title={"en": " "}, description={"en": "Splices ropes"}),
                    LearningOutcome(id="https://example.org/outcome"),
                ),
                "accreditations": (Accreditation(kind=kind), Accreditation(id="https://example.org/a")),
            },
            source=Profile(name={"en": "S"}, accreditations=(Accreditation(title={"en": "Accredited school"}),)),
        )
    )

    assert document["learning_outcomes"] == ["Ties knots", "Splices ropes"]
    assert document["types_of_quality_assurance"] == ["Institutional", "Accredited school"]


def test_time_and_credits_are_said_in_one_text() -> None:
    held = (CreditPoints(framework=Concept(id=ECTS), points="2.5"),)

    assert written(credential({"workload": "PT60H", "credit_points": held}))["expected_study_time"] == (
        "60 hours (2.5 ECTS credits)"
    )
    assert written(credential({"credit_points": held}))["expected_study_time"] == "2.5 ECTS credits"
    assert written(credential({"workload": "6 months"}))["expected_study_time"] == "6 months"
    assert "expected_study_time" not in written(credential({"workload": " "}))


def test_the_day_of_the_award_is_said_and_where_nobody_says_it_the_next_best() -> None:
    since = dt.datetime(2025, 5, 1, tzinfo=dt.UTC)

    assert written(credential(awarded=None, valid_from=since))["date_of_issuance"] == "2025-05-01"
    assert written(credential(awarded=None))["date_of_issuance"] == AT.date().isoformat()


def test_its_end_is_said_to_the_second_and_as_a_day() -> None:
    end = dt.datetime(2030, 6, 30, 22, 30, tzinfo=dt.timezone(dt.timedelta(hours=-2)))

    document = written(credential(valid_until=end))

    assert (document["exp"], document["date_of_expiry"]) == (int(end.timestamp()), "2030-07-01")
    assert read(document).credentials[0].valid_until == end


@pytest.mark.parametrize(
    ("recipient", "said"),
    [
        (Recipient(id="did:key:z1"), {"sub": "did:key:z1", "learner_identification": "did:key:z1"}),
        (
            Recipient(id="did:key:z1", identities=(LEARNER,)),
            {"sub": "did:key:z1", "learner_identification": "learner@example.org"},
        ),
        (
            Recipient(identities=(Identity(kind="emailAddress", value="sha256$ab", hashed=True, salt="s"),)),
            {
                "learner_identification": "sha256$ab",
                "learner_identity": {"kind": "emailAddress", "hashed": True, "salt": "s"},
            },
        ),
        (
            Recipient(identities=(Identity(kind="ext:familyName", value="Example", hashed=False),)),
            {"family_name": "Example"},
        ),
        (
            Recipient(
                identities=(
                    Identity(kind="nationalIdentityNumber", value="1", hashed=False),
                    Identity(kind="name", value="Learner Example", hashed=False),
                )
            ),
            {
                "learner_identification": "Learner Example",
                "learner_identity": {"kind": "name", "hashed": False},
            },
        ),
    ],
)
def test_the_learner_is_identified_in_the_best_way_that_is_known(recipient: Recipient, said: dict[str, Any]) -> None:
    document = written(credential(recipient=recipient))

    names = ("sub", "family_name", "given_name", "learner_identification", "learner_identity")
    assert {name: document[name] for name in names if name in document} == said


def test_identities_in_another_order_are_all_said() -> None:
    names = (
        Identity(kind="ext:familyName", value="Example", hashed=False),
        Identity(kind="ext:givenName", value="Learner", hashed=False),
        LEARNER,
    )

    draft = write(credential(recipient=Recipient(identities=names)))

    assert {draft.document[name] for name in ("family_name", "given_name", "learner_identification")} == {
        each.value for each in names
    }
    assert "/family_name" in {loss.target for loss in draft.losses.losses}


@pytest.mark.parametrize(
    ("found", "pointer"),
    [
        (credential({"name": {"en": " "}}), "/achievement/name"),
        (credential(recipient=Recipient()), "/recipient"),
        (credential(recipient=Recipient(identities=(Identity(kind="name", value="", hashed=False),))), "/recipient"),
        (credential(results=(Result(value="F", status="Failed"),)), "/results/0/status"),
    ],
)
def test_what_cannot_be_said_is_refused_with_the_place(found: Any, pointer: str) -> None:
    with pytest.raises(NotWritable) as caught:
        write(found)

    assert caught.value.pointer == pointer


@pytest.mark.parametrize("field", ["award_name", "name"])
def test_an_award_lends_its_name_to_an_achievement_without_one(field: str) -> None:
    draft = write(credential({"name": {}}, **{field: {"fr": "Nœuds"}}))

    assert draft.document["achievement_title"] == "Nœuds"
    assert (Change.APPROXIMATED, f"/{field}/fr") in {(loss.change, loss.source) for loss in draft.losses.losses}


def test_who_is_the_creator_and_the_awarder_is_said_once() -> None:
    draft = write(credential({"creator": SCHOOL}))

    assert not [loss for loss in draft.losses.losses if (loss.source or "").startswith("/achievement/creator")]


def test_the_status_that_is_given_stands_there() -> None:
    status = {"status_list": {"idx": 7, "uri": "https://gateway.example.org/status-lists/1.jwt"}}

    assert written(credential(), status=status)["status"] == status
