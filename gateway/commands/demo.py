"""``badge-gateway demo``: two sample badges through the whole gateway, then the gateway left running."""

import argparse
import asyncio
import importlib
import os
from contextlib import ExitStack
from pathlib import Path

import msgspec
from rich.console import Console
from rich.markup import escape

from adapters.hub.contract import Format
from gateway.assembly.issuing import Issuing, issuing
from gateway.commands import sample_issuer, shown
from gateway.commands.listener import listening
from gateway.commands.usage import plain
from gateway.flows.answer import conversion
from gateway.flows.convert import Caller
from gateway.flows.prepare import target
from gateway.records.tenants import DEFAULT_PLATFORM, twin_of
from gateway.settings import Settings

HOLDER = "demo"
DEFAULT_PORT = 8000


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Convert an Open Badges 2.0 PNG and an Open Badges 3.0 credential into each other's version."""
    with ExitStack() as stack:
        if not arguments.once:
            listener = stack.enter_context(listening(sample_issuer.HOST, arguments.port))
        origin, badge = stack.enter_context(sample_issuer.hosted(arguments.port + 1))
        demo = _settings(settings, arguments.port, origin)
        out = shown.console()
        out.print(
            f"[dim]A sample issuer runs at {origin}; for this demo alone loopback may be fetched from.\n"
            "Everything here is issued in development mode: did:key, without status.[/]"
        )
        credential = sample_issuer.open_badges_3()
        keys = asyncio.run(_converted(demo, out, badge, credential))
        _kept(demo.data_dir, badge, credential, keys)
        folder = escape(plain(str(demo.data_dir)))
        out.print(f"\nthe two samples, an API key and a test key are in {folder}", soft_wrap=True)
        if arguments.once:
            return 0
        out.print(f"the gateway runs at [bold]{demo.public_url}[/] with these credentials in it, until Ctrl-C")
        out.print(f"the interface is to be read and tried at [bold]{demo.public_url}/docs[/], with the test key")
        out.print(f"people sign in at [bold]{demo.public_url}/account[/]; their links are shown here")
        # The web framework is loaded only now: the conversions above do not wait for it.
        served: int = importlib.import_module("gateway.commands.serve").serve(demo, listener)
        return served


def _settings(settings: Settings, port: int, origin: str) -> Settings:
    """The settings with a store and keys of the demo's own, one for each address that it is served at."""
    return msgspec.structs.replace(
        settings,
        public_url=f"http://{sample_issuer.HOST}:{port}",
        data_dir=settings.data_dir / ("demo" if port == DEFAULT_PORT else f"demo-{port}"),
        database_url="",
        redis_url="",
        master_key="",
        key_passphrase="",
        smtp_url="",
        exempt_origins=origin,
    )


def _kept(folder: Path, badge: bytes, credential: bytes, keys: dict[str, str]) -> None:
    """Leave the samples, and on the first run the API keys, where the next commands find them."""
    (folder / "open-badges-2.png").write_bytes(badge)
    (folder / "open-badges-3.json").write_bytes(credential)
    for name, key in keys.items():
        if key:
            with os.fdopen(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(key)


async def _converted(settings: Settings, out: Console, badge: bytes, credential: bytes) -> dict[str, str]:
    async with issuing(settings) as gateway:
        await _one(gateway, out, "an Open Badges 2.0 badge, baked into a PNG", badge, Format.OPEN_BADGES_3)
        await _one(gateway, out, "an Open Badges 3.0 credential", credential, Format.OPEN_BADGES_2)
        return {
            "api-key": await gateway.first_key(DEFAULT_PLATFORM),
            "test-key": await gateway.first_key(twin_of(DEFAULT_PLATFORM)),
        }


async def _one(gateway: Issuing, out: Console, what: str, badge: bytes, to: Format) -> None:
    asked = target(to)
    out.print()
    out.rule(f"[bold]{what} -> {to}[/]", align="left")
    converted = await gateway.convert(badge, "", (asked,), Caller(DEFAULT_PLATFORM, HOLDER))
    answer = conversion(converted, await gateway.describe(converted.record, to_holder=True))
    shown.source(out, answer.record)
    shown.checks(out, answer.checks, answer.outcome)
    shown.description(out, answer.record)
