"""Challenges that belong to no exchange: for whoever has presentations verified here."""

from dataclasses import dataclass

from gateway.flows.exchanges.messages import Challenge
from gateway.ports.offers import Tickets
from gateway.records.tickets import CHALLENGE_S, Kind

OURS = "vcalm-"
"""Begins the challenges that are given here, so that one that was used is not taken for somebody else's."""


@dataclass(frozen=True, slots=True)
class GiveChallenge:
    """A challenge, which works once."""

    tickets: Tickets

    async def __call__(self) -> Challenge:
        """Return a new one.

        Raises:
            Unavailable: It could not be kept.
        """
        return Challenge(OURS + await self.tickets.give(Kind.CHALLENGE, b"", CHALLENGE_S))

    async def answered(self, challenge: str) -> bool:
        """Whether a challenge comes back for the first time; of one that was not given here its caller says so.

        Raises:
            Unavailable: It cannot be found out.
        """
        if not challenge.startswith(OURS):
            return True
        return await self.tickets.take(Kind.CHALLENGE, challenge.removeprefix(OURS)) == b""
