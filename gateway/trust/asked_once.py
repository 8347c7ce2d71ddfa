"""The web as one round of watching sees it: however many badges depend on an address, it is asked once."""

import asyncio

from gateway.errors import Unreachable
from gateway.ports import Fetch, Fetched


class AskedOnce:
    """The port ``Fetch``, remembering every answer and every failure for as long as it lives.

    What was had from somebody's memory is asked for once more when it is wanted fresh.

    Attributes:
        answers: What each address answered, or why it did not.
    """

    def __init__(self, fetch: Fetch) -> None:
        self.answers: dict[str, Fetched | Unreachable] = {}
        self._fetch = fetch
        self._fresh: set[str] = set()
        self._turns: dict[str, asyncio.Lock] = {}

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        """Return what ``url`` serves, or served earlier in this round; see ``gateway.ports.Fetch``."""
        address = url.partition("#")[0]
        async with self._turns.setdefault(address, asyncio.Lock()):
            if address not in self.answers or (fresh and address not in self._fresh):
                try:
                    self.answers[address] = await self._fetch(address, accept=accept, fresh=fresh)
                except Unreachable as error:
                    self.answers[address] = error
                if fresh:
                    self._fresh.add(address)
        answer = self.answers[address]
        if isinstance(answer, Unreachable):
            raise answer
        return answer
