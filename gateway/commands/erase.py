"""``badge-gateway erase``: revoke a credential and delete all that is kept of it, for good."""

import argparse
import asyncio
from collections.abc import Sequence

from gateway.assembly.whole import assembled
from gateway.commands import shown
from gateway.flows.convert import COMMAND_LINE, Caller
from gateway.records import Intent
from gateway.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Erase one credential."""
    shown.erased(arguments.id, asyncio.run(_erased(arguments, settings)), as_json_=arguments.json)
    return 0


async def _erased(arguments: argparse.Namespace, settings: Settings) -> Sequence[Intent]:
    async with assembled(settings) as gateway:
        return await gateway.native.erase(arguments.id, Caller(arguments.platform, COMMAND_LINE))
