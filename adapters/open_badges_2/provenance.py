"""What an Open Badges 2.0 document says of the badge that it was converted from."""

from typing import Any  # Any: a JSON object about to be written

from adapters.hub.contract import Format, Origin
from adapters.hub.credential import Profile
from adapters.hub.losses import pointers
from adapters.hub.mapping import Trail, timestamp
from adapters.open_badges_2.identifiers import acceptable

_NAMES = {
    Format.OPEN_BADGES_1: ("Open Badges 1.x", ""),
    Format.OPEN_BADGES_2: ("Open Badges 2.0", "Open Badges v2p0"),
    Format.OPEN_BADGES_3: ("Open Badges 3.0", "Open Badges v3p0"),
    Format.ELM_3: ("a European Digital Credential (ELM 3)", "ELM 3"),
    Format.LEARNING_CREDENTIAL_1: ("an EU learning credential", "EU learning credential 1"),
}
"""A format's name for people, and as the migration guide writes it in ``related``; "" to make it of the version."""

_CLASSES = {
    Format.OPEN_BADGES_3: "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement",
    Format.ELM_3: "http://data.europa.eu/snb/model/elm/LearningAchievement",
    Format.LEARNING_CREDENTIAL_1: "http://data.europa.eu/snb/model/elm/LearningAchievement",
}
"""What is awarded, in formats that do not call it a BadgeClass."""

ORIGIN_TYPES = frozenset(_CLASSES.values())
"""Types by which what is written here leads to what was achieved in an original, beside ``BadgeClass``."""

_NOTE = "names what the gateway converted"


def add_provenance(document: dict[str, Any], origin: Origin, trail: Trail) -> None:
    """Add, in place, an evidence item that leads to the conversion receipt, and the original BadgeClass or Achievement.

    Evidence, because every displayer shows it; its narrative says in words who attests what.

    Source: Open Badges 3.0 implementation guide, "Migrating from Open Badges 2.0", from 3.0 to 2.0.
    """
    issuer = document["badge"]["issuer"].get("name", "The issuer")
    _append(document, "evidence", _receipt(origin, issuer), "", trail)
    if origin.achievement_id is not None and acceptable(origin.achievement_id):
        _append(document["badge"], "related", _original(origin), "/badge", trail)


def _append(parent: dict[str, Any], name: str, item: dict[str, Any], at: str, trail: Trail) -> None:
    items = parent.setdefault(name, [])
    for pointer in pointers(item, f"{at}/{name}/{len(items)}"):
        trail.supplied(pointer, _NOTE)
    items.append(item)


def _receipt(origin: Origin, issuer: str) -> dict[str, Any]:
    name, _ = _NAMES[origin.format]
    done = "sealed" if origin.format is Format.ELM_3 else "issued"
    original = f"The original ({origin.id}) was {done}" if origin.id else f"The original was {done}"
    return {
        "id": origin.receipt_url,
        "type": "Evidence",
        "name": f"Conversion receipt: originally {name}",
        "description": "What this Assertion was converted from, how that was verified, what the conversion changed.",
        "narrative": (
            f"This Assertion was converted from {name}. {issuer} attests the conversion; it did not award the badge. "
            f"{original} by {_named(origin.issuer)}{_for(origin.awarded_by)}. It was verified at "
            f"{timestamp(origin.verified_at)}; its SHA-256 digest is {origin.sha256}. The receipt at "
            f"{origin.receipt_url} lists the checks and what was changed."
        ),
    }


def _for(awarder: Profile | None) -> str:
    """Who awarded it, where that is another one than its issuer."""
    return f", which says that {_named(awarder)} awarded it" if awarder else ""


def _named(issuer: Profile) -> str:
    name = next(iter(issuer.name.values()), "")
    known = [part for part in (name, f"({issuer.id})" if issuer.id else "") if part]
    return " ".join(known) or "an issuer that it does not name"


def _original(origin: Origin) -> dict[str, Any]:
    other = _CLASSES.get(origin.format)
    types = ["BadgeClass", other] if other else ["BadgeClass"]
    version = _NAMES[origin.format][1] or f"Open Badges v{origin.version.replace('.', 'p')}"
    return {"id": origin.achievement_id, "type": types, "version": version}
