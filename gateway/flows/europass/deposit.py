"""A sealed credential into a wallet, and what a platform sees of what it put there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from adapters.hub.contract import Format, Reading
from adapters.hub.securing import Jades
from gateway.errors import NotFound
from gateway.flows.convert import Caller
from gateway.flows.europass.announce import Announce
from gateway.flows.europass.refusals import DuplicateCredential, NotSealed, WalletFull
from gateway.flows.hold import FORGED, InvalidBadge
from gateway.flows.inspect import title_of
from gateway.flows.taken_back import named_form
from gateway.flows.uploaded_id import KnownUploads
from gateway.flows.verdict import verdict
from gateway.flows.verify import Verified, Verify
from gateway.issuing.mark import marked
from gateway.ports import Clock
from gateway.ports.europass import Deposits
from gateway.records.europass import Deposit, Wallet
from gateway.records.tenants import is_twin
from gateway.trust.report import Outcome

PAGE_LIMIT = 20
"""Deposits that come at once: one may have more than a megabyte."""


class Put(msgspec.Struct, frozen=True):
    """What lies in the wallet now, and whether it came there by this very request."""

    deposit: Deposit
    is_new: bool


@dataclass(frozen=True, slots=True)
class PutInWallet:
    """A wallet and a sealed credential to a deposit."""

    clock: Clock
    verify: Verify
    deposits: Deposits
    announce: Announce
    new_id: Callable[[], str]
    at_most: int
    uploads: KnownUploads

    async def is_new(self, wallet: Wallet | None, credential: str, before: bytes | None) -> bool:
        """Say whether what is about to be sealed will be new in a wallet.

        Args:
            wallet: None where it is still to be made.
            credential: The id of what is to be sealed; "" when it is to get one.
            before: The same credential, where it was sealed before.

        Raises:
            DuplicateCredential: Another one with its id lies there.
        """
        if wallet is None or not credential:
            return True
        found = await self.deposits.named(wallet.platform, wallet.id, credential)
        if found is not None and found.received != before:
            raise DuplicateCredential
        return found is None

    async def __call__(
        self,
        wallet: Wallet,
        received: bytes,
        *,
        mail: bool = False,
        language: str = "en",
        paid: bool = False,
        form: str = "",
    ) -> Put:
        """Verify a credential and keep its exact bytes, once for each id in a wallet.

        What is expired or revoked, or whose seal nobody vouches for, is kept as well: it is what it is, and the person
        is told so before they take it.

        Args:
            mail: Whether a letter goes to the wallet's address.
            language: Of that letter.
            paid: Whether ``announce`` was asked for that letter already.
            form: Which form of ours it is, where that is known; else the credential's own id leads to it.

        Raises:
            AdapterError: It cannot be read.
            NotSealed: It is no sealed credential in ELM, or has no id.
            InvalidBadge: It is forged or broken.
            Erased: It is of the platform's own, and was erased.
            WalletFull: The wallet holds enough.
            TooManyRequests: Too many letters went to this address; nothing was kept.
            NoMail: No way to deliver letters is configured; nothing was kept.
        """
        verified = await self.verify(received)
        reading = _sealed(verified)
        form = form or await self._form(wallet.platform, reading.credentials[0].id or "")
        if (known := await self._known(wallet, reading)) is not None:
            return Put(known, is_new=False)
        if mail and not paid:
            mail = await self.announce.allowed(wallet.platform, wallet.address)
        wanted = self._deposit(wallet, verified, reading)
        kept = await self.deposits.put(wanted, self.at_most, form)
        if kept is None:
            raise WalletFull(self.at_most)
        if mail and kept.id == wanted.id:
            await self._announced(wallet, kept, language)
        return Put(kept, kept.id == wanted.id)

    async def once(self, wallet: Wallet, received: bytes, *, mail: bool, language: str) -> Deposit:
        """The same, for what must not be there yet.

        Raises:
            DuplicateCredential: A credential with its id is in the wallet already.
        """
        put = await self(wallet, received, mail=mail, language=language)
        if not put.is_new:
            raise DuplicateCredential
        return put.deposit

    async def _announced(self, wallet: Wallet, kept: Deposit, language: str) -> None:
        """Mail, or take the deposit back: who asked for a letter that was not sent can ask again."""
        sent = False
        try:
            await self.announce(wallet, language)
            sent = True
        finally:
            if not sent:
                await self.deposits.remove(wallet.platform, wallet.id, kept.id)

    async def _form(self, platform: str, name: str) -> str:
        """The form of the platform's own that the id of a credential may lead to; "" where it leads to none."""
        uploaded = await self.uploads(platform, name)  # first: its id may look as if we had given it
        return uploaded.forms[0].intent.id if uploaded else named_form(name)

    async def _known(self, wallet: Wallet, reading: Reading) -> Deposit | None:
        return await self.deposits.named(wallet.platform, wallet.id, reading.credentials[0].id or "")

    def _deposit(self, wallet: Wallet, verified: Verified, reading: Reading) -> Deposit:
        [credential, *_] = reading.credentials
        title = title_of(credential.achievement.name)
        return Deposit(
            id=self.new_id(),
            platform=wallet.platform,
            wallet=wallet.id,
            received=verified.received.opened.received,
            credential=credential.id or "",
            title=marked(title) if is_twin(wallet.platform) else title,
            report=msgspec.json.encode(verdict(reading, verified.report)),
            created=self.clock(),
        )


@dataclass(frozen=True, slots=True)
class SeeDeposits:
    """A platform and its wallet to what it put there."""

    deposits: Deposits

    async def __call__(self, wallet: Wallet, offset: int = 0) -> Sequence[Deposit]:
        """Return up to ``PAGE_LIMIT`` deposits, newest first."""
        return await self.deposits.page(wallet.platform, wallet.id, PAGE_LIMIT, offset)

    async def found(self, wallet: Wallet, deposit_id: str) -> Deposit:
        """Return one deposit.

        Raises:
            NotFound: There is none such in this wallet.
        """
        found = await self.deposits.find(wallet.platform, wallet.id, deposit_id)
        if found is None:
            raise NotFound("there is no such credential in this wallet")
        return found

    async def removed(self, wallet_id: str, deposit_id: str, caller: Caller) -> None:
        """Erase a deposit and every link to it.

        Raises:
            NotFound: There is none such in a wallet of the platform.
        """
        if not await self.deposits.remove(caller.platform, wallet_id, deposit_id):
            raise NotFound("there is no such credential in this wallet")


def _sealed(verified: Verified) -> Reading:
    """The reading of what may lie in a wallet."""
    received, report = verified.received, verified.report
    if received.reading is None:
        raise received.unread or InvalidBadge(report)
    reading = received.reading
    if reading.format is not Format.ELM_3 or not isinstance(reading.securing, Jades):
        raise NotSealed(
            "this is no sealed European Digital Credential",
            fix="send the .jsonld file that sealing answers with: POST /europass/api/v1/public/credentials/seal",
        )
    if any(check.outcome is Outcome.FAILED and check.name in FORGED for check in report.checks):
        raise InvalidBadge(report)
    if not reading.credentials[0].id:
        raise NotSealed("the credential has no id, so nobody could tell it from others", fix="seal it with an id")
    return reading
