"""``badge-gateway api-keys``: who may call for a platform."""

import argparse
import asyncio
import datetime as dt
from collections.abc import Sequence

import msgspec

from gateway.assembly.whole import Gateway, assembled
from gateway.commands import shown, store
from gateway.commands.layout import table
from gateway.commands.managing import ACTOR
from gateway.commands.usage import Usage
from gateway.flows.platform.keys import MadeKey, Wish
from gateway.records import ApiKey
from gateway.records.access import EVERY_SCOPE, Scope
from gateway.records.tenants import is_twin, twin_of
from gateway.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the keys; make or end one first when that is asked for."""
    made, keys = asyncio.run(_run(arguments, settings))
    if made:
        store.told(settings, made.key.platform)
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
        keys = await _keys(platform, gateway)
        if arguments.action == "revoke":
            place = next((key.platform for key in keys if key.id == arguments.id), platform)
            await gateway.tenancy.revoke_key(place, arguments.id, ACTOR)
            keys = await _keys(platform, gateway)
        return None, keys


async def _keys(platform: str, gateway: Gateway) -> Sequence[ApiKey]:
    """Those of a platform and of its twin for tests."""
    places = [platform] if is_twin(platform) else [platform, twin_of(platform)]
    return [key for place in places for key in await gateway.tenancy.list_api_keys(place)]


async def _made(arguments: argparse.Namespace, gateway: Gateway) -> MadeKey:
    wish = Wish(
        name=arguments.name or ("test key" if arguments.test else "API key"),
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
    out = shown.console()
    if not keys:
        out.print("no keys yet")
        return
    table(out, ("id", "key", "name", "", "scopes", "made", "by", "last used", ""), map(_row, keys))


def _row(key: ApiKey) -> tuple[str, ...]:
    ended = "revoked" if key.revoked else f"until {key.expires:%Y-%m-%d %H:%M}" if key.expires else ""
    used = f"{key.last_used:%Y-%m-%d %H:%M}" if key.last_used else "never"
    scopes = "all" if key.scopes == EVERY_SCOPE else ", ".join(sorted(key.scopes))
    tests = "for tests" if is_twin(key.platform) else ""
    return key.id, f"{key.prefix}…", key.name, tests, scopes, f"{key.created:%Y-%m-%d}", key.made_by, used, ended
