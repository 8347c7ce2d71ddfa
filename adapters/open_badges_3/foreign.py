"""JSON that is carried as it is: what of it can stand inside a document that we sign, and endorsements.

A Data Integrity proof covers what JSON-LD makes of the document, so a name that our contexts do not define
would either be lost unsigned or, in safe mode, make the whole document impossible to sign. Such JSON is left
out, with a line in the report.
"""

from base64 import urlsafe_b64decode
from dataclasses import dataclass
from typing import Any

import msgspec

from adapters.hub import strict_json
from adapters.hub.contract import Format
from adapters.hub.errors import AdapterError
from adapters.hub.mapping import ABSENT, OPAQUE, Codec, Table, Trail
from adapters.hub.wire import Wire
from adapters.open_badges_3 import document as ob3
from adapters.open_badges_3.members import sound
from adapters.open_badges_3.vocabulary import (
    COMPACT_JWS,
    CREDENTIALS_V2,
    DATA_INTEGRITY_V2,
    EXTENSION_TYPES,
    EXTENSIONS,
    OPEN_BADGES,
    absolute,
    listed,
    nameable,
)

_WRONG_SHAPE = "breaks the shape that the format gives it"
_UNDEFINED = "holds names that the contexts we write do not define"
_OTHER_CONTEXT = "its own contexts do not go with those we write"
_OTHER_FORMAT = "an endorsement of another format, which cannot be rewritten without its author's signature"
_BY_URL = "the format embeds endorsements and has no place for an address"
_OTHER_THING = "endorses something that is not in the gateway's credential under that id"
_NO_TOKEN = "not a compact JWS of JSON"  # noqa: S105  (no secret)

_CONTEXTS = (
    [CREDENTIALS_V2, OPEN_BADGES],
    [CREDENTIALS_V2, OPEN_BADGES, EXTENSIONS],
    [CREDENTIALS_V2, OPEN_BADGES, DATA_INTEGRITY_V2],
    [CREDENTIALS_V2, OPEN_BADGES, EXTENSIONS, DATA_INTEGRITY_V2],
)
_CLASSES = [wire for wire in vars(ob3).values() if isinstance(wire, type) and issubclass(wire, Wire)]
_NAMES = frozenset(name for wire in _CLASSES for name in wire.__struct_encode_fields__) - {
    # Of VCDM 1.1; under VCDM 2.0 they are undefined.
    "issuanceDate",
    "expirationDate",
}
_IDS = frozenset({"id", "issuer", "verificationMethod", "statusListCredential", "statusReference", "previousProof"})
_PURPOSES = frozenset({"assertionMethod", "authentication"})


def unsignable(value: dict[str, Any], wire: type[Wire]) -> str:
    """Say why this JSON cannot stand in a document of ours, "" when it can.

    Args:
        value: Opaque JSON of the neutral credential.
        wire: The class whose place it takes; what it does not know, its type-scoped context does not either.
    """
    try:
        known = msgspec.to_builtins(msgspec.convert(value, wire))
    except msgspec.ValidationError:
        return _WRONG_SHAPE
    if not sound(value, wire.__name__):
        return _WRONG_SHAPE
    return "" if _kept(value, known) and _named(value) else _UNDEFINED


def _kept(value: Any, known: Any) -> bool:
    """Whether validating kept every member."""
    if isinstance(value, dict):
        return all(name in known and _kept(child, known[name]) for name, child in value.items())
    if isinstance(value, list):
        return all(map(_kept, value, known))
    return True


def _named(value: Any) -> bool:
    """Whether every name in the JSON means something under our contexts."""
    if isinstance(value, list):
        return all(map(_named, value))
    if not isinstance(value, dict):
        return True
    return all(name in _NAMES and _meant(name, child) for name, child in value.items())


def _meant(name: str, value: Any) -> bool:
    if name == "@context":
        return True
    if name == "type":
        return all(nameable(item) or item in EXTENSION_TYPES for item in listed(value))
    if name == "proofPurpose":
        return value in _PURPOSES
    if name in _IDS and not isinstance(value, dict):
        return all(map(absolute, listed(value)))
    return _named(value)


def foreign(wire: type[Wire]) -> Codec:
    """JSON of another specification in the place of a class of ours."""

    def write(value: Any, at: str, into: str, trail: Trail) -> Any:
        if reason := unsignable(value, wire):
            trail.dropped(value, at, reason)
            return ABSENT
        return OPAQUE.write(value, at, into, trail)

    return Codec(OPAQUE.read, write)


@dataclass(slots=True)
class Named(Trail):
    """A trail that knows the ids of the document being written: what an endorsement in it can be about."""

    ids: frozenset[str] = frozenset()


class Endorsable(Table):
    """A class that can be endorsed: two wire members together are the hub's ``endorsements``."""

    def read(self, value: Any, at: str, into: str, trail: Trail) -> dict[str, Any]:
        """As any table; both members into one list, documents first."""
        result = super().read(value, at, into, trail)
        found: list[dict[str, Any]] = []
        for member, field in (("endorsement", "document"), ("endorsementJwt", "token")):
            given = value.get(member, [])
            for index, item in enumerate(listed(given)):
                pointer = f"{at}/{member}/{index}" if given is not item else f"{at}/{member}"
                OPAQUE.read(item, pointer, f"{into}/endorsements/{len(found)}/{field}", trail)
                found.append({"format": Format.OPEN_BADGES_3, field: item})
        if found:
            result["endorsements"] = found
        return result

    def write(self, value: Any, at: str, into: str, trail: Trail) -> dict[str, Any]:
        """As any table; an endorsement that cannot be embedded is dropped whole."""
        rest = {name: child for name, child in value.items() if name != "endorsements"}
        result = super().write(rest, at, into, trail)
        for index, endorsement in enumerate(value.get("endorsements", ())):
            place = f"{at}/endorsements/{index}"
            if reason := _unwritable(endorsement, trail.ids if isinstance(trail, Named) else frozenset()):
                trail.dropped(endorsement, place, reason)
                continue
            member, field = ("endorsementJwt", "token") if "token" in endorsement else ("endorsement", "document")
            written = result.setdefault(member, [])
            OPAQUE.write(endorsement[field], f"{place}/{field}", f"{into}/{member}/{len(written)}", trail)
            written.append(endorsement[field])
        return result


def _unwritable(endorsement: dict[str, Any], ids: frozenset[str]) -> str:
    if endorsement["format"] != Format.OPEN_BADGES_3:
        return _OTHER_FORMAT
    if "token" in endorsement:
        return _unwritable_token(endorsement["token"], ids)
    document = endorsement.get("document")
    if document is None:
        return _BY_URL
    if document.get("@context") not in _CONTEXTS:
        return _OTHER_CONTEXT
    return unsignable(document, ob3.EndorsementCredential) or _beside(document, ids)


def _unwritable_token(token: str, ids: frozenset[str]) -> str:
    if not COMPACT_JWS.fullmatch(token):
        return _NO_TOKEN
    payload = token.split(".")[1]
    try:
        claims = strict_json.decode(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (ValueError, AdapterError):
        return _NO_TOKEN
    return _beside(claims.get("vc", claims), ids) if isinstance(claims, dict) else _NO_TOKEN


def _beside(endorsement: Any, ids: frozenset[str]) -> str:
    """An endorsement names what it endorses; under another id it would seem to endorse what its author never saw."""
    subject = endorsement.get("credentialSubject") if isinstance(endorsement, dict) else None
    return "" if isinstance(subject, dict) and subject.get("id") in ids else _OTHER_THING
