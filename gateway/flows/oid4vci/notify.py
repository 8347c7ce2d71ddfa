"""What a wallet says that became of a credential, for the platform's feed (OpenID4VCI 1.0 section 11)."""

import hmac
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from gateway.flows.oid4vci.asked import NotificationRequest, WalletEvent, asked
from gateway.flows.oid4vci.refusals import InvalidNotificationId, InvalidNotificationRequest
from gateway.ports import Clock
from gateway.ports.events import NewEvents
from gateway.ports.offers import Offers
from gateway.records.events import Event, EventData, EventKind
from gateway.records.offers import Configuration, Grant

PURPOSE = "notifications of wallets"
"""What the key is derived for."""

_WORDS = {WalletEvent.ACCEPTED: "accepted", WalletEvent.FAILURE: "failed", WalletEvent.DELETED: "deleted"}


@dataclass(frozen=True, slots=True)
class NotificationIds:
    """A claim to the id that a wallet notifies us with: only who was answered with it knows it, and nothing is kept.

    The same for every answer to a claim, so that however often a wallet fetches and notifies, it tells three things at
    most.

    Attributes:
        secret: Derived for ``PURPOSE``.
    """

    secret: bytes

    def __call__(self, offer_id: str, configuration: Configuration) -> str:
        """Return the id, 64 characters."""
        return hmac.digest(self.secret, f"{offer_id}\0{configuration}".encode(), "sha256").hex()


@dataclass(frozen=True, slots=True)
class Notify:
    """A notification to an event."""

    clock: Clock
    offers: Offers
    events: NewEvents
    notification_ids: NotificationIds

    async def __call__(self, body: bytes, grant: Grant) -> None:
        """Return once the platform can learn of it; the same again says nothing new.

        Raises:
            InvalidNotificationRequest: The body is no notification.
            InvalidNotificationId: No credential of the token's offer came with this id.
        """
        request = asked(body, NotificationRequest, InvalidNotificationRequest)
        configuration = self._known(request.notification_id, grant)
        offer = await self.offers.find(grant.offer)
        if offer is None:
            return  # erased meanwhile, so that there is nobody to tell
        data = EventData(
            format=configuration.written_in,
            securing=configuration.sealed_as,
            wallet=_WORDS[request.event],
            offer=offer.reference,
        )
        told = Event(
            id=_event_id(request),
            platform=offer.platform,
            kind=EventKind.WALLET_NOTIFIED,
            credential=offer.record,
            at=self.clock(),
            data=data,
        )
        await self.events.add(told)

    def _known(self, notification_id: str, grant: Grant) -> Configuration:
        shown = notification_id.encode("utf-8", "surrogatepass")
        for configuration in grant.configurations:
            if hmac.compare_digest(shown, self.notification_ids(grant.offer, configuration).encode()):
                return configuration
        raise InvalidNotificationId("no credential of this access token came with the notification id")


def _event_id(request: NotificationRequest) -> str:
    """The same UUIDv4 for the same notification."""
    digest = sha256(f"{request.notification_id} {request.event}".encode()).digest()
    return str(UUID(bytes=digest[:16], version=4))
