"""Who earned it: the one IdentityObject of an Assertion and the recipient's name, and the neutral Recipient."""

from typing import Any  # Any: decoded JSON on both sides, as in adapters.hub.mapping

from adapters.hub.errors import NotWritable
from adapters.hub.mapping import NO_MEMBER, Trail
from adapters.hub.recipients import KINDS, NO_SALT, identified

NAME_MEMBER = "extensions:recipientProfile"
_NAME_CONTEXT = "https://w3id.org/openbadges/extensions/recipientProfile/context.json"
_NAME_TYPES = ["Extension", "extensions:RecipientProfile"]

_TYPES = {kind: type for type, kind in KINDS.items()}
_PREFERENCE = ("emailAddress", "id", "ext:url", "ext:telephone", "identifier")

_ONE_IDENTITY = "an Assertion names its recipient by one identity"
_TAKEN_FOR_THE_ID = "Open Badges 2.0 takes a plain identifier for the recipient's id"


def recipient_read(document: dict[str, Any], trail: Trail) -> dict[str, Any]:
    """The neutral Recipient of a validated Assertion.

    An identity of type ``id`` that is not hashed is the recipient's id. The name that the extension RecipientProfile
    gives is an identity of kind ``name``, as Open Badges 3.0 has it.
    """
    recipient = identified(document["recipient"], trail)
    identities: list[dict[str, Any]] = recipient["identities"]
    if NAME_MEMBER in document:
        identities.extend(_names(document[NAME_MEMBER], len(identities), trail))
    return recipient


def _names(extension: Any, position: int, trail: Trail) -> list[dict[str, Any]]:
    at = f"/{NAME_MEMBER}"
    if not isinstance(extension, dict) or not isinstance(extension.get("name"), str):
        trail.dropped(extension, at, NO_MEMBER)
        return []
    for name, value in extension.items():
        if name not in {"name", "type", "@context"}:
            trail.dropped(value, f"{at}/{name}", NO_MEMBER)
    trail.carried(f"{at}/name", f"/recipient/identities/{position}/value")
    types = extension.get("type")
    if isinstance(types, list) and _NAME_TYPES[1] in types:
        for field in ("kind", "hashed"):
            trail.carried(f"{at}/type/{types.index(_NAME_TYPES[1])}", f"/recipient/identities/{position}/{field}")
    return [{"kind": "name", "value": extension["name"], "hashed": False}]


def recipient_written(hub: dict[str, Any], trail: Trail) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The IdentityObject, and the extension with the recipient's name or None.

    The e-mail address comes first because every host knows its earners by it, then the id, then what else the format
    can name.

    Raises:
        NotWritable: No identity is of a kind that the format has.
    """
    identities: list[dict[str, Any]] = hub.get("identities", [])
    chosen = _chosen(hub)
    if chosen is None:
        fix = "Open Badges 2.0 knows recipients by e-mail address, id, URL or telephone number; add one of them."
        raise NotWritable("the recipient has no identity of these kinds", pointer="/recipient", fix=fix)
    name = next((i for i, one in enumerate(identities) if one["kind"] == "name" and not one["hashed"]), None)
    for index, identity in enumerate(identities):
        if index not in (chosen, name):
            trail.dropped(identity, f"/recipient/identities/{index}", _ONE_IDENTITY)
    if chosen != "id" and "id" in hub:
        trail.dropped(hub["id"], "/recipient/id", _ONE_IDENTITY)
    extension = None if name is None else _name_extension(identities[name], name, trail)
    if chosen == "id":
        trail.carried("/recipient/id", "/recipient/identity")
        return {"type": "id", "hashed": False, "identity": hub["id"]}, extension
    return _object(identities[int(chosen)], f"/recipient/identities/{chosen}", trail), extension


def _chosen(hub: dict[str, Any]) -> int | str | None:
    """Position of the identity to write, or ``id``; None where there is nothing to choose from."""
    for kind in _PREFERENCE:
        if kind == "id" and "id" in hub:
            return "id"
        for index, identity in enumerate(hub.get("identities", [])):
            if identity["kind"] == kind:
                return index
    return None


def _object(identity: dict[str, Any], at: str, trail: Trail) -> dict[str, Any]:
    written: dict[str, Any] = {"type": _TYPES[identity["kind"]], "hashed": identity["hashed"]}
    if written["type"] == "id" and not identity["hashed"]:
        trail.dropped(identity, at, _TAKEN_FOR_THE_ID)
        trail.supplied("/recipient/identity", _TAKEN_FOR_THE_ID)
        return {**written, "identity": identity["value"]}
    if "salt" in identity:
        trail.carried(f"{at}/salt", "/recipient/salt")
        written["salt"] = identity["salt"]
    trail.carried(f"{at}/value", "/recipient/identity")
    return {**written, "identity": identity["value"]}


def _name_extension(identity: dict[str, Any], index: int, trail: Trail) -> dict[str, Any]:
    at = f"/recipient/identities/{index}"
    trail.carried(f"{at}/value", f"/{NAME_MEMBER}/name")
    if "salt" in identity:
        trail.dropped(identity["salt"], f"{at}/salt", NO_SALT)
    return {"@context": _NAME_CONTEXT, "type": _NAME_TYPES, "name": identity["value"]}
