"""The tests: they mirror the source, and start every server they need themselves."""
