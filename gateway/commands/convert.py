"""``badge-gateway convert``: verify, convert, sign as the gateway, record."""

import argparse
import asyncio

import msgspec
from rich.console import Console
from rich.markup import escape

from gateway.assembly.issuing import Issuing, issuing
from gateway.commands import blocked, destination, shown
from gateway.commands.form import AskedForm, asked_form
from gateway.commands.input import received
from gateway.commands.usage import plain, problem
from gateway.commands.verify import STATUS
from gateway.flows.answer import Conversion, Original, conversion, original
from gateway.flows.convert import COMMAND_LINE, Caller, NotTrusted
from gateway.flows.hand_back import HandedBack
from gateway.flows.show import wanted
from gateway.settings import Settings
from gateway.trust.report import Outcome


class Made(msgspec.Struct, frozen=True):
    """The answer, the id of the form that was asked for, and that form in its carrier.

    The source of a record may verify no more: then there is no form, and nothing to write.
    """

    answer: Conversion
    form: str = ""
    badge: bytes = b""


class Returned(msgspec.Struct, frozen=True):
    """The original that a badge holds, in its own carrier; no form of ours."""

    answer: Original
    badge: bytes


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Convert one badge; exit 1 when it is verified as bad, 3 when that could not be found out."""
    settings.require_public_url()
    asked = asked_form(arguments)
    place = destination.place(arguments)
    body = received(arguments.badge, settings.max_body_bytes)
    try:
        with blocked.explained(settings), destination.opened(place) as write:
            made = asyncio.run(_made(settings, body, asked, arguments))
            if made.badge:
                write(made.badge)
    except NotTrusted as refused:
        return _refused(arguments, settings, refused)
    if arguments.json:
        shown.as_json(made.answer)
    else:
        _report(settings, made, place)
    return STATUS[made.answer.outcome]


async def _made(settings: Settings, body: bytes, asked: AskedForm, arguments: argparse.Namespace) -> Made | Returned:
    async with issuing(settings) as gateway:
        await gateway.show_platform(arguments.platform)
        found = await gateway.hand_back(
            body,
            (asked.target,),
            Caller(arguments.platform, COMMAND_LINE),
            award=arguments.award,
            original=not arguments.securing,
        )
        if isinstance(found, HandedBack):
            return Returned(original(found), found.original.received.opened.received)
        answer = conversion(found, await gateway.describe(found.record, to_holder=True))
        if answer.outcome is not Outcome.PASSED:
            return Made(answer)
        for form in answer.record.forms:
            if not form.bound and (form.format, form.securing) == (asked.target.format, asked.target.securing):
                return Made(answer, form.id, await served(gateway, f"{form.url}.{asked.carrier}"))
    raise RuntimeError("the form that was asked for was not made")


async def served(gateway: Issuing, address: str) -> bytes:
    """What an address of ours serves, whole, to whom it is made for."""
    page = wanted(address, gateway.settings.public_url)
    if page is None:
        raise RuntimeError(f"{address} is not an address of ours")
    return (await gateway.show.to_holder(page)).body


def _report(settings: Settings, made: Made | Returned, place: str) -> None:
    out = shown.console(to_stderr=place == destination.STANDARD_OUTPUT)
    answer = made.answer
    shown.checks(out, answer.checks, answer.outcome)
    if isinstance(made, Returned):
        out.print(f"it holds what it was converted from, as {made.answer.media_type}: nothing was signed")
        _written(out, place)
        return
    answer = made.answer
    if not made.form:
        shown.hint(out, blocked.in_report(settings, answer.checks))
        out.print("nothing new was signed; this was made of the badge when it was verified:")
        shown.description(out, answer.record)
        return
    shown.description(out, answer.record, (made.form,))
    if not answer.created:
        out.print("it had been made before: nothing new was signed")
    _written(out, place)


def _written(out: Console, place: str) -> None:
    if place not in ("", destination.STANDARD_OUTPUT):
        out.print(f"written to {escape(plain(place))}", soft_wrap=True)


def _refused(arguments: argparse.Namespace, settings: Settings, refused: NotTrusted) -> int:
    report = refused.report
    hint = blocked.in_report(settings, report.checks)
    if arguments.json:
        shown.as_json({**problem(refused), "outcome": report.outcome, "checks": report.checks})
    else:
        out = shown.console(to_stderr=True)
        shown.checks(out, report.checks, report.outcome)
        shown.hint(out, hint)
        out.print("nothing was signed")
    return STATUS[report.outcome]
