"""Implementations of the ports: stores, caches, keys, the network."""
