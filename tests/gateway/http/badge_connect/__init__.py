"""Badge Connect over HTTP."""
