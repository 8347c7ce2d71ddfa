"""The IdentityObject of an Assertion of Open Badges 1 or 2.0, as the recipient of the neutral credential."""

from typing import Any  # Any: decoded JSON on both sides, as in adapters.hub.mapping

from adapters.hub.mapping import NO_MEMBER, Trail
from adapters.hub.wire import listed

KINDS = {"email": "emailAddress", "url": "ext:url", "telephone": "ext:telephone", "id": "identifier"}
"""Type of an IdentityObject -> kind of a neutral identity."""

NO_SALT = "a salt without a hash"


def identified(wire: dict[str, Any], trail: Trail) -> dict[str, Any]:
    """Read a validated IdentityObject, which stands at ``/recipient``.

    An identity of type ``id`` that is not hashed is the recipient's id.
    """
    result: dict[str, Any] = {"identities": []}
    type_ = _the_type(wire)
    if type_ == "id" and not wire["hashed"]:
        trail.carried("/recipient/identity", "/recipient/id")
        result = {"id": wire["identity"], **result}
        if "salt" in wire:
            trail.dropped(wire["salt"], "/recipient/salt", NO_SALT)
    else:
        result["identities"].append(_identity(wire, KINDS.get(type_, f"ext:{type_}"), trail))
    for name in wire.keys() - {"type", "identity", "hashed", "salt", "@context"}:
        trail.dropped(wire[name], f"/recipient/{name}", NO_MEMBER)
    return result


def _the_type(wire: dict[str, Any]) -> str:
    types = listed(wire["type"])
    return next((name for name in types if name in KINDS), str(types[0]) if types else "")


def _identity(wire: dict[str, Any], kind: str, trail: Trail) -> dict[str, Any]:
    into = "/recipient/identities/0"
    trail.carried("/recipient/type", f"{into}/kind")
    found: dict[str, Any] = {"kind": kind}
    for member, field in (("identity", "value"), ("hashed", "hashed"), ("salt", "salt")):
        if member in wire:
            trail.carried(f"/recipient/{member}", f"{into}/{field}")
            found[field] = wire[member]
    return found
