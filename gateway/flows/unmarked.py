"""Markdown as plain text: criteria and descriptions are written in it, and pages and terminals show text alone.

Source: CommonMark 0.31.2, sections 4.2 (headings), 6.1 (code), 6.2 (emphasis), 6.3 (links). What is no pair of marks is
left as it is: it may be meant so.
"""

import re

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]\n]*)\]\(<?([^()<>\s]*)>?(?:[ \t]+\"[^\"\n]*\")?\)")
_STRONG = re.compile(
    r"(?<![\w*])\*\*(?=[^\s*])([^*\n]+)(?<=\S)\*\*(?![\w*])|(?<![\w_])__(?=[^\s_])([^_\n]+)(?<=\S)__(?![\w_])"
)
_EMPHASIS = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*\n]+)(?<=\S)\*(?![\w*])|(?<![\w_])_(?=[^\s_])([^_\n]+)(?<=\S)_(?![\w_])"
)
_CODE = re.compile(r"`([^`\n]+)`")


def unmarked(text: str) -> str:
    """The text without the marks of headings, emphasis and code; a link as its text with the address after it."""
    text = _LINK.sub(_link, _HEADING.sub("", text))
    for marks in (_STRONG, _EMPHASIS, _CODE):
        text = marks.sub(_within, text)
    return text


def _link(found: re.Match[str]) -> str:
    text, address = found.groups()
    return f"{text} ({address})" if address and text != address else text or address


def _within(found: re.Match[str]) -> str:
    return next(group for group in found.groups() if group is not None)
