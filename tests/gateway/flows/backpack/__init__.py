"""Flows of people who hold badges."""
