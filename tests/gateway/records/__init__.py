"""Tests of gateway.records."""
