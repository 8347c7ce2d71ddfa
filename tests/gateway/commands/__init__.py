"""Tests of gateway.commands."""
