"""Webhooks, sent over real HTTP."""
