"""What a form attests: one BadgeClass or Achievement, and when two forms attest the same.

Displayers group badges by its id, so an id stands for one written document of one platform and format: all who earned
the same share it, and what is written differently in any way is another one. The id is random all the same: derived
from the document, it would tell whoever knows an original which ids to ask for.

It is kept beside the records and outlives each of them, because others who share it have their badges still. So nothing
of the recipient may stand in it: recipient, evidence, results and the image of the award are outside it in both
formats, and its picture is made of it alone. In it stands what the issuer says of the award and of itself; who awards
a badge to themselves is that issuer.
"""

import hmac
from typing import Any  # Any: JSON about to be sealed

import msgspec

from adapters.hub.contract import Format


def achievement_of(format: Format, document: dict[str, Any]) -> dict[str, Any]:
    """The BadgeClass or Achievement inside a form's document."""
    second = format is Format.OPEN_BADGES_2
    return dict(document["badge"] if second else document["credentialSubject"]["achievement"])


def achievement_page(format: Format, document: dict[str, Any]) -> bytes:
    """The BadgeClass or Achievement of a form as the document that its own address serves."""
    return msgspec.json.encode({"@context": document["@context"], **achievement_of(format, document)})


def digest(secret: bytes, platform: str, format: Format, document: dict[str, Any], own_id: str) -> bytes:
    """What two forms have in common exactly when their achievements differ in nothing but their own id.

    Args:
        secret: Keyed, so that whoever reads the store cannot tell which achievements are in it.
        document: The whole form.
        own_id: UUID of the achievement, in its address and in that of its picture. No byte of JSON is NUL, which
            therefore stands for it: nothing that an issuer wrote can be taken for it.

    Returns:
        HMAC-SHA-256, 32 bytes. The order of members does not count.
    """
    written = msgspec.json.encode(achievement_of(format, document), order="sorted").replace(own_id.encode(), b"\0")
    return hmac.digest(secret, b"\0".join((platform.encode(), format.encode(), written)), "sha256")


def renamed(document: dict[str, Any], own_id: str, shared: str) -> dict[str, Any]:
    """The form with another UUID wherever ``own_id`` stands in its texts."""
    return document if shared == own_id else {name: _renamed(value, own_id, shared) for name, value in document.items()}


def _renamed(value: Any, own_id: str, shared: str) -> Any:
    if isinstance(value, str):
        return value.replace(own_id, shared)
    if isinstance(value, dict):
        return {name: _renamed(item, own_id, shared) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_renamed(item, own_id, shared) for item in value]
    return value
