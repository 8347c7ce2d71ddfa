"""VC-API, as integrators and wallets call it."""
