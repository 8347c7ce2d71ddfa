"""What a platform changes of its endpoints."""

import datetime as dt
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from gateway.errors import GatewayError, NotFound
from gateway.flows.convert import Caller
from gateway.flows.webhooks.messages import challenge, message
from gateway.flows.webhooks.register import Endpoint, MadeEndpoint, ShowWebhooks, require_allowed
from gateway.ports import Clock
from gateway.ports.webhooks import WebhookChange, WebhookChanges, Webhooks
from gateway.proofs.standard_webhooks import serialised_secret
from gateway.records.webhooks import SECRET_BYTES, VERIFICATION


class WrongCode(GatewayError):
    """The code is not the one that was sent to the endpoint at its present address."""

    code = "wrong-code"


@dataclass(frozen=True, slots=True)
class AmendWebhook:
    """Another address, filter or description; or only the question again whether it wants events."""

    clock: Clock
    webhooks: Webhooks
    changes: WebhookChanges
    show: ShowWebhooks
    allow: Callable[[str], None]

    async def __call__(
        self, webhook_id: str, change: WebhookChange, caller: Caller, *, ask_again: bool = False
    ) -> Endpoint:
        """Change what was given; an endpoint at another address has to show anew that it wants events.

        Raises:
            NotFound: The platform has no such endpoint.
            FetchBlocked: Nothing is ever sent to this address.
        """
        found = await self.webhooks.find(caller.platform, webhook_id)
        if found is None:
            raise NotFound("there is no such webhook")
        if change.url is not None:
            require_allowed(self.allow, change.url)
            ask_again = ask_again or change.url != found.url
        now = self.clock()
        question = message(caller.platform, webhook_id, VERIFICATION, now) if ask_again else None
        await self.changes.change(caller.platform, webhook_id, change, question, now, caller.actor)
        [changed] = await self.show(caller.platform, webhook_id)
        return changed


@dataclass(frozen=True, slots=True)
class VerifyWebhook:
    """The code that was sent to an endpoint, shown by its owner: it arrived, so events may flow."""

    clock: Clock
    webhooks: Webhooks
    changes: WebhookChanges
    show: ShowWebhooks
    secret: bytes

    async def __call__(self, webhook_id: str, code: str, caller: Caller) -> Endpoint:
        """Make an unverified endpoint active.

        Raises:
            NotFound: The platform has no such endpoint.
            WrongCode: This is not its code.
        """
        found = await self.webhooks.find(caller.platform, webhook_id)
        if found is None:
            raise NotFound("there is no such webhook")
        if not hmac.compare_digest(challenge(self.secret, found).encode(), code.encode("utf-8", "replace")):
            raise WrongCode(
                "this is not the code that was sent to this address",
                pointer="/code",
                fix="give data.challenge of the webhook.verification message that the endpoint received",
            )
        await self.changes.verified(found, self.clock(), caller.actor)
        [verified] = await self.show(caller.platform, webhook_id)
        return verified


@dataclass(frozen=True, slots=True)
class RotateSecret:
    """A new secret for an endpoint; for a while the one before signs, too."""

    clock: Clock
    changes: WebhookChanges
    show: ShowWebhooks

    async def __call__(self, webhook_id: str, overlap: dt.timedelta, caller: Caller) -> MadeEndpoint:
        """Make a new secret and return it.

        Raises:
            NotFound: The platform has no such endpoint.
        """
        now, secret = self.clock(), secrets.token_bytes(SECRET_BYTES)
        actor = caller.actor
        if not await self.changes.rotate(caller.platform, webhook_id, secret, now + overlap, now, actor):
            raise NotFound("there is no such webhook")
        [changed] = await self.show(caller.platform, webhook_id)
        return MadeEndpoint(webhook=changed, secret=serialised_secret(secret))


@dataclass(frozen=True, slots=True)
class DisableWebhook:
    """Nothing is sent any more, until the endpoint is asked again whether it wants events."""

    clock: Clock
    changes: WebhookChanges
    show: ShowWebhooks

    async def __call__(self, webhook_id: str, caller: Caller) -> Endpoint:
        """Disable an endpoint; what waits for it becomes a dead letter.

        Raises:
            NotFound: The platform has no such endpoint.
        """
        if not await self.changes.disabled(caller.platform, webhook_id, self.clock(), caller.actor):
            raise NotFound("there is no such webhook")
        [disabled] = await self.show(caller.platform, webhook_id)
        return disabled


@dataclass(frozen=True, slots=True)
class RemoveWebhook:
    """An endpoint to nothing."""

    clock: Clock
    webhooks: Webhooks

    async def __call__(self, webhook_id: str, caller: Caller) -> None:
        """Forget an endpoint, its secrets and its deliveries.

        Raises:
            NotFound: The platform has no such endpoint.
        """
        if not await self.webhooks.remove(caller.platform, webhook_id, caller.actor, self.clock()):
            raise NotFound("there is no such webhook")
