"""Tests of the HTTP surface, each over a whole gateway in this process."""
