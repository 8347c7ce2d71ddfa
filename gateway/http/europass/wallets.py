"""``/europass/api/v1/wallets``: put sealed credentials where their owners find them."""

from collections.abc import Awaitable, Callable

import msgspec
from litestar import Controller, Response, delete, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import JSONBody
from msgspec import UNSET

from gateway.flows.convert import Caller
from gateway.flows.europass.check_list import check_list
from gateway.flows.europass.deposit import PutInWallet, SeeDeposits
from gateway.flows.europass.share_deposit import ShareDeposit
from gateway.flows.europass.wallets import KeepWallets
from gateway.flows.verify import Verify
from gateway.http.admission import needs
from gateway.http.delivery import HttpRequest
from gateway.http.europass.answers import deposited_file
from gateway.http.europass.check_words import language_of, view
from gateway.http.europass.documented import FILE, refusals, taking
from gateway.http.europass.guard import let_in, only_uploads
from gateway.http.europass.parameters import DepositId, Locale, Offset, SendEmail, SendMail, UserEmail, WalletId
from gateway.http.europass.repeated import REPEATABLE, Repeatable
from gateway.http.europass.uploads import file
from gateway.http.europass.wire import (
    CredentialView,
    ShareLinkView,
    ShareWish,
    VerificationCheck,
    WalletView,
    WalletWish,
    credential_view,
    share_link_view,
    wallet_view,
)
from gateway.http.json_body import SMALL_BYTES
from gateway.http.provided import flow
from gateway.records.access import Scope
from gateway.records.europass import Wallet
from gateway.settings import Settings

SEALED = "One sealed credential: the `.jsonld` file."
READ = needs(Scope.CREDENTIALS_READ)


Put = Callable[[Wallet], Awaitable[CredentialView]]


async def putting(
    request: HttpRequest,
    put_in_wallet: NamedDependency[PutInWallet],
    repeatable: NamedDependency[Repeatable],
    send_mail: SendMail = False,
    send_email: SendEmail = False,
    locale: Locale = "",
) -> Put:
    """Puts what the request brings into a wallet."""
    sent, mail = await file(request, "_credential", "file", "_file"), send_mail or send_email

    async def put(wallet: Wallet) -> CredentialView:
        async def work() -> CredentialView:
            return credential_view(await put_in_wallet.once(wallet, sent, mail=mail, language=language_of(locale)))

        return await repeatable(CredentialView, work, sent)

    return put


class WalletController(Controller):
    """Wallets of the platform: one for each address, and nobody else's to see."""

    path = "/europass/api/v1/wallets"
    tags = ["Wallet"]
    security = [{"apiKey": []}, {"basic": []}]
    guards = [let_in]
    opt = needs(Scope.CREDENTIALS_ISSUE)
    dependencies = {
        "keep_wallets": flow("europass.keep_wallets"),
        "put_in_wallet": flow("europass.put_in_wallet"),
        "see_deposits": flow("europass.see_deposits"),
        "share_deposit": flow("europass.share_deposit"),
        **REPEATABLE,
    }

    @post(
        operation_id="makeWallet",
        summary="Make a wallet for an e-mail address",
        request_max_body_size=SMALL_BYTES,
        responses=refusals(401, 403, 408, 409, 413, 422),
    )
    async def make(
        self,
        data: JSONBody[WalletWish],
        caller: NamedDependency[Caller],
        keep_wallets: NamedDependency[KeepWallets],
        repeatable: NamedDependency[Repeatable],
        settings: NamedDependency[Settings],
    ) -> WalletView:
        """The platform's own wallet for this address, made now or before.

        It says nothing of whether somebody with this address is known here. What is put there waits until a person who
        has confirmed the address takes it into their backpack, or has it erased; the platform sees only what it put
        there itself.
        """

        async def work() -> WalletView:
            return wallet_view(await keep_wallets(data.user_email, caller, pointer="/userEmail"), settings.public_url)

        return await repeatable(WalletView, work, msgspec.json.encode(data))

    @get(
        "/{user_id:str}",
        operation_id="showWallet",
        summary="A wallet",
        opt=READ,
        responses=refusals(401, 403, 404),
    )
    async def show(
        self,
        user_id: WalletId,
        caller: NamedDependency[Caller],
        keep_wallets: NamedDependency[KeepWallets],
        settings: NamedDependency[Settings],
    ) -> WalletView:
        """One that the platform made."""
        return wallet_view(await keep_wallets.found(user_id, caller), settings.public_url)

    @delete(
        "/{user_id:str}",
        operation_id="removeWallet",
        summary="Erase a wallet",
        responses=refusals(401, 403, 404),
    )
    async def remove(
        self, user_id: WalletId, caller: NamedDependency[Caller], keep_wallets: NamedDependency[KeepWallets]
    ) -> None:
        """With all that lies in it and every link to that; what a person took is theirs and stays."""
        await keep_wallets.removed(user_id, caller)

    @post(
        "/{user_id:str}/credentials",
        operation_id="depositCredential",
        summary="Put a credential into a wallet",
        guards=[only_uploads],
        operation_class=taking("_credential", SEALED),
        dependencies={"put": Provide(putting)},
        responses=refusals(401, 403, 404, 408, 409, 410, 413, 415, 422),
    )
    async def deposit(
        self,
        user_id: WalletId,
        caller: NamedDependency[Caller],
        keep_wallets: NamedDependency[KeepWallets],
        put: NamedDependency[Put],
    ) -> CredentialView:
        """Verified, and kept in its exact bytes; 400 `not.sealed`, 409 where its id is in the wallet already.

        What this platform had issued here, and erased, is not put there again: 410.
        """
        return await put(await keep_wallets.found(user_id, caller))

    @post(
        "/email/{user_email:str}/credentials",
        operation_id="depositCredentialByEmail",
        summary="Put a credential into the wallet for an e-mail address",
        guards=[only_uploads],
        operation_class=taking("_credential", SEALED),
        dependencies={"put": Provide(putting)},
        responses=refusals(401, 403, 404, 408, 409, 410, 413, 415, 422),
    )
    async def deposit_by_email(
        self,
        user_email: UserEmail,
        caller: NamedDependency[Caller],
        keep_wallets: NamedDependency[KeepWallets],
        put: NamedDependency[Put],
    ) -> CredentialView:
        """As for ``depositCredential``; the wallet is made where the platform has none for this address."""
        return await put(await keep_wallets(user_email, caller))

    @get(
        "/{user_id:str}/credentials",
        operation_id="listDeposits",
        summary="What the platform put into a wallet",
        opt=READ,
        responses=refusals(401, 403, 404),
    )
    async def page(
        self,
        user_id: WalletId,
        caller: NamedDependency[Caller],
        keep_wallets: NamedDependency[KeepWallets],
        see_deposits: NamedDependency[SeeDeposits],
        offset: Offset = 0,
    ) -> list[CredentialView]:
        """Newest first, 20 at once. Whether somebody took one is theirs to tell."""
        wallet = await keep_wallets.found(user_id, caller)
        return [credential_view(each) for each in await see_deposits(wallet, offset)]

    @get(
        "/{user_id:str}/credentials/{uuid:str}",
        operation_id="showDeposit",
        summary="A credential in a wallet",
        opt=READ,
        operation_class=FILE,
        responses=refusals(401, 403, 404),
    )
    async def show_deposit(
        self,
        user_id: WalletId,
        uuid: DepositId,
        request: HttpRequest,
        caller: NamedDependency[Caller],
        keep_wallets: NamedDependency[KeepWallets],
        see_deposits: NamedDependency[SeeDeposits],
    ) -> Response[bytes]:
        """The sealed file, byte for byte."""
        wallet = await keep_wallets.found(user_id, caller)
        return await deposited_file(request, await see_deposits.found(wallet, uuid))

    @delete(
        "/{user_id:str}/credentials/{uuid:str}",
        operation_id="removeDeposit",
        summary="Take a credential out of a wallet",
        responses=refusals(401, 403, 404),
    )
    async def remove_deposit(
        self,
        user_id: WalletId,
        uuid: DepositId,
        caller: NamedDependency[Caller],
        see_deposits: NamedDependency[SeeDeposits],
    ) -> None:
        """Erased, with every link to it; a copy that a person took into their backpack is theirs."""
        await see_deposits.removed(user_id, uuid, caller)

    @get(
        "/{user_id:str}/credentials/{uuid:str}/verify",
        operation_id="verifyDeposit",
        summary="The list of checks of a credential in a wallet",
        opt=READ,
        responses=refusals(401, 403, 404),
    )
    async def verify_deposit(
        self,
        user_id: WalletId,
        uuid: DepositId,
        caller: NamedDependency[Caller],
        keep_wallets: NamedDependency[KeepWallets],
        see_deposits: NamedDependency[SeeDeposits],
        verify: NamedDependency[Verify],
        locale: Locale = "",
    ) -> list[VerificationCheck]:
        """Verified anew."""
        found = await see_deposits.found(await keep_wallets.found(user_id, caller), uuid)
        listed = check_list((await verify(found.received)).report)
        return [view(number, each, language_of(locale)) for number, each in enumerate(listed, 1)]

    @post(
        "/{user_id:str}/credentials/{uuid:str}/sharelink",
        operation_id="shareDeposit",
        summary="A link that shows a credential",
        request_max_body_size=SMALL_BYTES,
        responses=refusals(401, 403, 404, 408, 409, 413, 422),
    )
    async def share(
        self,
        user_id: WalletId,
        uuid: DepositId,
        data: JSONBody[ShareWish],
        caller: NamedDependency[Caller],
        keep_wallets: NamedDependency[KeepWallets],
        see_deposits: NamedDependency[SeeDeposits],
        share_deposit: NamedDependency[ShareDeposit],
        repeatable: NamedDependency[Repeatable],
    ) -> ShareLinkView:
        """Whoever has it sees the credential until it expires or is ended; its hash is shown this once."""
        found = await see_deposits.found(await keep_wallets.found(user_id, caller), uuid)
        expires = None if data.expiration_date is UNSET else data.expiration_date

        async def work() -> ShareLinkView:
            return share_link_view(await share_deposit(found, expires))

        return await repeatable(ShareLinkView, work, msgspec.json.encode(data))
