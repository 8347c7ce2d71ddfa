"""OpenID4VCI 1.0: offers to wallets by reference, proofs of their keys, credentials now or later."""
