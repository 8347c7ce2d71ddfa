"""The nodes that all classes of a European Digital Credential are made of, exactly as on the wire.

Source: European Learning Model 3.1 and 3.2, application profile EDC (SHACL shapes and JSON-LD context).

Every class says what may be there, in the form in which a document can still be read; ``findings`` judges what
has to be. A member takes one value or a list, and in place of a node its address; a text is a language map, or
the plain text that some write for it. What no class names is not looked at.
"""

from typing import Any, TypeAlias, TypeVar  # Any: nodes that are not read

import msgspec
from msgspec import UNSET, UnsetType

from adapters.hub.wire import Wire

_Node = TypeVar("_Node")
Nodes: TypeAlias = str | _Node | list[str | _Node]
Strings: TypeAlias = str | list[str]
Text: TypeAlias = str | dict[str, str | list[str]]
Unread: TypeAlias = Any


class Node(Wire, frozen=True, kw_only=True):
    """What every class has."""

    id: str | UnsetType = UNSET
    type: Strings | UnsetType = UNSET


class ConceptScheme(Node, frozen=True, kw_only=True):
    """A controlled vocabulary."""


class Concept(Node, frozen=True, kw_only=True):
    """A term of one."""

    definition: Text | UnsetType = UNSET
    in_scheme: Nodes[ConceptScheme] | UnsetType = UNSET
    notation: Strings | UnsetType = UNSET
    pref_label: Text | UnsetType = UNSET


class Note(Node, frozen=True, kw_only=True):
    """``noteLiteral`` is text or XHTML."""

    note_format: Nodes[Concept] | UnsetType = UNSET
    note_literal: Text | UnsetType = UNSET
    subject: Nodes[Concept] | UnsetType = UNSET


class WebResource(Node, frozen=True, kw_only=True):
    """Something at an address."""

    content_url: Strings | UnsetType = msgspec.field(name="contentURL", default=UNSET)
    language: Nodes[Concept] | UnsetType = UNSET
    title: Text | UnsetType = UNSET


class MediaObject(Node, frozen=True, kw_only=True):
    """``content`` is base64."""

    attachment_type: Nodes[Concept] | UnsetType = UNSET
    content: Strings | UnsetType = UNSET
    content_encoding: Nodes[Concept] | UnsetType = UNSET
    content_size: int | list[int] | UnsetType = UNSET
    content_type: Nodes[Concept] | UnsetType = UNSET
    content_url: Strings | UnsetType = msgspec.field(name="contentURL", default=UNSET)
    description: Text | UnsetType = UNSET
    title: Text | UnsetType = UNSET


class Identifier(Node, frozen=True, kw_only=True):
    """Also a LegalIdentifier: ``spatial`` is the country that issued it."""

    creator: Strings | UnsetType = UNSET
    date_issued: Strings | UnsetType = UNSET
    dc_type: Nodes[Concept] | UnsetType = UNSET
    notation: Strings | UnsetType = UNSET
    scheme_agency: Text | UnsetType = UNSET
    scheme_id: Strings | UnsetType = UNSET
    scheme_name: Strings | UnsetType = UNSET
    scheme_version: Strings | UnsetType = UNSET
    spatial: Nodes[Concept] | UnsetType = UNSET


class Mailbox(Node, frozen=True, kw_only=True):
    """``id`` is a ``mailto:`` address."""


class Phone(Node, frozen=True, kw_only=True):
    """Whole, or in parts."""

    country_dialing: Strings | UnsetType = UNSET
    dial_number: Strings | UnsetType = UNSET
    phone_number: Strings | UnsetType = UNSET


class Address(Node, frozen=True, kw_only=True):
    """``fullAddress`` is lines of text."""

    country_code: Nodes[Concept] | UnsetType = UNSET
    full_address: Nodes[Note] | UnsetType = UNSET
    identifier: Nodes[Identifier] | UnsetType = UNSET


class Location(Node, frozen=True, kw_only=True):
    """A place."""

    address: Nodes[Address] | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    geographic_name: Text | UnsetType = UNSET
    identifier: Nodes[Identifier] | UnsetType = UNSET
    spatial_code: Nodes[Concept] | UnsetType = UNSET


class ContactPoint(Node, frozen=True, kw_only=True):
    """Ways to reach somebody."""

    additional_note: Nodes[Note] | UnsetType = UNSET
    address: Nodes[Address] | UnsetType = UNSET
    contact_form: Nodes[WebResource] | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    email_address: Nodes[Mailbox] | UnsetType = UNSET
    phone: Nodes[Phone] | UnsetType = UNSET


class PeriodOfTime(Node, frozen=True, kw_only=True):
    """From when to when."""

    end_date: Strings | UnsetType = UNSET
    pref_label: Text | UnsetType = UNSET
    start_date: Strings | UnsetType = UNSET


class CreditPoint(Node, frozen=True, kw_only=True):
    """``point`` is a text: the number of credits in that system."""

    framework: Nodes[Concept] | UnsetType = UNSET
    point: Strings | UnsetType = UNSET


class Amount(Node, frozen=True, kw_only=True):
    """Of money."""

    unit: Nodes[Concept] | UnsetType = UNSET
    value: float | list[float] | UnsetType = UNSET


class PriceDetail(Node, frozen=True, kw_only=True):
    """What it costs."""

    additional_note: Nodes[Note] | UnsetType = UNSET
    amount: Nodes[Amount] | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    identifier: Nodes[Identifier] | UnsetType = UNSET
    pref_label: Text | UnsetType = UNSET


class Grant(Node, frozen=True, kw_only=True):
    """Money that one can get for it."""

    content_url: Strings | UnsetType = msgspec.field(name="contentURL", default=UNSET)
    dc_type: Nodes[Concept] | UnsetType = UNSET
    description: Text | UnsetType = UNSET
    supplementary_document: Nodes[WebResource] | UnsetType = UNSET
    title: Text | UnsetType = UNSET
