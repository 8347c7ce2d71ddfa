"""``/oid4vci``: offers by reference, nonces, credentials, notifications."""

from typing import Annotated

from litestar import Controller, Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import PathParameter, RawBody

from gateway.flows.oid4vci.asked import MAX_BYTES, CredentialRequest, DeferredRequest, NotificationRequest
from gateway.flows.oid4vci.credential_offer import CredentialOffer, OfferByValue, OfferCredential, by_value
from gateway.flows.oid4vci.fetch import Credentials, FetchCredential, Later, ProofWanted
from gateway.flows.oid4vci.nonce import GiveNonce, Nonce
from gateway.flows.oid4vci.notify import Notify
from gateway.http.accept import language
from gateway.http.admission import NOT_COUNTED
from gateway.http.delivery import OK, HttpRequest, header
from gateway.http.html_page import LANGUAGES
from gateway.http.oid4vci.bearer import let_in, wallet_grant
from gateway.http.oid4vci.documented import ISSUED, taking
from gateway.http.oid4vci.failed import REFUSED, refusals
from gateway.http.openapi import sends
from gateway.http.provided import flow
from gateway.records.offers import Grant

NO_CONTENT = 204
STATUS: dict[type[Credentials | Later | ProofWanted], int] = {Credentials: OK, Later: 202, ProofWanted: REFUSED}

OfferId = Annotated[str, PathParameter(max_length=100, description="Of the offer: its link holds it.")]


class Oid4vciDoors(Controller):
    """What wallets ask without an access token."""

    path = "/oid4vci"
    tags = ["Wallets"]
    security = [{}]
    dependencies = {"offer_credential": flow("oid4vci.offer_credential")}

    @get(
        "/offers/{offer_id:str}",
        operation_id="credentialOffer",
        summary="A credential offer",
        responses=refusals(404, 410),
    )
    async def offer(
        self, offer_id: OfferId, request: HttpRequest, offer_credential: NamedDependency[OfferCredential]
    ) -> CredentialOffer:
        """By reference, as `credential_offer_uri` names it; each answer has a new code in it, which serves once.

        An offer for whoever has the link is had by that code; one with a transaction code by both; one for its
        recipient by signing in.
        """
        return await offer_credential(offer_id, language(header(request, "Accept-Language"), tuple(LANGUAGES)))

    @get(
        "/offers/{offer_id:str}/link",
        operation_id="credentialOfferByValue",
        summary="A link with the credential offer in it",
        responses=refusals(404, 410),
    )
    async def link(
        self, offer_id: OfferId, request: HttpRequest, offer_credential: NamedDependency[OfferCredential]
    ) -> OfferByValue:
        """By value, as `credential_offer` takes it, for wallets that fetch no offer by reference."""
        preferred = language(header(request, "Accept-Language"), tuple(LANGUAGES))
        return by_value(await offer_credential(offer_id, preferred))

    @post(
        "/nonce",
        operation_id="credentialNonce",
        summary="A nonce for proofs",
        status_code=OK,
        responses=refusals(),
        dependencies={"give_nonce": flow("oid4vci.give_nonce")},
    )
    async def nonce(self, give_nonce: NamedDependency[GiveNonce]) -> Nonce:
        """For the proofs of one credential request, within five minutes (OpenID4VCI 1.0 section 7)."""
        return await give_nonce()


class Oid4vciEndpoints(Controller):
    """What wallets ask with an access token."""

    path = "/oid4vci"
    tags = ["Wallets"]
    security = [{"walletToken": []}]
    guards = [let_in]
    dependencies = {
        "fetch_credential": flow("oid4vci.fetch_credential"),
        "notify": flow("oid4vci.notify"),
        "wallet_grant": Provide(wallet_grant, sync_to_thread=False),
    }

    @post(
        "/credential",
        operation_id="issueWalletCredential",
        summary="Fetch credentials",
        status_code=OK,
        opt=NOT_COUNTED | sends(CredentialRequest),
        request_max_body_size=MAX_BYTES,
        operation_class=taking(CredentialRequest),
        responses={**refusals(401, 408, 413), **ISSUED},
    )
    async def credential(
        self,
        body: RawBody,
        wallet_grant: NamedDependency[Grant],
        fetch_credential: NamedDependency[FetchCredential],
    ) -> Response[Credentials | Later | ProofWanted]:
        """One credential for each proof, bound to its key (OpenID4VCI 1.0 section 8).

        Each configuration is claimed once: the same keys get the same again for an hour, and other keys none. 202 where
        the badge that it is made of has to be looked at again first, and its host does not answer. A request without
        a proof is told a `c_nonce` beside the error.
        """
        answer = await fetch_credential(body, wallet_grant)
        return Response(answer, status_code=STATUS[type(answer)])

    @post(
        "/deferred",
        operation_id="issueDeferredCredential",
        summary="Fetch credentials that were not there yet",
        status_code=OK,
        opt=NOT_COUNTED | sends(DeferredRequest),
        request_max_body_size=MAX_BYTES,
        operation_class=taking(DeferredRequest),
        responses={**refusals(401, 408, 413), **ISSUED},
    )
    async def deferred(
        self,
        body: RawBody,
        wallet_grant: NamedDependency[Grant],
        fetch_credential: NamedDependency[FetchCredential],
    ) -> Response[Credentials | Later]:
        """With an access token for the same, of the same client, within an hour; what was delivered is over.

        Source: OpenID4VCI 1.0 section 9.
        """
        answer = await fetch_credential.deferred(body, wallet_grant)
        return Response(answer, status_code=STATUS[type(answer)])

    @post(
        "/notification",
        operation_id="notifyOfCredential",
        summary="Say what became of a credential",
        status_code=NO_CONTENT,
        opt=NOT_COUNTED | sends(NotificationRequest),
        request_max_body_size=MAX_BYTES,
        operation_class=taking(NotificationRequest),
        responses=refusals(401, 408, 413),
    )
    async def notification(
        self, body: RawBody, wallet_grant: NamedDependency[Grant], notify: NamedDependency[Notify]
    ) -> None:
        """The platform that made the offer finds it in its feed, once however often it comes (section 11)."""
        await notify(body, wallet_grant)
