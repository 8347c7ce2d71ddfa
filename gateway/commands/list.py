"""``badge-gateway list``: what a platform issued, newest first."""

import argparse
import asyncio
import uuid

import msgspec
from rich.markup import escape
from rich.table import Column, Table

from adapters.hub.contract import Format
from gateway.assembly import assembled
from gateway.commands import shown
from gateway.commands.usage import plain
from gateway.flows.convert import COMMAND_LINE, Caller
from gateway.flows.search import Found
from gateway.ports import Search
from gateway.records import State
from gateway.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """List one page."""
    found = asyncio.run(_found(arguments, settings))
    if arguments.json:
        shown.as_json(msgspec.to_builtins(found))
        return 0
    out = shown.console()
    named = Column("credential", no_wrap=True, min_width=len(str(uuid.UUID(int=0))))  # an id is there to be copied
    table = Table(named, "state", "made", "from", "issued as", "title", box=None, pad_edge=False)
    for record in found.records:
        made_from = record.source_format or "plain data"
        issued = ", ".join(record.formats)
        made = f"{record.created:%Y-%m-%d %H:%M}"
        table.add_row(record.id, record.state, made, made_from, issued, escape(plain(record.title)))
    out.print(table if found.records else "nothing was issued that is so")
    if found.next:
        out.print(f"more: --after {found.next}", soft_wrap=True)
    return 0


async def _found(arguments: argparse.Namespace, settings: Settings) -> Found:
    search = Search(
        limit=arguments.limit,
        state=State(arguments.state) if arguments.state else None,
        format=Format(arguments.format) if arguments.format else None,
        source_format=Format(arguments.source_format) if arguments.source_format else None,
        source_issuer=arguments.source_issuer,
    )
    async with assembled(settings) as gateway:
        return await gateway.native.search(Caller(arguments.platform, COMMAND_LINE), search, arguments.after)
