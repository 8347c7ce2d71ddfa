"""What a wallet fetches names the holder's key as its subject; who the badge was for stays beside it."""

import msgspec

from adapters.hub.credential import Credential, Identity
from adapters.hub.losses import Change, Loss, LossReport

_MOVED = "stands among the subject's identities: the subject's id names the key of the holder's wallet"
_KINDS = (("did:", "ext:did"), ("http:", "ext:url"), ("https:", "ext:url"), ("tel:", "ext:telephone"))


def bound(credential: Credential, holder: str | None, origins: dict[str, str]) -> tuple[Credential, LossReport]:
    """The credential with the holder's DID as its subject, and what that moved.

    Args:
        holder: None leaves the credential as it is.
        origins: Neutral pointer -> pointer in the document read.

    Source: Open Badges 3.0, AchievementSubject (``id`` or ``identifier``, or both) and IdentityObject.
    """
    before = credential.recipient.id
    if holder is None or before == holder:
        return credential, LossReport()
    kept = () if before is None else (_identity(before),)
    recipient = msgspec.structs.replace(
        credential.recipient, id=holder, identities=(*credential.recipient.identities, *kept)
    )
    origin = origins.get("/recipient/id")
    moved = () if origin is None else (Loss(change=Change.APPROXIMATED, source=origin, note=_MOVED),)
    return msgspec.structs.replace(credential, recipient=recipient), LossReport(moved)


def _identity(id_: str) -> Identity:
    """A subject's former id as an identity; an address of e-mail is told by its own kind."""
    if id_.lower().startswith("mailto:"):
        return Identity(kind="emailAddress", value=id_[len("mailto:") :], hashed=False)
    kind = next((kind for start, kind in _KINDS if id_.startswith(start)), "identifier")
    return Identity(kind=kind, value=id_, hashed=False)
