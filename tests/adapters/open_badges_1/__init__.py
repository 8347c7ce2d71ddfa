"""Tests of the Open Badges 1 adapter."""
