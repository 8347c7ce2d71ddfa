"""``badge-gateway platforms``: the tenants of this installation."""

import argparse
import asyncio
from collections.abc import Sequence

from rich.markup import escape
from rich.table import Table

from gateway.assembly.whole import Gateway, assembled
from gateway.commands import shown
from gateway.commands.managing import ACTOR
from gateway.commands.usage import plain
from gateway.records import Platform
from gateway.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the platforms, or make, show or change one."""
    found = asyncio.run(_run(arguments, settings))
    if arguments.json:
        shown.as_json(found if arguments.action == "list" else found[0])
    elif arguments.action == "list":
        _listed(found)
    else:
        _described(found[0])
    return 0


async def _run(arguments: argparse.Namespace, settings: Settings) -> Sequence[Platform]:
    async with assembled(settings) as gateway:
        match arguments.action:
            case "list":
                return await gateway.platforms.all()
            case "add":
                return [await gateway.tenancy.make(arguments.id, arguments.name, ACTOR)]
            case "change":
                return [await _changed(arguments, gateway)]
        return [await gateway.tenancy.show(arguments.id)]


async def _changed(arguments: argparse.Namespace, gateway: Gateway) -> Platform:
    said = ("name", "email", "url", "organisation_id", "country")
    wanted: dict[str, object] = {name: getattr(arguments, name) for name in said}
    parts = {"policy": ("accepts", "refuses"), "limits": ("requests_per_minute", "issued_per_day")}
    for part, names in parts.items():
        given = {name: getattr(arguments, name) for name in names}
        wanted[part] = {name: value for name, value in given.items() if value is not None} or None
    named = {name: value for name, value in wanted.items() if value is not None}
    return await gateway.tenancy.change(arguments.id, named, ACTOR, may_raise=True)


def _listed(platforms: Sequence[Platform]) -> None:
    table = Table("platform", "name", "", box=None, pad_edge=False)
    for platform in platforms:
        table.add_row(platform.id, escape(plain(platform.name)), "for tests" if platform.test else "")
    shown.console().print(table)


def _described(platform: Platform) -> None:
    policy, limits = platform.policy, platform.limits
    facts = {
        "platform": platform.id,
        "name": platform.name,
        "e-mail": platform.email or "as the installation",
        "on the web": platform.url or "the gateway itself",
        "seals as": platform.organisation_id or "as the installation",
        "in": platform.country or "the country in that",
        "accepts badges of": ", ".join(policy.accepts) or "all issuers",
        "refuses badges of": ", ".join(policy.refuses) or "none",
        "requests a minute": limits.requests_per_minute or "as the installation",
        "forms a day": limits.issued_per_day or "as the installation",
    }
    table = Table.grid(padding=(0, 2))
    for name, value in facts.items():
        table.add_row(f"[dim]{name}[/]", escape(plain(str(value))))
    shown.console().print(table)
