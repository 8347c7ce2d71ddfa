"""A client that a generator makes of the published documents."""
