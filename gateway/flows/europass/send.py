"""Seal and send: an upload into the wallets that it names, and a link that shows it."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from adapters.hub.errors import AdapterError
from gateway.errors import GatewayError
from gateway.flows.convert import Caller
from gateway.flows.europass.deposit import PutInWallet
from gateway.flows.europass.refusals import MissingFile, NoDelivery
from gateway.flows.europass.seal_upload import SealedUpload, SealUpload
from gateway.flows.europass.share_deposit import ShareDeposit
from gateway.flows.europass.uploads import delivered_to, uploaded
from gateway.flows.europass.wallets import KeepWallets
from gateway.records.europass import Deposit, Wallet
from gateway.records.mailbox import MalformedAddress, mailbox

MAX_FILES = 20
_DELIVERY = "write learner@example.org, or the userId that the wallet was answered with; no address of a wallet"
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class File(msgspec.Struct, frozen=True):
    """A file of a batch, with the name that it came under."""

    name: str
    content: bytes


class Sent(msgspec.Struct, frozen=True):
    """What was sealed, and a link to it in the first of the wallets that it was put into."""

    sealed: SealedUpload
    deposit: Deposit
    viewer_url: str


class Outcome(msgspec.Struct, frozen=True):
    """What became of one file of a batch: sealed, sealed and sent, or refused.

    Attributes:
        viewer_url: "" when it names no wallet.
    """

    name: str
    sealed: SealedUpload | None = None
    viewer_url: str = ""
    refused: AdapterError | GatewayError | None = None


@dataclass(frozen=True, slots=True)
class SealAndSend:
    """An upload to the sealed credential in the wallets of its ``deliveryDetails``."""

    seal_upload: SealUpload
    wallets: KeepWallets
    put_in_wallet: PutInWallet
    share: ShareDeposit

    async def __call__(self, file: bytes, caller: Caller, *, mail: bool, language: str) -> Sent:
        """Seal and deposit; what was sealed and lies there already is only shown by a new link.

        Raises:
            NoDelivery, NotFound: It does not say to whom it goes; nothing was sealed.
            NotIssuable: See ``SealUpload``.
        """
        addresses = delivered_to(await asyncio.to_thread(uploaded, file))
        for index, address in enumerate(addresses):
            await self._possible(address, f"/deliveryDetails/deliveryAddress/{index}", caller)
        sealed = await self.seal_upload(file, caller)
        deposits = []
        for address in addresses:
            wallet = await self._wallet(address, caller)
            deposits.append((await self.put_in_wallet(wallet, sealed.file, mail=mail, language=language)).deposit)
        shared = await self.share(deposits[0])
        return Sent(sealed, deposits[0], shared.url)

    async def batch(self, files: Sequence[File], caller: Caller, *, mail: bool, language: str) -> Sequence[Outcome]:
        """Each file for itself; those that name a wallet are sent.

        Raises:
            MissingFile: There are none, or more than ``MAX_FILES``.
        """
        if not 0 < len(files) <= MAX_FILES:
            raise MissingFile(
                f"a batch has 1 to {MAX_FILES} files, not {len(files)}", fix="send each as a part _files of the form"
            )
        return [await self._outcome(file, caller, mail=mail, language=language) for file in files]

    async def _outcome(self, file: File, caller: Caller, *, mail: bool, language: str) -> Outcome:
        try:
            if not (await asyncio.to_thread(uploaded, file.content)).addresses:
                return Outcome(file.name, await self.seal_upload(file.content, caller))
            sent = await self(file.content, caller, mail=mail, language=language)
        except (AdapterError, GatewayError) as error:
            return Outcome(file.name, refused=error)
        return Outcome(file.name, sent.sealed, sent.viewer_url)

    async def _possible(self, address: str, place: str, caller: Caller) -> None:
        """Refuse an address that leads nowhere, before anything is sealed or made."""
        if _ID.fullmatch(address):
            await self.wallets.found(address, caller)
            return
        try:
            mailbox(address.removeprefix("mailto:"))
        except MalformedAddress as error:
            raise NoDelivery(
                "this is neither an e-mail address nor the userId of a wallet", pointer=place, fix=_DELIVERY
            ) from error

    async def _wallet(self, address: str, caller: Caller) -> Wallet:
        if _ID.fullmatch(address):
            return await self.wallets.found(address, caller)
        return await self.wallets(address.removeprefix("mailto:"), caller)
