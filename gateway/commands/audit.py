"""``badge-gateway audit``: what was done for a platform, and by whom."""

import argparse
import asyncio
from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from gateway.assembly import assembled
from gateway.commands import shown
from gateway.commands.usage import plain
from gateway.records.tenants import AuditEntry
from gateway.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the trail, latest first."""
    entries = asyncio.run(_run(arguments, settings))
    if arguments.json:
        shown.as_json(entries)
        return 0
    table = Table("at", "who", "what", "to what", box=None, pad_edge=False)
    for entry in entries:
        table.add_row(f"{entry.at:%Y-%m-%d %H:%M:%S}", entry.actor, entry.action, escape(plain(entry.target)))
    shown.console().print(table if entries else "nothing was done yet")
    return 0


async def _run(arguments: argparse.Namespace, settings: Settings) -> Sequence[AuditEntry]:
    async with assembled(settings) as gateway:
        await gateway.tenancy.show(arguments.platform)
        return await gateway.tenancy.read_trail(arguments.platform, "", arguments.limit)
