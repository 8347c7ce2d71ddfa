"""Wallets that a platform makes for e-mail addresses.

A wallet is the platform's own: making one tells nobody whether somebody with that address is known here, and no other
platform sees it. What lies in it waits for a person who has confirmed the address (``gateway.flows.europass.take``);
the platform sees what it put there itself, and nothing else that this person holds.
"""

from collections.abc import Callable
from dataclasses import dataclass

from gateway.errors import NotFound
from gateway.flows.convert import Caller
from gateway.ports import Clock
from gateway.ports.europass import Wallets
from gateway.records.europass import Wallet
from gateway.records.mailbox import mailbox


@dataclass(frozen=True, slots=True)
class KeepWallets:
    """A platform and an e-mail address to its wallet for it."""

    clock: Clock
    wallets: Wallets
    new_id: Callable[[], str]

    async def __call__(self, email: str, caller: Caller, *, pointer: str = "") -> Wallet:
        """Return the platform's wallet for an address, made now or before.

        Args:
            pointer: Where in the body the address stands, if it does.

        Raises:
            MalformedAddress: No mail can be sent there.
        """
        address = mailbox(email, pointer)
        wanted = Wallet(id=self.new_id(), platform=caller.platform, address=address, created=self.clock())
        return await self.wallets.ensure(wanted)

    async def found(self, wallet_id: str, caller: Caller) -> Wallet:
        """Return a wallet by its id.

        Raises:
            NotFound: The platform has made none such.
        """
        found = await self.wallets.find(caller.platform, wallet_id)
        if found is None:
            raise NotFound("there is no such wallet", fix="make one first: POST /europass/api/v1/wallets")
        return found

    async def removed(self, wallet_id: str, caller: Caller) -> None:
        """Erase a wallet with all that the platform put there; what a person took into their backpack stays theirs.

        Raises:
            NotFound: The platform has made none such.
        """
        if not await self.wallets.remove(caller.platform, wallet_id):
            raise NotFound("there is no such wallet")
