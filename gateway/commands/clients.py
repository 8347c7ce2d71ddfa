"""``badge-gateway clients``: a platform's own clients, which get tokens by client credentials."""

import argparse
import asyncio
from collections.abc import Sequence

from gateway.assembly.whole import assembled
from gateway.commands import shown, store
from gateway.commands.layout import table
from gateway.commands.managing import ACTOR
from gateway.flows.oauth.own_clients import MadeClient
from gateway.records.access import EVERY_SCOPE, Scope
from gateway.records.oauth import Client
from gateway.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the clients; make or end one first when that is asked for."""
    made, clients = asyncio.run(_run(arguments, settings))
    if made:
        store.told(settings, made.client.platform)
    if arguments.json:
        shown.as_json({**_facts(made.client), "secret": made.secret} if made else [_facts(each) for each in clients])
        return 0
    if made:
        shown.console(to_stderr=True).print("client id and secret, shown this once:")
        print(made.client.id, made.secret)
    else:
        _listed(clients)
    return 0


async def _run(arguments: argparse.Namespace, settings: Settings) -> tuple[MadeClient | None, Sequence[Client]]:
    async with assembled(settings) as gateway:
        platform = arguments.platform
        await gateway.tenancy.show(platform)
        if arguments.action == "add":
            scopes = frozenset(map(Scope, arguments.scope)) if arguments.scope else EVERY_SCOPE
            return await gateway.oauth.make_client(platform, arguments.name, scopes, ACTOR), ()
        if arguments.action == "revoke":
            await gateway.oauth.revoke_client(platform, arguments.id, ACTOR)
        return None, await gateway.oauth.list_clients(platform)


def _facts(client: Client) -> dict[str, object]:
    """A client for machines: everything but the digest of its secret."""
    return {
        "id": client.id,
        "platform": client.platform,
        "name": client.name,
        "scopes": client.scopes,
        "created": client.created,
        "used": client.used,
        "expires": client.expires,
        "made_by": client.made_by,
    }


def _listed(clients: Sequence[Client]) -> None:
    out = shown.console()
    if clients:
        table(out, ("id", "name", "scopes", "made", "by", "first used"), map(_row, clients))
    else:
        out.print("no clients yet")


def _row(client: Client) -> tuple[str, ...]:
    used = f"{client.used:%Y-%m-%d}" if client.used else "never"
    scopes = "all" if frozenset(client.scopes) == EVERY_SCOPE else ", ".join(client.scopes)
    return client.id, client.name, scopes, f"{client.created:%Y-%m-%d}", client.made_by, used
