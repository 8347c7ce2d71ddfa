"""``badge-gateway verify``: is this what it claims to be?"""

import argparse
import asyncio

from gateway.assembly import examining
from gateway.commands import shown
from gateway.commands.input import received
from gateway.settings import Settings
from gateway.trust.report import Outcome

STATUS = {Outcome.PASSED: 0, Outcome.FAILED: 1, Outcome.UNKNOWN: 3}


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Report every check; exit 0 verified, 1 bad, 3 could not find out."""
    return asyncio.run(_run(arguments, settings))


async def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    body, url = received(arguments.badge, settings.max_body_bytes)
    async with examining(settings) as verify:
        verified = await verify(body, url, tuple(arguments.recipient))
    if arguments.json:
        shown.as_json({"outcome": verified.report.outcome, "at": verified.report.at, "checks": verified.report.checks})
    else:
        shown.verification(shown.console(), verified)
    return STATUS[verified.report.outcome]
