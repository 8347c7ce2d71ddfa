"""The learner: a Person with names, mail address and identifiers <-> the identities of a recipient."""

from typing import Any, Final  # Any: decoded JSON on both sides

from adapters.elm_3.codecs import EMPTY, FURTHER, MISSHAPEN, NODE_NAME, STRING, WORD, absolute, each
from adapters.elm_3.mapping_agents import NO_MAILBOX, kind_of, kind_out, mailbox
from adapters.elm_3.personal import NATIONAL
from adapters.elm_3.vocabulary import SALT
from adapters.hub.losses import PERSONAL, escaped
from adapters.hub.mapping import ABSENT, NO_MEMBER, Trail

NAMES: Final = {"givenName": "ext:givenName", "familyName": "ext:familyName", "fullName": "name"}
HASHED: Final = "Identity hash (Open Badges)"
"""The ``schemeName`` of an Identifier that holds a hash of what identifies somebody."""

_READ = frozenset({"id", "type", "hasClaim", "contactPoint", "identifier", *NAMES})
_MAIL = "mailto:"
_ONLY_ITSELF = "of an identifier of a learner only itself is kept"
_NO_HASH = "what is no hash needs no salt"


def read_recipient(value: dict[str, Any], at: str, into: str, trail: Trail) -> dict[str, Any]:
    """A Person, Organisation or Agent -> a Recipient: mail addresses first, then identifiers, then names."""
    found: dict[str, Any] = {}
    iri = value.get("id")
    if isinstance(iri, str) and not iri.startswith(NODE_NAME):
        trail.carried(f"{at}/id", f"{into}/id")
        found["id"] = iri
    identities: list[Any] = []
    for point, place in each(value.get("contactPoint", []), f"{at}/contactPoint"):
        _read_contact(point, place, f"{into}/identities", identities, trail)
    for item, place in each(value.get("identifier", []), f"{at}/identifier"):
        _read_identifier(item, place, f"{into}/identities/{len(identities)}", identities, trail)
    for member, kind in NAMES.items():
        if member in value:
            name = WORD.read(value[member], f"{at}/{member}", f"{into}/identities/{len(identities)}/value", trail)
            if name is not ABSENT:
                _imply(f"{into}/identities/{len(identities)}", trail)
                identities.append({"kind": kind, "value": name, "hashed": False})
    for member, child in value.items():
        if member not in _READ:
            trail.dropped(child, f"{at}/{escaped(member)}", NO_MEMBER)
    return {**found, "identities": identities} if identities else found


def _read_contact(point: Any, at: str, into: str, identities: list[Any], trail: Trail) -> None:
    for name, child in point.items() if isinstance(point, dict) else [("", point)]:
        if name in ("id", "type"):
            continue
        if name != "emailAddress":
            trail.dropped(child, f"{at}/{escaped(name)}" if name else at, PERSONAL)
            continue
        for item, place in each(child, f"{at}/emailAddress"):
            address = item.get("id") if isinstance(item, dict) else item
            if isinstance(address, str) and address.startswith(NODE_NAME):
                continue
            if not isinstance(address, str):
                trail.dropped(item, place, MISSHAPEN)
                continue
            mail_at = f"{place}/id" if isinstance(item, dict) else place
            trail.carried(mail_at, f"{into}/{len(identities)}/value")
            if not address.startswith(_MAIL):
                trail.approximated(mail_at, f"{into}/{len(identities)}/value", NO_MAILBOX)
            _imply(f"{into}/{len(identities)}", trail)
            identities.append({"kind": "emailAddress", "value": address.removeprefix(_MAIL), "hashed": False})


def _imply(into: str, trail: Trail) -> None:
    """Of which kind it is and that it is no hash is said by where it stands, unless something else says it."""
    for field in ("kind", "hashed"):
        trail.carried(trail.origins[f"{into}/value"], f"{into}/{field}")


def _read_identifier(item: Any, at: str, into: str, identities: list[Any], trail: Trail) -> None:
    if not isinstance(item, dict) or not isinstance(item.get("notation"), str):
        trail.dropped(item, at, "an identifier without a notation")
        return
    if item.get("schemeName") == SALT and identities and identities[-1].keys().isdisjoint({"salt"}):
        _read_salt(item, at, f"{into.rpartition('/')[0]}/{len(identities) - 1}/salt", identities[-1], trail)
        return
    trail.carried(f"{at}/notation", f"{into}/value")
    _imply(into, trail)
    identity: dict[str, Any] = {"kind": "identifier", "value": item["notation"], "hashed": False}
    for name, child in item.items():
        if name == "schemeName" and child == HASHED:
            trail.carried(f"{at}/schemeName", f"{into}/hashed")
            identity["hashed"] = True
        elif name == "dcType":
            for kind, place in each(child, f"{at}/dcType"):
                if (said := kind_of(kind)) is not None:
                    trail.carried(f"{place}/notation", f"{into}/kind")
                    identity["kind"] = said
                else:
                    trail.dropped(kind, place, "an identity says its kind in the words of Open Badges")
        elif name not in ("id", "type", "notation"):
            trail.dropped(child, f"{at}/{escaped(name)}", _ONLY_ITSELF)
    identities.append(identity)


def _read_salt(item: dict[str, Any], at: str, into: str, identity: dict[str, Any], trail: Trail) -> None:
    """Put a salt to the hash that it stands behind."""
    trail.carried(f"{at}/notation", into)
    identity["salt"] = item["notation"]
    for name, child in item.items():
        if name not in ("id", "type", "notation", "schemeName"):
            trail.dropped(child, f"{at}/{escaped(name)}", _ONLY_ITSELF)


def write_recipient(value: dict[str, Any], at: str, into: str, trail: Trail) -> dict[str, Any]:
    """A Recipient -> a Person without claims."""
    written: dict[str, Any] = {"type": "Person"}
    if (iri := value.get("id")) is not None:
        if absolute(iri) and not iri.startswith((NODE_NAME, _MAIL)):
            trail.carried(f"{at}/id", f"{into}/id")
            written["id"] = iri
        else:
            trail.dropped(iri, f"{at}/id", "not an IRI that can name a learner here")
    for index, identity in enumerate(value.get("identities", ())):
        _write_identity(identity, f"{at}/identities/{index}", into, trail, written)
    return written


def _write_identity(identity: dict[str, Any], at: str, into: str, trail: Trail, written: dict[str, Any]) -> None:
    kind, value = identity["kind"], identity["value"]
    if kind == NATIONAL:
        trail.dropped(identity, at, PERSONAL)
        return
    member = next((member for member, name in NAMES.items() if name == kind and not identity["hashed"]), None)
    if member is not None:
        _write_name(identity, member, at, into, trail, written)
        return
    if "salt" in identity and not identity["hashed"]:
        trail.dropped(identity["salt"], f"{at}/salt", _NO_HASH)
    if kind == "emailAddress" and not identity["hashed"] and mailbox(value):
        point = written.setdefault("contactPoint", [{"type": "ContactPoint", "emailAddress": []}])[0]
        place = f"{into}/contactPoint/0/emailAddress/{len(point['emailAddress'])}/id"
        trail.carried(f"{at}/value", place)
        point["emailAddress"].append({"id": f"{_MAIL}{value}", "type": "Mailbox"})
        return
    if not value.strip():
        said = identity if identity["hashed"] else {n: v for n, v in identity.items() if n != "salt"}
        trail.dropped(said, at, EMPTY)
        return
    held = written.setdefault("identifier", [])
    place = f"{into}/identifier/{len(held)}"
    item: dict[str, Any] = {"type": "Identifier", "notation": value}
    trail.carried(f"{at}/value", f"{place}/notation")
    if kind != "identifier":
        item["dcType"] = kind_out(kind, f"{at}/kind", f"{place}/dcType", trail)
    if identity["hashed"]:
        trail.carried(f"{at}/hashed", f"{place}/schemeName")
        item["schemeName"] = HASHED
    held.append(item)
    if identity["hashed"] and "salt" in identity:
        salt = STRING.write(identity["salt"], f"{at}/salt", f"{into}/identifier/{len(held)}/notation", trail)
        held += [] if salt is ABSENT else [{"type": "Identifier", "notation": salt, "schemeName": SALT}]


def _write_name(
    identity: dict[str, Any], member: str, at: str, into: str, trail: Trail, written: dict[str, Any]
) -> None:
    if member in written:
        trail.dropped(identity, at, FURTHER)
        return
    name = WORD.write(identity["value"], f"{at}/value", f"{into}/{member}", trail)
    if name is ABSENT:
        trail.dropped({n: v for n, v in identity.items() if n != "value"}, at, "a name that says nothing")
        return
    written[member] = name
    if "salt" in identity:
        trail.dropped(identity["salt"], f"{at}/salt", _NO_HASH)
