"""A corrected copy of a badge, for people: what was corrected, what only its issuer can add, and the copy itself."""

import msgspec
from rich.console import Console
from rich.markup import escape

from adapters.hub.repair import Correction, Lack, Repair
from gateway.commands.layout import entry
from gateway.commands.usage import plain
from gateway.flows.tame import tamed_addresses

WIDEST = 38
SHOWN = 60
"""Characters of a value that are printed; the copy below has it whole."""


def shown(out: Console, repair: Repair, written: str = "") -> None:
    """Print the corrections, what is lacking, what was not judged, then the corrected document as indented JSON.

    Args:
        written: The file that holds the corrected document, "" to print it.
    """
    _listed(out, "corrected", [(each.pointer, _said(each)) for each in repair.corrections])
    _listed(out, "lacking, for its issuer to add", [(each.pointer, _wanted(each)) for each in repair.lacking])
    if repair.unjudged:
        out.print("only the Assertion that came was judged; what stands elsewhere has to be fetched first:")
    for url in repair.unjudged:
        out.print(f"  {plain(tamed_addresses(url))}", markup=False, soft_wrap=True)
    if not repair.corrections:
        out.print("nothing was corrected")
    elif written:
        out.print(f"the corrected copy, unsigned: written to {plain(written)}", markup=False, soft_wrap=True)
    else:
        out.print("[bold]the corrected copy, unsigned[/]")
        for line in text(repair).split("\n"):
            out.print(plain(line), markup=False, soft_wrap=True)


def text(repair: Repair) -> str:
    """The corrected document as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(repair.document), indent=2).decode()


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
