"""``badge-gateway keys``: the gateway's own signing keys."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

import msgspec
from rich.table import Table

from gateway.assembly.opened import encrypt_keys
from gateway.assembly.whole import assembled
from gateway.commands import shown
from gateway.commands.managing import ACTOR
from gateway.records import Algorithm, PublicKey, Purpose
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the keys; rotate one or encrypt them first when that is asked for."""
    return asyncio.run(_run(arguments, settings))


async def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    if arguments.action == "encrypt":
        count = await encrypt_keys(settings)
        print(f"encrypted: {count} {'key' if count == 1 else 'keys'}", file=sys.stderr)
    async with assembled(settings) as gateway:
        if arguments.action == "rotate":
            purpose, algorithm = Purpose(arguments.purpose), Algorithm(arguments.algorithm)
            await gateway.tenancy.show(arguments.platform)
            await gateway.tenancy.rotate_key(arguments.platform, purpose, algorithm, ACTOR)
        platform = getattr(arguments, "platform", DEFAULT_PLATFORM)  # of all keys, those are shown
        found = await gateway.keys.all(platform)
    if arguments.json:
        shown.as_json([msgspec.to_builtins(key) for key in found])
    else:
        _listed(found)
    return 0


def _listed(keys: Sequence[PublicKey]) -> None:
    table = Table("key", "purpose", "algorithm", "state", "made", box=None, pad_edge=False)
    for key in keys:
        table.add_row(key.id, key.purpose, key.algorithm, key.state, f"{key.created:%Y-%m-%d %H:%M} UTC")
    shown.console().print(table if keys else "no keys yet; they are made when they are first needed")
