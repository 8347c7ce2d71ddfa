"""Routes about what happened, and what their handlers ask for by name."""

from gateway.http.provided import flow
from gateway.http.webhooks.changes import ChangeController
from gateway.http.webhooks.deliveries import DeliveryController
from gateway.http.webhooks.endpoints import WebhookController

ROUTES = [ChangeController, WebhookController, DeliveryController]

_FLOWS = (
    "read_changes",
    "read_history",
    "register_webhook",
    "show_webhooks",
    "amend_webhook",
    "verify_webhook",
    "rotate_webhook_secret",
    "disable_webhook",
    "remove_webhook",
    "list_deliveries",
    "replay_deliveries",
    "send_test",
)

DEPENDENCIES = {name: flow(f"webhooks.{name}") for name in _FLOWS}
