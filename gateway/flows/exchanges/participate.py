"""What a wallet sends to an exchange -> what it is asked for, or the credential."""

from dataclasses import dataclass
from typing import Any  # Any: members of JSON documents

import msgspec

from adapters.hub import strict_json
from adapters.hub.errors import Malformed
from gateway.apart import apart
from gateway.flows.exchanges.authenticate import Authenticate
from gateway.flows.exchanges.messages import (
    LIMITS,
    ExchangeMessage,
    Handed,
    Interact,
    Participation,
    PresentationRequest,
    Service,
)
from gateway.flows.exchanges.protocols import Protocols, protocols
from gateway.flows.offers.doors import EXCHANGED, EXCHANGES, doors


@dataclass(frozen=True, slots=True)
class Participate:
    """A message of a wallet to the answer."""

    authenticate: Authenticate

    async def __call__(self, exchange_id: str, body: bytes) -> ExchangeMessage:
        """Take part in an exchange.

        Args:
            body: A ``Participation`` in JSON.

        Raises:
            Malformed, TooLarge: It is none.
            OfferOver, NotOffered, Unavailable: See `request`.
            PresentationRefused: What it shows is not the key of who signed it, for this occasion.
            NotActive, NotTrusted, NotYet, AdapterError: See `gateway.flows.offers.claim.Claim`.
        """
        presentation = await apart(len(body), _presentation, body)
        if presentation is None:
            return ExchangeMessage(verifiable_presentation_request=await self.request(exchange_id))
        sealed = await self._claimed(exchange_id, presentation, may_lack_domain=False)
        return ExchangeMessage(verifiable_presentation=Handed(verifiable_credential=(msgspec.Raw(sealed),)))

    async def bare(self, exchange_id: str, body: bytes) -> bytes:
        """Take the presentation alone and hand over the credential alone, as Learner Credential Wallet does it.

        Its deep link gives it a challenge and no domain, so the proof may name none.

        Raises:
            Malformed, TooLarge: The body is no JSON object.
            OfferOver, NotOffered, PresentationRefused: As above.
            NotActive, NotTrusted, NotYet, AdapterError, Unavailable: As above.
        """
        return await self._claimed(exchange_id, await apart(len(body), _object, body), may_lack_domain=True)

    async def request(self, exchange_id: str) -> PresentationRequest:
        """Return what a wallet is asked to show, with a challenge of its own; the exchange stays as it is.

        Raises:
            OfferOver: There is no such exchange, or it is over.
            NotOffered: What is under this address is to be had in other ways.
            Unavailable: The challenge could not be kept.
        """
        offer = await self.authenticate.open(exchange_id)
        public_url = self.authenticate.public_url
        endpoint = Service(service_endpoint=f"{public_url}{EXCHANGES}/{offer.id}")
        return PresentationRequest(
            challenge=await self.authenticate.challenge(offer),
            domain=public_url,
            interact=Interact(service=(endpoint,)),
        )

    async def protocols(self, exchange_id: str) -> Protocols:
        """Return every way by which the same can be fetched.

        Raises:
            OfferOver, NotOffered: As above.
        """
        return protocols(doors(await self.authenticate.open(exchange_id), self.authenticate.public_url))

    async def _claimed(self, exchange_id: str, presentation: dict[str, Any], *, may_lack_domain: bool) -> bytes:
        offer = await self.authenticate.open(exchange_id)
        holder = await self.authenticate.holder(offer, presentation, may_lack_domain=may_lack_domain)
        (form,) = await self.authenticate.claim(offer.id, EXCHANGED, (holder,))
        return form.sealed or b""


def _object(body: bytes) -> dict[str, Any]:
    message = strict_json.decode(body, LIMITS)
    if not isinstance(message, dict):
        raise Malformed("Expected a JSON object")
    return message


def _presentation(body: bytes) -> dict[str, Any] | None:
    """The presentation in a message, None where there is none yet."""
    try:
        sent = msgspec.convert(_object(body), Participation)
    except msgspec.ValidationError as error:
        raise Malformed(str(error)) from error
    found = sent.verifiable_presentation
    if found is msgspec.UNSET:
        return None
    return found[0] if isinstance(found, tuple) else found
