"""The band across pictures of what a test platform issues."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw

MAX_PIXELS = 4_000_000
"""Of a picture that is decoded: a few kilobytes of PNG can hold gigabytes of pixels."""

# Letters from rectangles, in a grid of 5 by 7 (left, top, right, bottom): a font would be one more thing to be there.
_GLYPHS = {
    "T": ((0, 0, 5, 1), (2, 1, 3, 7)),
    "E": ((0, 0, 1, 7), (1, 0, 5, 1), (1, 3, 4, 4), (1, 6, 5, 7)),
    "S": ((0, 0, 5, 1), (0, 1, 1, 3), (0, 3, 5, 4), (4, 4, 5, 6), (0, 6, 5, 7)),
}
_WORD = "TEST"
_UNIT = 12
_ADVANCE = 7 * _UNIT

_BAND = (190, 18, 60, 235)
_LETTERS = (255, 255, 255, 255)


def stamped(image: bytes) -> bytes | None:
    """The picture with a band that says TEST over its lower half, as PNG.

    Args:
        image: A PNG; of an animated one the first picture is kept.

    Returns:
        None when the picture cannot be decoded, or is larger than anybody needs.
    """
    try:
        with Image.open(io.BytesIO(image), formats=["PNG"]) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                return None
            shown = opened.convert("RGBA")
    # What Pillow raises for pictures that are broken somewhere inside.
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    height = max(1, round(shown.height * 0.24))
    band = Image.new("RGBA", (shown.width, height), _BAND)
    word = _word()
    scale = min(shown.width * 0.84 / word.width, height * 0.62 / word.height)
    size = max(1, round(word.width * scale)), max(1, round(word.height * scale))
    letters = word.resize(size, Image.Resampling.LANCZOS)
    band.alpha_composite(letters, ((shown.width - size[0]) // 2, (height - size[1]) // 2))
    shown.alpha_composite(band, (0, round((shown.height - height) * 0.72)))
    written = io.BytesIO()
    shown.save(written, "PNG")
    return written.getvalue()


@lru_cache(maxsize=1)
def _word() -> Image.Image:
    drawn = Image.new("RGBA", (len(_WORD) * _ADVANCE - 2 * _UNIT, 7 * _UNIT), (255, 255, 255, 0))
    draw = ImageDraw.Draw(drawn)
    for place, letter in enumerate(_WORD):
        for left, top, right, bottom in _GLYPHS[letter]:
            at = place * _ADVANCE
            draw.rectangle((at + left * _UNIT, top * _UNIT, at + right * _UNIT - 1, bottom * _UNIT - 1), fill=_LETTERS)
    return drawn
