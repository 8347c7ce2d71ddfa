"""Reports for people: rich tables, coloured only on a terminal; and the same as JSON for machines."""

import itertools
import sys

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from adapters.hub.losses import Change, Loss
from gateway.flows.describe import Description, FormDescription
from gateway.flows.inspect import Inspection, title_of
from gateway.flows.verify import Verified
from gateway.trust.report import Check, Outcome, Report

MARKS = {
    Outcome.PASSED: ("[green]✓[/]", "passed"),
    Outcome.NOTED: ("[yellow]![/]", "noted"),
    Outcome.FAILED: ("[red]✗[/]", "failed"),
    Outcome.UNKNOWN: ("[yellow]?[/]", "unknown"),
    Outcome.SKIPPED: ("[dim]–[/]", "does not apply"),
}
VERDICTS = {
    Outcome.PASSED: "[bold green]verified[/]",
    Outcome.FAILED: "[bold red]not valid[/]",
    Outcome.UNKNOWN: "[bold yellow]could not find out[/]",
}
SHOWN_LOSSES = 12


def console(*, to_stderr: bool = False) -> Console:
    """A console that wraps at the terminal's width, or at 100 columns where there is none."""
    stream = sys.stderr if to_stderr else sys.stdout
    return Console(file=stream, width=None if stream.isatty() else 100, highlight=False, emoji=False)


def as_json(value: object) -> None:
    """Print a value as indented JSON."""
    sys.stdout.write(msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n")


def _facts(*rows: tuple[str, str]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim")
    table.add_column()
    for name, value in rows:
        if value:
            table.add_row(name, escape(value))
    return table


def inspection(out: Console, found: Inspection) -> None:
    """What a badge is."""
    what = f"{found.format} (version {found.version}, {found.confidence})" if found.format else "an address"
    out.print(
        _facts(
            ("format", what),
            ("carrier", f"{found.carrier}, {found.size_bytes} bytes"),
            ("secured", found.securing),
            ("title", found.title),
            ("issuer", found.issuer),
            ("because", "; ".join(found.evidence)),
            ("address", found.url),
            ("would fetch", "\n".join(found.needs)),
            ("cannot be read", found.problem),
        )
    )


def verification(out: Console, verified: Verified) -> None:
    """What a badge is, each check, and the verdict."""
    received = verified.received
    opened, reading = received.opened, received.reading
    title = title_of(reading.credentials[0].achievement.name) if reading else ""
    out.print(
        _facts(
            ("badge", title),
            ("format", f"{received.recognition.format}, version {received.recognition.version}, as {opened.carrier}"),
            ("secured", str(reading.securing.__struct_config__.tag) if reading else ""),
            ("issuer", reading.issuer_id if reading else ""),
            ("fetched from", received.url),
        )
    )
    checks(out, verified.report)


def checks(out: Console, report: Report) -> None:
    """Every check with what it found, and how to mend what failed."""
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column()
    table.add_column(no_wrap=True)
    table.add_column(ratio=1)
    for check in report.checks:
        mark, word = MARKS[check.outcome]
        table.add_row(mark, f"{check.name}", _found(check, word))
    out.print(table)
    out.print(f"verdict: {VERDICTS[report.outcome]}")


def _found(check: Check, word: str) -> str:
    text = escape(check.detail) or word
    return f"{text}\n[cyan]to mend it:[/] {escape(check.fix)}" if check.fix else text


def source(out: Console, found: Description) -> None:
    """What a record was made from."""
    made_from = found.source
    out.print(
        _facts(
            ("badge", found.title),
            ("format", f"{made_from.format} version {made_from.version}, as {made_from.carrier}"),
            ("secured", made_from.securing),
            ("issuer", made_from.verdict.issuer),
            ("sha-256", made_from.sha256),
        )
    )


def description(out: Console, found: Description, forms: tuple[str, ...] = ()) -> None:
    """Where a record's forms can be fetched, and what each lost.

    Args:
        forms: Ids of the forms to show; empty shows all.
    """
    for form in found.forms:
        if not forms or form.id in forms:
            _form(out, found, form)


def _form(out: Console, found: Description, form: FormDescription) -> None:
    out.print(f"\n[bold]{escape(found.title)}[/] as [bold]{form.format}[/], sealed with {form.securing}")
    out.print(
        _facts(
            ("address", form.url),
            *((name, link) for name, link in form.links.items() if link != form.url),
            ("record", found.url),
            ("sha-256", form.sha256),
        )
    )
    losses(out, form.losses)


def losses(out: Console, lost: tuple[Loss, ...]) -> None:
    """What differs between source and form, dropped first; leaves of one place with one reason are one line."""
    if not lost:
        out.print("lost: nothing")
        return
    lines = _grouped(lost)
    dropped = sum(loss.change is Change.DROPPED for loss in lost)
    out.print(f"differences: {len(lost)} (dropped from the original: {dropped})")
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold", max_width=40)
    table.add_column(ratio=1)
    for loss in lines[:SHOWN_LOSSES]:
        table.add_row(f"  {loss.change}", escape(loss.source or f"→ {loss.target}"), escape(loss.note))
    out.print(table)
    if len(lines) > SHOWN_LOSSES:
        out.print(f"  [dim]and {len(lines) - SHOWN_LOSSES} more; --json shows all[/]")


def _grouped(lost: tuple[Loss, ...]) -> list[Loss]:
    """Neighbouring leaves under one member, lost for one reason, stand as that member with a star."""
    order = list(Change)
    lines: dict[tuple[Change, str, str], list[Loss]] = {}
    for loss in sorted(lost, key=lambda loss: order.index(loss.change)):
        top = "/".join((loss.source or loss.target or "").split("/")[:2])
        lines.setdefault((loss.change, loss.note, top), []).append(loss)
    return [found[0] if len(found) == 1 else _starred(found) for found in lines.values()]


def _starred(found: list[Loss]) -> Loss:
    """The deepest place that all of them are under."""
    first = found[0]
    places = [(loss.source or loss.target or "").split("/") for loss in found]
    same = [parts[0] for parts in itertools.takewhile(lambda parts: len(set(parts)) == 1, zip(*places, strict=False))]
    place = "/".join([*same, "*"])
    return msgspec.structs.replace(
        first, source=place if first.source else None, target=None if first.source else place
    )
