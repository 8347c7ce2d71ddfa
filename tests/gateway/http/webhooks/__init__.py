"""Webhooks and the feed, as platforms use them."""
