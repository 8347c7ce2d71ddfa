"""Litestar: translation between HTTP and flows, one module a published surface."""
