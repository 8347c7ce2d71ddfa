"""Organisations and people who issue, award, assess or accredit, and what identifies them."""

import re
from typing import Any, Final  # Any: decoded JSON on both sides

from adapters.elm_3.codecs import (
    EMPTY,
    FURTHER,
    IRI,
    MISSHAPEN,
    NODE_NAME,
    NOTE,
    ONE_TEXT,
    OWN_ID,
    PAGE,
    STRING,
    TEXTS,
    each,
    in_list,
    node,
    single,
    whole,
)
from adapters.elm_3.concepts import COUNTRY, term
from adapters.elm_3.pictures import PICTURE
from adapters.elm_3.vocabulary import Vocabulary
from adapters.hub.losses import PERSONAL, escaped
from adapters.hub.mapping import ABSENT, Codec, Row, Table, Trail, many

KINDS_OF_IDENTIFIER: Final = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#IdentifierTypeEnum"
"""The scheme of ours that says of an Identifier which ``identifierType`` of Open Badges it is."""

ENDORSED = "an endorsement is another's signed statement: it is found in the original alone"
NO_MAILBOX = "an address that is no mailto: IRI, as a Mailbox has it"
_MAIL = re.compile(r"[A-Za-z0-9.!#$&'*+/=?_~-]+@[A-Za-z0-9.-]+")
BLOC: Final = "ext:RNCPBloc"
_BY_VALUE = (
    (BLOC, re.compile(r"RNCP\d{1,6}BC\d{2,3}")),
    ("ext:RNCP", re.compile(r"RNCP\d{1,6}")),
    ("ext:RS", re.compile(r"RS\d{1,6}")),
)
LEGAL: Final = {
    "registration": "ext:registration",
    "vatIdentifier": "ext:vat",
    "taxIdentifier": "ext:tax",
    "eIDASIdentifier": "ext:eidas",
}
_LISTED: Final = frozenset({"vatIdentifier", "taxIdentifier"})
_PLAIN_KIND = "identifier"

IDENTIFIER = Table(
    Row("notation", "value", STRING),
    Row("schemeName", "scheme_name", STRING),
    Row("schemeId", "scheme", IRI),
    Row("schemeAgency", "agency", ONE_TEXT),
    Row("spatial", "country", COUNTRY),
    structural=("type", "dcType"),
)


def implied_kind(value: str) -> str:
    """The kind of an identifier that does not say one: France compétences' codes are known by their form."""
    return next((kind for kind, form in _BY_VALUE if form.fullmatch(value)), _PLAIN_KIND)


def mailbox(address: str) -> bool:
    """Whether a ``mailto:`` IRI can be made of it as it stands."""
    return _MAIL.fullmatch(address) is not None


def _identifier_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    if not isinstance(value, dict) or not isinstance(value.get("notation"), str):
        trail.dropped(value, at, "an identifier without a notation")
        return ABSENT
    found = IDENTIFIER.read(value, at, into, trail)
    found["kind"] = implied_kind(value["notation"])
    trail.carried(f"{at}/notation", f"{into}/kind")
    for kind, place in each(value.get("dcType", []), f"{at}/dcType"):
        if (said := kind_of(kind)) is not None:
            trail.carried(f"{place}/notation", f"{into}/kind")
            found["kind"] = said
        else:
            trail.dropped(kind, place, "the neutral model has no place for the kind of an identifier")
    return found


def bloc(item: Any) -> bool:
    """Whether an Identifier or a code on the wire is that of a part of a French certification."""
    return _registered(item) == BLOC


def certified(item: Any) -> bool:
    """Whether an Identifier on the wire is that of a French certification or of a part of one."""
    return _registered(item) in {kind for kind, _ in _BY_VALUE}


def _registered(item: Any) -> str:
    if not isinstance(item, dict) or not isinstance(item.get("notation"), str):
        return ""
    kinds = [kind for said, _ in each(item.get("dcType", []), "") if (kind := kind_of(said)) is not None]
    return (kinds or [implied_kind(item["notation"])])[-1]


def read_codes(value: Any, at: str, identifiers: tuple[str, list[Any]], trail: Trail, *, of_part: bool) -> list[Any]:
    """The codes that a qualification has in registers, after its identifiers; without a code they are left.

    Args:
        of_part: It is a part of a qualification: of its codes only those of parts are its own.
    """
    into, found = identifiers[0], list(identifiers[1])
    for concept, place in each(value, at):
        said = concept.get("notation") if isinstance(concept, dict) else None
        if not isinstance(said, str) or (of_part and not bloc(concept)):
            continue
        there = f"{into}/{len(found)}"
        trail.carried(f"{place}/notation", f"{there}/value")
        trail.carried(f"{place}/notation", f"{there}/kind")
        found.append({"kind": implied_kind(said), "value": said})
    return found


def kind_of(concept: Any) -> str | None:
    """Which kind a ``dcType`` of ours names; None for another's."""
    if not isinstance(concept, dict) or not isinstance(concept.get("inScheme"), dict):
        return None
    found = concept.get("notation")
    return found if concept["inScheme"].get("id") == KINDS_OF_IDENTIFIER and isinstance(found, str) else None


def kind_out(kind: str, at: str, into: str, trail: Trail) -> list[dict[str, Any]]:
    """A ``dcType`` that says which kind of Open Badges an identifier is."""
    trail.carried(at, f"{into}/0/notation")
    if not kind.strip():
        trail.approximated(at, f"{into}/0/notation", EMPTY)
        kind = "ext:_"
    scheme = {"id": KINDS_OF_IDENTIFIER, "type": "ConceptScheme"}
    return [{"type": "Concept", "inScheme": scheme, "notation": kind}]


def _identifier_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    if not value["value"].strip():
        trail.dropped(value, at, EMPTY)
        return ABSENT
    legal = "country" in value
    rest = {name: child for name, child in value.items() if name != "kind"}
    written = {"type": "LegalIdentifier" if legal else "Identifier", **IDENTIFIER.write(rest, at, into, trail)}
    if legal and "spatial" not in written:
        written["type"] = "Identifier"
    if value["kind"] != implied_kind(value["value"]):
        written["dcType"] = kind_out(value["kind"], f"{at}/kind", f"{into}/dcType", trail)
    return written


IDENTIFIERS = Codec(
    many(Codec(_identifier_in, _identifier_out)).read, many(Codec(_identifier_in, _identifier_out)).write
)

ADDRESS = Table(
    Row("countryCode", "country_code", COUNTRY),
    Row("fullAddress", "full_text", NOTE),
    types=("Address",),
    structural=("type",),
    no_place={"country": "the country stands by its code"},
)


def _location_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    if not isinstance(value, dict):
        trail.dropped(value, at, MISSHAPEN)
        return ABSENT
    for name, child in value.items():
        if name not in ("id", "type", "address"):
            trail.dropped(child, f"{at}/{escaped(name)}", "of a place only its address is kept")
    return _ADDRESSES.read(value["address"], f"{at}/address", into, trail) if "address" in value else ABSENT


def _location_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    written = ADDRESS.write(value, at, f"{into}/address/0", trail)
    return {"type": "Location", "address": [written]} if len(written) > 1 else ABSENT


_ADDRESSES = single(node(ADDRESS))
LOCATION = in_list(Codec(_location_in, _location_out))


class Agents(Table):
    """An Organisation; contact points and identifiers are several members here and several fields there."""

    def read(self, value: Any, at: str, into: str, trail: Trail) -> dict[str, Any]:
        """Wire object -> hub object."""
        result = super().read(value, at, into, trail)
        if "contactPoint" in value:
            result |= contact_in(value["contactPoint"], f"{at}/contactPoint", into, trail)
        identifiers: list[Any] = []
        for member, kind in LEGAL.items():
            _add_identifiers(value, member, kind, (at, f"{into}/other_identifiers"), identifiers, trail)
        _add_identifiers(value, "identifier", None, (at, f"{into}/other_identifiers"), identifiers, trail)
        return {**result, "other_identifiers": identifiers} if identifiers else result

    def write(self, value: Any, at: str, into: str, trail: Trail) -> dict[str, Any]:
        """Hub object -> wire object."""
        apart = ("email", "phone", "other_identifiers")
        rest = {name: child for name, child in value.items() if name not in apart}
        written = super().write(rest, at, into, trail)
        _contact_out(value, at, into, trail, written)
        for index, identifier in enumerate(value.get("other_identifiers", ())):
            _write_identifier(identifier, f"{at}/other_identifiers/{index}", into, trail, written)
        return written


def _add_identifiers(
    value: Any, member: str, kind: str | None, places: tuple[str, str], found: list[Any], trail: Trail
) -> None:
    at, into = places
    for item, place in each(value.get(member, []), f"{at}/{member}"):
        read = _identifier_in(item, place, f"{into}/{len(found)}", trail)
        if read is not ABSENT:
            found.append(read if kind is None else {**read, "kind": kind})


def contact_in(value: Any, at: str, into: str, trail: Trail) -> dict[str, Any]:
    """The first address and number of contact points; the rest is dropped."""
    found: dict[str, Any] = {}
    for point, place in each(value, at):
        for name, child in point.items() if isinstance(point, dict) else [("", point)]:
            if name in ("id", "type"):
                continue
            if name not in _CONTACT:
                trail.dropped(child, f"{place}/{escaped(name)}" if name else place, "of a contact only these are kept")
                continue
            field, member, prefix = _CONTACT[name]
            for item, inner in each(child, f"{place}/{name}"):
                _contact(item, inner, (field, member, prefix), into, trail, found)
    return found


_CONTACT = {"emailAddress": ("email", "id", "mailto:"), "phone": ("phone", "phoneNumber", "")}


def _contact(item: Any, at: str, row: tuple[str, str, str], into: str, trail: Trail, found: dict[str, Any]) -> None:
    field, member, prefix = row
    text = item.get(member) if isinstance(item, dict) else item
    if isinstance(text, str) and text.startswith(NODE_NAME):
        return
    if field in found or not isinstance(text, str):
        trail.dropped(item, at, FURTHER if field in found else MISSHAPEN)
        return
    for name, child in item.items() if isinstance(item, dict) else ():
        if name not in (member, "type", "id"):
            trail.dropped(child, f"{at}/{escaped(name)}", "of a number only the whole is kept")
    there = f"{at}/{member}" if isinstance(item, dict) else at
    trail.carried(there, f"{into}/{field}")
    if not text.startswith(prefix):
        trail.approximated(there, f"{into}/{field}", NO_MAILBOX)
    found[field] = text.removeprefix(prefix)


def _contact_out(value: Any, at: str, into: str, trail: Trail, written: dict[str, Any]) -> None:
    point: dict[str, Any] = {}
    email, phone = value.get("email"), value.get("phone")
    if email is not None and mailbox(email):
        trail.carried(f"{at}/email", f"{into}/contactPoint/0/emailAddress/0/id")
        point["emailAddress"] = [{"id": f"mailto:{email}", "type": "Mailbox"}]
    elif email is not None:
        trail.dropped(email, f"{at}/email", "not an address that a Mailbox can be named by")
    if phone is not None and not phone.strip():
        trail.dropped(phone, f"{at}/phone", EMPTY)
    elif phone is not None:
        trail.carried(f"{at}/phone", f"{into}/contactPoint/0/phone/0/phoneNumber")
        point["phone"] = [{"type": "Phone", "phoneNumber": phone}]
    if point:
        written["contactPoint"] = [{"type": "ContactPoint", **point}]


def _write_identifier(value: Any, at: str, into: str, trail: Trail, written: dict[str, Any]) -> None:
    member = next((name for name, kind in LEGAL.items() if kind == value["kind"]), "identifier")
    if member != "identifier" and COUNTRY.write(value.get("country", ""), at, into, Trail()) is ABSENT:
        member = "identifier"  # a LegalIdentifier has to say whose law it is under
    if not value["value"].strip():
        trail.dropped(value, at, EMPTY)
        return
    if member in written and member not in _LISTED and member != "identifier":
        trail.dropped(value, at, FURTHER)
        return
    if member in _LISTED or member == "identifier":
        held = written.setdefault(member, [])
        place = f"{into}/{member}/{len(held)}"
        held.append(_identifier_out(value, at, place, trail))
    else:
        held, place = [], f"{into}/{member}"
        written[member] = _identifier_out(value, at, place, trail)
    item = written[member][-1] if isinstance(written[member], list) else written[member]
    if member != "identifier" and "dcType" in item:
        del item["dcType"]  # the member says it
        trail.origins.pop(f"{place}/dcType/0/notation", None)


def _parent_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    return AGENT.read(value, at, into, trail)


def _parent_out(value: Any, at: str, into: str, trail: Trail) -> Any:
    return ORGANISATION.write(value, at, into, trail)


def _agent_in(value: Any, at: str, into: str, trail: Trail) -> Any:
    if isinstance(value, str):
        trail.carried(at, f"{into}/id")
        return {"id": value}
    if not isinstance(value, dict):
        trail.dropped(value, at, MISSHAPEN)
        return ABSENT
    table = _BY_TYPE.get(value.get("type", ""), ORGANISATION) if isinstance(value.get("type"), str) else ORGANISATION
    return table.read(value, at, into, trail)


AGENT = single(Codec(_agent_in, _parent_out))
"""An Organisation, Person or Agent, or only its id <-> a Profile; written as an Organisation."""
AGENTS = Codec(many(Codec(_agent_in, _parent_out)).read, many(Codec(_agent_in, _parent_out)).write)

ACCREDITATION = Table(
    Row("id", "id", OWN_ID),
    Row("title", "title", TEXTS),
    Row("dcType", "kind", term(Vocabulary.ACCREDITATION)),
    Row("accreditingAgent", "agent", AGENT),
    types=("Accreditation",),
    structural=("type",),
)
ACCREDITATIONS = many(whole(node(ACCREDITATION), "title", "dcType", "accreditingAgent"))

_ORGANISATION_ROWS = (
    Row("homepage", "url", PAGE),
    Row("logo", "image", PICTURE),
    Row("location", "address", LOCATION),
    Row("subOrganizationOf", "parent_org", AGENT),
    Row("additionalNote", "description", in_list(NOTE)),
    Row("accreditation", "accreditations", ACCREDITATIONS),
)
_APART = ("type", "contactPoint", "identifier", *LEGAL)
_NO_PLACE = {
    "endorsements": ENDORSED,
    "in_language": "each text says its own language",
    "date_of_birth": PERSONAL,
}
ORGANISATION: Table = Agents(
    Row("id", "id", OWN_ID),
    Row("legalName", "name", TEXTS),
    *_ORGANISATION_ROWS,
    types=("Organisation",),
    structural=_APART,
    no_place=_NO_PLACE,
)
_PERSON = Agents(Row("id", "id", OWN_ID), Row("fullName", "name", TEXTS), structural=_APART)
_ANY_AGENT = Agents(Row("id", "id", OWN_ID), Row("prefLabel", "name", TEXTS), *_ORGANISATION_ROWS, structural=_APART)
_BY_TYPE = {"Person": _PERSON, "Agent": _ANY_AGENT}
