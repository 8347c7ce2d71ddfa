"""Offers of a credential to a wallet."""
