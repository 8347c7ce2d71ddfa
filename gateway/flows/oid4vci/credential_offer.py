"""An offer as a wallet reads it: what there is, and by which grants it is had (OpenID4VCI 1.0 section 4.1)."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

import msgspec
from msgspec import UNSET, UnsetType

from gateway.flows.offers.claim import Claim
from gateway.flows.offers.transaction_code import DIGITS
from gateway.ports.offers import Tickets
from gateway.records.offers import Claiming, Configuration, Offer
from gateway.records.tickets import CODE_S, Kind

_DESCRIPTION = {
    "en": "The code that came to you beside the link",
    "fr": "Le code que vous avez reçu à côté du lien",
}


class TxCode(msgspec.Struct, frozen=True, kw_only=True):
    """What a person has to type.

    Attributes:
        length: Of the code, in characters.
        description: For the person; at most 300 characters.
    """

    input_mode: Literal["numeric"] = "numeric"
    length: int = DIGITS
    description: str


class PreAuthorizedCode(msgspec.Struct, frozen=True, kw_only=True, rename={"code": "pre-authorized_code"}):
    """A grant of whoever has the link.

    Attributes:
        code: Serves once, for ten minutes; each time the offer is fetched it is a new one.
    """

    code: str
    tx_code: TxCode | UnsetType = UNSET


class AuthorizationCode(msgspec.Struct, frozen=True, kw_only=True):
    """A grant of whoever signs in.

    Attributes:
        issuer_state: To be sent along in the authorization request.
    """

    issuer_state: str


class Grants(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename={"pre_authorized_code": "urn:ietf:params:oauth:grant-type:pre-authorized_code"},
):
    """The way to an access token."""

    pre_authorized_code: PreAuthorizedCode | UnsetType = UNSET
    authorization_code: AuthorizationCode | UnsetType = UNSET


class CredentialOffer(msgspec.Struct, frozen=True, kw_only=True):
    """A credential offer.

    Attributes:
        credential_issuer: The credential issuer identifier: where the metadata is.
        credential_configuration_ids: What can be had, one or more.
    """

    credential_issuer: str
    credential_configuration_ids: tuple[Configuration, ...]
    grants: Grants


class OfferByValue(msgspec.Struct, frozen=True, kw_only=True):
    """A link with a credential offer in it.

    Attributes:
        uri: Opens a wallet on the same device, or is shown as a QR code; with a code in it, it serves for ten minutes.
    """

    uri: str


def by_value(offer: CredentialOffer) -> OfferByValue:
    """The link with the offer itself in it, for wallets that fetch nothing by reference (section 4.1.2)."""
    said = quote(msgspec.json.encode(offer).decode(), safe="")
    return OfferByValue(uri=f"openid-credential-offer://?credential_offer={said}")


@dataclass(frozen=True, slots=True)
class OfferCredential:
    """The id of an offer to the credential offer.

    Attributes:
        issuer: The credential issuer identifier.
    """

    claim: Claim
    tickets: Tickets
    issuer: str

    async def __call__(self, offer_id: str, language: str) -> CredentialOffer:
        """Return it, with a new code where the link is enough to get one.

        Args:
            language: Of what is said to the person: ``en`` or ``fr``.

        Raises:
            OfferOver: Nobody can claim it.
            Unavailable: No code can be kept now.
        """
        offer = await self.claim.open(offer_id)
        # Whoever has a link may sign in too, if a wallet thinks of that. Told of both, @sphereon/oid4vci-client 0.20
        # takes the longer way, for which it has to be registered.
        signs_in = offer.claiming is Claiming.SIGN_IN
        by_code = UNSET if signs_in else await self._by_code(offer, language)
        by_person = AuthorizationCode(issuer_state=offer.id) if signs_in else UNSET
        return CredentialOffer(
            credential_issuer=self.issuer,
            credential_configuration_ids=offer.configurations,
            grants=Grants(pre_authorized_code=by_code, authorization_code=by_person),
        )

    async def _by_code(self, offer: Offer, language: str) -> PreAuthorizedCode:
        code = await self.tickets.give(Kind.CODE, offer.id.encode(), CODE_S)
        asked = TxCode(description=_DESCRIPTION[language]) if offer.claiming is Claiming.CODE else UNSET
        return PreAuthorizedCode(code=code, tx_code=asked)
