"""``/europass/api/v1/public/credentials``: seal what the platform's own software wrote in ELM."""

import msgspec
from litestar import Controller, Response, post
from litestar.di import NamedDependency
from litestar.status_codes import HTTP_202_ACCEPTED

from gateway.flows.convert import Caller
from gateway.flows.europass.seal_upload import SealUpload
from gateway.flows.europass.send import MAX_FILES, SealAndSend
from gateway.http.admission import needs
from gateway.http.delivery import HttpRequest
from gateway.http.europass.answers import SavedFile, saved, sealed_file
from gateway.http.europass.batches import listed
from gateway.http.europass.check_words import language_of
from gateway.http.europass.documented import SEALED, refusals, taking
from gateway.http.europass.guard import let_in, only_uploads
from gateway.http.europass.parameters import Locale, OnBehalf, Password, SendMail
from gateway.http.europass.repeated import REPEATABLE, Repeatable
from gateway.http.europass.uploads import file
from gateway.http.europass.wire import BatchItem, SentView, batch_item, sent_view
from gateway.http.provided import flow
from gateway.records.access import Scope

FORM = "`{credential: {...}, deliveryDetails: {deliveryAddress: [...]}}`, or the credential itself, in JSON."


class IssuerController(Controller):
    """Seal what the platform awards; who issues it, the seal says."""

    path = "/europass/api/v1/public/credentials"
    tags = ["Issuer"]
    security = [{"apiKey": []}, {"basic": []}]
    guards = [let_in, only_uploads]
    opt = needs(Scope.CREDENTIALS_ISSUE)
    dependencies = {
        "seal_upload": flow("europass.seal_upload"),
        "seal_and_send": flow("europass.seal_and_send"),
        **REPEATABLE,
    }

    @post(
        "/seal",
        operation_id="sealCredential",
        summary="Seal a credential",
        status_code=200,
        operation_class=taking("_file", FORM, answer=SEALED),
        responses=refusals(401, 403, 408, 409, 413, 415, 422),
    )
    async def seal(
        self,
        request: HttpRequest,
        caller: NamedDependency[Caller],
        seal_upload: NamedDependency[SealUpload],
        repeatable: NamedDependency[Repeatable],
        password: Password = "",  # noqa: ARG002 - part of the interface, and ignored
        sign_on_behalf: OnBehalf = "",  # noqa: ARG002 - part of the interface, and ignored
    ) -> Response[bytes]:
        """The sealed `.jsonld` file (JAdES baseline B; not qualified unless the platform's certificate is).

        `issuer` is made of the seal's certificate (legalName, altLabel, country, eIDASIdentifier), whatever the upload
        says; `issued` and `issuanceDate` are now; `@context`, `validFrom` and a page that shows it are added where they
        are missing. The credential keeps its `id`. What breaks a rule of ELM is refused and not stored.

        The same credential again gives the same bytes: nothing is sealed twice. Another one under its id is 409.
        """
        sent = await file(request, "_file", "file")

        async def work() -> SavedFile:
            return sealed_file(await seal_upload(sent, caller))

        return await saved(request, await repeatable(SavedFile, work, sent))

    @post(
        "/seal_and_send",
        operation_id="sealAndSendCredential",
        summary="Seal a credential and put it into a wallet",
        status_code=200,
        operation_class=taking("_file", FORM),
        responses=refusals(401, 403, 404, 408, 409, 410, 413, 415, 422),
    )
    async def seal_and_send(
        self,
        request: HttpRequest,
        caller: NamedDependency[Caller],
        seal_and_send: NamedDependency[SealAndSend],
        repeatable: NamedDependency[Repeatable],
        send_mail: SendMail = True,
        locale: Locale = "",
        password: Password = "",  # noqa: ARG002 - part of the interface, and ignored
        sign_on_behalf: OnBehalf = "",  # noqa: ARG002 - part of the interface, and ignored
    ) -> SentView:
        """Sealed as by `seal`, and put into the wallets that `deliveryAddress` names by e-mail address or `userId`.

        A wallet is made for an address that the platform has none for. `viewerURL` shows the credential to whoever has
        it, for 90 days. The same file again is neither sealed nor put there twice.
        """
        sent = await file(request, "_file", "file")

        async def work() -> SentView:
            return sent_view(await seal_and_send(sent, caller, mail=send_mail, language=language_of(locale)))

        return await repeatable(SentView, work, sent)

    @post(
        "/seal_batch",
        operation_id="sealBatch",
        summary="Seal several credentials",
        status_code=HTTP_202_ACCEPTED,
        operation_class=taking("_files", f"1 to {MAX_FILES} files, each as for `seal`; no archives.", several=True),
        responses=refusals(401, 403, 408, 409, 413, 415, 422),
    )
    async def seal_batch(
        self,
        request: HttpRequest,
        caller: NamedDependency[Caller],
        seal_and_send: NamedDependency[SealAndSend],
        repeatable: NamedDependency[Repeatable],
        send_mail: SendMail = True,
        locale: Locale = "",
    ) -> list[BatchItem]:
        """Each for itself: sealed, and sent where it names a wallet; why not stands beside its name.

        All of it is done when the answer comes, though it is 202, as Europass answers. A sealed credential is then
        exported from its record.
        """
        files = await listed(request, "_files", "_file")

        async def work() -> list[BatchItem]:
            outcomes = await seal_and_send.batch(files, caller, mail=send_mail, language=language_of(locale))
            return [batch_item(each) for each in outcomes]

        return await repeatable(list[BatchItem], work, msgspec.msgpack.encode(files))
