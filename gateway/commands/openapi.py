"""``badge-gateway openapi``: the published contracts, generated from the routes."""

import argparse
from pathlib import Path

from gateway.http.contract import documents
from gateway.settings import Settings

FOLDER = Path(__file__).parents[2] / "openapi"


def run(arguments: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001
    """Write ``openapi/*.json``; with ``--check`` only compare, exit 1 on a difference."""
    stale = []
    for name, text in documents().items():
        path = FOLDER / name
        if not path.exists() or path.read_bytes() != text:
            stale.append(name)
            if not arguments.check:
                path.write_bytes(text)
    print("\n".join(stale) or "up to date")
    return 1 if stale and arguments.check else 0
