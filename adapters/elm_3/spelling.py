"""Terms that are misspelt so that JSON-LD drops them, and the terms that they were meant for."""

import difflib
from typing import Final

from adapters.elm_3.application_profile import terms

_LONGEST = 60
_ALIKE: Final = str.maketrans(
    "\N{GREEK CAPITAL LETTER IOTA}\N{GREEK SMALL LETTER IOTA}\N{GREEK CAPITAL LETTER ALPHA}"
    "\N{GREEK CAPITAL LETTER EPSILON}\N{GREEK SMALL LETTER OMICRON}"
    "\N{CYRILLIC SMALL LETTER A}\N{CYRILLIC SMALL LETTER IE}\N{CYRILLIC SMALL LETTER O}",
    "IiAEoaeo",
)


def plain_name(member: str) -> str:
    """The term that a member is but for its case, or for letters of another alphabet that look the same; else ""."""
    if len(member) > _LONGEST:
        return ""
    plain = member.translate(_ALIKE)
    return next((name for name in terms() if name.lower() == plain.lower()), "")


def meant(member: str) -> str:
    """The term that a member is nearest to, "" where none is near."""
    if found := plain_name(member):
        return found
    near = difflib.get_close_matches(member[:_LONGEST], terms(), n=1, cutoff=0.85)
    return near[0] if near else ""
