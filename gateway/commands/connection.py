"""One connection to the server: how much its client may send, and how long it may take, before a request is one."""

import asyncio
import resource
from typing import Any  # Any: the state of an ASGI application

import h11
from uvicorn import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

HEAD_BYTES = 16 * 1024
"""Of a request line and its header, or of a line between chunks; as much again may come in the same read."""

HEAD_S = 10.0
"""From the opening of a connection, or from the last answer on it, until the whole header of a request is here."""

MAX_PIECES = 16 * 1024
"""Chunks of a body: the largest body has them of 320 bytes, and no byte needs one of its own."""

MAX_OPEN = 2048


def most_open() -> int:
    """Connections at a time: half of the files that this process may open; stores and hosts need the others."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MAX_OPEN if files == resource.RLIM_INFINITY else min(MAX_OPEN, files // 2)


class BoundedConnection(H11Protocol):
    """HTTP/1.1 as uvicorn speaks it with h11, and the bounds that it lacks.

    A header is here within ``head_s``, or the connection is closed; so is one whose request was answered before its
    body had come. When ``open_at_once`` are open, the one goes that has been waited for longest; one whose request is
    being answered never does.

    Source: RFC 9112, sections 2.2 and 9.5; RFC 6585, section 7.2.
    """

    head_s = HEAD_S
    open_at_once = most_open()

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.conn = _Pieces(h11.SERVER, HEAD_BYTES)
        self.waiting_since: float | None = None
        self._alarm: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        super().connection_made(transport)
        self._watch()
        if len(self.connections) > self.open_at_once:
            # The newest of those that are waited for is this one.
            waiting = [(each.waiting_since, each) for each in self.connections if isinstance(each, BoundedConnection)]
            _, longest = min(((since, each) for since, each in waiting if since is not None), key=lambda pair: pair[0])
            self.connections.discard(longest)
            longest.transport.abort()

    def data_received(self, data: bytes) -> None:
        # A read has up to 256 KiB; a header of so many small lines would be taken apart before it is found too large.
        for start in range(0, len(data), HEAD_BYTES):
            super().data_received(data[start : start + HEAD_BYTES])
            if self.transport.is_closing():
                return
        self._watch()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._unwatch()

    def send_400_response(self, msg: str) -> None:
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            super().send_400_response(msg)
        else:
            self.transport.close()  # it is being answered already, or has been

    def _watch(self) -> None:
        """Wait for the client as long as there is no request to answer, from when that began."""
        if self.cycle is not None and not self.cycle.response_complete:
            self._unwatch()
        elif self._alarm is None:
            self.waiting_since = self.loop.time()
            self._alarm = self.loop.call_later(self.head_s, self.transport.close)

    def _unwatch(self) -> None:
        self.waiting_since = None
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None


class _Pieces(h11.Connection):
    """What was received, taken apart; a body in too many pieces is none."""

    _pieces = 0

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        event = super().next_event()
        if isinstance(event, h11.Request):
            self._pieces = 0
        elif isinstance(event, h11.Data):
            self._pieces += 1
            if self._pieces > MAX_PIECES:
                raise h11.RemoteProtocolError("a body in too many pieces")
        return event
