"""The badge that a command was given: a file, an address, or standard input."""

import os
import sys
from pathlib import Path

from gateway.commands.usage import Usage


def received(badge: str, max_bytes: int) -> bytes:
    """Read the argument ``FILE|URL|-``; an address is itself the bytes, to be fetched by the flow.

    Raises:
        Usage: The file cannot be read or is too large.
    """
    if badge.startswith(("https://", "http://")):
        return os.fsencode(badge)
    named = "standard input" if badge == "-" else badge
    try:
        if badge == "-":
            found = sys.stdin.buffer.read(max_bytes + 1)
        else:
            with Path(badge).open("rb") as file:
                found = file.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise Usage(f"cannot read {named}: {reason}", fix="give a file, an https address, or -") from error
    if len(found) > max_bytes:
        raise Usage(f"{named} has more than {max_bytes} bytes", fix="GATEWAY_MAX_BODY_BYTES sets the limit")
    return found
