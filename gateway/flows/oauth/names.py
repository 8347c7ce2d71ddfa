"""Names of clients: everybody who is asked can see them, and none passes for another by what nobody sees.

Sources: Unicode Standard chapter 5.21 (characters that are ignored), Unicode Technical Report 36 section 2.
"""

import re
import unicodedata

MARKS_IN_A_ROW = 4
"""On one letter: Hebrew and Vietnamese have two or three; more only hide what stands around them."""

# Controls, line breaks, bidirectional overrides, and what is shown as nothing or as a blank though it counts as a
# letter: soft hyphen, grapheme joiner, fillers of Hangul, vowels of Khmer that are not shown, Mongolian selectors, the
# empty pattern of Braille, tags. Joiners and marks of direction are left: Persian, Hebrew and the scripts of India need
# them; and the first sixteen selectors of variants, which emoji need. Alone they make no name.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2028-\u202e\u2060-\u206f\u2800"
    "\u3164\ufeff\uffa0\ufff0-\uffff\ud800-\udfff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def fault_of(name: str) -> str:
    """Return what is wrong with a name, "" when nothing is."""
    if _UNSEEN.search(name):
        return "it has characters that nobody sees"
    categories = [unicodedata.category(character)[0] for character in name]
    if not {"L", "N"} & set(categories):
        return "it has no letter and no digit"
    if "M" * (MARKS_IN_A_ROW + 1) in "".join(categories):
        return f"it has more than {MARKS_IN_A_ROW} combining marks in a row"
    return ""
