"""``badge-gateway demo``: two sample badges through the whole gateway, then the gateway left running."""

import argparse
import asyncio
import importlib
import os
from pathlib import Path

import msgspec
from rich.console import Console

from adapters.hub.contract import Format
from gateway.assembly import DEFAULT_PLATFORM, Gateway, assembled
from gateway.commands import sample_issuer, shown
from gateway.flows.convert import Caller
from gateway.flows.prepare import target
from gateway.settings import Settings

HOLDER = "demo"


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Convert an Open Badges 2.0 PNG and an Open Badges 3.0 credential into each other's version."""
    out = shown.console()
    with sample_issuer.hosted(arguments.port + 1) as (origin, badge):
        demo = msgspec.structs.replace(
            settings,
            public_url=f"http://{sample_issuer.HOST}:{arguments.port}",
            data_dir=settings.data_dir / "demo",
            database_url="",
            redis_url="",
            exempt_origins=origin,
        )
        out.print(
            f"[dim]A sample issuer runs at {origin}; for this demo alone its loopback address may be fetched from.\n"
            "Everything here is issued in development mode: did:key, without status.[/]"
        )
        credential = sample_issuer.open_badges_3()
        key = asyncio.run(_converted(demo, out, badge, credential))
        _kept(demo.data_dir, badge, credential, key)
        if arguments.once:
            return 0
        out.print(
            f"\nthe gateway is running at [bold]{demo.public_url}[/] with these credentials in it; Ctrl-C ends it"
        )
        out.print(f"the two samples and an API key are in {demo.data_dir}")
        # The web framework is loaded only now: the conversions above do not wait for it.
        importlib.import_module("gateway.commands.serve").serve(demo, sample_issuer.HOST, arguments.port)
    return 0


def _kept(folder: Path, badge: bytes, credential: bytes, key: str) -> None:
    """Leave the samples, and on the first run the API key, where the next commands find them."""
    (folder / "open-badges-2.png").write_bytes(badge)
    (folder / "open-badges-3.json").write_bytes(credential)
    if key:
        with os.fdopen(os.open(folder / "api-key", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(key)


async def _converted(settings: Settings, out: Console, badge: bytes, credential: bytes) -> str:
    async with assembled(settings) as gateway:
        await _one(gateway, out, "an Open Badges 2.0 badge, baked into a PNG", badge, Format.OPEN_BADGES_3)
        await _one(gateway, out, "an Open Badges 3.0 credential", credential, Format.OPEN_BADGES_2)
        return await gateway.first_key(DEFAULT_PLATFORM)


async def _one(gateway: Gateway, out: Console, what: str, badge: bytes, to: Format) -> None:
    asked = target(to)
    out.rule(f"[bold]{what} -> {to}[/]", align="left")
    converted = await gateway.convert(badge, "", (asked,), Caller(DEFAULT_PLATFORM, HOLDER))
    found = await gateway.describe(converted.record, to_holder=True)
    shown.source(out, found)
    shown.checks(out, converted.report)
    shown.description(out, found)
