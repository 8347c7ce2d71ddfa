"""``badge-gateway audit``: what was done for a platform, and by whom."""

import argparse
import asyncio
from collections.abc import Sequence

from gateway.assembly.whole import assembled
from gateway.commands import shown
from gateway.commands.layout import table
from gateway.records.tenants import AuditEntry
from gateway.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the trail, latest first."""
    entries = asyncio.run(_run(arguments, settings))
    if arguments.json:
        shown.as_json(entries)
        return 0
    out = shown.console()
    if entries:
        rows = [(f"{each.at:%Y-%m-%d %H:%M:%S}", each.actor, each.action, each.target) for each in entries]
        table(out, ("at", "who", "what", "to what"), rows)
    else:
        out.print("nothing was done yet")
    return 0


async def _run(arguments: argparse.Namespace, settings: Settings) -> Sequence[AuditEntry]:
    async with assembled(settings) as gateway:
        await gateway.tenancy.show(arguments.platform)
        return await gateway.tenancy.read_trail(arguments.platform, "", arguments.limit)
