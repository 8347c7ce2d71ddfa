"""``badge-gateway serve``: run the gateway."""

import argparse
import asyncio
import socket

import uvicorn
import uvloop
from rich.markup import escape

from gateway.app import create_app
from gateway.assembly.whole import assembled
from gateway.commands import shown
from gateway.commands.connection import BoundedConnection
from gateway.commands.listener import listening
from gateway.commands.usage import plain
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings

NOT_STARTED = 3


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve until interrupted; the first start shows an API key, once."""
    out = shown.console(to_stderr=True)
    with listening(arguments.host, arguments.port) as listener:
        key = asyncio.run(_first_key(settings))
        host = f"[{arguments.host}]" if ":" in arguments.host else arguments.host
        address = escape(f"http://{host}:{arguments.port}")
        out.print(f"serving at [bold]{address}[/], data in {escape(plain(str(settings.data_dir)))}", soft_wrap=True)
        if settings.development:
            out.print(
                "[yellow]development:[/] issued under did:key, without status; use an https address for anything real"
            )
        if not settings.public_url:
            out.print("[yellow]GATEWAY_PUBLIC_URL is not set:[/] badges are inspected and verified, nothing is issued")
        if settings.public_url:
            out.print(
                f"people sign in at [bold]{escape(settings.public_url)}/account[/]{_mail(settings)}", soft_wrap=True
            )
        if key:
            out.print(f"API key, shown this once: [bold]{key}[/]", soft_wrap=True)
        return serve(settings, listener)


def _mail(settings: Settings) -> str:
    """How they get their links."""
    if settings.smtp_url:
        return ""
    return (
        "; links are shown here"
        if settings.development
        else "; [yellow]GATEWAY_SMTP_URL is not set: no links are sent[/]"
    )


async def _first_key(settings: Settings) -> str:
    async with assembled(settings) as gateway:
        return await gateway.first_key(DEFAULT_PLATFORM)


def serve(settings: Settings, listener: socket.socket) -> int:
    """Run the server in this process until it is told to stop; 0, or 3 when it could not start."""
    config = uvicorn.Config(
        create_app(settings),
        http=BoundedConnection,
        ws="none",
        log_level="warning",
        server_header=False,
        proxy_headers=False,
    )
    server = uvicorn.Server(config)
    uvloop.run(server.serve(sockets=[listener]))
    return 0 if server.started else NOT_STARTED
