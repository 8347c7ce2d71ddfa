"""Test mode: what a platform's twin may set up to try out how it is built against the gateway."""
