"""``badge-gateway convert``: verify, convert, sign as the gateway, record."""

import argparse
import asyncio
import sys
from pathlib import Path

from adapters.hub.contract import Format
from gateway.assembly import DEFAULT_PLATFORM, Gateway, assembled
from gateway.commands import shown
from gateway.commands.input import received
from gateway.errors import Misconfigured
from gateway.flows.convert import Caller, NotTrusted
from gateway.flows.describe import FormDescription
from gateway.flows.prepare import Target, target
from gateway.flows.show import wanted
from gateway.records import Securing
from gateway.settings import Settings

LOCAL_HOLDER = "command-line"


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Convert one badge; exit 1 when it is not trusted."""
    return asyncio.run(_run(arguments, settings))


async def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    settings.require_public_url()
    body, url = received(arguments.badge, settings.max_body_bytes)
    asked = target(Format(arguments.to), Securing(arguments.securing) if arguments.securing else None)
    out = shown.console(to_stderr=arguments.output == "-")
    async with assembled(settings) as gateway:
        try:
            converted = await gateway.convert(body, url, (asked,), Caller(DEFAULT_PLATFORM, LOCAL_HOLDER))
        except NotTrusted as refused:
            return _refused(arguments, refused)
        found = await gateway.describe(converted.record, to_holder=True)
        form = _asked_for(found.forms, asked)
        if arguments.output:
            await _write(gateway, form, arguments)
    if arguments.json:
        shown.as_json(found)
    else:
        shown.checks(out, converted.report)
        shown.description(out, found, (form.id,))
        if arguments.output not in (None, "-"):
            out.print(f"written to {arguments.output}")
    return 0


def _refused(arguments: argparse.Namespace, refused: NotTrusted) -> int:
    if arguments.json:
        shown.as_json({"refused": refused.reason, "checks": refused.report.checks})
    else:
        out = shown.console(to_stderr=True)
        shown.checks(out, refused.report)
        out.print("nothing was signed")
    return 1


def _asked_for(forms: tuple[FormDescription, ...], asked: Target) -> FormDescription:
    for form in forms:
        if (form.format, form.securing) == (asked.format, asked.securing):
            return form
    raise RuntimeError("the form that was asked for was not made")


async def _write(gateway: Gateway, form: FormDescription, arguments: argparse.Namespace) -> None:
    suffix = f".{arguments.carrier}" if arguments.carrier else ""
    page = wanted(form.url + suffix, gateway.settings.public_url)
    if page is None:
        raise RuntimeError(f"{form.url} is not an address of ours")
    body = (await gateway.show(page)).body
    if arguments.output == "-":
        sys.stdout.buffer.write(body)
        return
    try:
        Path(arguments.output).write_bytes(body)
    except OSError as error:
        raise Misconfigured(f"cannot write {arguments.output}: {error.strerror}") from error
