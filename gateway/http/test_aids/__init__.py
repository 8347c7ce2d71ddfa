"""``/v1/test``: what integrators try their programs out with; for test keys alone."""
