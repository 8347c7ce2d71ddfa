"""What a test platform issues says so: in its issuer's name, in the badge's name, and across the picture."""

import msgspec

from adapters.hub.credential import Credential, LangText
from adapters.hub.losses import Change, Loss, LossReport
from gateway.records.tenants import MARK

_NOTE = "marked as a test, because a test platform issued it"


def marked(name: str) -> str:
    """The name with the mark before it, once."""
    return name if name.startswith(MARK) else MARK + name


def marked_credential(credential: Credential, origins: dict[str, str]) -> tuple[Credential, LossReport]:
    """The credential with the mark in its own name and its achievement's, and what that changed.

    Args:
        origins: Neutral pointer -> pointer in the document read.
    """
    achievement = msgspec.structs.replace(credential.achievement, name=_marked(credential.achievement.name))
    changed = (
        Loss(change=Change.APPROXIMATED, source=origin, note=_NOTE)
        for at, origin in sorted(origins.items())
        if at in ("/name", "/achievement/name") or at.startswith(("/name/", "/achievement/name/"))
    )
    named = msgspec.structs.replace(credential, name=_marked(credential.name), achievement=achievement)
    return named, LossReport(tuple(changed))


def _marked(name: LangText) -> LangText:
    return {language: marked(text) for language, text in name.items()}
