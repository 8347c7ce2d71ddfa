"""``badge-gateway offer``: let one person fetch a credential into a wallet."""

import argparse
import asyncio
import io
from collections.abc import Sequence

import segno
from rich.console import Console

from gateway.assembly.whole import assembled
from gateway.commands import shown
from gateway.commands.layout import facts
from gateway.flows.convert import COMMAND_LINE, Caller
from gateway.flows.offers.look import MadeOffer
from gateway.flows.offers.make import Wish
from gateway.records.offers import Claiming
from gateway.settings import Settings

ON_BLACK, RESET = "\x1b[97;40m", "\x1b[0m"
"""The blocks that are drawn are the light ones: so that they are on any terminal, both colours are named."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make one offer, and show its link and code."""
    settings.require_public_url()
    made = asyncio.run(_made(arguments, settings))
    if arguments.json:
        shown.as_json(made)
    else:
        _told(shown.console(), made)
    return 0


async def _made(arguments: argparse.Namespace, settings: Settings) -> MadeOffer:
    claiming = Claiming.CODE if arguments.code else Claiming.SIGN_IN if arguments.sign_in else Claiming.LINK
    wish = Wish(credential=arguments.id, claiming=claiming, email=arguments.email, language=arguments.language)
    async with assembled(settings) as gateway:
        made = await gateway.offers.make(wish, Caller(arguments.platform, COMMAND_LINE))
        return gateway.offers.look.made(made)


def _told(out: Console, made: MadeOffer) -> None:
    offer = made.offer
    facts(
        out,
        ("page", offer.links.page),
        ("wallet", offer.links.openid4vci),
        ("code", f"{made.code}, shown this once: tell it by another way than the link" if made.code else ""),
        ("mailed", "yes" if made.mailed else ""),
        ("ends", f"{offer.expires:%Y-%m-%d %H:%M} UTC"),
    )
    if out.is_terminal:
        out.print("\nfor the scanner of a wallet:")
        for line in _drawn(offer.links.openid4vci):
            out.file.write(f"{ON_BLACK}{line}{RESET}\n")


def _drawn(text: str) -> Sequence[str]:
    """A QR code, two rows in a line."""
    lines = io.StringIO()
    segno.make(text, error="m", micro=False).terminal(lines, border=4, compact=True)
    return lines.getvalue().splitlines()
