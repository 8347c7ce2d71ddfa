"""``badge-gateway api-keys``: who may call for a platform."""

import argparse
import asyncio
import datetime as dt
from collections.abc import Sequence

import msgspec
from rich.markup import escape
from rich.table import Table

from gateway.assembly import Gateway, assembled
from gateway.commands import shown
from gateway.commands.managing import ACTOR
from gateway.commands.usage import Usage, plain
from gateway.flows.platform.keys import MadeKey, Wish
from gateway.records import ApiKey
from gateway.records.access import EVERY_SCOPE, Scope
from gateway.records.tenants import twin_of
from gateway.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the keys; make or end one first when that is asked for."""
    made, keys = asyncio.run(_run(arguments, settings))
    if arguments.json:
        shown.as_json({**_facts(made.key), "key": made.text} if made else [_facts(key) for key in keys])
        return 0
    if made:
        shown.console(to_stderr=True).print("API key, shown this once:")
        print(made.text)
    else:
        _listed(keys)
    return 0


async def _run(arguments: argparse.Namespace, settings: Settings) -> tuple[MadeKey | None, Sequence[ApiKey]]:
    async with assembled(settings) as gateway:
        platform = arguments.platform
        await gateway.tenancy.show(platform)
        if arguments.action == "add":
            return await _made(arguments, gateway), ()
        if arguments.action == "revoke":
            await gateway.tenancy.revoke_key(platform, arguments.id, ACTOR)
        return None, await gateway.tenancy.list_api_keys(platform)


async def _made(arguments: argparse.Namespace, gateway: Gateway) -> MadeKey:
    wish = Wish(
        name=arguments.name,
        scopes=frozenset(map(Scope, arguments.scope)) if arguments.scope else EVERY_SCOPE,
        expires=_time(arguments.expires) if arguments.expires else None,
    )
    platform = twin_of(arguments.platform) if arguments.test else arguments.platform
    return await gateway.tenancy.make_key(platform, wish, ACTOR)


def _time(text: str) -> dt.datetime:
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise Usage(f"{text!r} is no time", fix="give it as 2027-01-31 or 2027-01-31T12:00:00Z") from error
    return at if at.tzinfo else at.replace(tzinfo=dt.UTC)


def _facts(key: ApiKey) -> dict[str, object]:
    """A key for machines: everything but its digest."""
    facts = msgspec.structs.asdict(key)
    return {**{name: value for name, value in facts.items() if name != "sha256"}, "scopes": sorted(key.scopes)}


def _listed(keys: Sequence[ApiKey]) -> None:
    table = Table("id", "key", "name", "scopes", "made", "last used", "", box=None, pad_edge=False)
    for key in keys:
        ended = "revoked" if key.revoked else f"until {key.expires:%Y-%m-%d %H:%M}" if key.expires else ""
        used = f"{key.last_used:%Y-%m-%d %H:%M}" if key.last_used else "never"
        scopes = "all" if key.scopes == EVERY_SCOPE else ", ".join(sorted(key.scopes))
        name = escape(plain(key.name))
        table.add_row(key.id, f"{key.prefix}…", name, scopes, f"{key.created:%Y-%m-%d}", used, ended)
    shown.console().print(table if keys else "no keys yet")
