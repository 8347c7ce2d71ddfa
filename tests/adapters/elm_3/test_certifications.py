"""A certification, a part of one, and what is only aligned to one are never taken for one another."""

from typing import Any

import msgspec
import pytest

from adapters.elm_3 import Elm3
from adapters.elm_3.vocabulary import ESCO_SKILLS
from adapters.hub.alignments import address_of, alignment_of
from adapters.hub.contract import Adapter, Draft, Reading
from adapters.hub.credential import Achievement, Alignment, Credential, Identifier, Profile, Recipient
from adapters.hub.frameworks import Framework, Recognised
from adapters.hub.losses import Change
from adapters.hub.opened import Opened, open_bytes
from adapters.open_badges_2 import OpenBadges2
from adapters.open_badges_3 import OpenBadges3
from tests.adapters import samples
from tests.adapters.elm_3.given import claim, claiming, qualification
from tests.adapters.test_contract import AT, issuance
from tests.corpora import corpus

WHOLE, PART = "RNCP35584", "RNCP35584BC01"
_TERMS = {
    "kind": "data.europa.eu/snb/learning-opportunity/74a4a268e8",
    "language": "publications.europa.eu/resource/authority/language/FRA",
    "skill": "data.europa.eu/esco/skill/5fd5c985-eaaa-47aa-8314-62359c54505a",
}
FICHE = "https://www.francecompetences.fr/recherche/rncp/35584/"


def read(document: dict[str, Any], adapter: Adapter | None = None) -> Reading:
    opened = open_bytes(msgspec.json.encode(document))
    assert isinstance(opened, Opened)
    return samples.read(adapter or Elm3(), opened)


def write(achievement: Achievement, adapter: Adapter | None = None) -> Draft:
    """An award of it, in ELM or in another format."""
    credential = Credential(
        id="https://gateway.example.org/issued/1",
        issuer=Profile(id="https://gateway.example.org/issuer", name={"fr": "École"}, url="https://issuer.example"),
        recipient=Recipient(id="did:example:learner"),
        achievement=achievement,
        awarded=AT,
    )
    return (adapter or Elm3()).write(credential, issuance(credential))


def specification(draft: Draft) -> dict[str, Any]:
    found: dict[str, Any] = draft.document["credentialSubject"]["hasClaim"][0]["specifiedBy"]
    return found


def given(**facts: Any) -> Achievement:
    return Achievement(id="https://issuer.example/badges/1", name={"fr": "Bloc"}, description={"fr": "Bloc"}, **facts)


def aligned(*terms: tuple[Framework, str]) -> Achievement:
    made = [alignment_of(framework, code, {"fr": code}) for framework, code in terms]
    return given(alignments=tuple(alignment for alignment in made if alignment))


def certifications(achievement: Achievement) -> set[str]:
    return {identifier.value for identifier in achievement.other_identifiers}


def recognised(achievement: Achievement) -> list[Recognised | None]:
    return [alignment.recognised for alignment in achievement.alignments]


def test_a_part_stays_a_part_through_open_badges_and_back() -> None:
    opened = open_bytes((corpus("elm/handmade") / "rncp-bloc.json").read_bytes())
    assert isinstance(opened, Opened)
    first = Elm3().read(opened, {}).credentials[0].achievement

    badge = read(write(first, OpenBadges3()).document, OpenBadges3()).credentials[0].achievement
    again = specification(write(badge))

    for achievement in (first, badge):
        assert certifications(achievement) == {PART}
        assert Recognised(Framework.RNCP, WHOLE) in recognised(achievement)
        assert achievement.partial_qualification is True
    assert [each["notation"] for each in again["identifier"]] == [PART]
    assert [each["notation"] for each in again["qualificationCode"]] == [WHOLE]
    assert (again["type"], again["isPartialQualification"]) == ("Qualification", True)


@pytest.mark.parametrize("code", [WHOLE, "RS5487"])
def test_the_code_of_what_is_no_part_is_its_own(code: str) -> None:
    term = {"id": FICHE, "type": "Concept", "notation": code}

    found = read(claiming(claim(specifiedBy=qualification(qualificationCode=[term])))).credentials[0].achievement

    assert certifications(found) == {code}


def test_what_it_is_a_part_of_is_an_alignment() -> None:
    name = {"id": "urn:epass:identifier:9", "type": "Identifier", "notation": WHOLE, "schemeName": "RNCP"}
    whole = {"id": FICHE, "type": "Qualification", "title": {"fr": "Titre"}, "identifier": [name]}
    part = qualification(isPartialQualification=True, isPartOf=[whole])

    found = read(claiming(claim(specifiedBy=part))).credentials[0].achievement

    assert certifications(found) == set()
    assert Recognised(Framework.RNCP, WHOLE) in recognised(found)


@pytest.mark.parametrize("said", [None, False])
def test_who_has_the_code_of_a_part_is_written_as_a_part(said: bool | None) -> None:
    own = (Identifier(kind="ext:RNCPBloc", value=PART), Identifier(kind="ext:RNCP", value=WHOLE))

    draft = write(given(other_identifiers=own, partial_qualification=said))

    assert specification(draft)["isPartialQualification"] is True
    assert any((loss.target or "").endswith("/isPartialQualification") for loss in draft.losses.losses)


@pytest.mark.parametrize("code", ["RNCP_BLOC", "RNCP"])
def test_what_is_only_aligned_is_of_no_class_that_certifies(code: str) -> None:
    draft = write(aligned((Framework[code], PART if code == "RNCP_BLOC" else WHOLE)))

    written = specification(draft)
    assert written["type"] == "LearningAchievementSpecification"
    assert not {"identifier", "qualificationCode", "isPartialQualification"} & written.keys()


def test_a_level_asks_for_a_class_and_it_is_said() -> None:
    draft = write(aligned((Framework.EQF, "6"), (Framework.RNCP_BLOC, PART)))

    assert specification(draft)["type"] == "Qualification"
    said = [loss for loss in draft.losses.losses if (loss.target or "").endswith("/specifiedBy/type")]
    assert [loss.change for loss in said] == [Change.APPROXIMATED]


def test_a_part_and_its_whole_have_iris_of_their_own_and_one_page() -> None:
    terms = (Framework.RNCP, WHOLE), (Framework.RNCP_BLOC, PART), (Framework.RNCP_BLOC, "RNCP35584BC02")
    achievement = aligned(*terms)

    draft = write(achievement)
    again = read(draft.document).credentials[0].achievement

    skills = [outcome["relatedSkill"][0] for outcome in specification(draft)["learningOutcome"]]
    assert [skill["id"] for skill in skills] == [FICHE, f"{FICHE}#{PART}", f"{FICHE}#RNCP35584BC02"]
    assert [skill["prefLabel"] for skill in skills] == [{"fr": code} for _, code in terms]
    assert recognised(again) == recognised(achievement)
    assert {alignment.target_url for alignment in again.alignments} == {FICHE}
    assert address_of(Recognised(Framework.RNCP_BLOC, PART)) == FICHE


@pytest.mark.parametrize("adapter", [OpenBadges2(), OpenBadges3()], ids=lambda adapter: adapter.format)
@pytest.mark.parametrize("said", [True, False])
def test_badges_say_whether_it_is_a_part(adapter: Adapter, said: bool) -> None:
    draft = write(given(partial_qualification=said), adapter)

    assert read(draft.document, adapter).credentials[0].achievement.partial_qualification is said
    assert not any("partial" in (loss.source or "") for loss in draft.losses.losses)


def test_a_badge_says_what_a_european_credential_says_of_type_language_level_and_skill() -> None:
    bare = {each: {"id": f"http://{iri}", "type": "Concept"} for each, iri in _TERMS.items()}
    named = {"prefLabel": {"en": "weld"}, "inScheme": {"id": ESCO_SKILLS, "type": "ConceptScheme"}}
    outcome = {"type": "LearningOutcome", "title": {"en": "Weld"}, "relatedESCOSkill": [{**bare["skill"], **named}]}
    made = qualification(dcType=[bare["kind"]], language=[bare["language"]], learningOutcome=[outcome])
    first = read(claiming(claim(specifiedBy=made))).credentials[0].achievement

    badge = write(first, OpenBadges3()).document["credentialSubject"]["achievement"]

    by_url = {alignment["targetUrl"]: alignment for alignment in badge["alignment"]}
    assert badge["achievementType"] == "MicroCredential"
    assert by_url[f"http://{_TERMS['language']}"]["targetName"] == "French"
    assert by_url["http://data.europa.eu/snb/eqf/3"]["targetCode"] == "3"
    assert by_url[f"http://{_TERMS['skill']}"]["targetFramework"] == "ESCO"


def test_the_type_of_an_achievement_and_the_code_of_its_level_come_back_exactly() -> None:
    level = alignment_of(Framework.EQF, "6", {"fr": "Niveau 6"})
    assert level is not None
    first = given(achievement_type="MicroCredential", alignments=(level,))

    draft = write(first)
    again = read(draft.document).credentials[0].achievement

    assert again.achievement_type == "MicroCredential"
    assert [(each.target_code, each.target_url) for each in again.alignments] == [("6", level.target_url)]
    assert not any("achievement_type" in (loss.source or "") for loss in draft.losses.losses)


@pytest.mark.parametrize("code", [" ", None])
def test_a_level_without_a_code_of_its_own_gets_it_and_that_is_said(code: str | None) -> None:
    level = Alignment(target_name={"en": "A level"}, target_url="http://data.europa.eu/snb/eqf/6", target_code=code)

    draft = write(given(alignments=(level,)))

    assert specification(draft)["eqfLevel"]["notation"] == "6"
    assert any((loss.target or "").endswith("/eqfLevel/notation") for loss in draft.losses.losses)
