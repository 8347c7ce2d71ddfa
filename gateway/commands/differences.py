"""What differs between a source and a form made of it, for people: each thing that was lost by its name."""

import itertools
from collections.abc import Iterable

import msgspec
from rich.console import Console
from rich.markup import escape

from adapters.hub.losses import ABOUT_WRITING, Change, Loss
from gateway.commands.layout import entry
from gateway.commands.usage import plain

HEADINGS = {
    Change.DROPPED: "dropped from the original",
    Change.APPROXIMATED: "approximated",
    Change.SUPPLIED: "supplied by the gateway",
}
WIDEST = 38
SUPPLIED_SHOWN = 12
NOWHERE = "as a whole"
"""In the place of a pointer, for what is said of the form and of no member of it."""


def shown(out: Console, lost: tuple[Loss, ...]) -> None:
    """Print every difference, dropped first. What the gateway supplied itself is cut short, what was lost never is."""
    if not lost:
        out.print("lost: nothing")
        return
    for change in Change:
        changed = [loss for loss in lost if loss.change is change]
        if changed:
            out.print(f"[bold]{len(changed)} {HEADINGS[change]}[/]")
            lines = _grouped(changed)
            _listed(out, lines[:SUPPLIED_SHOWN] if change is Change.SUPPLIED else lines)
            if change is Change.SUPPLIED and len(lines) > SUPPLIED_SHOWN:
                out.print(f"  [dim]and {len(lines) - SUPPLIED_SHOWN} more; --json shows all[/]")


def _listed(out: Console, lines: list[Loss]) -> None:
    places = [_place(loss) or NOWHERE for loss in lines]
    indent = min(max(map(len, places)), WIDEST) + 4
    for place, loss in zip(places, lines, strict=True):
        entry(out, f"  {escape(plain(place))}", loss.note, indent)


def _grouped(lost: Iterable[Loss]) -> list[Loss]:
    """Structural leaves under one member, changed for one reason, stand as that member with a star."""
    lines: dict[tuple[str, ...], list[Loss]] = {}
    for number, loss in enumerate(lost):
        top = _place(loss).split("/")[1:2]
        structural = loss.change is Change.SUPPLIED or not ABOUT_WRITING.isdisjoint(top)
        lines.setdefault((loss.note, *top) if structural else (str(number),), []).append(loss)
    return [found[0] if len(found) == 1 else _starred(found) for found in lines.values()]


def _starred(found: list[Loss]) -> Loss:
    """The deepest place that all of them are under, and how many they are."""
    places = [_place(loss).split("/") for loss in found]
    same = [parts[0] for parts in itertools.takewhile(lambda parts: len(set(parts)) == 1, zip(*places, strict=False))]
    return msgspec.structs.replace(found[0], source=f"{'/'.join(same)}/* ({len(found)})", target=None)


def _place(loss: Loss) -> str:
    return loss.source or loss.target or ""
