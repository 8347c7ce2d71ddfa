"""The published contracts: what they say, and that it is so."""
