"""Messages that are posted to endpoints: the ``webhooks`` of a document."""

import datetime as dt

from gateway.flows.webhooks.attempt import DELAYS, GONE, HORIZON, LONGEST_RETRY_AFTER, MOST_KEYS, OVERLOADED
from gateway.http.contract.made import Document, Made
from gateway.http.contract.references import SCHEMAS
from gateway.http.examples.recorded import Delivered, messages
from gateway.http.surface import Told

JSON = "application/json"
BASE64_32, BASE64_64 = "[A-Za-z0-9+/]{43}=", "[A-Za-z0-9+/]{86}=="
BY_SECRET, BY_KEY = len("v1,") + 44, len("v1a,") + 88
"""Characters of one signature."""

NOT_CALLED = {"x-internal": True}
"""Says to generators that no client calls this: OpenAPI Generator overwrites the operations on webhooks with it."""

MESSAGE_HEADERS: dict[str, Document] = {
    "webhook-id": {
        "description": "The `id` of the body, the same in every attempt and replay.",
        "schema": {"type": "string", "format": "uuid", "maxLength": 36},
    },
    "webhook-timestamp": {
        "description": "Seconds since 1970 of this attempt; refuse those more than 5 minutes off.",
        "schema": {"type": "string", "pattern": r"^[0-9]{1,12}$(?!\n)", "maxLength": 12},
    },
    "webhook-signature": {
        "description": "Over `id.timestamp.body`, separated by spaces: `v1,` HMAC-SHA-256 with the endpoint's secret, "
        "`v1a,` Ed25519 with the key that the endpoint shows; one that is right suffices. While a secret or a key is "
        f"changed there are several of its kind: at most two of a secret, and {MOST_KEYS} of keys.",
        "schema": {
            "type": "string",
            "pattern": rf"^v1,{BASE64_32}( v1,{BASE64_32})?( v1a,{BASE64_64}){{0,{MOST_KEYS}}}$(?!\n)",
            "maxLength": 2 * BY_SECRET + MOST_KEYS * BY_KEY + MOST_KEYS + 1,
        },
    },
}


def with_messages(document: Document, made: Made) -> Document:
    """Every message of the surface, as it arrives.

    Raises:
        RuntimeError: One was recorded that the surface does not send, or one that it sends was not.
    """
    recorded = messages(made.surface.document)
    if unknown := recorded.keys() - {each.operation_id for each in made.surface.told}:
        raise RuntimeError(f"{made.surface.document} posts no {', '.join(sorted(unknown))}")
    if made.surface.told:
        document["webhooks"] = {
            each.name: {"post": _told(each, recorded.get(each.operation_id))} for each in made.surface.told
        }
    return document


def _told(message: Told, recorded: Delivered | None) -> Document:
    """A message to an endpoint, with the headers that it comes with (Standard Webhooks)."""
    content: Document = {"schema": {"$ref": f"{SCHEMAS}{message.body.__name__}"}}
    if recorded:
        content["examples"] = {name: {"value": body} for name, body in recorded.bodies.items()}
    return {
        "operationId": message.operation_id,
        "summary": message.summary,
        "description": message.description,
        "tags": ["Webhooks"],
        **NOT_CALLED,
        "security": [],
        "parameters": [
            {"name": name, "in": "header", "required": True, **said}
            | ({"example": recorded.headers[name]} if recorded else {})
            for name, said in MESSAGE_HEADERS.items()
        ],
        "requestBody": {"required": True, "content": {JSON: content}},
        "responses": {
            "2XX": {"description": "It arrived."},
            str(GONE): {"description": "Send nothing more: the endpoint is disabled."},
            "default": {"description": _again()},
        },
    }


def _again() -> str:
    """What comes of a message that did not arrive."""
    waits = ", ".join(map(_period, DELAYS))
    statuses = ", ".join(map(str, sorted(OVERLOADED)))
    return (
        f"It did not arrive, redirects included. It is sent again after at most {waits}, and so on (each time some "
        f"random part of that), for {_period(HORIZON)}; then it is a dead letter, which `replayDelivery` sends anew. "
        f"`Retry-After` is honoured with {statuses}, up to {_period(LONGEST_RETRY_AFTER)}."
    )


def _period(time: dt.timedelta) -> str:
    seconds = int(time.total_seconds())
    for unit, length in (("h", 3600), ("min", 60)):
        if seconds % length == 0:
            return f"{seconds // length} {unit}"
    return f"{seconds} s"
