"""The outside world in miniature: a web, servers, clocks, issuers."""
