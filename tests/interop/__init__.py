"""What the gateway issues, put before verifiers that other people wrote."""
