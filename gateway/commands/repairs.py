"""A corrected copy of a badge, for people: what was corrected, what only its issuer can add, and the copy itself."""

import msgspec
from rich.console import Console
from rich.markup import escape

from adapters.hub.repair import Correction, Lack, Repair
from gateway.commands.layout import entry
from gateway.commands.usage import plain

WIDEST = 38
SHOWN = 60
"""Characters of a value that are printed; the copy below has it whole."""


def shown(out: Console, repair: Repair) -> None:
    """Print the corrections, then what is lacking, then the corrected document as indented JSON."""
    _listed(out, "corrected", [(each.pointer, _said(each)) for each in repair.corrections])
    _listed(out, "lacking, for its issuer to add", [(each.pointer, _wanted(each)) for each in repair.lacking])
    out.print("[bold]the corrected copy, unsigned[/]")
    text = msgspec.json.format(msgspec.json.encode(repair.document), indent=2).decode()
    for line in text.split("\n"):
        out.print(plain(line), markup=False, soft_wrap=True)


def _listed(out: Console, heading: str, lines: list[tuple[str, str]]) -> None:
    if not lines:
        return
    out.print(f"[bold]{len(lines)} {heading}[/]")
    indent = min(max(len(place) for place, _ in lines), WIDEST) + 4
    for place, text in lines:
        entry(out, f"  {escape(plain(place or '/'))}", text, indent)


def _said(correction: Correction) -> str:
    was, now = short(correction.was) or "nothing", short(correction.now) or "left out"
    return f"{correction.reason}: {was} -> {now}"


def _wanted(lack: Lack) -> str:
    example = f" For example {short(lack.example)}" if lack.example else ""
    return f"{lack.reason}. {lack.fix}{example}"


def short(text: str, room: int = SHOWN) -> str:
    """A value as far as there is room for it."""
    return text if len(text) <= room else f"{text[:room]}..."
