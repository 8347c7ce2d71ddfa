"""Who issues, awards, assesses and learns, exactly as on the wire, and by whom they are accredited."""

import msgspec
from msgspec import UNSET, UnsetType

from adapters.elm_3.wire_values import (
    Concept,
    ContactPoint,
    Identifier,
    Location,
    MediaObject,
    Node,
    Nodes,
    Note,
    Strings,
    Text,
    Unread,
    WebResource,
)


class Accreditation(Node, frozen=True, kw_only=True):
    """Quality assurance or licence; ``limitQualification`` is a whole Qualification, which nobody reads here."""

    accrediting_agent: "Nodes[Agent] | UnsetType" = UNSET
    additional_note: Nodes[Note] | UnsetType = UNSET
    date_issued: Strings | UnsetType = UNSET
    date_modified: Strings | UnsetType = UNSET
    dc_type: Nodes[Concept] | UnsetType = UNSET
    decision: Nodes[Concept] | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    expiry_date: Strings | UnsetType = UNSET
    homepage: Nodes[WebResource] | UnsetType = UNSET
    identifier: Nodes[Identifier] | UnsetType = UNSET
    landing_page: Nodes[WebResource] | UnsetType = UNSET
    limit_credential_type: Nodes[Concept] | UnsetType = UNSET
    limit_eqf_level: Nodes[Concept] | UnsetType = msgspec.field(name="limitEQFLevel", default=UNSET)
    limit_field: Nodes[Concept] | UnsetType = UNSET
    limit_jurisdiction: Nodes[Concept] | UnsetType = UNSET
    limit_qualification: Unread | UnsetType = UNSET
    organisation: "Nodes[Agent] | UnsetType" = UNSET
    report: Nodes[WebResource] | UnsetType = UNSET
    review_date: Strings | UnsetType = UNSET
    status: Strings | UnsetType = UNSET
    supplementary_document: Nodes[WebResource] | UnsetType = UNSET
    title: Text | UnsetType = UNSET
    valid: Strings | UnsetType = UNSET


class Agent(Node, frozen=True, kw_only=True):
    """An Agent, Organisation, Person or Group; ``hasClaim`` is for the subject."""

    accreditation: Nodes[Accreditation] | UnsetType = UNSET
    additional_note: Nodes[Note] | UnsetType = UNSET
    alt_label: Text | UnsetType = UNSET
    birth_name: Text | UnsetType = UNSET
    citizenship_country: Nodes[Concept] | UnsetType = UNSET
    contact_point: Nodes[ContactPoint] | UnsetType = UNSET
    date_modified: Strings | UnsetType = UNSET
    date_of_birth: Strings | UnsetType = UNSET
    dc_type: Nodes[Concept] | UnsetType = UNSET
    e_idas_identifier: Nodes[Identifier] | UnsetType = msgspec.field(name="eIDASIdentifier", default=UNSET)
    family_name: Text | UnsetType = UNSET
    full_name: Text | UnsetType = UNSET
    gender: Nodes[Concept] | UnsetType = UNSET
    given_name: Text | UnsetType = UNSET
    group_member_of: "Nodes[Agent] | UnsetType" = UNSET
    has_credential: Unread | UnsetType = UNSET
    has_sub_organization: "Nodes[Agent] | UnsetType" = UNSET
    homepage: Nodes[WebResource] | UnsetType = UNSET
    identifier: Nodes[Identifier] | UnsetType = UNSET
    legal_name: Text | UnsetType = UNSET
    location: Nodes[Location] | UnsetType = UNSET
    logo: Nodes[MediaObject] | UnsetType = UNSET
    member: "Nodes[Agent] | UnsetType" = UNSET
    member_of: "Nodes[Agent] | UnsetType" = UNSET
    national_id: Nodes[Identifier] | UnsetType = msgspec.field(name="nationalID", default=UNSET)
    patronymic_name: Text | UnsetType = UNSET
    place_of_birth: Nodes[Location] | UnsetType = UNSET
    pref_label: Text | UnsetType = UNSET
    registration: Nodes[Identifier] | UnsetType = UNSET
    sub_organization_of: "Nodes[Agent] | UnsetType" = UNSET
    tax_identifier: Nodes[Identifier] | UnsetType = UNSET
    vat_identifier: Nodes[Identifier] | UnsetType = UNSET
