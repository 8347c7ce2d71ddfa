"""``badge-gateway inspect``: what is this?"""

import argparse

from gateway.commands import shown
from gateway.commands.input import received
from gateway.flows.inspect import Inspect
from gateway.settings import Settings


async def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Describe the badge; nothing is fetched."""
    body, _ = received(arguments.badge, settings.max_body_bytes)
    found = await Inspect()(body)
    if arguments.json:
        shown.as_json(found)
    else:
        shown.inspection(shown.console(), found)
    return 0
