"""``badge-gateway openapi``: the published contracts, generated from the routes."""

import argparse
from pathlib import Path

from gateway.http.contract import files
from gateway.settings import Settings

FOLDER = Path(__file__).parents[2] / "openapi"


def run(arguments: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001
    """Write ``openapi/*.json``; with ``--check`` only compare, exit 1 on a difference."""
    stale = {
        FOLDER / name: text
        for name, text in files().items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_bytes() != text
    }
    for path, text in stale.items():
        if not arguments.check:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text)
        print(f"{path}: {'out of date' if arguments.check else 'written'}")
    if not stale:
        print("up to date")
    return 1 if stale and arguments.check else 0
