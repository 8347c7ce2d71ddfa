"""Tests of what implements the ports."""
