"""Every scene: at least one an operation."""

from tests.examples.scenes import (
    badge_connect,
    europass_issuer,
    europass_wallets,
    gateway_credentials,
    gateway_installation,
    gateway_offers,
    gateway_operations,
    gateway_pages,
    gateway_platform,
    gateway_test_aids,
    gateway_webhooks,
    oauth,
    open_badges_2,
    open_badges_3,
    openid4vci,
    vc_api_credentials,
    vc_api_exchanges,
)

SCENES = (
    *gateway_operations.SCENES.all,
    *gateway_pages.SCENES.all,
    *gateway_credentials.SCENES.all,
    *gateway_offers.SCENES.all,
    *gateway_platform.SCENES.all,
    *gateway_installation.SCENES.all,
    *gateway_webhooks.SCENES.all,
    *gateway_test_aids.SCENES.all,
    *europass_issuer.SCENES.all,
    *europass_wallets.SCENES.all,
    *open_badges_2.SCENES.all,
    *open_badges_3.SCENES.all,
    *badge_connect.SCENES.all,
    *oauth.SCENES.all,
    *openid4vci.SCENES.all,
    *vc_api_credentials.SCENES.all,
    *vc_api_exchanges.SCENES.all,
)
"""In the order in which they play."""
