"""Tests of the Open Badges 2.0 adapter."""
