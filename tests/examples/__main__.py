"""``python -m tests.examples [--only OPERATION_OR_DOCUMENT]``: record the examples of the published documents."""

import argparse
import asyncio
import sys

from tests.examples.recording import Unfit, record


def run() -> int:
    """Record; exit 1 when something is not as the documents say."""
    arguments = argparse.ArgumentParser(prog="python -m tests.examples", description=__doc__)
    arguments.add_argument("--only", default="", help="operationId, or how the name of a document begins")
    try:
        written = asyncio.run(record(arguments.parse_args().only))
    except Unfit as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for path in written:
        sys.stdout.write(f"{path}\n")
    sys.stdout.write(f"{len(written)} written\n")
    return 0


if __name__ == "__main__":
    sys.exit(run())
