"""What twins set up is over after a day: from then on nothing of it is kept."""

from dataclasses import dataclass

from gateway.ports import Clock
from gateway.ports.trials import Trials


@dataclass(frozen=True, slots=True)
class ForgetOver:
    """All that is over, gone: set clocks, receiving addresses, and the messages that arrived there."""

    clock: Clock
    trials: Trials

    async def __call__(self) -> None:
        """Forget it, of all twins."""
        await self.trials.forget(self.clock())
