"""The language of an Assertion's narrative: ``@language`` on the wire, a language tag in the neutral model."""

from typing import Any  # Any: decoded JSON on both sides, as in adapters.hub.mapping

from adapters.hub.losses import escaped
from adapters.hub.mapping import Trail

_UNKNOWN = "und"


def tagged(hub: dict[str, Any], document: dict[str, Any], trail: Trail) -> None:
    """Tag the narrative with the Assertion's ``@language``, in place.

    The neutral credential has no language of its own; BadgeClass and issuer, which have, say theirs in ``in_language``.
    """
    language = document.get("@language")
    if language is None:
        return
    if "narrative" not in hub:
        trail.dropped(language, "/@language", "the language of a narrative that is not there")
        return
    hub["narrative"] = {language: document["narrative"]}
    trail.origins[f"/narrative/{escaped(language)}"] = trail.origins.pop(f"/narrative/{_UNKNOWN}")


def untagged(hub: dict[str, Any]) -> str | None:
    """Take the tag off a narrative that has only one, in place, and return it for ``@language``; else None."""
    narrative = hub.get("narrative", {})
    if len(narrative) != 1 or _UNKNOWN in narrative:
        return None
    [(language, text)] = narrative.items()
    hub["narrative"] = {_UNKNOWN: text}
    return str(language)
