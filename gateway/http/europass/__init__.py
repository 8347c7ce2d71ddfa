"""Endpoints in the shape of those of European Digital Credentials: issuer, viewer and wallet of Europass."""
