"""``badge-gateway issue``: sign and record what a platform awards itself, from plain data."""

import argparse
import asyncio

from rich.markup import escape

from gateway.assembly.whole import assembled
from gateway.commands import destination, shown
from gateway.commands.convert import Made, served
from gateway.commands.form import AskedForm, asked_form
from gateway.commands.input import received
from gateway.commands.usage import plain
from gateway.flows.answer import conversion
from gateway.flows.convert import COMMAND_LINE, Caller
from gateway.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Issue one badge."""
    settings.require_public_url()
    asked = asked_form(arguments)
    place = destination.place(arguments)
    award = received(arguments.award, settings.max_body_bytes)
    with destination.opened(place) as write:
        made = asyncio.run(_made(settings, award, asked, arguments.platform))
        write(made.badge)
    if arguments.json:
        shown.as_json(made.answer)
        return 0
    out = shown.console(to_stderr=place == destination.STANDARD_OUTPUT)
    shown.description(out, made.answer.record)
    if place not in ("", destination.STANDARD_OUTPUT):
        out.print(f"written to {escape(plain(place))}", soft_wrap=True)
    return 0


async def _made(settings: Settings, award: bytes, asked: AskedForm, platform: str) -> Made:
    async with assembled(settings) as gateway:
        issued = await gateway.native.issue(award, (asked.target,), Caller(platform, COMMAND_LINE))
        answer = conversion(issued, await gateway.describe(issued.record, to_holder=True))
        [form] = (form for form in answer.record.forms if not form.bound)
        return Made(answer, form.id, await served(gateway, f"{form.url}.{asked.carrier}"))
