"""Offers of credentials to wallets: made by platforms, shown to whoever has their link."""
