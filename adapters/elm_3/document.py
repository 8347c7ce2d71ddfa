"""A European Digital Credential exactly as on the wire: the envelope, its subject, evidence and display.

Source: European Learning Model 3.1 and 3.2, application profile EDC; Verifiable Credentials Data Model 1.1. The
classes inside stand in ``wire_values``, ``wire_agents``, ``wire_specifications`` and ``wire_claims``.
"""

from typing import Any  # Any: an inline JSON-LD context, and what nobody reads

import msgspec
from msgspec import UNSET, UnsetType

from adapters.elm_3.wire_agents import Accreditation, Agent
from adapters.elm_3.wire_claims import Claim
from adapters.elm_3.wire_values import Concept, Identifier, MediaObject, Node, Nodes, Strings, Text, Unread


class Subject(Agent, frozen=True, kw_only=True):
    """Whom the claims are about."""

    has_claim: Nodes[Claim] | UnsetType = UNSET


class DisplayDetail(Node, frozen=True, kw_only=True):
    """A page, drawn."""

    image: Nodes[MediaObject] | UnsetType = UNSET
    page: int | list[int] | UnsetType = UNSET


class IndividualDisplay(Node, frozen=True, kw_only=True):
    """All pages in one language."""

    display_detail: Nodes[DisplayDetail] | UnsetType = UNSET
    language: Nodes[Concept] | UnsetType = UNSET


class DisplayParameter(Node, frozen=True, kw_only=True):
    """``summaryDisplay`` is JSON in a text."""

    description: Text | UnsetType = UNSET
    individual_display: Nodes[IndividualDisplay] | UnsetType = UNSET
    language: Nodes[Concept] | UnsetType = UNSET
    primary_language: Nodes[Concept] | UnsetType = UNSET
    summary_display: Strings | UnsetType = UNSET
    title: Text | UnsetType = UNSET


class Evidence(Node, frozen=True, kw_only=True):
    """How it came to be issued."""

    accreditation: Nodes[Accreditation] | UnsetType = UNSET
    dc_type: Nodes[Concept] | UnsetType = UNSET
    embedded_evidence: Nodes[MediaObject] | UnsetType = UNSET
    evidence_statement: Strings | UnsetType = UNSET
    evidence_target: Nodes[Agent] | UnsetType = UNSET


class CredentialSchema(Node, frozen=True, kw_only=True):
    """A profile, by its name; ``ShaclValidator2017``."""


class EuropeanDigitalCredential(Node, frozen=True, kw_only=True):
    """``credentialStatus`` and ``termsOfUse`` can be said in version 3.2 alone, and hold what they like."""

    context: str | dict[str, Any] | list[str | dict[str, Any]] | UnsetType = msgspec.field(
        name="@context", default=UNSET
    )
    attachment: Nodes[MediaObject] | UnsetType = UNSET
    credential_profiles: Nodes[Concept] | UnsetType = UNSET
    credential_schema: Nodes[CredentialSchema] | UnsetType = UNSET
    credential_status: Unread | UnsetType = UNSET
    credential_subject: Nodes[Subject] | UnsetType = UNSET
    display_parameter: Nodes[DisplayParameter] | UnsetType = UNSET
    evidence: Nodes[Evidence] | UnsetType = UNSET
    expiration_date: Strings | UnsetType = UNSET
    holder: Nodes[Agent] | UnsetType = UNSET
    identifier: Nodes[Identifier] | UnsetType = UNSET
    issuance_date: Strings | UnsetType = UNSET
    issued: Strings | UnsetType = UNSET
    issuer: Nodes[Agent] | UnsetType = UNSET
    terms_of_use: Unread | UnsetType = UNSET
    valid_from: Strings | UnsetType = UNSET
    valid_until: Strings | UnsetType = UNSET
