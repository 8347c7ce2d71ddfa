"""What a learning credential says of who signed it, where that is another one than who awarded it.

``issuing_authority`` is what wallets show as its issuer, so it names both. The names by themselves, and what was
converted, stand in a claim of our own, ``provenance``.
"""

from typing import Any, Final  # Any: decoded JSON

from adapters.hub.contract import Format, Origin
from adapters.hub.losses import pointers
from adapters.hub.mapping import Trail, timestamp
from adapters.learning_credential_1.codecs import told

CLAIM: Final = "provenance"
_NOBODY: Final = "somebody who is not named"
_NOTE: Final = "says where the credential comes from"
_FORMATS: Final = {
    Format.OPEN_BADGES_1: "Open Badges",
    Format.OPEN_BADGES_2: "Open Badges",
    Format.OPEN_BADGES_3: "Open Badges",
    Format.ELM_3: "European Learning Model",
    Format.LEARNING_CREDENTIAL_1: "EU learning credential",
}


def authority(said: dict[str, Any]) -> str:
    """Both names in one text, of the members of the claim: who awarded it, and who signed it."""
    issuer = said.get("issued_by") or said.get("issued_by_id") or _NOBODY
    awarder = f"{said['awarded_by']}, as {issuer} says" if "awarded_by" in said else issuer
    done = "converted and signed" if "receipt" in said else "signed"
    return f"{awarder} ({done} by {said['signed_by']})"


def of_two(document: dict[str, Any]) -> bool:
    """Whether a validated document names who awarded it and who signed it, as we write it."""
    said = document.get(CLAIM)
    return said is not None and "signed_by" in said and document.get("issuing_authority") == authority(said)


def tell(document: dict[str, Any], origin: Origin | None, trail: Trail) -> None:
    """Complete the claim, and name both as the authority; each leaf that nothing says is reported as supplied."""
    said = document.setdefault(CLAIM, {})
    _supply(said, "signed_by", document["iss"], trail)
    if origin is not None:
        _supply_facts(said, origin, trail)
    document["issuing_authority"] = authority(said)
    trail.supplied("/issuing_authority", "names who awarded it and who signs it")


def _supply_facts(said: dict[str, Any], origin: Origin, trail: Trail) -> None:
    if "issued_by" not in said and (tag := told(origin.issuer.name)) is not None:
        _supply(said, "issued_by", origin.issuer.name[tag], trail)
    if origin.issuer.id:
        _supply(said, "issued_by_id", origin.issuer.id, trail)
    awarder = origin.awarded_by
    if awarder is not None:
        tag = told(awarder.name)
        _supply(said, "awarded_by", awarder.name[tag] if tag is not None else awarder.id or _NOBODY, trail)
    _supply(said, "format", f"{_FORMATS[origin.format]} {origin.version}", trail)
    if origin.id:
        _supply(said, "id", origin.id, trail)
    _supply(said, "sha256", origin.sha256, trail)
    _supply(said, "verified_at", timestamp(origin.verified_at), trail)
    _supply(said, "receipt", origin.receipt_url, trail)
    statement = (
        f"{said['signed_by']} converted and signed this credential and did not award it. The original was verified "
        "before; the receipt says how, and what was changed."
    )
    _supply(said, "statement", statement, trail)


def _supply(said: dict[str, Any], member: str, value: str, trail: Trail) -> None:
    if member not in said:
        said[member] = value
        for pointer in pointers(value, f"/{CLAIM}/{member}"):
            trail.supplied(pointer, _NOTE)
