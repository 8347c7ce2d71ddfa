"""``badge-gateway keys``: the gateway's own signing keys."""

import argparse
import asyncio
import getpass
import sys
from collections.abc import Sequence
from pathlib import Path

import msgspec

from gateway.assembly.opened import encrypt_keys
from gateway.assembly.whole import assembled
from gateway.commands import shown
from gateway.commands.layout import facts, table
from gateway.commands.managing import ACTOR
from gateway.commands.usage import Usage
from gateway.flows.describe import seal_described
from gateway.records import Algorithm, PublicKey, Purpose
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.settings import Settings

MOST_BYTES = 1_048_576
"""Of a file to import: a key and some certificates are a few kilobytes."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """List the keys; rotate one, import one or encrypt them first when that is asked for."""
    return asyncio.run(_run(arguments, settings))


async def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    if arguments.action == "encrypt":
        count = await encrypt_keys(settings)
        print(f"encrypted: {count} {'key' if count == 1 else 'keys'}", file=sys.stderr)
    material = _material(arguments.file, settings) if arguments.action == "import" else None
    async with assembled(settings) as gateway:
        platform = getattr(arguments, "platform", DEFAULT_PLATFORM)  # of all keys, those are shown
        await gateway.tenancy.show(platform)
        if material is not None:
            await gateway.tenancy.import_seal(platform, *material, ACTOR)
        if arguments.action == "rotate":
            purpose = Purpose(arguments.purpose)
            algorithm = Algorithm(arguments.algorithm or ("ES256" if purpose is Purpose.SEAL else "EdDSA"))
            await gateway.tenancy.rotate_key(platform, purpose, algorithm, ACTOR)
        found = await gateway.keys.all(platform)
    if arguments.json:
        shown.as_json([msgspec.to_builtins(key) for key in found])
    else:
        _listed(found)
    return 0


def _material(file: str, settings: Settings) -> tuple[bytes, str]:
    """The bytes of a file with a key, and its passphrase: from the settings, or asked for and never an argument."""
    path = Path(file)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Usage(f"{file} is too large to be a key with its certificates", pointer="FILE", fix="give another")
        material = path.read_bytes()
    except OSError as error:
        raise Usage(f"cannot read {file}: {error.strerror}", pointer="FILE", fix="give another file") from error
    passphrase = settings.seal_passphrase
    if not passphrase and sys.stdin.isatty():
        passphrase = getpass.getpass("passphrase of the file (none: Enter): ")
    return material, passphrase


def _listed(keys: Sequence[PublicKey]) -> None:
    out = shown.console()
    if not keys:
        out.print("no keys yet; they are made when they are first needed")
        return
    rows = [(key.id, key.purpose, key.algorithm, key.state, f"{key.created:%Y-%m-%d %H:%M} UTC") for key in keys]
    table(out, ("key", "purpose", "algorithm", "state", "made"), rows)
    facts(out, *((f"seal {key.id}", _seal(key)) for key in keys))


def _seal(key: PublicKey) -> str:
    """Whose seal it is, until when, and what is to be said of its certificate."""
    if key.certificate is None:
        return ""
    seal = seal_described(key.certificate.chain[0])
    return f"{seal.legal_name} ({seal.organisation_id}), until {seal.valid_until:%Y-%m-%d}: {seal.certificate}"
