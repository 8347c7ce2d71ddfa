"""One verb a file: what the gateway does for a caller."""
