"""A platform names an address that wants to hear what happens."""

import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

import msgspec

from gateway.errors import FetchBlocked, GatewayError, NotFound
from gateway.flows.convert import Caller
from gateway.flows.webhooks.attempt import MOST_KEYS, signing_keys
from gateway.flows.webhooks.messages import message
from gateway.ports import Clock, Keys
from gateway.ports.webhooks import Webhooks
from gateway.proofs.standard_webhooks import serialised_key, serialised_secret
from gateway.records import Instant
from gateway.records.events import EventKind
from gateway.records.webhooks import SECRET_BYTES, VERIFICATION, Secret, Webhook, WebhookState, WhyDisabled

MOST = 100
"""Endpoints of one platform."""


class TooManyWebhooks(GatewayError):
    """The platform has as many endpoints as it may have."""

    code = "too-many-webhooks"


class Endpoint(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """A webhook endpoint as its platform sees it.

    Attributes:
        url: Where messages are sent by POST.
        kinds: The events that it gets; absent for all.
        state: No event is sent before it is ``active``, and none after it was ``disabled``.
        why_disabled: ``asked``, ``gone`` (it answered 410) or ``failing`` (nothing arrived for five days).
        public_keys: What verifies the signatures ``v1a``, as ``whpk_…``, the newest first; several while they change.
        failures: Failed attempts since the last one that arrived.
        failing_since: When the first of these was made.
        old_secret_until: Until then messages are signed with the secret before this one, too.
    """

    id: str
    url: str
    state: WebhookState
    created: Instant
    description: str = ""
    kinds: tuple[EventKind, ...] = ()
    why_disabled: WhyDisabled | None = None
    public_keys: Annotated[tuple[str, ...], msgspec.Meta(max_length=MOST_KEYS)] = ()
    failures: int = 0
    failing_since: Instant | None = None
    old_secret_until: Instant | None = None


class MadeEndpoint(msgspec.Struct, frozen=True, kw_only=True):
    """A new endpoint, and its secret, which is shown only now.

    Attributes:
        secret: ``whsec_…``, base64 of 32 bytes: what verifies the signatures ``v1``.
    """

    webhook: Endpoint
    secret: str

    def __repr__(self) -> str:
        return f"MadeEndpoint(webhook={self.webhook!r}, secret=…)"


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What a platform says of a new endpoint."""

    url: str
    kinds: tuple[EventKind, ...] = ()
    description: str = ""


def endpoint(webhook: Webhook, keys: Sequence[str], now: dt.datetime) -> Endpoint:
    """What a platform sees of its endpoint: everything but its secrets."""
    until = webhook.secret.before_until
    return Endpoint(
        id=webhook.id,
        url=webhook.url,
        state=webhook.state,
        created=webhook.created,
        description=webhook.description,
        kinds=webhook.kinds,
        why_disabled=webhook.why_disabled,
        public_keys=tuple(keys),
        failures=webhook.failures,
        failing_since=webhook.failing_since,
        old_secret_until=until if until is not None and now < until else None,
    )


def require_allowed(allow: Callable[[str], None], url: str) -> None:
    """Refuse an address that nothing is ever sent to.

    Raises:
        FetchBlocked: It is one; what its name leads to is looked at whenever something is sent.
    """
    try:
        allow(url)
    except FetchBlocked as error:
        raise FetchBlocked(
            error.reason, pointer="/url", fix="give a public https address, at its usual port"
        ) from error


@dataclass(frozen=True, slots=True)
class ShowWebhooks:
    """A platform's endpoints, as it sees them."""

    clock: Clock
    webhooks: Webhooks
    keys: Keys

    async def __call__(self, platform: str, webhook_id: str = "") -> Sequence[Endpoint]:
        """Return every endpoint, oldest first, or the one with this id.

        Raises:
            NotFound: The platform has no such endpoint.
        """
        if webhook_id:
            webhook = await self.webhooks.find(platform, webhook_id)
            if webhook is None:
                raise NotFound("there is no such webhook")
            found: Sequence[Webhook] = (webhook,)
        else:
            found = await self.webhooks.all(platform)
        now = self.clock()
        keys = [serialised_key(key.spki) for key in await signing_keys(self.keys, platform, now)]
        return [endpoint(webhook, keys, now) for webhook in found]


@dataclass(frozen=True, slots=True)
class RegisterWebhook:
    """An address to an endpoint that is asked whether it wants events."""

    clock: Clock
    webhooks: Webhooks
    show: ShowWebhooks
    allow: Callable[[str], None]
    new_id: Callable[[], str]

    async def __call__(self, wanted: Wanted, caller: Caller) -> MadeEndpoint:
        """Store the endpoint with a new secret, and ask it whether it wants events.

        Raises:
            FetchBlocked: Nothing is ever sent to this address.
            TooManyWebhooks: The platform has 100 already.
        """
        require_allowed(self.allow, wanted.url)
        now = self.clock()
        webhook = Webhook(
            id=self.new_id(),
            platform=caller.platform,
            url=wanted.url,
            secret=Secret(current=secrets.token_bytes(SECRET_BYTES)),
            created=now,
            description=wanted.description,
            kinds=tuple(dict.fromkeys(wanted.kinds)),
        )
        asked = message(caller.platform, webhook.id, VERIFICATION, now)
        if not await self.webhooks.add(webhook, asked, caller.actor, MOST):
            raise TooManyWebhooks(f"there are {MOST} webhooks already", fix="remove one that is not needed any more")
        [made] = await self.show(caller.platform, webhook.id)
        return MadeEndpoint(webhook=made, secret=serialised_secret(webhook.secret.current))
