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
from gateway.flows.europass.uploads import Upload, delivered_to, uploaded
from gateway.flows.europass.wallets import KeepWallets
from gateway.issuing.seal import document_of
from gateway.records import Form
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
            DuplicateCredential: Another credential with its id lies in one of the wallets; nothing was sealed.
            TooManyRequests: Too many letters went out; nothing was sealed.
        """
        upload = await asyncio.to_thread(uploaded, file)
        addresses = delivered_to(upload)
        for index, address in enumerate(addresses):
            await self._possible(address, f"/deliveryDetails/deliveryAddress/{index}", caller)
        letters: list[bool] = []

        async def announced() -> None:
            before = await self.seal_upload.before(upload, file, caller)
            letters.extend([await self._announced(each, upload, before, caller, mail=mail) for each in addresses])

        sealed = await self.seal_upload(file, caller, announced)
        deposits = []
        for address, letter in zip(addresses, letters, strict=True):
            wallet = await self._wallet(address, caller)
            put = await self.put_in_wallet(
                wallet, sealed.file, mail=letter, language=language, paid=True, form=sealed.form.intent.id
            )
            deposits.append(put.deposit)
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

    async def _announced(
        self, address: str, upload: Upload, before: Form | None, caller: Caller, *, mail: bool
    ) -> bool:
        """Say whether a letter goes to an address of the upload, which is paid for then."""
        if _ID.fullmatch(address):
            wallet: Wallet | None = await self.wallets.found(address, caller)
        else:
            wallet = await self.wallets.wallets.of_address(caller.platform, address.removeprefix("mailto:"))
        named = upload.credential if before is None else document_of(before.intent)
        credential = named.get("id")
        id_ = credential if isinstance(credential, str) else ""
        is_new = await self.put_in_wallet.is_new(wallet, id_, before.sealed if before else None)
        email = wallet.address if wallet else address.removeprefix("mailto:")
        return mail and is_new and await self.put_in_wallet.announce.allowed(caller.platform, email)

    async def _wallet(self, address: str, caller: Caller) -> Wallet:
        if _ID.fullmatch(address):
            return await self.wallets.found(address, caller)
        return await self.wallets(address.removeprefix("mailto:"), caller)
