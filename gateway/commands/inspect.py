"""``badge-gateway inspect``: what is this?"""

import argparse
import asyncio

from gateway.commands import shown
from gateway.commands.input import received
from gateway.flows.inspect import Inspect
from gateway.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Describe the badge; nothing is fetched."""
    body = received(arguments.badge, settings.max_body_bytes)
    found = asyncio.run(Inspect()(body, repair=arguments.repair))
    if arguments.json:
        shown.as_json(found)
    else:
        shown.inspection(shown.console(), found, repair=arguments.repair)
    return 0
