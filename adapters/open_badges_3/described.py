"""Members that SURF adds to an achievement, and alignments that say what is described by their type."""

from typing import Any  # Any: decoded JSON, as in adapters.hub.mapping

from adapters.hub.alignments import ASSESSMENT, PARTICIPATION, SUPERVISION
from adapters.hub.described import TYPED, raised
from adapters.hub.described_values import Maker, ects, hours, taken, word
from adapters.hub.mapping import NO_MEMBER, Trail

MEMBERS: dict[str, Maker] = {
    "ECTS": ects,
    "SBU": hours,
    "timeInvestment": hours,
    "participationType": word(PARTICIPATION),
    "assessmentType": word(ASSESSMENT),
    "supervisionType": word(SUPERVISION),
}
"""No context of Open Badges 3.0 defines them: they are read by name where the signature covers the bytes."""


def described(raw: Any, achievement: dict[str, Any], at: str, into: str, trail: Trail) -> None:
    """Read what describes an achievement into the fields of the neutral one.

    Args:
        raw: The achievement as it stands in the document, at the pointer ``at``.
        achievement: What the table read of it, at the pointer ``into``.
    """
    for name, maker in MEMBERS.items():
        if name not in raw:
            continue
        if name == "timeInvestment" and "SBU" in raw:
            trail.dropped(raw[name], f"{at}/{name}", NO_MEMBER)
        else:
            taken(raw[name], maker, f"{at}/{name}", achievement, into, trail, TYPED)
    raised(achievement, into, trail, TYPED)
