"""Challenges that belong to no exchange: for whoever has presentations verified here."""

from dataclasses import dataclass

from gateway.flows.exchanges.authenticate import CHALLENGE, CHALLENGE_S
from gateway.flows.exchanges.messages import Challenge
from gateway.ports.offers import Tickets


@dataclass(frozen=True, slots=True)
class GiveChallenge:
    """A challenge, which works once."""

    tickets: Tickets

    async def __call__(self) -> Challenge:
        """Return a new one.

        Raises:
            Unavailable: It could not be kept.
        """
        return Challenge(await self.tickets.give(CHALLENGE, b"", CHALLENGE_S))

    async def answered(self, challenge: str) -> bool:
        """Whether this is one that was given, and comes back for the first time.

        Raises:
            Unavailable: It cannot be found out.
        """
        return await self.tickets.take(CHALLENGE, challenge) == b""
