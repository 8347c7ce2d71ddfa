"""``badge-gateway keys``: the gateway's own signing keys."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

import msgspec
from rich.table import Table

from gateway.assembly import DEFAULT_PLATFORM, assembled, encrypt_keys
from gateway.commands import shown
from gateway.errors import Misconfigured
from gateway.records import Algorithm, PublicKey, Purpose
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
            if settings.development:
                raise Misconfigured(
                    "in development the issuer is the key itself (did:key), so it cannot be rotated",
                    pointer="GATEWAY_PUBLIC_URL",
                    fix="set GATEWAY_PUBLIC_URL to an https origin",
                )
            purpose, algorithm = Purpose(arguments.purpose), Algorithm(arguments.algorithm)
            await gateway.keys.rotate(DEFAULT_PLATFORM, purpose, algorithm, gateway.clock())
        found = await gateway.keys.all(DEFAULT_PLATFORM)
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
