"""Every scene: at least one an operation."""

from tests.examples.scenes import (
    gateway_credentials,
    gateway_installation,
    gateway_offers,
    gateway_operations,
    gateway_pages,
    gateway_platform,
    gateway_webhooks,
)

SCENES = (
    *gateway_operations.SCENES.all,
    *gateway_pages.SCENES.all,
    *gateway_credentials.SCENES.all,
    *gateway_offers.SCENES.all,
    *gateway_platform.SCENES.all,
    *gateway_installation.SCENES.all,
    *gateway_webhooks.SCENES.all,
)
"""In the order in which they play."""
