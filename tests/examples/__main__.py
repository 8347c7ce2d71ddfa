"""``python -m tests.examples [--only OPERATION_OR_DOCUMENT]``: record the examples of the published documents."""

import argparse
import asyncio
import sys

from tests.examples.recording import record


def run() -> int:
    """Record; exit 1 when something is not as the documents say."""
    arguments = argparse.ArgumentParser(prog="python -m tests.examples", description=__doc__)
    arguments.add_argument("--only", default="", help="operationId, or how the name of a document begins")
    written, unfit = asyncio.run(record(arguments.parse_args().only))
    for said in (*written, *unfit):
        sys.stdout.write(f"{said}\n")
    sys.stdout.write(f"{len(written)} written, {len(unfit)} unfit\n")
    return 1 if unfit else 0


if __name__ == "__main__":
    sys.exit(run())
