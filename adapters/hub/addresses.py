"""Identifiers that are addresses: which of them serve a document, and which hold what they name."""

import re

_WEB = re.compile(r"https?://[^\s/?#\\]+(?:[/?#]\S*)?", re.IGNORECASE)


def on_the_web(iri: str) -> bool:
    """Say whether the id is an address that serves a document."""
    return _WEB.fullmatch(iri) is not None


def data_uri(iri: str) -> bool:
    """Say whether the picture is inside the id itself."""
    return iri[:5].lower() == "data:"
