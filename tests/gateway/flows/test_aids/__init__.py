"""Flows of test mode."""
