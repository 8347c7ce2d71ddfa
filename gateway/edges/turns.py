"""Whose turn it is to fetch: a bulkhead in which slow hosts, busy hosts and greedy callers only wait for themselves."""

import asyncio
import contextlib
import weakref
from collections.abc import AsyncGenerator

from gateway.edges.answers import Limits
from gateway.errors import NotAsked


class Busy(NotAsked):
    """No turn came in time: our fault, so it is not held against the document, nor remembered."""


class Turns:
    """Gives out the right to hold a connection.

    A caller has ``per_caller`` turns and a host ``per_host``; all together have ``at_once``. Who has not ended after
    ``patience_s`` steps aside: its turn goes to somebody else, and it goes on as one of the ``aside`` slow ones. When
    those are full as well, it ends. So hosts that never answer take room from each other, not from those that do.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._slots = asyncio.Semaphore(limits.at_once)
        self._aside = 0
        # A gate lives as long as somebody stands at it.
        self._gates: weakref.WeakValueDictionary[tuple[str, str], asyncio.Semaphore] = weakref.WeakValueDictionary()

    @contextlib.asynccontextmanager
    async def __call__(self, host: str, caller: str = "") -> AsyncGenerator[None]:
        """Hold a turn for one request.

        Args:
            caller: For whom it is made, "" for ourselves, who have no limit of our own.

        Raises:
            Busy: None came within ``turn_s``, or it had to step aside and there was no room.
        """
        async with contextlib.AsyncExitStack() as held:
            try:
                async with asyncio.timeout(self._limits.turn_s):
                    # In this order: who waits at the end of a queue holds nothing that those behind others wait for.
                    if caller:
                        await held.enter_async_context(self._gate("caller", caller, self._limits.per_caller))
                    await held.enter_async_context(self._gate("host", host, self._limits.per_host))
                    await self._slots.acquire()
            except TimeoutError as error:
                raise Busy("too many fetches are under way, try again later") from error
            async with self._slot():
                yield

    def _gate(self, kind: str, name: str, width: int) -> asyncio.Semaphore:
        return self._gates.setdefault((kind, name), asyncio.Semaphore(width))

    @contextlib.asynccontextmanager
    async def _slot(self) -> AsyncGenerator[None]:
        """Give a slot back: at the end, or when patience is."""
        stepped_aside = False
        patience = asyncio.timeout(None)

        def step_aside() -> None:
            nonlocal stepped_aside
            if self._aside >= self._limits.aside:
                patience.reschedule(0)
                return
            stepped_aside = True
            self._aside += 1
            self._slots.release()

        ending = asyncio.get_running_loop().call_later(self._limits.patience_s, step_aside)
        try:
            async with patience:
                yield
        except TimeoutError as error:
            if patience.expired():
                raise Busy("slow, and too many slow fetches are under way, try again later") from error
            raise
        finally:
            ending.cancel()
            if stepped_aside:
                self._aside -= 1
            else:
                self._slots.release()
