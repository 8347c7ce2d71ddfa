"""``badge-gateway reinstate``: lift the suspension of a credential."""

import argparse
import asyncio

from gateway.assembly.whole import assembled
from gateway.commands import shown
from gateway.flows.convert import COMMAND_LINE, Caller
from gateway.flows.describe import Description
from gateway.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Reinstate one credential."""
    shown.state(asyncio.run(_reinstated(arguments, settings)), as_json_=arguments.json)
    return 0


async def _reinstated(arguments: argparse.Namespace, settings: Settings) -> Description:
    async with assembled(settings) as gateway:
        caller = Caller(arguments.platform, COMMAND_LINE)
        return await gateway.describe(await gateway.native.reinstate(arguments.id, caller), to_holder=True)
