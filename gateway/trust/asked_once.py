"""The web as one round of watching sees it: however many badges depend on an address, it is asked once."""

import asyncio

from gateway.errors import Unreachable
from gateway.ports import Fetch, Fetched
from gateway.ports.trials import acting_for
from gateway.records.tenants import world_of


class AskedOnce:
    """The port ``Fetch``, remembering every answer and every failure for as long as it lives.

    What was had from somebody's memory is asked for once more when it is wanted fresh.

    Args:
        world: In which twin it asks; "" for whatever counts. Whoever calls, nothing is asked for in another one.

    Attributes:
        answers: What each address answered, or why it did not.
    """

    def __init__(self, fetch: Fetch, world: str = "") -> None:
        self.answers: dict[str, Fetched | Unreachable] = {}
        self._fetch = fetch
        self._world = world
        self._fresh: set[str] = set()
        self._turns: dict[str, asyncio.Lock] = {}

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        """Return what ``url`` serves, or served earlier in this round; see ``gateway.ports.Fetch``."""
        address = url.partition("#")[0]
        async with self._turns.setdefault(address, asyncio.Lock()):
            if address not in self.answers or (fresh and address not in self._fresh):
                try:
                    with acting_for(self._world):
                        self.answers[address] = await self._fetch(address, accept=accept, fresh=fresh)
                except Unreachable as error:
                    self.answers[address] = error
                if fresh:
                    self._fresh.add(address)
        answer = self.answers[address]
        if isinstance(answer, Unreachable):
            raise answer
        return answer


class Worlds:
    """The web as one round sees it from each world: an answer that a twin was given is in no other's memory."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._webs: dict[str, AskedOnce] = {}

    def web(self, platform: str) -> AskedOnce:
        """The web in which a platform's sources are looked at."""
        world = world_of(platform)
        return self._webs.setdefault(world, AskedOnce(self._fetch, world))
