"""Requests made up from the published documents, for every surface by one machinery."""
