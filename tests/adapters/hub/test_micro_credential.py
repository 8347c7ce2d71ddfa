"""Each element of a European micro-credential: present, there in part, or missing."""

import datetime as dt
from typing import Any

import msgspec
import pytest

from adapters.hub.alignments import QUALITY_ASSURANCE, alignment_of
from adapters.hub.contract import Format, Reading
from adapters.hub.credential import (
    Accreditation,
    Achievement,
    Address,
    Alignment,
    Assessment,
    Concept,
    Credential,
    CreditPoints,
    Criteria,
    Endorsement,
    Identity,
    LearningOutcome,
    Profile,
    Recipient,
    Result,
)
from adapters.hub.frameworks import Framework
from adapters.hub.micro_credential import (
    LANGUAGES,
    MOST_AWARDS,
    MicroCredentialElement,
    Presence,
    completeness,
    examined,
    summary,
)
from adapters.hub.micro_credential_elements import MANDATORY, OPTIONAL
from adapters.hub.micro_credential_words import EXAMPLES, FIXES, FORMATS, LACKING, NAMES
from adapters.hub.securing import Unsecured

NOW = dt.datetime(2026, 1, 31, tzinfo=dt.UTC)
TERM = Concept(id="https://example.org/term", label={"en": "A term"})
EMPTY = Concept(id="urn:x:term")
TEXT = {"en": "A text"}
LEVEL = alignment_of(Framework.EQF, "6", {"en": "EQF level 6"})
SKILL = alignment_of(Framework.ESCO_SKILL, "00735755-adc6-4ea0-b034-b8caff339c9f", {"en": "A skill"})
assert LEVEL is not None
assert SKILL is not None

ACHIEVEMENT = Achievement(
    name=TEXT,
    description=TEXT,
    learning_outcomes=(LearningOutcome(title=TEXT),),
    credit_points=(CreditPoints(framework=TERM, points="2.5"),),
    alignments=(LEVEL,),
    modes=(TERM,),
    assessments=(Assessment(kinds=(TERM,), supervision=TERM),),
    accreditations=(Accreditation(id="https://example.org/accreditation"),),
    entry_requirements=TEXT,
    partial_qualification=False,
)
WHOLE = Credential(
    issuer=Profile(name=TEXT, address=Address(country_code="FR")),
    recipient=Recipient(id="did:example:learner"),
    achievement=ACHIEVEMENT,
    awarded=NOW,
    results=(Result(value="B+"),),
)


def without(**changes: Any) -> Credential:
    """The whole one, its achievement changed."""
    return msgspec.structs.replace(WHOLE, achievement=msgspec.structs.replace(ACHIEVEMENT, **changes))


def but(**changes: Any) -> Credential:
    return msgspec.structs.replace(WHOLE, **changes)


def read(
    *credentials: Credential, format: Format = Format.OPEN_BADGES_3, origins: dict[str, str] | None = None
) -> Reading:
    return Reading(
        format=format,
        version="",
        credentials=credentials,
        origins=origins or {},
        document={},
        issuer_id="",
        securing=Unsecured(),
    )


def element(name: str, credential: Credential) -> MicroCredentialElement:
    return next(each for each in completeness(read(credential)) if each.name == name)


def test_all_sixteen_elements_are_found_where_all_are_said() -> None:
    found = completeness(read(WHOLE))

    assert [each.name for each in found] == [*MANDATORY, *OPTIONAL]
    assert {each.presence for each in found} == {Presence.PRESENT}
    assert (summary(WHOLE).mandatory, summary(WHOLE).of, summary(WHOLE).optional) == (11, 11, 5)


@pytest.mark.parametrize(
    ("name", "credential"),
    [
        ("learner", but(recipient=Recipient())),
        ("learner", but(recipient=Recipient(identities=(Identity(kind="name", value=" ", hashed=False),)))),
        ("title", without(name={})),
        ("title", without(name={"en": " "})),
        ("issuer-country", but(issuer=Profile(name=TEXT))),
        ("awarding-body", but(issuer=Profile(address=Address(country_code="FR")))),
        ("date", but(awarded=None)),
        ("learning-outcomes", without(learning_outcomes=())),
        ("learning-outcomes", without(learning_outcomes=(LearningOutcome(title={"en": " "}),))),
        ("workload", without(credit_points=())),
        ("workload", without(credit_points=(CreditPoints(framework=TERM, points="0.0"),))),
        ("workload", without(credit_points=(), workload="PT0H")),
        ("level", without(alignments=())),
        ("participation", without(modes=())),
        ("participation", without(modes=(EMPTY,))),
        ("quality-assurance", without(accreditations=())),
        ("quality-assurance", without(accreditations=(Accreditation(title={"en": " "}, kind=EMPTY),))),
        ("prerequisites", without(entry_requirements={})),
        ("supervision", without(assessments=(Assessment(kinds=(TERM,)),))),
        ("supervision", without(assessments=(Assessment(kinds=(TERM,), supervision=EMPTY),))),
        ("grade", but(results=(Result(),))),
        ("grade", but(results=(Result(value=" "),))),
        ("stackability", without(partial_qualification=None)),
        ("further-information", without(description={})),
    ],
)
def test_an_element_that_nothing_says_is_missing_and_no_other(name: str, credential: Credential) -> None:
    found = completeness(read(credential))

    lacking = {each.name: each for each in found if each.presence is not Presence.PRESENT}
    assert set(lacking) == {name}
    assert lacking[name].presence is Presence.MISSING
    assert lacking[name].pointers == ()
    assert lacking[name].lacking
    assert lacking[name].fix


def test_an_award_without_assessments_and_results_does_not_say_how_it_was_assessed() -> None:
    found = element("assessment", msgspec.structs.replace(without(assessments=()), results=()))

    assert found.presence is Presence.MISSING


@pytest.mark.parametrize(
    ("name", "credential"),
    [
        ("learner", but(recipient=Recipient(identities=(Identity(kind="emailAddress", value="md5$0", hashed=True),)))),
        ("learner", but(recipient=Recipient(id="urn:uuid:7f0c1b0e-53f4-4b6e-9c1e-2f3f1d7e1a55"))),
        ("issuer-country", but(issuer=Profile(name=TEXT, address=Address(region="Bretagne")))),
        ("awarding-body", but(issuer=Profile(id="https://issuer.example", address=Address(country="France")))),
        ("learning-outcomes", without(learning_outcomes=(), criteria=Criteria(narrative=TEXT))),
        (
            "learning-outcomes",
            without(
                learning_outcomes=(), alignments=(LEVEL, Alignment(target_name=TEXT, target_url="https://a.example"))
            ),
        ),
        ("workload", without(credit_points=(), credits_available=3)),
        (
            "level",
            without(alignments=(Alignment(target_name=TEXT, target_url="https://a.example", target_type="ext:EQF"),)),
        ),
        ("assessment", without(assessments=(Assessment(supervision=TERM),))),
        ("assessment", msgspec.structs.replace(without(assessments=(Assessment(title=TEXT),)), results=())),
        (
            "quality-assurance",
            without(accreditations=(), endorsements=(Endorsement(format="open-badges-3", token="a.b.c"),)),
        ),
        ("grade", but(results=(Result(status="Completed"),))),
        (
            "stackability",
            without(
                partial_qualification=None,
                alignments=(LEVEL, alignment_of(Framework.RNCP_BLOC, "RNCP38596BC02", TEXT)),
            ),
        ),
    ],
)
def test_what_says_an_element_in_part_is_told_from_what_says_it(name: str, credential: Credential) -> None:
    found = element(name, credential)

    assert found.presence is Presence.PARTLY
    assert found.lacking
    assert found.fix


@pytest.mark.parametrize(
    ("name", "credential"),
    [
        ("learning-outcomes", without(learning_outcomes=(), alignments=(SKILL,))),
        ("workload", without(credit_points=(), workload="PT60H")),
        (
            "quality-assurance",
            without(
                accreditations=(),
                alignments=(
                    Alignment(target_name=TEXT, target_url="https://a.example", target_type=QUALITY_ASSURANCE),
                ),
            ),
        ),
        (
            "participation",
            without(
                modes=(),
                alignments=(
                    Alignment(target_name=TEXT, target_url="http://data.europa.eu/snb/learning-assessment/920fbb3cbe"),
                ),
            ),
        ),
        (
            "assessment",
            msgspec.structs.replace(without(assessments=()), results=(Result(assessment=Assessment(kinds=(TERM,))),)),
        ),
        ("awarding-body", but(issuer=Profile(), source=Profile(parent_org=Profile(name=TEXT)))),
    ],
)
def test_an_element_may_be_said_in_another_place(name: str, credential: Credential) -> None:
    assert element(name, credential).presence is Presence.PRESENT


def test_who_seals_what_another_body_awards_says_nothing_of_that_body() -> None:
    sealed = but(source=Profile(name={"en": "A school"}))

    assert element("issuer-country", sealed).presence is Presence.MISSING
    assert element("awarding-body", sealed).presence is Presence.PRESENT
    assert element("issuer-country", but(source=WHOLE.issuer)).presence is Presence.PRESENT


def test_the_place_is_what_all_that_was_read_has_in_common() -> None:
    origins = {
        "/0/achievement/alignments/0/target_url": "/credentialSubject/achievement/alignment/3/targetUrl",
        "/0/achievement/alignments/0/target_name/und": "/credentialSubject/achievement/alignment/3/targetName",
        "/0/achievement/alignments/01": "/elsewhere",
        "/0/awarded": "/awardedDate",
    }

    found = {each.name: each.pointers for each in completeness(read(WHOLE, origins=origins))}

    assert found["level"] == ("/credentialSubject/achievement/alignment/3",)
    assert found["date"] == ("/awardedDate",)
    assert found["title"] == ()


def test_every_award_is_examined_and_of_very_many_the_first() -> None:
    found = examined(read(*[WHOLE] * MOST_AWARDS, but(awarded=None)))

    assert len(found) == MOST_AWARDS
    assert all(each.mandatory == each.of and len(each.elements) == 16 for each in found)


def test_many_alignments_are_not_all_looked_at() -> None:
    strange = Alignment(target_name=TEXT, target_url="https://a.example")

    assert element("level", without(alignments=(strange,) * 200 + (LEVEL,))).presence is Presence.MISSING


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("format", Format)
def test_every_format_says_in_every_language_how_to_add_each_element(format: Format, language: str) -> None:
    empty = Credential(issuer=Profile(), recipient=Recipient(), achievement=Achievement())

    found = completeness(read(empty, format=format), language=language)

    assert all(each.label and each.lacking and each.fix for each in found)
    assert EXAMPLES[format].keys() == NAMES[language].keys() == {*MANDATORY, *OPTIONAL}
    assert LACKING[language].keys() == LACKING["en"].keys()
    assert FORMATS[format]
    assert len(FIXES[language]) == 3


@pytest.mark.parametrize("format", Format)
def test_every_example_is_a_member_in_json(format: Format) -> None:
    for _, example in EXAMPLES[format].values():
        assert not example or msgspec.json.decode(f"{{{example}}}")
