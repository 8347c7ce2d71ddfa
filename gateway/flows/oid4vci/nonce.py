"""A nonce for proofs of possession (OpenID4VCI 1.0 section 7)."""

from dataclasses import dataclass

import msgspec

from gateway.ports.offers import Tickets
from gateway.records.tickets import NONCE_S, Kind


class Nonce(msgspec.Struct, frozen=True, kw_only=True):
    """A nonce response.

    Attributes:
        c_nonce: Serves for the proofs of one request, within five minutes.
    """

    c_nonce: str


@dataclass(frozen=True, slots=True)
class GiveNonce:
    """Nonces for whoever asks: they say nothing of who that is."""

    tickets: Tickets

    async def __call__(self) -> Nonce:
        """Return a new one.

        Raises:
            Unavailable: It cannot be kept.
        """
        return Nonce(c_nonce=await self.tickets.give(Kind.NONCE, b"", NONCE_S))
