"""Tests of what makes a credential ours."""
