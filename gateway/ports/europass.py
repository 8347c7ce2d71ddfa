"""What is asked of the store of wallets that platforms make, of what lies in them, and of links that show it."""

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from gateway.records.europass import Deposit, ShareLink, Wallet


class Wallets(Protocol):
    """Wallets of platforms. Addresses are encrypted at rest and found by HMAC."""

    async def ensure(self, wallet: Wallet) -> Wallet:
        """Return the platform's wallet for this address, whatever its case; store this one when there is none.

        The first writer wins, across all users of the implementation.
        """

    async def find(self, platform: str, wallet_id: str) -> Wallet | None:
        """Return the platform's wallet with this id."""

    async def of_address(self, platform: str, address: str) -> Wallet | None:
        """Return the platform's wallet for this address, whatever its case."""

    async def remove(self, platform: str, wallet_id: str) -> bool:
        """Erase a wallet with all that lies in it and every link to it; False when the platform has none such."""


class Deposits(Protocol):
    """What lies in wallets. Each deposit is encrypted with a key of its own; without that key it is gone."""

    async def put(self, deposit: Deposit, at_most: int, form: str = "") -> Deposit | None:
        """Keep it, unless the wallet is full; return what is kept now, None when the wallet holds ``at_most``.

        When a credential with the same id lies there already, nothing is changed and that one is returned. Of many at
        once, one is kept.

        Args:
            form: The id that it has as a form of this platform; any other is the id of nothing here.

        Raises:
            Erased: The record of that form was erased. One that is erased at the same moment takes the deposit along.
            NotFound: There is no such wallet.
        """

    async def page(self, platform: str, wallet_id: str, limit: int, offset: int) -> Sequence[Deposit]:
        """Return some of what lies in a wallet, newest first; ``received`` is empty in a list."""

    async def find(self, platform: str, wallet_id: str, deposit_id: str) -> Deposit | None:
        """Return one deposit of this wallet."""

    async def named(self, platform: str, wallet_id: str, credential: str) -> Deposit | None:
        """Return the deposit of this wallet whose credential has this id."""

    async def remove(self, platform: str, wallet_id: str, deposit_id: str) -> bool:
        """Erase a deposit with its key and every link to it; False when there is none such in this wallet."""


class Waiting(Protocol):
    """What waits in the wallets of all platforms for a person, by the e-mail addresses that they confirmed."""

    async def among(self, addresses: Sequence[str], limit: int) -> Sequence[Deposit]:
        """Return what nobody has taken yet, newest first; ``received`` is empty in a list."""

    async def find(self, addresses: Sequence[str], deposit_id: str) -> Deposit | None:
        """Return one of these."""

    async def take(self, addresses: Sequence[str], deposit_id: str, at: dt.datetime) -> bool:
        """Note that the person took it; False when it is not, or no longer, among what waits."""

    async def decline(self, addresses: Sequence[str], deposit_id: str) -> bool:
        """Erase it with its key and every link to it; False when it is not, or no longer, among what waits."""


class ShareLinks(Protocol):
    """Links to deposits, by the digests of their tokens."""

    async def put(self, link: ShareLink) -> bool:
        """Keep it; False when its deposit is gone. Links that expired long before are forgotten."""

    async def find(self, sha256: bytes) -> tuple[ShareLink, Deposit] | None:
        """Return a link of whatever platform, expired or not, with what it shows."""

    async def remove(self, platform: str, sha256: bytes) -> bool:
        """End a link of this platform; False when it has none such."""
