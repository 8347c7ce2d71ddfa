"""Test mode behind HTTP: fixtures, the web and the clock that twins set, and the receiver of their webhooks."""
