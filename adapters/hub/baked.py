"""What an image with a badge in it yields, and what can be wrong with such an image."""

import msgspec

from adapters.hub.errors import Malformed


class Baked(msgspec.Struct, frozen=True):
    """The badge that was found in an image.

    Attributes:
        payload: JSON, a compact JWS or (Open Badges 1) a URL, as UTF-8; not looked into.
        keyword: The PNG keyword or the SVG namespace that it stood under.
        compressed: Whether it was deflated, which Open Badges does not allow but some issuers do.
    """

    payload: bytes
    keyword: str
    compressed: bool


class CorruptImage(Malformed):
    """The image breaks the rules of its format, or its badge those of baking."""

    code = "bake-corrupt"


class AmbiguousCarrier(Malformed):
    """The image holds more than one badge, so that two readers could see two."""

    code = "bake-ambiguous"


class NoBadgeInside(Malformed):
    """A sound image without a badge in it."""

    code = "bake-empty"


class UnsafeImage(Malformed):
    """The image is built to harm whoever opens it, or cannot be told from one that is."""

    code = "bake-unsafe"


class NotAnSvg(Malformed):
    """XML of another kind; whoever opens what was sent says so in other words."""
