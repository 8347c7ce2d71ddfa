"""The web behind a cache that never forgets unless it is asked to: the Fetch port as the real edge keeps it."""

import datetime as dt

from gateway.ports import Fetched
from tests.simulators.clock import NOON
from tests.simulators.web import SimulatedWeb


class RememberingWeb:
    """Answers from memory, and asks the web for what it has not or what is wanted fresh.

    Attributes:
        now: When it asks; answers bear it. To be moved on by the test.
        asked: Every address that the web behind was asked for.
    """

    def __init__(self, web: SimulatedWeb, now: dt.datetime = NOON) -> None:
        self.now = now
        self.asked: list[str] = []
        self._web = web
        self._kept: dict[str, Fetched] = {}

    async def __call__(self, url: str, *, accept: str = "application/json", fresh: bool = False) -> Fetched:
        address = url.partition("#")[0]
        if fresh or address not in self._kept:
            self.asked.append(address)
            self._web.at = self.now
            self._kept[address] = await self._web(address, accept=accept)
        return self._kept[address]
