"""A badge that its owner puts into the backpack: a file, or the address of one."""

from dataclasses import dataclass

from gateway.flows.backpack.refusals import RequestInvalid
from gateway.flows.hold import Held, Hold
from gateway.records.holdings import Via


@dataclass(frozen=True, slots=True)
class PutIn:
    """A file or an address to what the owner holds."""

    hold: Hold

    async def __call__(self, person: str, *, file: bytes = b"", address: str = "", via: Via = Via.BACKPACK) -> Held:
        """Hold a badge; a file comes before an address.

        Raises:
            RequestInvalid: Neither is there, or the address is none of the web.
            AdapterError, InvalidBadge, RecipientMismatch, Unreachable: See ``gateway.flows.hold``.
        """
        address = address.strip()
        if file:
            return await self.hold(file, person, via)
        if not address.lower().startswith(("https://", "http://")):
            raise RequestInvalid("neither a badge nor the address of one was sent", fix="send one of the two")
        return await self.hold(address.encode(errors="replace"), person, via)
