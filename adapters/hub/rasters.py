"""Whether bytes are the picture that they are declared to be: their structure is walked, no pixel is decoded.

Sources: JPEG (ITU-T T.81, annex B); GIF89a specification; for PNG and SVG see `png` and `svg`.
"""

import re
from collections.abc import Callable
from typing import Final

from adapters.hub.baked import CorruptImage, NoBadgeInside, UnsafeImage
from adapters.hub.errors import TooLarge
from adapters.hub.png import MAX_PIXELS, plain_png
from adapters.hub.svg import unbake_svg

MAX_SEGMENTS = 10_000

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_ALONE: Final = frozenset((0x01, *range(0xD0, 0xD8)))
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# After a scan's pixels: any marker that is no stuffed byte and no restart.
_NEXT_MARKER = re.compile(rb"\xff+[\x01-\xcf\xd8-\xfe]")
_GIF: Final = (b"GIF87a", b"GIF89a")
_GIF_HEADER, _GIF_FRAME = 13, 10


def check_picture(image: bytes, media_type: str) -> None:
    """Check that bytes are a picture of a kind, from the first to the last.

    Args:
        media_type: ``image/png``, ``image/jpeg``, ``image/gif`` or ``image/svg+xml``.

    Raises:
        AdapterError: They are something else, cut off, followed by more, or too much to draw.
        KeyError: Another media type.
    """
    _CHECKS[media_type](image)


def _check_png(image: bytes) -> None:
    plain_png(image)


def _check_svg(image: bytes) -> None:
    try:
        unbake_svg(image)
    except NoBadgeInside:
        return


def _check_jpeg(image: bytes) -> None:
    if not image.startswith(b"\xff\xd8"):
        raise CorruptImage("byte 0: not the start of a JPEG")
    at, has_frame, has_scan = 2, False, False
    for _ in range(MAX_SEGMENTS):
        marker, at = _marker(image, at)
        if marker == _END:
            if at != len(image):
                raise CorruptImage(f"byte {at}: {len(image) - at} bytes after the end of the image")
            if not (has_frame and has_scan):
                raise CorruptImage("a JPEG without pixels")
            return
        if marker in _ALONE:
            continue
        length = int.from_bytes(image[at : at + 2])
        if marker in (0, _START) or length < 2 or at + length > len(image):  # noqa: PLR2004 - its own two bytes
            raise CorruptImage(f"byte {at}: no segment of a JPEG")
        if marker in _FRAMES:
            _check_size(int.from_bytes(image[at + 5 : at + 7]), int.from_bytes(image[at + 3 : at + 5]))
            has_frame = True
        at += length
        if marker == _SCAN:
            has_scan = True
            found = _NEXT_MARKER.search(image, at)
            at = found.start() if found else len(image)
    raise TooLarge(f"more than {MAX_SEGMENTS} segments in one JPEG")


def _marker(image: bytes, at: int) -> tuple[int, int]:
    """The marker that stands here, and where it ends; any number of fill bytes may stand before it."""
    start = at
    while image[at : at + 1] == b"\xff":
        at += 1
    if at == start or at >= len(image):
        raise CorruptImage(f"byte {start}: the image is cut off, or no marker stands there")
    return image[at], at + 1


def _check_gif(image: bytes) -> None:
    if not image.startswith(_GIF) or len(image) < _GIF_HEADER:
        raise CorruptImage("byte 0: not the header of a GIF")
    _check_size(int.from_bytes(image[6:8], "little"), int.from_bytes(image[8:10], "little"))
    at, has_frame = _GIF_HEADER + _colours(image[10]), False
    for _ in range(MAX_SEGMENTS):
        kind = image[at : at + 1]
        if kind == b";":
            if at + 1 != len(image) or not has_frame:
                raise CorruptImage(f"byte {at}: something follows the end of the image, or it has no pixels")
            return
        if kind == b"!":
            at = _past_blocks(image, at + 2)
        elif kind == b"," and at + _GIF_FRAME < len(image):
            has_frame = True
            at = _past_blocks(image, at + _GIF_FRAME + _colours(image[at + 9]) + 1)
        else:
            raise CorruptImage(f"byte {at}: the image is cut off, or no block begins there")
    raise TooLarge(f"more than {MAX_SEGMENTS} blocks in one GIF")


def _colours(packed: int) -> int:
    """Bytes of the colour table that a packed field announces."""
    return 3 << ((packed & 7) + 1) if packed & 0x80 else 0


def _past_blocks(image: bytes, at: int) -> int:
    while at < len(image):
        if image[at] == 0:
            return at + 1
        at += image[at] + 1
    raise CorruptImage(f"byte {len(image)}: the image is cut off")


def _check_size(width: int, height: int) -> None:
    if not width * height:
        raise CorruptImage(f"an image of {width} x {height} pixels")
    if width * height > MAX_PIXELS:
        raise UnsafeImage(f"an image of {width} x {height} pixels, at most {MAX_PIXELS} are accepted")


_CHECKS: Final[dict[str, Callable[[bytes], None]]] = {
    "image/png": _check_png,
    "image/jpeg": _check_jpeg,
    "image/gif": _check_gif,
    "image/svg+xml": _check_svg,
}
