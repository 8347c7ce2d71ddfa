"""Tests of offers to wallets."""
