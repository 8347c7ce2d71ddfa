"""The catalogue of problems over HTTP."""
