"""OpenID4VCI, as wallets meet it."""
