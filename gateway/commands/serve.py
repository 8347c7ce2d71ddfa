"""``badge-gateway serve``: run the gateway."""

import argparse
import asyncio

import uvicorn
import uvloop

from gateway.app import create_app
from gateway.assembly import DEFAULT_PLATFORM, assembled
from gateway.commands import shown
from gateway.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve until interrupted; the first start shows an API key, once."""
    out = shown.console(to_stderr=True)
    key = asyncio.run(_first_key(settings))
    out.print(f"serving at [bold]http://{arguments.host}:{arguments.port}[/], data in {settings.data_dir}")
    if settings.development:
        out.print(
            "[yellow]development:[/] issued under did:key, without status; use an https address for anything real"
        )
    if not settings.public_url:
        out.print("[yellow]GATEWAY_PUBLIC_URL is not set:[/] badges are inspected and verified, nothing is issued")
    if key:
        out.print(f"API key, shown this once: [bold]{key}[/]")
    serve(settings, arguments.host, arguments.port)
    return 0


async def _first_key(settings: Settings) -> str:
    async with assembled(settings) as gateway:
        return await gateway.first_key(DEFAULT_PLATFORM)


def serve(settings: Settings, host: str, port: int) -> None:
    """Run the server in this process until it is told to stop."""
    app = create_app(settings)
    config = uvicorn.Config(app, host=host, port=port, log_level="warning", server_header=False, proxy_headers=False)
    uvloop.run(uvicorn.Server(config).serve())
