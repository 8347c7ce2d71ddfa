"""Chooses ports for programs that listen a moment after they were chosen."""

import contextlib
import random
import socket

UNASKED = range(20_000, 32_000)
"""Below what systems give to connections, and to who asks for any port (Linux from 32768, IANA from 49152)."""


def free_ports(count: int = 1) -> int:
    """The first of so many free ports in a row.

    Chosen where the system takes none for connections, so that nobody else gets it before the program listens.
    """
    while True:
        first = random.randrange(UNASKED.start, UNASKED.stop - count)  # noqa: S311
        with contextlib.ExitStack() as held, contextlib.suppress(OSError):
            for each in range(first, first + count):
                held.enter_context(socket.socket()).bind(("127.0.0.1", each))
            return first
