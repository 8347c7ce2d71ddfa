"""Tests of the flows, each over a whole gateway."""
