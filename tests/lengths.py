"""How much the longer properties try: what every change waits for, or what one has a night for."""

import os

LONG = os.environ.get("GATEWAY_TEST_LONG") == "1"
"""Whether `./run.sh test --long` runs."""


def tries(usual: int, long: int) -> int:
    """So many with `--all`, so many with `--long`."""
    return long if LONG else usual
