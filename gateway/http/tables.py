"""Tables of a page that stay tables for screen readers where a narrow screen shows them as lists."""

from collections.abc import Iterable
from html import escape


def table(columns: tuple[str, ...], rows: Iterable[str]) -> str:
    """A table in HTML; ``rows`` consist of cells."""
    head = "".join(f'<th role="columnheader" scope="col">{column}</th>' for column in columns)
    body = "".join(f'<tr role="row">{row}</tr>' for row in rows)
    return (
        f'<table role="table"><thead role="rowgroup"><tr role="row">{head}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def cell(content: str, attributes: str = "") -> str:
    """One cell in HTML."""
    return f'<td role="cell"{attributes}>{content}</td>'


def in_column(name: str) -> str:
    """The attribute of a cell by which a narrow screen, where the headings are not seen, says what it is."""
    return f' data-column="{escape(name)}"'


def row_heading(content: str) -> str:
    """The cell that says what its row is about."""
    return f'<th role="rowheader" scope="row">{content}</th>'
