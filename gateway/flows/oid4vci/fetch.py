"""A credential request to sealed credentials, now or later (OpenID4VCI 1.0 sections 8 and 9)."""

from dataclasses import dataclass
from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from adapters.hub.errors import AdapterError
from gateway.errors import NotActive, NotIssuable, Refused
from gateway.flows.convert import SourceChanged
from gateway.flows.offers.claim import Claim, NotOffered, OfferOver
from gateway.flows.offers.confirmed_source import NotYet
from gateway.flows.offers.whose import NotTheRecipient
from gateway.flows.oid4vci.asked import CredentialRequest, DeferredRequest, asked
from gateway.flows.oid4vci.notify import NotificationIds
from gateway.flows.oid4vci.possession import ShowHolders
from gateway.flows.oid4vci.refusals import (
    CredentialRequestDenied,
    InvalidCredentialRequest,
    InvalidEncryptionParameters,
    InvalidTransactionId,
    NoProof,
    UnknownCredentialConfiguration,
    UnknownCredentialIdentifier,
)
from gateway.ports.offers import Tickets
from gateway.records import Form, Securing
from gateway.records.offers import Configuration, Grant, Holder
from gateway.records.tickets import NONCE_S, TRANSACTION_S, Kind

INTERVAL_S = 30
"""After so long a wallet may ask again."""

_DENIED = (OfferOver, NotOffered, NotTheRecipient, NotActive, NotIssuable, Refused, SourceChanged, AdapterError)
"""What no new request changes. A limit that is used up, or a store that is away, is told as such."""


class Credential(msgspec.Struct, frozen=True, kw_only=True):
    """One credential.

    Attributes:
        credential: For ``ldp_vc`` the document itself, byte for byte as it was sealed; a compact text otherwise.
    """

    credential: msgspec.Raw | str


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """A credential response (OpenID4VCI 1.0 section 8.3).

    Attributes:
        credentials: One for each proof, in their order.
        notification_id: Not of deferred ones; asking the credential endpoint again with the same keys gets it.
    """

    credentials: tuple[Credential, ...]
    notification_id: str | UnsetType = UNSET


class Later(msgspec.Struct, frozen=True, kw_only=True):
    """A credential response for a credential that is not there yet.

    Attributes:
        interval: Seconds after which to ask again.
    """

    transaction_id: str
    interval: int = INTERVAL_S


class ProofWanted(msgspec.Struct, frozen=True, kw_only=True):
    """The refusal of a request without a proof, and a nonce to make one with.

    Drafts up to 13 had the nonce in this error, and wallets with @digitalbazaar/oid4-client 5 still ask without a proof
    first, to find it here.

    Attributes:
        c_nonce_expires_in: Seconds.
    """

    error: Literal["invalid_proof"] = "invalid_proof"
    error_description: str
    c_nonce: str
    c_nonce_expires_in: int = NONCE_S


class Transaction(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that waits: the proofs were right and the nonce is used.

    Attributes:
        client: Id of the OAuth client that asked, "" for an anonymous wallet.
        by: Mark of the grant under which it was asked.
    """

    offer: str
    configuration: Configuration
    holders: tuple[Holder, ...]
    client: str = ""
    by: str = ""

    def is_for(self, grant: Grant) -> bool:
        """Whether a grant opens it: of the same client, and for what it had asked for."""
        same = (self.offer, self.client) == (grant.offer, grant.client)
        return same and self.configuration in grant.configurations


@dataclass(frozen=True, slots=True)
class FetchCredential:
    """A credential request, answered."""

    claim: Claim
    tickets: Tickets
    show_holders: ShowHolders
    notification_ids: NotificationIds

    async def __call__(self, body: bytes, grant: Grant) -> Credentials | Later | ProofWanted:
        """Return a credential for each key that is shown.

        Raises:
            Oid4vciRefused: By the codes of section 8.3.1.2.
            IssueLimit, Unavailable: It may be issued later.
        """
        request = asked(body, CredentialRequest, InvalidCredentialRequest)
        _require_plain(request)
        configuration = _wanted(request, grant)
        try:
            holders = await self.show_holders(request, configuration, grant)
        except NoProof as error:
            nonce = await self.tickets.give(Kind.NONCE, b"", NONCE_S)
            return ProofWanted(error_description=f"{error}; {error.fix}", c_nonce=nonce)
        wanted = Transaction(
            offer=grant.offer, configuration=configuration, holders=holders, client=grant.client, by=grant.mark
        )
        try:
            return await self._claimed(wanted)
        except NotYet:
            return Later(
                transaction_id=await self.tickets.give(Kind.TRANSACTION, msgspec.json.encode(wanted), TRANSACTION_S)
            )

    async def deferred(self, body: bytes, grant: Grant) -> Credentials | Later:
        """Return what a credential request could not be answered with at once.

        Raises:
            InvalidTransactionId: Unknown, too old, of another offer or client, for what the access token is not for,
                or delivered.
            Oid4vciRefused: As for the credential request; the transaction is over then.
            IssueLimit, Unavailable: It may be issued later.

        Source: OpenID4VCI 1.0 section 9.
        """
        request = asked(body, DeferredRequest, InvalidCredentialRequest)
        _require_plain(request)
        kept = await self.tickets.look(Kind.TRANSACTION, request.transaction_id)
        wanted = None if kept is None else msgspec.json.decode(kept, type=Transaction)
        if wanted is None or not wanted.is_for(grant):
            raise InvalidTransactionId("there is no such transaction, or it is over", fix="make a credential request")
        try:
            answer = await self._claimed(wanted)
        except NotYet:
            return Later(transaction_id=request.transaction_id)
        except CredentialRequestDenied:
            await self.tickets.take(Kind.TRANSACTION, request.transaction_id)
            raise
        if await self.tickets.take(Kind.TRANSACTION, request.transaction_id) is None:
            raise InvalidTransactionId("the transaction was delivered a moment ago", fix="make a credential request")
        # It may be left out, and @openid4vc/openid4vci 0.4 takes no deferred answer that has one.
        return msgspec.structs.replace(answer, notification_id=UNSET)

    async def _claimed(self, wanted: Transaction) -> Credentials:
        try:
            forms = await self.claim(wanted.offer, wanted.configuration, wanted.holders, wanted.by)
        except _DENIED as error:
            fix = error.fix if isinstance(error, (OfferOver, NotTheRecipient)) else ""
            raise CredentialRequestDenied(f"{error}", fix=fix) from error
        return Credentials(
            credentials=tuple(Credential(credential=_sealed(form)) for form in forms),
            notification_id=self.notification_ids(wanted.offer, wanted.configuration),
        )


def _require_plain(request: CredentialRequest | DeferredRequest) -> None:
    if request.credential_response_encryption is not UNSET:
        raise InvalidEncryptionParameters(
            "answers are not encrypted beyond TLS", fix="leave credential_response_encryption out"
        )


def _wanted(request: CredentialRequest, grant: Grant) -> Configuration:
    """The configuration that is asked for, by its id or by the identifier of the token answer, which is the same."""
    by_id, by_identifier = request.credential_configuration_id, request.credential_identifier
    if (by_id is UNSET) == (by_identifier is UNSET):
        raise InvalidCredentialRequest(
            "there is not exactly one of credential_configuration_id and credential_identifier",
            fix=f"send credential_configuration_id: {grant.configurations[0]}",
        )
    found = next((each for each in grant.configurations if each in (by_id, by_identifier)), None)
    if found is None:
        kind = UnknownCredentialConfiguration if by_identifier is UNSET else UnknownCredentialIdentifier
        raise kind("the access token is for no such credential", fix=f"ask for {', '.join(grant.configurations)}")
    return found


def _sealed(form: Form) -> msgspec.Raw | str:
    sealed = form.sealed or b""
    return msgspec.Raw(sealed) if form.intent.securing is Securing.DATA_INTEGRITY else sealed.decode()
