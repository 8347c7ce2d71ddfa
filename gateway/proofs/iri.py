"""What is an IRI for a signature: stricter than processors of JSON-LD are, who disagree about the rest.

Sources: RDF 1.1 N-Quads, IRIREF; RFC 3987 section 2.2.
"""

import re

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# IRIREF, less the characters that processors take for white space or not.
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20\x7f-\x9f<>\"{}|\\^`\ufeff\ud800-\udfff]*")
# The same for ASCII alone, which is nearly all there is and takes half the time.
_ASCII = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]_a-z~]*")
# pyld's, by which it keeps or drops: a comma in the scheme, and anything but white space.
_TAKEN = re.compile(r"([A-Za-z][A-Za-z0-9+-.]*|_):\S*$")


def is_absolute(text: str) -> bool:
    """Say whether a text is an absolute IRI that every implementation takes for one."""
    return (_ASCII.fullmatch(text) or _ABSOLUTE.fullmatch(text)) is not None


def has_scheme(text: str) -> bool:
    """Say whether a text begins as an absolute IRI does; its characters may be wrong."""
    return _SCHEME.match(text) is not None


def is_taken_for_absolute(text: str) -> bool:
    """Say whether pyld takes a text for an absolute IRI or a blank node, and so keeps what is said of it."""
    return _TAKEN.match(text) is not None
