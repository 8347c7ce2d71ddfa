"""Reports for people, coloured only on a terminal; and the same as JSON for machines."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec
from rich.console import Console
from rich.markup import escape

from adapters.hub.contract import Format
from adapters.hub.micro_credential import MicroCredential
from gateway.commands import differences, repairs
from gateway.commands.layout import entry, facts
from gateway.commands.usage import plain
from gateway.flows.answer import Verification
from gateway.flows.describe import Description, FormDescription
from gateway.flows.inspect import Inspection
from gateway.flows.tame import tamed_addresses, tamed_json
from gateway.records import Intent
from gateway.trust.report import Check, Outcome

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
TO_MEND = "to mend it:"
REMEDIES_SHOWN = 4
EXAMPLE_SHOWN = 600
"""Characters of an example: it is there to be copied."""
WIDTH = 100


class Report(Console):
    """Goes on in silence when nobody reads any more: the exit status still says what was found."""

    def on_broken_pipe(self) -> None:
        """Print into the void from now on."""
        _unread()


def console(*, to_stderr: bool = False) -> Console:
    """A console of the terminal's width, or of 100 columns where there is none."""
    stream = sys.stderr if to_stderr else sys.stdout
    return Report(file=stream, width=None if stream.isatty() else WIDTH, highlight=False, emoji=False)


def as_json(value: object) -> None:
    """Print a value as indented JSON."""
    try:
        print(tamed_json(msgspec.json.format(msgspec.json.encode(value), indent=2).decode()), flush=True)
    except BrokenPipeError:
        _unread()


def _unread() -> None:
    """Lead standard output nowhere, so that what is still to be written fails no more."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def inspection(out: Console, found: Inspection, *, repair: bool = False, written: str = "") -> None:
    """What a badge is, and how to correct one that breaks its format.

    Args:
        repair: Whether a corrected copy was asked for.
        written: The file that holds the corrected copy, "" to print it.
    """
    rules = f"{found.broken_rules} rule{'s' if found.broken_rules != 1 else ''} of its format"
    facts(
        out,
        ("format", f"{found.format}, version {found.version}, {found.confidence}" if found.format else "an address"),
        ("carrier", f"{found.carrier}, {found.size_bytes} bytes"),
        ("secured", found.securing),
        ("title", found.title),
        ("awards", [f"{index}: {title}" for index, title in enumerate(found.awards)]),
        ("issuer", tamed_addresses(found.issuer)),
        ("because", "; ".join(found.evidence)),
        ("address", tamed_addresses(found.url)),
        ("would fetch", map(tamed_addresses, found.needs)),
        (
            "cannot be read",
            [found.problem, *([] if repair else ["inspect --repair may correct it"])] if found.problem else "",
        ),
        ("breaks", f"{rules}{'' if repair else '; inspect --repair shows them'}" if found.broken_rules else ""),
    )
    if repair and found.url:
        out.print("nothing was judged: the badge has to be fetched first; save it to a file, and inspect that")
    elif found.repair is not None:
        repairs.shown(out, found.repair, written)
    elif repair:
        out.print("nothing to correct: it keeps the rules of its format, as far as it shows without fetching")


def verification(out: Console, found: Verification, *, elements: bool = False) -> None:
    """What a badge is, each check, and the verdict.

    Args:
        elements: Whether the elements of a micro-credential are shown, too.
    """
    facts(
        out,
        ("badge", found.title),
        ("awards", [f"{index}: {title}" for index, title in enumerate(found.awards)]),
        ("format", f"{found.format}, version {found.version}, as {found.carrier}"),
        ("secured", found.securing),
        ("issuer", tamed_addresses(found.issuer)),
        ("fetched from", tamed_addresses(found.url)),
        ("elements", _elements(found.micro_credential, shown=elements) if found.micro_credential else ""),
    )
    checks(out, found.checks, found.outcome)


def _elements(found: MicroCredential, *, shown: bool) -> str:
    counted = f"{found.mandatory} of {found.of} of a European micro-credential"
    return counted if shown else f"{counted}; verify --micro-credential shows them"


def checks(out: Console, made: tuple[Check, ...], outcome: Outcome) -> None:
    """Every check with what it found and how to mend what failed, and the verdict over all."""
    indent = max((len(check.name) for check in made), default=0) + 5
    for check in made:
        mark, word = MARKS[check.outcome]
        entry(out, f"{mark}  {escape(check.name)}", tamed_addresses(check.detail) or word, indent)
        _to_mend(out, check, indent)
    out.print(f"verdict: {VERDICTS[outcome]}")


def _to_mend(out: Console, check: Check, indent: int) -> None:
    """Who can mend it and how, step by step where that is known."""
    if not check.remedies and check.fix:
        entry(out, "", check.fix, indent, leading=TO_MEND)
    for remedy in check.remedies[:REMEDIES_SHOWN]:
        place = remedy.place or "the document"
        told = not remedy.example or remedy.example in remedy.expected
        example = "" if told else f"; for example {repairs.short(remedy.example, EXAMPLE_SHOWN)}"
        entry(out, "", f"{remedy.by}, {place}: {remedy.expected.rstrip('.')}{example}", indent, leading=TO_MEND)
    if (more := len(check.remedies) - REMEDIES_SHOWN) > 0:
        entry(out, "", f"and {more} more; --json shows all", indent)


def hint(out: Console, text: str) -> None:
    """What to do, when there is something to say."""
    if text:
        entry(out, "", text, 0, leading=TO_MEND)


def source(out: Console, found: Description) -> None:
    """What a record was made from."""
    made_from = found.source
    if made_from is None:
        facts(out, ("badge", found.title), ("format", "none: issued from plain data"))
        return
    facts(
        out,
        ("badge", found.title),
        ("format", f"{made_from.format}, version {made_from.version}, as {made_from.carrier}"),
        ("secured", made_from.securing),
        ("issuer", tamed_addresses(made_from.verdict.issuer)),
        ("sha-256", made_from.sha256),
    )


def description(out: Console, found: Description, forms: tuple[str, ...] = ()) -> None:
    """Where a record's forms can be fetched, and what each lost.

    Args:
        forms: Ids of the forms to show; empty shows all.
    """
    for form in found.forms:
        if not forms or form.id in forms:
            _form(out, found, form)


def state(found: Description, *, as_json_: bool) -> None:
    """What a credential is now, for people or as JSON."""
    if as_json_:
        as_json(found)
        return
    out = console()
    since = [form.revoked_at or form.suspended_at for form in found.forms]
    reasons = dict.fromkeys(form.revocation_reason or form.suspension_reason for form in found.forms)
    facts(
        out,
        ("badge", found.title),
        ("state", found.state),
        ("since", f"{since[0]:%Y-%m-%d %H:%M} UTC" if since and since[0] else ""),
        ("reason", "; ".join(filter(None, reasons))),
        ("still verifies", [_irrevocable(form) for form in found.forms if form.revoked_at and not form.revocable]),
        ("record", found.url),
    )


def erased(record_id: str, irrevocable: Sequence[Intent], *, as_json_: bool) -> None:
    """That a credential was erased, and of which forms of it nothing tells others so."""
    if as_json_:
        still = [{"id": form.id, "format": form.format, "securing": form.securing} for form in irrevocable]
        as_json({"id": record_id, "erased": True, "stillVerifies": still})
        return
    facts(
        console(),
        ("erased", record_id),
        ("kept", "that it was there, and that what was issued of it is revoked"),
        ("still verifies", [_irrevocable(form) for form in irrevocable]),
    )


def _irrevocable(form: FormDescription | Intent) -> str:
    why = "its format has no place to say so" if form.format is Format.ELM_3 else "issued without https"
    return f"{form.format} with {form.securing}: {why}, so nothing tells others that it was revoked"


def _form(out: Console, found: Description, form: FormDescription) -> None:
    title, bound = escape(plain(found.title)), ", bound to a wallet's key" if form.bound else ""
    out.print(f"\n[bold]{title}[/] as [bold]{form.format}[/], sealed with {form.securing}{bound}")
    facts(
        out,
        ("address", form.url),
        *((name, link) for name, link in form.links.items() if link != form.url),
        ("record", found.url),
        ("sha-256", form.sha256),
        ("seal of", f"{form.seal.legal_name} ({form.seal.organisation_id})" if form.seal else ""),
        ("certificate", form.seal.certificate if form.seal else ""),
    )
    differences.shown(out, form.losses)
