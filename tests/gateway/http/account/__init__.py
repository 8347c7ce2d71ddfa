"""Tests of gateway.http.account."""
