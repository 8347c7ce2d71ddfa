"""The badge that a command was given: a file, an address, or standard input."""

import sys
from pathlib import Path

from gateway.errors import Misconfigured


def received(badge: str, max_bytes: int) -> tuple[bytes, str]:
    """Read the argument ``FILE|URL|-``.

    Returns:
        The bytes, and the address they are at: an address is itself the bytes, to be fetched by the flow.

    Raises:
        Misconfigured: The file cannot be read or is too large.
    """
    if badge.startswith(("https://", "http://")):
        return badge.encode(), ""
    try:
        if badge == "-":
            found = sys.stdin.buffer.read(max_bytes + 1)
        else:
            with Path(badge).open("rb") as file:
                found = file.read(max_bytes + 1)
    except OSError as error:
        raise Misconfigured(f"cannot read {badge}: {error.strerror}", fix="give a file, an address, or -") from error
    if len(found) > max_bytes:
        raise Misconfigured(f"{badge} has more than {max_bytes} bytes", fix="GATEWAY_MAX_BODY_BYTES sets the limit")
    return found, ""
