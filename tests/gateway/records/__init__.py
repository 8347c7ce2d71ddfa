"""Tests of the values that are stored and sent."""
