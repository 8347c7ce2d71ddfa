"""Whether a document is an Open Badge 3.0, at first sight and without reading it."""

from adapters.hub.contract import Confidence, Format, Recognition
from adapters.hub.opened import Opened
from adapters.open_badges_3.reading import VERSION, VERSION_OF_VCDM_1, received
from adapters.open_badges_3.vocabulary import is_open_badges_context, listed

_OURS = frozenset({"OpenBadgeCredential", "AchievementCredential"})
# Documents that use the same contexts and are something else.
_OTHERS = frozenset(
    {"ClrCredential", "EndorsementCredential", "VerifiablePresentation", "BitstringStatusListCredential"}
)
_NOT_OURS = Recognition(format=Format.OPEN_BADGES_3, confidence=Confidence.NONE)


def recognition(opened: Opened) -> Recognition:
    """Certain by context and type, likely by one of them; another kind of credential is none of ours."""
    found = received(opened)
    if not isinstance(found.raw, dict):
        return _NOT_OURS
    types = {name for name in listed(found.raw.get("type")) if isinstance(name, str)}
    context = next(filter(is_open_badges_context, listed(found.raw.get("@context"))), None)
    ours = sorted(types & _OURS)
    if types & _OTHERS or "credentialSubject" not in found.raw or not (context or ours):
        return _NOT_OURS
    seen = [f"context {context}"] if context else []
    seen += [f"type {name}" for name in ours]
    if found.at:
        seen.append("a token with a vc claim")
    return Recognition(
        format=Format.OPEN_BADGES_3,
        confidence=Confidence.CERTAIN if context and ours else Confidence.LIKELY,
        version=VERSION_OF_VCDM_1 if found.vcdm_1 else VERSION,
        evidence=tuple(seen),
    )
