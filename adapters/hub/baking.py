"""Badges baked into images, read and written: the face of `png`, `svg` and `baked`."""

from adapters.hub.baked import (
    AmbiguousCarrier,
    Baked,
    CorruptImage,
    NoBadgeInside,
    NotAnSvg,
    UnsafeImage,
)
from adapters.hub.png import KEYWORD_2, KEYWORD_3, MAX_PNG_BYTES, bake_png, plain_png, unbake_png
from adapters.hub.svg import MAX_SVG_BYTES, NAMESPACE_2, NAMESPACE_3, bake_svg, unbake_svg

__all__ = [
    "KEYWORD_2",
    "KEYWORD_3",
    "MAX_PNG_BYTES",
    "MAX_SVG_BYTES",
    "NAMESPACE_2",
    "NAMESPACE_3",
    "AmbiguousCarrier",
    "Baked",
    "CorruptImage",
    "NoBadgeInside",
    "NotAnSvg",
    "UnsafeImage",
    "bake_png",
    "bake_svg",
    "plain_png",
    "unbake_png",
    "unbake_svg",
]
