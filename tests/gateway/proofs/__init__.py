"""Mirrors gateway/proofs/."""
