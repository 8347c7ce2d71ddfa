"""What was issued of a badge that somebody holds, beside that badge; it goes where the badge was removed meanwhile."""

from dataclasses import dataclass

from gateway.errors import NotFound
from gateway.flows.backpack.let_go import LetGo
from gateway.flows.convert import Converted
from gateway.ports.holdings import Holdings
from gateway.records.holdings import Holding


@dataclass(frozen=True, slots=True)
class KeepIssued:
    """A badge, as it was just looked at, and what was made of it: the badge leads to that from now on."""

    holdings: Holdings
    let_go: LetGo

    async def __call__(self, looked_at: Holding, made: Converted) -> None:
        """Keep what was found out and issued.

        Raises:
            NotFound: The person holds the badge no more. A record that is new is erased: nobody could come by it, and
                it would be valid for good. An older one was theirs to erase or to leave when they removed the badge;
                what they offer of it ends.
        """
        if await self.holdings.learn(looked_at, made.record.id):
            return
        await self.let_go(made.record.id, looked_at.person, forms=_is_new(made))
        raise NotFound("you hold no such badge")


def _is_new(made: Converted) -> bool:
    """Whether nothing of the record was sealed before."""
    sealed = {form.intent.id for form in made.record.forms if form.sealed is not None}
    return sealed == {form.intent.id for form in made.created}
