"""``badge-gateway inspect``: what is this?"""

import argparse
import asyncio

from gateway.commands import shown
from gateway.commands.input import received
from gateway.flows.inspect import Inspect
from gateway.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Describe the badge; nothing is fetched."""
    found = asyncio.run(Inspect()(received(arguments.badge, settings.max_body_bytes)))
    if arguments.json:
        shown.as_json(found)
    else:
        shown.inspection(shown.console(), found)
    return 0
