"""``badge-gateway revoke``: take back a credential and all its forms, for good."""

import argparse
import asyncio

from gateway.assembly.whole import assembled
from gateway.commands import shown
from gateway.flows.convert import COMMAND_LINE, Caller
from gateway.flows.describe import Description
from gateway.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Revoke one credential."""
    shown.state(asyncio.run(_revoked(arguments, settings)), as_json_=arguments.json)
    return 0


async def _revoked(arguments: argparse.Namespace, settings: Settings) -> Description:
    async with assembled(settings) as gateway:
        caller = Caller(arguments.platform, COMMAND_LINE)
        return await gateway.describe(
            await gateway.native.revoke(arguments.id, arguments.reason, caller), to_holder=True
        )
