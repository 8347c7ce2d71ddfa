"""``badge-gateway verify``: is this what it claims to be?"""

import argparse
import asyncio
from collections.abc import Iterable

import msgspec

from adapters.hub.micro_credential import ExaminedMicroCredential, examined
from gateway.assembly.opened import examining
from gateway.commands import blocked, micro_credentials, shown
from gateway.commands.input import received
from gateway.flows.answer import Verification, verification
from gateway.flows.verify import Structure
from gateway.settings import Settings
from gateway.trust.report import Check, Outcome

STATUS = {Outcome.PASSED: 0, Outcome.FAILED: 1, Outcome.UNKNOWN: 3}


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Report every check; exit 0 verified, 1 bad, 3 could not find out."""
    body = received(arguments.badge, settings.max_body_bytes)
    with blocked.explained(settings):
        found, elements = asyncio.run(_verified(settings, body, arguments))
    if arguments.json:
        shown.as_json(msgspec.to_builtins(found) | ({"elements": elements} if arguments.micro_credential else {}))
    else:
        out = shown.console()
        shown.verification(out, found, elements=arguments.micro_credential)
        if arguments.micro_credential:
            micro_credentials.shown(out, elements, arguments.language)
        shown.hint(out, blocked.in_report(settings, found.checks) or _away(settings, found.checks))
    return STATUS[found.outcome]


def _away(settings: Settings, checks: Iterable[Check]) -> str:
    """Say what to do when it is this very gateway that did not answer."""
    own = f"{settings.public_url}/"
    unknown = (check for check in checks if check.outcome is Outcome.UNKNOWN)
    if not settings.public_url or not any(place.startswith(own) for check in unknown for place in check.looked_at):
        return ""
    return f"this gateway itself did not answer at {settings.public_url}: run badge-gateway serve, and verify again"


async def _verified(
    settings: Settings, body: bytes, arguments: argparse.Namespace
) -> tuple[Verification, tuple[ExaminedMicroCredential, ...]]:
    recipients, structure = tuple(arguments.recipient), Structure(arguments.structure)
    async with examining(settings) as verify:
        verified = await verify(body, recipients=recipients, structure=structure)
    reading = verified.received.reading
    if reading is None or not arguments.micro_credential:
        return verification(verified), ()
    return verification(verified), examined(reading, arguments.language)
