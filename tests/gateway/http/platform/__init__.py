"""Tests of how a platform is managed."""
