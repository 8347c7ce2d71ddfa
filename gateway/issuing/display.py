"""The page that shows an ELM credential to people, drawn: every one must have a picture, and few badges bring one.

It says what was awarded, by whom and when, and nothing of who it was awarded to.
"""

import datetime as dt
import importlib.util
import io
import math
import re
import unicodedata
from bisect import bisect
from functools import lru_cache
from pathlib import Path

import msgspec
from PIL import Image, ImageDraw, ImageFont

FONT_PACKAGE = "fontpkg_noto_sans"
FONT_FILE = "files/NotoSans[wdth,wght].ttf"

WIDTH_PX, HEIGHT_PX = 1200, 848
"""The proportions of a sheet of A4 on its side."""

MAX_BYTES = 60_000
SHADES = 5
"""Of each colour, down to the paper: the edges of letters need no more."""

LONGEST = 400
"""Characters of a text that are drawn; what is beyond them is cut off, and stands in the credential."""

_MARGIN = 96
_ROOM = WIDTH_PX - 2 * _MARGIN
_TITLE_SIZES = (76, 66, 58, 50, 44, 38, 33, 29, 26, 23)
_TITLE_HEIGHT = 370
_ISSUER_SIZES = (40, 36, 32, 28, 24, 21)
_ISSUER_HEIGHT = 110
_SMALL = 26
_LINE = 1.24
_REGULAR, _SEMIBOLD, _BOLD = 400, 600, 700
_FIXED = "\N{NO-BREAK SPACE}"
_OPENING, _CLOSING = "«“„([¿¡", "»:;!?%‰€)]"
_SPACES = re.compile(r"\s+")
_NO_BREAK = re.compile(r"[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}]+")
_SET_APART = re.compile(r"(?<=«) | (?=[»:;!?%‰€])")
"""The spaces that French puts beside marks, where no line ends."""

_ELLIPSIS = "…"
_ABSENT = "\ufffe"  # no character, so no font has it

_INK = (23, 32, 51)
_SOFT = (84, 96, 117)
_ACCENT = (29, 78, 137)
_PAPER = (255, 255, 255)
_TEST = (190, 18, 60)


class Words(msgspec.Struct, frozen=True):
    """The few words of the page that are not the credential's."""

    issued_by: str
    converted_by: str
    other_script: str


_ENGLISH = Words(
    "Awarded by", "Issued and sealed by", "The credential says it in letters that this picture does not have"
)
_FRENCH = Words(
    "Décerné par", "Émis et cacheté par", "Le document le dit dans une écriture que cette image ne possède pas"
)
_WORDS = {"en": _ENGLISH, "fr": _FRENCH}


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What stands on the page.

    Attributes:
        awarded_by: The original issuer.
        sealed_by: Who seals it; "" where that is the same.
        language: BCP 47, of the words between; English where they are not known in it.
        test: Whether it counts for nothing.
    """

    title: str
    awarded_by: str
    sealed_by: str
    at: dt.date
    language: str = "en"
    test: bool = False


def display(shown: Shown) -> bytes:
    """Draw the page: a PNG of at most ``MAX_BYTES``; the same content gives the same bytes.

    Long titles wrap and get smaller. Text in a script that the font lacks (it has Latin, Greek, Cyrillic and
    Devanagari) is not drawn as boxes: letters lose marks that are lacking, and a title that cannot be drawn at all is
    replaced by a line that says so.
    """
    words = _WORDS.get(shown.language.partition("-")[0].lower(), _ENGLISH)
    page = Image.new("RGB", (WIDTH_PX, HEIGHT_PX), _PAPER)
    draw = ImageDraw.Draw(page)
    accent = _TEST if shown.test else _ACCENT
    draw.rectangle((0, 0, WIDTH_PX, 28), fill=accent)
    draw.rectangle((_MARGIN, 520, _MARGIN + 120, 525), fill=accent)
    _title(draw, shown.title, words)
    at = _awarded(draw, shown.awarded_by, words)
    below = f"{words.converted_by} {drawable(shown.sealed_by)}" if drawable(shown.sealed_by) else ""
    _line(draw, below, at, _SMALL, _SOFT)
    _line(draw, shown.at.isoformat(), HEIGHT_PX - 88, _SMALL, _SOFT)
    if shown.test:
        _line(draw, "TEST", HEIGHT_PX - 88, _SMALL, _TEST, end=True)
    written = io.BytesIO()
    page.quantize(palette=_palette(accent), dither=Image.Dither.NONE).save(written, "PNG")
    return written.getvalue()


def drawable(text: str) -> str:
    """The beginning of a text in the letters that the font has; "" when more than a few of them are lacking.

    Letters with marks that it lacks lose these; symbols and pictures that it lacks are left out, and so is what has no
    width. A space where no line may end is a no-break space.
    """
    kept: list[str] = []
    lost = 0
    shown = _spaced(text[: 4 * LONGEST])
    shown = shown if len(shown) <= LONGEST else shown[: LONGEST - 1].rstrip() + _ELLIPSIS
    for character in unicodedata.normalize("NFC", shown):
        if unicodedata.category(character) == "Cf":
            continue
        plain = character if _has(character) else unicodedata.normalize("NFD", character)[0]
        if _has(plain):
            kept.append(plain)
        elif character.isalnum():
            lost += 1
    return "" if lost * 4 > len(kept) + lost else _spaced("".join(kept))


def _spaced(text: str) -> str:
    """One space where there are any: a no-break one where only such stand, and beside the marks of French."""
    single = _SPACES.sub(lambda found: _FIXED if _NO_BREAK.fullmatch(found[0]) else " ", text).strip()
    return _SET_APART.sub(_FIXED, single)


def _title(draw: ImageDraw.ImageDraw, title: str, words: Words) -> None:
    text = drawable(title)
    if not text:
        _block(draw, words.other_script, (_MARGIN, 96), _ISSUER_SIZES, _TITLE_HEIGHT, _REGULAR, _SOFT)
        return
    _block(draw, text, (_MARGIN, 96), _TITLE_SIZES, _TITLE_HEIGHT, _BOLD, _INK)


def _awarded(draw: ImageDraw.ImageDraw, name: str, words: Words) -> int:
    """Draw who awarded it; return where the next line begins."""
    text = drawable(name)
    if not text:
        return 556
    _line(draw, words.issued_by, 552, _SMALL, _SOFT)
    return _block(draw, text, (_MARGIN, 590), _ISSUER_SIZES, _ISSUER_HEIGHT, _SEMIBOLD, _INK) + 14


def _block(
    draw: ImageDraw.ImageDraw,
    text: str,
    at: tuple[int, int],
    sizes: tuple[int, ...],
    height: int,
    weight: int,
    colour: tuple[int, int, int],
) -> int:
    """Draw text as large as it fits; return where it ends. What does not fit in the smallest size is cut off."""
    for size in sizes:
        font = face(size, weight)
        lines = wrapped(text, font)
        if len(lines) * round(size * _LINE) <= height:
            break
    step = round(size * _LINE)
    most = height // step
    if len(lines) > most:
        lines = [*lines[: most - 1], _cut(lines[most - 1] + " " + lines[most], font)]
    for index, line in enumerate(lines):
        draw.text((at[0], at[1] + index * step), line, fill=colour, font=font)
    return at[1] + len(lines) * step


def _line(
    draw: ImageDraw.ImageDraw, text: str, top: int, size: int, colour: tuple[int, int, int], *, end: bool = False
) -> None:
    font = face(size, _REGULAR)
    line = _cut(text, font)
    left = WIDTH_PX - _MARGIN - round(font.getlength(line)) if end else _MARGIN
    draw.text((left, top), line, fill=colour, font=font)


def wrapped(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """Lines that fit; a word that is wider than a line is broken where it must be."""
    lines = [""]
    for word in text.split(" "):
        rest = word
        while font.getlength(rest) > _ROOM:
            end = _broken(rest, _fitting(rest, font))
            lines += [rest[:end].rstrip()]
            rest = rest[end:].lstrip()
        joined = f"{lines[-1]} {rest}".strip()
        if font.getlength(joined) <= _ROOM:
            lines[-1] = joined
        else:
            lines.append(rest)
    return [line for line in lines if line]


def _broken(text: str, fits: int) -> int:
    """Where to break what has no break: at the last of its spaces that is beside no mark, else between two letters."""
    for end in range(fits, 1, -1):
        if text[end] == _FIXED and text[end - 1] not in _OPENING and text[end + 1 : end + 2] not in tuple(_CLOSING):
            return end
    for end in range(fits, 1, -1):
        if text[end - 1] not in _OPENING + _FIXED and text[end] not in _CLOSING + _FIXED:
            return end
    return fits


def _cut(text: str, font: ImageFont.FreeTypeFont) -> str:
    """As much of the text as fits in a line, with an ellipsis where that is not all."""
    if font.getlength(text) <= _ROOM:
        return text
    return text[: _fitting(text, font, _ELLIPSIS)].rstrip(_OPENING + _FIXED + " ") + _ELLIPSIS


def _fitting(text: str, font: ImageFont.FreeTypeFont, ending: str = "") -> int:
    """How many characters fit in a line, at least one."""
    counts = range(1, len(text) + 1)
    return max(1, bisect(counts, _ROOM, key=lambda count: math.ceil(font.getlength(text[:count] + ending))))


def _palette(accent: tuple[int, int, int]) -> Image.Image:
    """The colours of the page, each in shades between itself and the paper."""
    parts = range(1, SHADES + 1)
    colours = (_INK, _SOFT, accent)
    shades = [255 - (255 - value) * part // SHADES for colour in colours for part in parts for value in colour]
    palette = Image.new("P", (1, 1))
    palette.putpalette([*_PAPER, *shades])
    return palette


@lru_cache(maxsize=4096)
def _has(character: str) -> bool:
    font = face(_SMALL, _REGULAR)
    return character.isspace() or bytes(font.getmask(character)) != bytes(font.getmask(_ABSENT))


@lru_cache(maxsize=64)
def face(size: int, weight: int) -> ImageFont.FreeTypeFont:
    """The font in a size, in pixels, and a weight: 400 regular, 700 bold."""
    font = ImageFont.truetype(_font_file(), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight, 100])
    return font


@lru_cache(maxsize=1)
def _font_file() -> str:
    """Where the font lies; its package is data, and is not imported."""
    found = importlib.util.find_spec(FONT_PACKAGE)
    if found is None or found.origin is None:
        raise RuntimeError(f"{FONT_PACKAGE} is not installed")
    return str(Path(found.origin).parent / FONT_FILE)
