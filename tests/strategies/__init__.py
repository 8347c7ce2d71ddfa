"""Hypothesis strategies for credentials over the whole vocabulary of the pinned contexts, and for changes of them."""
