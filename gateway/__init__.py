"""The service around the formats: verify, decide, sign, store, serve."""
