"""A port, taken before anything is said about it."""

import errno
import socket

from gateway.commands.usage import Usage
from gateway.settings import MAX_PORT

BACKLOG = 2048


def listening(host: str, port: int) -> socket.socket:
    """Listen; whoever connects waits until somebody accepts.

    Raises:
        Usage: The port is taken, or the address is none of this machine's.
    """
    if port > MAX_PORT:
        raise Usage(f"there is no port {port}", pointer="--port", fix="choose another with --port")
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        # socket.create_server adds in brackets what is said here already.
        reason = (error.strerror or str(error)).partition(" (")[0]
        argument = "--port" if error.errno in (errno.EADDRINUSE, errno.EACCES) else "--host"
        raise Usage(
            f"cannot listen at {host} port {port}: {reason}",
            pointer=argument,
            fix=f"choose another with {argument}",
        ) from error
