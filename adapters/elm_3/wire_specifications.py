"""What can be learnt and earned, exactly as on the wire."""

import msgspec
from msgspec import UNSET, UnsetType

from adapters.elm_3.wire_agents import Accreditation, Agent
from adapters.elm_3.wire_values import (
    Concept,
    CreditPoint,
    Grant,
    Identifier,
    Location,
    MediaObject,
    Node,
    Nodes,
    Note,
    PeriodOfTime,
    PriceDetail,
    Strings,
    Text,
    WebResource,
)


class GradingScheme(Node, frozen=True, kw_only=True):
    """By which an assessment is graded."""

    description: Text | UnsetType = UNSET
    identifier: Nodes[Identifier] | UnsetType = UNSET
    supplementary_document: Nodes[WebResource] | UnsetType = UNSET
    title: Text | UnsetType = UNSET


class LearningOutcome(Node, frozen=True, kw_only=True):
    """What somebody knows and can do."""

    additional_note: Nodes[Note] | UnsetType = UNSET
    dc_type: Nodes[Concept] | UnsetType = UNSET
    identifier: Nodes[Identifier] | UnsetType = UNSET
    related_esco_skill: Nodes[Concept] | UnsetType = msgspec.field(name="relatedESCOSkill", default=UNSET)
    related_skill: Nodes[Concept] | UnsetType = UNSET
    reusability_level: Nodes[Concept] | UnsetType = UNSET
    title: Text | UnsetType = UNSET


class AwardingOpportunity(Node, frozen=True, kw_only=True):
    """Where and when it can be earned."""

    awarding_body: Nodes[Agent] | UnsetType = UNSET
    identifier: Nodes[Identifier] | UnsetType = UNSET
    learning_achievement_specification: "Nodes[Specification] | UnsetType" = UNSET
    location: Nodes[Location] | UnsetType = UNSET
    temporal: Nodes[PeriodOfTime] | UnsetType = UNSET


class Specification(Node, frozen=True, kw_only=True):
    """Any of the five: of an achievement (a Qualification too), an activity, an assessment, an entitlement."""

    accreditation: Nodes[Accreditation] | UnsetType = UNSET
    additional_note: Nodes[Note] | UnsetType = UNSET
    alt_label: Text | UnsetType = UNSET
    awarding_opportunity: Nodes[AwardingOpportunity] | UnsetType = UNSET
    category: Text | UnsetType = UNSET
    contact_hour: Strings | UnsetType = UNSET
    credit_point: Nodes[CreditPoint] | UnsetType = UNSET
    date_modified: Strings | UnsetType = UNSET
    dc_type: Nodes[Concept] | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    education_level: Nodes[Concept] | UnsetType = UNSET
    education_subject: Nodes[Concept] | UnsetType = UNSET
    entitled_by: "Nodes[Specification] | UnsetType" = UNSET
    entitlement_status: Nodes[Concept] | UnsetType = UNSET
    entitles_to: "Nodes[Specification] | UnsetType" = UNSET
    entry_requirement: Nodes[Note] | UnsetType = UNSET
    eqf_level: Nodes[Concept] | UnsetType = UNSET
    generalisation_of: "Nodes[Specification] | UnsetType" = UNSET
    grading_scheme: Nodes[GradingScheme] | UnsetType = UNSET
    has_part: "Nodes[Specification] | UnsetType" = UNSET
    homepage: Nodes[WebResource] | UnsetType = UNSET
    identifier: Nodes[Identifier] | UnsetType = UNSET
    influenced_by: "Nodes[Specification] | UnsetType" = UNSET
    influences: "Nodes[Specification] | UnsetType" = UNSET
    is_partial_qualification: bool | list[bool] | UnsetType = UNSET
    is_part_of: "Nodes[Specification] | UnsetType" = UNSET
    language: Nodes[Concept] | UnsetType = UNSET
    learning_outcome: Nodes[LearningOutcome] | UnsetType = UNSET
    learning_outcome_summary: Nodes[Note] | UnsetType = UNSET
    learning_setting: Nodes[Concept] | UnsetType = UNSET
    limit_jurisdiction: Nodes[Concept] | UnsetType = UNSET
    limit_national_occupation: Nodes[Concept] | UnsetType = UNSET
    limit_occupation: Nodes[Concept] | UnsetType = UNSET
    limit_organisation: Nodes[Agent] | UnsetType = UNSET
    maximum_duration: Strings | UnsetType = UNSET
    mode: Nodes[Concept] | UnsetType = UNSET
    nqf_level: Nodes[Concept] | UnsetType = UNSET
    proven_by: "Nodes[Specification] | UnsetType" = UNSET
    proves: "Nodes[Specification] | UnsetType" = UNSET
    qualification_code: Nodes[Concept] | UnsetType = UNSET
    specialisation_of: "Nodes[Specification] | UnsetType" = UNSET
    status: Strings | UnsetType = UNSET
    supplementary_document: Nodes[WebResource] | UnsetType = UNSET
    target_group: Nodes[Concept] | UnsetType = UNSET
    thematic_area: Nodes[Concept] | UnsetType = UNSET
    title: Text | UnsetType = UNSET
    volume_of_learning: Strings | UnsetType = UNSET


class LearningOpportunity(Node, frozen=True, kw_only=True):
    """An offer to learn."""

    additional_note: Nodes[Note] | UnsetType = UNSET
    admission_procedure: Nodes[Note] | UnsetType = UNSET
    application_deadline: Strings | UnsetType = UNSET
    banner_image: Nodes[MediaObject] | UnsetType = UNSET
    date_modified: Strings | UnsetType = UNSET
    dc_type: Nodes[Concept] | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    description_html: Strings | UnsetType = UNSET
    duration: Strings | UnsetType = UNSET
    grant: Nodes[Grant] | UnsetType = UNSET
    has_part: "Nodes[LearningOpportunity] | UnsetType" = UNSET
    homepage: Nodes[WebResource] | UnsetType = UNSET
    identifier: Nodes[Identifier] | UnsetType = UNSET
    is_part_of: "Nodes[LearningOpportunity] | UnsetType" = UNSET
    learning_achievement_specification: Nodes[Specification] | UnsetType = UNSET
    learning_activity_specification: Nodes[Specification] | UnsetType = UNSET
    learning_schedule: Nodes[Concept] | UnsetType = UNSET
    location: Nodes[Location] | UnsetType = UNSET
    mode: Nodes[Concept] | UnsetType = UNSET
    price_detail: Nodes[PriceDetail] | UnsetType = UNSET
    provided_by: Nodes[Agent] | UnsetType = UNSET
    schedule_information: Nodes[Note] | UnsetType = UNSET
    status: Strings | UnsetType = UNSET
    supplementary_document: Nodes[WebResource] | UnsetType = UNSET
    temporal: Nodes[PeriodOfTime] | UnsetType = UNSET
    title: Text | UnsetType = UNSET
