"""Tables between the European Learning Model 3 and the neutral credential, one a class, both directions."""

from typing import Any  # Any: decoded JSON on both sides

from adapters.elm_3.codecs import (
    DURATION,
    IRI,
    MOMENT,
    NOTE,
    OWN_ID,
    PAGE,
    STRING,
    TEXTS,
    TRUTH,
    WORD,
    WORDS,
    in_list,
    node,
    note,
    single,
    whole,
)
from adapters.elm_3.concepts import ANY_CONCEPT, term
from adapters.elm_3.mapping_agents import ACCREDITATIONS, AGENT, AGENTS, ENDORSED, IDENTIFIERS, certified, read_codes
from adapters.elm_3.mapping_kinds import KINDS, read_kinds, write_kinds
from adapters.elm_3.mapping_outcomes import MEMBERS, part_of_qualification, read_outcomes, write_outcomes
from adapters.elm_3.vocabulary import Vocabulary
from adapters.hub.losses import Change, Loss
from adapters.hub.mapping import ABSENT, NO_MEMBER, Codec, Row, Table, Trail, first, many, without

OWN_SEAL = "the seal's own: the gateway's document has its own"
OWN_STATUS = "replaced by the gateway's own status, where the version has a place for one"
PROVENANCE = "says where that document came from; the gateway's says where it comes from"
_FOR_ALL = "who awards stands once, at the award itself"
_ONE_MODE = "the format has one kind of assessment each"
_BLOC = "it has the code of a part of a certification, which is not the whole"
_NOT_CERTIFIED = "the class that alone has a level or an accreditation here: nothing says that it is a certification"
_NO_TYPE = "the class says it"


def _not_a_member(value: Any, at: str, into: str, trail: Trail) -> Any:  # noqa: ARG001
    trail.dropped(value, at, NO_MEMBER)
    return ABSENT


def _elsewhere(value: Any, at: str, into: str, trail: Trail) -> Any:  # noqa: ARG001
    return ABSENT


TOLD = Codec(_not_a_member, _elsewhere)
"""A field that `remarks` tells of."""

CREDIT_POINT = Table(
    Row("framework", "framework", ANY_CONCEPT),
    Row("point", "points", STRING),
    types=("CreditPoint",),
    structural=("type",),
)
CREDIT_POINTS = many(whole(node(CREDIT_POINT), "framework", "point"))

ASSESSMENT_SPECIFICATION = Table(
    Row("id", "id", OWN_ID),
    Row("title", "title", TEXTS),
    Row("description", "description", TEXTS),
    Row("dcType", "kinds", first(ANY_CONCEPT, _ONE_MODE)),
    Row("mode", "mode", in_list(ANY_CONCEPT)),
    types=("LearningAssessmentSpecification",),
    structural=("type",),
    no_place={
        "supervision": "a specification of an assessment does not say who watches",
        "assessors": "a specification of an assessment does not say who assesses",
        "at": "a specification of an assessment has no date",
    },
)

# How it went for one learner: a Result, and how it was found out. The supplied members stand in `writing`.
ASSESSMENT = Table(
    Row("id", "assessment/id", OWN_ID),
    Row("title", "assessment/title", TEXTS),
    Row("description", "assessment/description", TEXTS),
    Row("grade", "value", note(WORD)),
    Row("dateIssued", "assessment/at", MOMENT),
    Row("assessedBy", "assessment/assessors", AGENTS),
    Row("idVerification", "assessment/supervision", ANY_CONCEPT),
    Row("specifiedBy/dcType", "assessment/kinds", first(ANY_CONCEPT, _ONE_MODE)),
    Row("specifiedBy/mode", "assessment/mode", in_list(ANY_CONCEPT)),
    without("specifiedBy/title", "what the assessment is called stands at what became of it"),
    without("awardedBy", _FOR_ALL),
    types=("LearningAssessment",),
    structural=("type", "id"),
    no_place={
        "status": "no vocabulary of ELM has the states of Open Badges",
        "result_description": "ELM describes no results apart from those that were given",
        "achieved_level": "ELM has no rubrics",
    },
)


class _Specifications(Table):
    """A Qualification or LearningAchievementSpecification; levels, fields and outcomes go by other ways."""

    def read(self, value: Any, at: str, into: str, trail: Trail) -> dict[str, Any]:
        """Wire object -> hub object."""
        result = super().read(value, at, into, trail) | read_outcomes(value, at, into, trail)
        result |= read_kinds(value, at, into, trail)
        found = read_codes(
            value.get("qualificationCode", []),
            f"{at}/qualificationCode",
            (f"{into}/other_identifiers", result.get("other_identifiers", [])),
            trail,
            of_part=part_of_qualification(value),
        )
        return {**result, "other_identifiers": found} if found else result

    def write(self, value: Any, at: str, into: str, trail: Trail) -> dict[str, Any]:
        """Hub object -> wire object, of the class that what it says asks for."""
        apart = {"alignments", "learning_outcomes", *KINDS}
        rest = {name: child for name, child in value.items() if name not in apart}
        written = super().write(rest, at, into, trail) | write_kinds(value, at, into, trail)
        _say_part(written, at, into, trail)
        written |= write_outcomes(value, at, into, trail, part=part_of_qualification(written))
        if not QUALIFICATION_ONLY & written.keys():
            return {"type": "LearningAchievementSpecification", **written}
        if "isPartialQualification" not in written and not any(map(certified, written.get("identifier", ()))):
            bent = Loss(change=Change.APPROXIMATED, target=f"{into}/type", note=_NOT_CERTIFIED)
            trail.losses.append(bent)
        return {"type": "Qualification", **written}


def _say_part(written: dict[str, Any], at: str, into: str, trail: Trail) -> None:
    """Who has the code of a part says that it is one: it would be taken for the whole."""
    if not part_of_qualification(written) or written.get("isPartialQualification") is True:
        return
    place = f"{into}/isPartialQualification"
    if "isPartialQualification" in written:
        trail.approximated(f"{at}/partial_qualification", place, _BLOC)
    else:
        trail.supplied(place, _BLOC)
    written["isPartialQualification"] = True


QUALIFICATION_ONLY = frozenset({"eqfLevel", "nqfLevel", "isPartialQualification", "accreditation"})
SPECIFICATION: Table = _Specifications(
    Row("id", "id", OWN_ID),
    Row("title", "name", TEXTS),
    Row("description", "description", TEXTS),
    Row("category", "tags", WORDS),
    Row("identifier", "other_identifiers", IDENTIFIERS),
    Row("homepage", "criteria/id", PAGE),
    Row("learningOutcomeSummary", "criteria/narrative", single(NOTE)),
    Row("additionalNote", "notes", many(NOTE)),
    Row("language", "languages", many(term(Vocabulary.LANGUAGE))),
    Row("mode", "modes", many(ANY_CONCEPT)),
    Row("learningSetting", "learning_setting", term(Vocabulary.LEARNING_SETTING)),
    Row("targetGroup", "target_groups", many(ANY_CONCEPT)),
    Row("volumeOfLearning", "workload", DURATION),
    Row("creditPoint", "credit_points", CREDIT_POINTS),
    Row("entryRequirement", "entry_requirements", single(NOTE)),
    Row("isPartialQualification", "partial_qualification", TRUTH),
    Row("provenBy", "assessments", many(node(ASSESSMENT_SPECIFICATION))),
    Row("accreditation", "accreditations", ACCREDITATIONS),
    structural=("type", "dcType", "isPartOf", *MEMBERS),
    no_place={
        "types": _NO_TYPE,
        "creator": "the awarding body stands at the award",
        "endorsements": ENDORSED,
        "in_language": "each text says its own language",
        "related": "no other version of a specification is named",
        "result_descriptions": "ELM describes no results apart from those that were given",
        "version": "a specification has no version",
    },
)

EVIDENCE = Table(
    Row("contentURL", "id", IRI),
    Row("title", "name", TEXTS),
    Row("description", "description", TOLD),
    Row("narrative", "narrative", TOLD),
    types=("WebResource",),
    structural=("type", "id"),
    no_place=dict.fromkeys(("types", "genre", "audience"), "a WebResource has an address and a title"),
)
PERIOD = Table(
    Row("startDate", "activity_start", MOMENT),
    Row("endDate", "activity_end", MOMENT),
    types=("PeriodOfTime",),
    structural=("type", "id"),
)
AWARDING = Table(
    Row("awardingDate", "awarded", MOMENT),
    types=("AwardingProcess",),
    structural=("type", "id", "awardingBody"),
)
CLAIM = Table(
    Row("description", "narrative", TEXTS),
    Row("creditReceived", "credits_received", CREDIT_POINTS),
    Row("provenBy", "results", many(node(ASSESSMENT))),
    Row("supplementaryDocument", "evidence", many(whole(node(EVIDENCE), "contentURL"))),
    types=("LearningAchievement",),
    structural=(
        "type",
        "id",
        "title",
        "additionalNote",
        "awardedBy",
        "hasPart",
        "influencedBy",
        "specifiedBy",
        "temporal",
    ),
)
CLAIM_FIELDS = frozenset(
    {
        "narrative",
        "award_name",
        "credits_received",
        "results",
        "evidence",
        "awarded",
        "source",
        "joint_awarders",
        "activity_start",
        "activity_end",
        "recipient",
        "achievement",
    }
)
CREDENTIAL = Table(
    Row("id", "id", IRI),
    Row("displayParameter/title", "name", TEXTS),
    Row("displayParameter/description", "description", TEXTS),
    without("displayParameter/language", "the texts say their own languages"),
    without("displayParameter/primaryLanguage", "the texts say their own languages"),
    without("displayParameter/summaryDisplay", "how one program shows it"),
    Row("issuer", "issuer", AGENT),
    Row("validFrom", "valid_from", MOMENT),
    Row("validUntil", "valid_until", MOMENT),
    without("issued", OWN_SEAL),
    without("issuanceDate", OWN_SEAL),
    without("credentialSchema", OWN_SEAL),
    without("credentialProfiles", OWN_SEAL),
    without("proof", OWN_SEAL),
    without("credentialStatus", OWN_STATUS),
    without("evidence", PROVENANCE),
    structural=("@context", "type", "credentialSubject", "expirationDate", "identifier", "individualDisplay"),
    no_place={
        "types": _NO_TYPE,
        "endorsements": ENDORSED,
        "terms_of_use": "version 3.1 has no place for terms of use",
        "related_resources": "a document of ELM has no related resources",
    },
)
