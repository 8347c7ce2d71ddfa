"""An endpoint that takes webhooks over real HTTP on loopback, as somebody who reads only the specification."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Self  # Any: members of JSON documents

import msgspec
from standardwebhooks.webhooks import Webhook

from tests.simulators.https_server import LoopbackServer, response

WAIT_S = 20.0


class Message(msgspec.Struct, frozen=True):
    """One POST that arrived."""

    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def said(self) -> dict[str, Any]:
        """The body, read."""
        return msgspec.json.decode(self.body, type=dict[str, Any])

    def verify(self, secret: str) -> None:
        """Check the signature with the library of the people who wrote the specification."""
        Webhook(secret).verify(self.body, self.headers)


class Receiver:
    """Takes everything that is sent to ``url`` and answers each message as ``answer`` says.

    Attributes:
        messages: All that arrived, in order; whatever was answered.
        under_way: How many arrived and are not answered yet.
    """

    def __init__(
        self, address: str = "127.0.0.1", *, answer: Callable[[Message], bytes] | None = None, delay_s: float = 0.0
    ) -> None:
        self.server = LoopbackServer(address)
        self.messages: list[Message] = []
        self.answer = answer or challenged
        self.delay_s = delay_s
        self.under_way = 0
        self._arrived = asyncio.Condition()

    async def __aenter__(self) -> Self:
        await self.server.__aenter__()
        self.server.replies["/in"] = self._take
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.server.__aexit__(*error)

    @property
    def origin(self) -> str:
        return f"http://{self.server.address}:{self.server.port}"

    @property
    def url(self) -> str:
        return f"{self.origin}/in"

    def of(self, kind: str) -> list[Message]:
        """The messages of one type."""
        return [message for message in self.messages if message.said["type"] == kind]

    async def until(self, is_done: Callable[[], bool | Awaitable[bool]], wait_s: float = WAIT_S) -> None:
        """Wait until something is so; looked at whenever a message has arrived, and now and then."""
        async with asyncio.timeout(wait_s):
            while True:
                done = is_done()
                if done if isinstance(done, bool) else await done:
                    return
                try:
                    async with asyncio.timeout(0.05), self._arrived:
                        await self._arrived.wait()
                except TimeoutError:
                    pass

    async def _take(self, writer: asyncio.StreamWriter) -> None:
        head, body = self.server.requests[-1], self.server.bodies[-1]
        lines = (line.partition(":") for line in head.split("\r\n")[1:] if line)
        message = Message({name.lower(): value.strip() for name, _, value in lines}, body)
        self.under_way += 1
        try:
            await asyncio.sleep(self.delay_s)
        finally:
            self.under_way -= 1
        self.messages.append(message)
        async with self._arrived:
            self._arrived.notify_all()
        writer.write(self.answer(message))
        await writer.drain()


def challenged(message: Message) -> bytes:
    """Send the challenge back; thank for everything else."""
    said = message.said
    if said["type"] == "webhook.verification":
        return response(msgspec.json.encode({"challenge": said["data"]["challenge"]}))
    return response(b"")
