"""Tests of the European Learning Model adapter."""
