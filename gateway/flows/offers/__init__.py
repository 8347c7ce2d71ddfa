"""Offers of a credential to a wallet: made, shown, claimed."""
