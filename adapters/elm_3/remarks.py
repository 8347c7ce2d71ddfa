"""What ELM has no member for and a reader may still want to know, told as additional notes of the award."""

from typing import Any, Final  # Any: decoded JSON on both sides

from adapters.elm_3.codecs import NOTE, beside
from adapters.elm_3.mapping_kinds import typed
from adapters.hub.mapping import ABSENT, Trail

_NOTE: Final = "told in words, in a note"
OF_CREDENTIAL: Final = {
    "role": "Role",
    "term": "Term",
    "credits_earned": "Credits earned (of a system that the source does not name)",
}
OF_ACHIEVEMENT: Final = {
    "achievement_type": "Type of achievement",
    "credits_available": "Credits (of a system that the source does not name)",
    "field_of_study": "Field of study",
    "specialization": "Specialisation",
    "human_code": "Code",
}
_OF_EVIDENCE: Final = ("narrative", "description")


def of_achievement(achievement: dict[str, Any]) -> list[str]:
    """Which fields of an achievement are told in words."""
    placed = {"achievement_type"} if typed(achievement.get("achievement_type")) else set()
    return [name for name in OF_ACHIEVEMENT if name in achievement and name not in placed]


def tell(hub: dict[str, Any], claim: dict[str, Any], at: str, trail: Trail) -> None:
    """Add notes to a claim for what the tables leave to them."""
    notes: list[dict[str, Any]] = []
    rows = [(f"/{name}", words, hub[name]) for name, words in OF_CREDENTIAL.items() if name in hub]
    achievement = hub["achievement"]
    rows += [(f"/achievement/{n}", OF_ACHIEVEMENT[n], achievement[n]) for n in of_achievement(achievement)]
    for place, words, value in rows:
        trail.approximated(place, f"{at}/additionalNote/{len(notes)}/noteLiteral/en", _NOTE)
        notes.append({"type": "Note", "noteLiteral": {"en": f"{words}: {value}"}})
    for index, piece in enumerate(hub.get("evidence", ())):
        for name in _OF_EVIDENCE:
            if name not in piece:
                continue
            aside = beside(trail)
            into = f"{at}/additionalNote/{len(notes)}"
            note = NOTE.write(piece[name], f"/evidence/{index}/{name}", into, aside)
            for there, source in aside.origins.items():
                trail.approximated(source, there, _NOTE)
            trail.losses += [loss for loss in aside.losses if loss.target is None]
            notes += [] if note is ABSENT else [note]
    if notes:
        claim["additionalNote"] = notes
