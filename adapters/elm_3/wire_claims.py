"""What is claimed of a learner, exactly as on the wire."""

from msgspec import UNSET, UnsetType

from adapters.elm_3.wire_agents import Agent
from adapters.elm_3.wire_specifications import LearningOpportunity, Specification
from adapters.elm_3.wire_values import (
    Concept,
    CreditPoint,
    Identifier,
    Location,
    Node,
    Nodes,
    Note,
    PeriodOfTime,
    Strings,
    Text,
    WebResource,
)


class ResultCategory(Node, frozen=True, kw_only=True):
    """How many got this."""

    count: int | list[int] | UnsetType = UNSET
    label: Strings | UnsetType = UNSET
    maximum_score: Strings | UnsetType = UNSET
    minimum_score: Strings | UnsetType = UNSET
    score: Strings | UnsetType = UNSET


class ResultDistribution(Node, frozen=True, kw_only=True):
    """How all did."""

    description: Text | UnsetType = UNSET
    result_category: Nodes[ResultCategory] | UnsetType = UNSET


class ShortenedGrading(Node, frozen=True, kw_only=True):
    """Percentages of those who did better, worse and as well."""

    percentage_equal: int | list[int] | UnsetType = UNSET
    percentage_higher: int | list[int] | UnsetType = UNSET
    percentage_lower: int | list[int] | UnsetType = UNSET


class AwardingProcess(Node, frozen=True, kw_only=True):
    """Who awards, when and where."""

    additional_note: Nodes[Note] | UnsetType = UNSET
    awarding_body: Nodes[Agent] | UnsetType = UNSET
    awarding_date: Strings | UnsetType = UNSET
    awards: "Nodes[Claim] | UnsetType" = UNSET
    description: Text | UnsetType = UNSET
    educational_system_note: Nodes[Concept] | UnsetType = UNSET
    identifier: Nodes[Identifier] | UnsetType = UNSET
    location: Nodes[Location] | UnsetType = UNSET
    used: "Nodes[Claim] | UnsetType" = UNSET


class Claim(Node, frozen=True, kw_only=True):
    """A LearningAchievement, LearningActivity, LearningAssessment or LearningEntitlement, or a Claim that is none."""

    additional_note: Nodes[Note] | UnsetType = UNSET
    assessed_by: Nodes[Agent] | UnsetType = UNSET
    awarded_by: Nodes[AwardingProcess] | UnsetType = UNSET
    credit_received: Nodes[CreditPoint] | UnsetType = UNSET
    date_issued: Strings | UnsetType = UNSET
    dc_type: Nodes[Concept] | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    directed_by: Nodes[Agent] | UnsetType = UNSET
    entitled_by: "Nodes[Claim] | UnsetType" = UNSET
    entitles_to: "Nodes[Claim] | UnsetType" = UNSET
    expiry_date: Strings | UnsetType = UNSET
    grade: Nodes[Note] | UnsetType = UNSET
    grade_status: Nodes[Concept] | UnsetType = UNSET
    has_part: "Nodes[Claim] | UnsetType" = UNSET
    identifier: Nodes[Identifier] | UnsetType = UNSET
    id_verification: Nodes[Concept] | UnsetType = UNSET
    influenced_by: "Nodes[Claim] | UnsetType" = UNSET
    influences: "Nodes[Claim] | UnsetType" = UNSET
    is_part_of: "Nodes[Claim] | UnsetType" = UNSET
    learning_opportunity: Nodes[LearningOpportunity] | UnsetType = UNSET
    level_of_completion: int | list[int] | UnsetType = UNSET
    location: Nodes[Location] | UnsetType = UNSET
    proven_by: "Nodes[Claim] | UnsetType" = UNSET
    proves: "Nodes[Claim] | UnsetType" = UNSET
    result_destribution: Nodes[ResultDistribution] | UnsetType = UNSET
    result_distribution: Nodes[ResultDistribution] | UnsetType = UNSET
    shortened_grading: Nodes[ShortenedGrading] | UnsetType = UNSET
    specified_by: Nodes[Specification] | UnsetType = UNSET
    supplementary_document: Nodes[WebResource] | UnsetType = UNSET
    temporal: Nodes[PeriodOfTime] | UnsetType = UNSET
    title: Text | UnsetType = UNSET
    workload: Strings | UnsetType = UNSET
