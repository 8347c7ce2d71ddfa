"""Labels and texts beside each other on a terminal; what has no spaces, such as an address, is never broken or cut.

A table of rich would cut a word that is wider than its column, and a broken line cannot be copied as one address.
"""

import itertools
import textwrap
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.text import Text

from gateway.commands.usage import plain

NARROWEST = 20
GAP = 2
"""Cells between the columns of a table."""
HANGING = 6
"""Cells before what is too long to stand beside its label: enough to see that it belongs to the line above."""


def entry(out: Console, head: str, text: str, indent: int, *, leading: str = "", style: str = "cyan") -> None:
    """Print one label and its text, which begins ``indent`` cells from the left on every line.

    Args:
        head: Markup; when it leaves no room before ``indent``, the text begins on the next line.
        text: Plain, from anywhere.
        leading: The beginning of ``text`` that is printed in ``style``.
    """
    label = Text.from_markup(head)
    lines = [
        Text(line) for line in _wrapped(f"{leading} {plain(text)}" if leading else plain(text), out.width - indent)
    ]
    lines[0].stylize(style, 0, len(leading))
    if label and label.cell_len < indent and not _too_wide(lines[0], out.width, indent):
        label.align("left", indent)
        _print(out, label + lines.pop(0))
    elif label:
        _print(out, label)
    for line in lines:
        left = HANGING if _too_wide(line, out.width, indent) else indent
        _print(out, Text(" " * min(left, indent)) + line)


def facts(out: Console, *rows: tuple[str, str | Iterable[str]]) -> None:
    """Print names and their values, several of them below each other; a name without a value is left out."""
    given = [(name, [values] if isinstance(values, str) else list(values)) for name, values in rows]
    filled = [(name, values) for name, values in given if any(values)]
    indent = max((len(name) for name, _ in filled), default=0) + 2
    for name, values in filled:
        for head, value in zip(itertools.chain([name], itertools.repeat("")), values, strict=False):
            entry(out, f"[dim]{head}[/]", value, indent)


def table(out: Console, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows below their headings, each in one line however long: nothing is cut, ids are there to be copied.

    On a terminal that has no room for that, each row is a block of its own: its cells below each other.

    Args:
        rows: Plain texts, from anywhere.
    """
    cells = [[Text(plain(each)) for each in row] for row in rows]
    titles = [Text(head, style="bold") for head in heads]
    widths = [max(each.cell_len for each in column) for column in zip(titles, *cells, strict=True)]
    if out.is_terminal and sum(widths) + GAP * (len(widths) - 1) > out.width:
        for row in cells:
            facts(out, *((head, each.plain) for head, each in zip(heads, row, strict=True)))
            out.print()
        return
    for row in (titles, *cells):
        line = Text()
        for each, width in zip(row, widths, strict=True):
            each.pad_right(width + GAP - each.cell_len)
            line += each
        _print(out, line)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, max(width, NARROWEST), break_long_words=False, break_on_hyphens=False) or [""]


def _too_wide(line: Text, width: int, indent: int) -> bool:
    """Whether it had better begin at the left edge: there it may fit, and elsewhere it does not."""
    return line.cell_len > max(width - indent, NARROWEST)


def _print(out: Console, line: Text) -> None:
    line.rstrip()
    # The terminal itself goes on in its next line, and knows that it is one.
    out.print(line, soft_wrap=True)
