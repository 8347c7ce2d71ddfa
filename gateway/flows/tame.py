"""Texts of strangers as people may be shown them: nothing in them steers, hides, or passes for something else.

A name proves nothing, so it is never changed beyond that; what tells issuers apart is the address beside it.

Sources: Unicode Technical Report 36 (security considerations); Unicode Standard Annex 9 (bidirectional algorithm).
"""

import re
import unicodedata

_CONTROLS = [*range(32), *range(127, 160), 0x2028, 0x2029]
_DIRECTION = [0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
# Joiners (U+200C, U+200D) and marks of direction (U+200E, U+200F) stay: Persian and Hebrew are not written without.
_INVISIBLE = [0x00AD, 0x180E, 0x200B, *range(0x2060, 0x2065), 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)]
_HALVES = [*range(0xD800, 0xE000)]  # of surrogate pairs: bytes of names that are no text

_SHOWN_AS = dict.fromkeys([*_CONTROLS, *_DIRECTION, *_INVISIBLE, *_HALVES], "\ufffd")
_SHOWN_IN_LINES = {point: sign for point, sign in _SHOWN_AS.items() if chr(point) not in "\n\t"}


def _escape(point: int) -> str:
    """As JSON writes a character that is not to stand for itself."""
    units = chr(point).encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


_ESCAPED = {point: _escape(point) for point in _SHOWN_AS if point >= ord(" ")}

_HOST = re.compile(
    r"(?<![a-z0-9+.-])(?P<before>[a-z][a-z0-9+.-]*+://(?:[^/?#@\s]*+@)?|did:web(?:vh:[^:\s]*+)?:)"
    r"(?P<host>[^/?#:,;<>\"'\s]++)",
    re.IGNORECASE,
)
MAX_HOST = 253
"""What is longer is no host; writing it as one takes quadratic time."""

MAX_NAME = 500
"""Of a name; nobody reads on."""

_ALIKE = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU")
"""Scripts with letters that look like those of another."""


def tame(text: str, *, lines: bool = False) -> str:
    """Replace what could steer a terminal, turn the direction of a line, or not be seen.

    Args:
        lines: Whether line ends and tabs may stay.
    """
    return text.translate(_SHOWN_IN_LINES if lines else _SHOWN_AS)


def tamed_json(document: str) -> str:
    """Escape the same in the texts of a JSON document, which keeps its meaning."""
    return document.translate(_ESCAPED)


def tamed_addresses(text: str) -> str:
    """A text with the host of each address as it is looked up: letters of any script look like those of another."""
    return tame(_HOST.sub(lambda found: found["before"] + _looked_up(found["host"]), text))


def is_mixed(name: str) -> bool:
    """Whether a word of a name has letters of several scripts that look alike, as no language has."""
    return any(len(_scripts(word)) > 1 for word in re.split(r"[\W\d_]+", name[:MAX_NAME]))


def _scripts(word: str) -> set[str]:
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in word if letter.isalpha()}
    return scripts & set(_ALIKE)


def _looked_up(host: str) -> str:
    if host.isascii() or len(host) > MAX_HOST:
        return host
    labels = unicodedata.normalize("NFKC", host).lower().replace("。", ".").split(".")
    return ".".join(
        label if label.isascii() else f"xn--{label.encode('punycode', 'replace').decode()}" for label in labels
    )
