"""``badge-gateway inspect``: what is this?"""

import argparse
import asyncio

from gateway.commands import destination, micro_credentials, repairs, shown
from gateway.commands.input import received
from gateway.commands.usage import Usage
from gateway.flows.inspect import Inspect
from gateway.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Describe the badge; nothing is fetched. A corrected copy goes to the file that is named, if there is one."""
    place = _place(arguments)
    body = received(arguments.badge, settings.max_body_bytes)
    with destination.opened(place) as write:
        found = asyncio.run(Inspect()(body, repair=arguments.repair, language=arguments.language))
        if found.repair is not None and found.repair.corrections:
            write(f"{repairs.text(found.repair)}\n".encode())
    if arguments.json:
        shown.as_json(found)
    else:
        out = shown.console()
        shown.inspection(out, found, repair=arguments.repair, written=place)
        if arguments.micro_credential:
            micro_credentials.shown(out, found.micro_credential, arguments.language, needs=found.needs)
    return 0


def _place(arguments: argparse.Namespace) -> str:
    named: str = arguments.output or ""
    if named and not arguments.repair:
        raise Usage("-o is for the corrected copy, which only --repair makes", pointer="-o", fix="add --repair")
    if named == destination.STANDARD_OUTPUT:
        raise Usage("the report goes to standard output", pointer="-o", fix="give -o FILE")
    return named
