"""How much the longer properties try: what every change waits for, or what one has a night for."""

import os
import random
import sys

LONG = os.environ.get("GATEWAY_TEST_LONG") == "1"
"""Whether `./run.sh test --long` runs."""


def tries(usual: int, long: int) -> int:
    """So many with `--all`, so many with `--long`."""
    return long if LONG else usual


def seed(usual: int) -> int:
    """This one, so that what a change waits for can be repeated; with `--long` another one each time, which is said."""
    chosen = random.randrange(10**9) if LONG else usual  # noqa: S311 - no secret
    sys.stdout.write(f"seed {chosen}\n")
    return chosen
