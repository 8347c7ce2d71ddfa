"""Tests of the examples that the documents show."""
