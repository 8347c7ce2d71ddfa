"""What has ended is kept no longer, whether or not anybody comes back for it."""

from dataclasses import dataclass

from gateway.ports import Clock
from gateway.ports.lapsed import Lapsed


@dataclass(frozen=True, slots=True)
class ForgetLapsed:
    """Answers, links, sessions, codes, tokens, offers and messages that are over, gone."""

    clock: Clock
    lapsed: Lapsed

    async def __call__(self) -> None:
        """Forget them, of all platforms."""
        await self.lapsed.forget(self.clock())
