"""Cryptography over bytes, pure: one module a specification, each readable alone."""
