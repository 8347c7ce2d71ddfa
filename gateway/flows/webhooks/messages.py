"""What is sent to an endpoint: events, the question whether it wants them, and a message to try it out."""

import datetime as dt
import hmac
from base64 import urlsafe_b64encode
from uuid import uuid4

import msgspec

from gateway.records import Instant
from gateway.records.events import Notice, NoticeData
from gateway.records.webhooks import TEST, VERIFICATION, Claimed, Delivery, Webhook


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Asks an endpoint whether it wants events.

    Attributes:
        challenge: To be sent back in the answer, as text or as the member ``challenge`` of a JSON object.
    """

    webhook: str
    challenge: str


class Challenge(msgspec.Struct, frozen=True, kw_only=True):
    """The body of the message that asks an endpoint whether it wants events; no event flows before the answer."""

    id: str
    type: str
    timestamp: Instant
    data: Question


def message(platform: str, webhook_id: str, kind: str, now: dt.datetime) -> Delivery:
    """A new message that is no event, due at once."""
    return Delivery(id=str(uuid4()), platform=platform, webhook=webhook_id, type=kind, created=now, due=now)


def challenge(secret: bytes, webhook: Webhook) -> str:
    """The code of an endpoint at its address, 43 characters; another address has another one."""
    said = msgspec.json.encode((webhook.platform, webhook.id, webhook.url))
    return urlsafe_b64encode(hmac.digest(secret, said, "sha256")).rstrip(b"=").decode()


def body(claimed: Claimed, code: str) -> bytes | None:
    """The bytes to send, the same in every attempt; None when the event is gone.

    Args:
        code: What the endpoint has to answer, where it is asked.
    """
    delivery = claimed.delivery
    said, at = delivery.id, delivery.created
    if delivery.type == VERIFICATION:
        question = Question(webhook=delivery.webhook, challenge=code)
        return msgspec.json.encode(Challenge(id=said, type=VERIFICATION, timestamp=at, data=question))
    if delivery.type == TEST:
        about = NoticeData(webhook=delivery.webhook)
        return msgspec.json.encode(Notice(id=said, type=TEST, timestamp=at, data=about))
    return msgspec.json.encode(claimed.event.notice) if claimed.event else None


def echoes(answer: bytes, code: str) -> bool:
    """Whether an answer holds the code where it was asked for; a server that repeats everything does not count."""
    text = answer.strip()
    try:
        sent = msgspec.json.decode(text, type=_Echo).challenge
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        sent = text.decode("utf-8", "replace")
    return hmac.compare_digest(sent.encode("utf-8", "replace"), code.encode())


class _Echo(msgspec.Struct, frozen=True):
    challenge: str
