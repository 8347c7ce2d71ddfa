"""``python -m tests.examples [--only OPERATION_OR_DOCUMENT]``: record the examples of the published documents."""

import argparse
import asyncio
import sys

from gateway.http.examples.recorded import MESSAGES
from tests.examples.recording import record, record_messages

TOLD = (
    "Prints each file that was written, because what came back is not what it said, and each operation that is not as "
    "its document says. Exit status: 0 when all fit, 1 when some did not, 2 when the arguments cannot be read."
)


def run() -> int:
    """Record; exit 1 when something is not as the documents say."""
    arguments = argparse.ArgumentParser(prog="python -m tests.examples", description=__doc__, epilog=TOLD)
    named = "operationId, how the name of a document begins, or messages; all by default"
    arguments.add_argument("--only", default="", help=named)
    only = arguments.parse_args().only
    written, unfit = asyncio.run(record(only)) if only != MESSAGES else ([], [])
    if only in ("", MESSAGES):
        written += asyncio.run(record_messages())
    for said in (*written, *unfit):
        sys.stdout.write(f"{said}\n")
    sys.stdout.write(f"{len(written)} written, {len(unfit)} unfit\n")
    return 1 if unfit else 0


if __name__ == "__main__":
    sys.exit(run())
