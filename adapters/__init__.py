"""The formats: a pure library from bytes to a neutral credential and back."""
