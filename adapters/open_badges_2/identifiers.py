"""Which identifiers Open Badges 2.0 takes, and which of them can be asked for their document."""

import re
from uuid import NAMESPACE_URL, uuid5

from adapters.hub.addresses import data_uri as data_uri
from adapters.hub.addresses import on_the_web as on_the_web

_UUID_URN = re.compile(
    r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.IGNORECASE
)
_ABSOLUTE = re.compile(r"(?:https?://|urn:)\S+", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:png|svg\+xml)[;,]", re.IGNORECASE)


def acceptable(iri: str) -> bool:
    """Say whether validators of Open Badges 2.0 take the id: http(s) and ``urn:uuid`` of versions 1 to 5.

    The specification asks for an IRI. Its validators know no other schemes: they refuse ``did:``, ``mailto:`` and a
    UUID of version 7.

    Source: openbadges-validator-core, ``is_iri``.
    """
    return on_the_web(iri) or _UUID_URN.fullmatch(iri) is not None


def local_label(iri: str) -> bool:
    """Say whether it names a node inside the document only (a blank node of RDF)."""
    return iri.startswith("_:")


def absolute(iri: str) -> bool:
    """Say whether a type is an IRI in full, and not a term or a prefix that other contexts know otherwise."""
    return _ABSOLUTE.fullmatch(iri) is not None


def never(_iri: str) -> bool:
    """Say that a type cannot be written, whichever it is."""
    return False


def embedded_picture(iri: str) -> bool:
    """Say whether it is a data URI of a kind that Open Badges 2.0 allows, PNG or SVG."""
    return _PICTURE.match(iri) is not None


def derived(name: str) -> str:
    """Return a ``urn:uuid`` that is always the same for the same name (version 5 of RFC 9562)."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, name)}"
