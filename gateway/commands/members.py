"""``badge-gateway members``: the people who may act for a platform."""

import argparse
import asyncio
from collections.abc import Sequence

from gateway.assembly.whole import assembled
from gateway.commands import shown
from gateway.commands.layout import table
from gateway.commands.managing import ACTOR
from gateway.records.access import Role
from gateway.records.tenants import Member
from gateway.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the members; add, change or remove one first when that is asked for."""
    members = asyncio.run(_run(arguments, settings))
    if arguments.json:
        shown.as_json(members)
        return 0
    out = shown.console()
    if members:
        rows = [(each.id, each.address, each.role, f"{each.created:%Y-%m-%d}") for each in members]
        table(out, ("id", "e-mail", "role", "since"), rows)
    else:
        out.print("no members yet")
    return 0


async def _run(arguments: argparse.Namespace, settings: Settings) -> Sequence[Member]:
    async with assembled(settings) as gateway:
        tenancy, platform = gateway.tenancy, arguments.platform
        await tenancy.show(platform)
        if arguments.action == "add":
            await tenancy.add_member(platform, arguments.address, Role(arguments.role), ACTOR)
        if arguments.action == "change":
            await tenancy.change_member(platform, arguments.id, Role(arguments.role), ACTOR)
        if arguments.action == "remove":
            await tenancy.remove_member(platform, arguments.id, ACTOR)
        return await tenancy.list_members(platform)
