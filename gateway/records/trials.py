"""What a platform's twin for tests sets up: how the test issuer behaves, what time it is, who echoes its webhooks."""

import datetime as dt
from enum import StrEnum
from typing import Annotated

import msgspec

from gateway.records import Instant

LASTS = dt.timedelta(hours=24)
"""How long anything of it holds, unless it is ended before."""

ECHOES = 10
"""So many receiving addresses a twin has at most; the oldest goes first."""

RECEIVED = 100
"""So many requests an address remembers; the oldest goes first."""

BODY_BYTES = 16 * 1024
"""So much of the body of each."""


class Behaviour(StrEnum):
    """What happens to who asks for a document of the test issuer.

    ``SOUND`` is what its fixture promises. ``REVOKED`` and ``SUSPENDED`` are what an issuer publishes that took the
    badge back; suspended is only what can be, the fixtures named ``suspendable``, and those in ELM are neither: they
    name no status. ``GONE`` is 410, ``MISSING`` 404, ``SERVER_ERROR`` 503, ``NOT_JSON`` a page for people. ``SLOW``
    answers late and soundly, ``TIMEOUT`` too late, and ``BAD_TLS`` has a certificate that nobody trusts.
    """

    SOUND = "sound"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    GONE = "gone"
    MISSING = "missing"
    SLOW = "slow"
    TIMEOUT = "timeout"
    BAD_TLS = "bad-tls"
    SERVER_ERROR = "server-error"
    NOT_JSON = "not-json"


class Upstream(msgspec.Struct, frozen=True, kw_only=True):
    """How the test issuer behaves for one fixture, or for all.

    Attributes:
        fixture: Its name; "" for all that have none of their own.
        changed: Since when; its status lists bear this date.
        until: From then on it is sound again.
    """

    fixture: str
    behaviour: Behaviour
    changed: Instant
    until: Instant


class Travel(msgspec.Struct, frozen=True, kw_only=True):
    """How far the clock of a twin is ahead; behind when negative."""

    offset: dt.timedelta
    until: Instant


class EchoAnswer(StrEnum):
    """What a receiving address answers: 200, 500, 410, or 200 after some seconds."""

    OK = "ok"
    SERVER_ERROR = "server-error"
    GONE = "gone"
    SLOW = "slow"


class Echo(msgspec.Struct, frozen=True, kw_only=True):
    """A receiving address of a twin.

    Attributes:
        id: Unguessable: the last part of its address.
    """

    id: str
    answer: EchoAnswer
    created: Instant
    until: Instant


class SignatureVerdict(StrEnum):
    """Of the signatures on a received message. ``UNKNOWN``: no webhook of the twin has this address."""

    RIGHT = "right"
    WRONG = "wrong"
    MISSING = "missing"
    UNKNOWN = "unknown"


class EchoedRequest(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One request as a receiving address got it.

    Attributes:
        at: When, by the clock on the wall.
        headers: Names in lower case.
        body: As text; of a longer one the beginning.
        signature: Of `webhook-signature`, by the secret of a webhook with this address.
        in_time: Whether `webhook-timestamp` is within five minutes of the twin's clock.
        answered: The status that it was answered with.
    """

    at: Instant
    headers: dict[Annotated[str, msgspec.Meta(max_length=100)], Annotated[str, msgspec.Meta(max_length=2000)]]
    body: Annotated[str, msgspec.Meta(max_length=BODY_BYTES)]
    signature: SignatureVerdict
    in_time: bool
    answered: Annotated[int, msgspec.Meta(ge=100, le=599)]
