"""``badge-gateway erase``: revoke a credential and delete all that is kept of it, for good."""

import argparse
import asyncio

from gateway.assembly.whole import assembled
from gateway.commands import shown
from gateway.flows.convert import COMMAND_LINE, Caller
from gateway.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Erase one credential."""
    asyncio.run(_erased(arguments, settings))
    shown.erased(arguments.id, as_json_=arguments.json)
    return 0


async def _erased(arguments: argparse.Namespace, settings: Settings) -> None:
    async with assembled(settings) as gateway:
        await gateway.native.erase(arguments.id, Caller(arguments.platform, COMMAND_LINE))
