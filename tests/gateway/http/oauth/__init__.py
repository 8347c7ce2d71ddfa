"""The authorization server over HTTP."""
