"""What is posted to the endpoints of platforms, for the contract."""

from gateway.flows.webhooks.messages import Challenge
from gateway.http.surface import Told
from gateway.records.events import Notice

TOLD = (
    Told(
        name="event",
        operation_id="receiveEvent",
        summary="Something happened",
        description="An item of the feed, byte for byte as `GET /v1/changes` gives it. At least once; `id` tells "
        "repetitions apart.",
        body=Notice,
    ),
    Told(
        name="webhook.verification",
        operation_id="receiveChallenge",
        summary="Does the endpoint want events?",
        description="Answer 2xx with the challenge in the body, or send it to the endpoint's `/verification`.",
        body=Challenge,
    ),
)
"""Every kind of message."""
