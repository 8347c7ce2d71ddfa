"""``badge-gateway list``: what a platform issued, newest first."""

import argparse
import asyncio

import msgspec

from adapters.hub.contract import Format
from gateway.assembly.whole import assembled
from gateway.commands import shown
from gateway.commands.layout import table
from gateway.flows.convert import COMMAND_LINE, Caller
from gateway.flows.search import Found
from gateway.ports import Search
from gateway.records import State, Summary
from gateway.settings import Settings

SHORT: dict[str, str] = {
    Format.OPEN_BADGES_1: "OB 1",
    Format.OPEN_BADGES_2: "OB 2.0",
    Format.OPEN_BADGES_3: "OB 3.0",
    Format.ELM_3: "ELM 3",
    Format.LEARNING_CREDENTIAL_1: "EU LC",
}
"""How formats are called where there is little room."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """List one page."""
    found = asyncio.run(_found(arguments, settings))
    if arguments.json:
        shown.as_json(msgspec.to_builtins(found))
        return 0
    out = shown.console()
    if found.records:
        table(out, ("credential", "state", "made", "from", "issued as", "title"), map(_row, found.records))
    else:
        out.print("nothing was issued that is so")
    if found.next:
        out.print(f"more: --after {found.next}", soft_wrap=True)
    return 0


def _row(record: Summary) -> tuple[str, ...]:
    made_from = SHORT[record.source_format] if record.source_format else "plain data"
    issued = ", ".join(SHORT[each] for each in record.formats)
    return record.id, record.state, f"{record.created:%Y-%m-%d %H:%M}", made_from, issued, record.title


async def _found(arguments: argparse.Namespace, settings: Settings) -> Found:
    search = Search(
        limit=arguments.limit,
        state=State(arguments.state) if arguments.state else None,
        format=Format(arguments.format) if arguments.format else None,
        source_format=Format(arguments.source_format) if arguments.source_format else None,
        source_issuer=arguments.source_issuer,
    )
    async with assembled(settings) as gateway:
        await gateway.tenancy.show(arguments.platform)
        return await gateway.native.search(Caller(arguments.platform, COMMAND_LINE), search, arguments.after)
