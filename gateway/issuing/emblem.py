"""A medal drawn for badges that come without a picture."""

import colorsys
import io
from functools import lru_cache

from PIL import Image, ImageDraw

SIDE_PX = 400
DRAWN_PX = SIDE_PX * 2
"""Drawn larger and scaled down, which smooths the edges."""

HUES = 24


@lru_cache(maxsize=HUES)
def emblem(hue: int) -> bytes:
    """A ribboned medal in one of ``HUES`` colours; no text, because a title has no certain script or length."""
    drawn = Image.new("RGBA", (DRAWN_PX, DRAWN_PX), (0, 0, 0, 0))
    draw = ImageDraw.Draw(drawn)
    unit = DRAWN_PX / 100
    dark, light = _colour(hue, 0.42), _colour(hue, 0.62)
    for left in (30, 52):
        tail = [(left, 55), (left + 18, 55), (left + 18, 97), (left + 9, 90), (left, 97)]
        draw.polygon([(x * unit, y * unit) for x, y in tail], fill=dark)
    for radius, fill in ((38, dark), (33, (255, 255, 255, 255)), (29, light)):
        box = [(50 - radius) * unit, (40 - radius) * unit, (50 + radius) * unit, (40 + radius) * unit]
        draw.ellipse(box, fill=fill)
    draw.line(
        [(36 * unit, 41 * unit), (46 * unit, 51 * unit), (65 * unit, 30 * unit)], (255,) * 4, int(6 * unit), "curve"
    )
    written = io.BytesIO()
    drawn.resize((SIDE_PX, SIDE_PX), Image.Resampling.LANCZOS).save(written, "PNG")
    return written.getvalue()


def _colour(hue: int, lightness: float) -> tuple[int, int, int, int]:
    red, green, blue = colorsys.hls_to_rgb(hue / HUES, lightness, 0.5)
    return round(red * 255), round(green * 255), round(blue * 255), 255
