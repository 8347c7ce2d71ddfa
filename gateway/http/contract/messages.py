"""Messages that are posted to endpoints: the ``webhooks`` of a document."""

from gateway.http.contract.made import Document, Made
from gateway.http.contract.references import SCHEMAS
from gateway.http.surface import Told

JSON = "application/json"

MESSAGE_HEADERS = {
    "webhook-id": {"description": "The same in every attempt and replay."},
    "webhook-timestamp": {"description": "Seconds since 1970 of this attempt; refuse those more than 5 minutes off."},
    "webhook-signature": {
        "description": "Over `id.timestamp.body`, separated by spaces: `v1,` HMAC-SHA-256 with the endpoint's secret, "
        "`v1a,` Ed25519 with the key that the endpoint shows; one that is right suffices."
    },
}


def with_messages(document: Document, made: Made) -> Document:
    """Every message of the surface."""
    if made.surface.told:
        document["webhooks"] = {each.name: {"post": _told(each)} for each in made.surface.told}
    return document


def _told(message: Told) -> Document:
    """A message to an endpoint, with the headers that it comes with (Standard Webhooks)."""
    return {
        "operationId": message.operation_id,
        "summary": message.summary,
        "description": message.description,
        "tags": ["Webhooks"],
        "parameters": [
            {"name": name, "in": "header", "required": True, "schema": {"type": "string", "maxLength": 1000}} | said
            for name, said in MESSAGE_HEADERS.items()
        ],
        "requestBody": {
            "required": True,
            "content": {JSON: {"schema": {"$ref": f"{SCHEMAS}{message.body.__name__}"}}},
        },
        "responses": {
            "2XX": {"description": "It arrived."},
            "410": {"description": "Send nothing more: the endpoint is disabled."},
            "default": {"description": "It did not arrive; it is sent again, for 72 hours."},
        },
    }
