"""Which version of Open Badges 1 a document is in, by the rules that validators upgrade by."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any  # Any: members of JSON objects

from adapters.hub.wire import listed

CONTEXT = "https://w3id.org/openbadges/v1"
CONTEXTS = frozenset({CONTEXT, "http://w3id.org/openbadges/v1", "https://openbadgespec.org/v1/context.json"})
"""Addresses of the one context of version 1.1; the last is where the first led to."""


class Version(StrEnum):
    """As the specifications write them; 0.5 is also called the Mozilla Open Badges of 2011."""

    V0_5 = "0.5"
    V1_0 = "1.0"
    V1_1 = "1.1"


def version_of(document: Mapping[str, Any]) -> Version | None:
    """Return the version of an Assertion, None for a document of another format.

    Only version 1.1 has a context. Before it a recipient that is a text tells 0.5 from 1.0. A document without a
    context that names its class was written after them.

    Source: Open Badges 2.0, "Versions"; openbadges-validator-core, which decides in the same order.
    """
    if "credentialSubject" in document:
        return None
    if "@context" in document:
        return _by_context(document)
    if not {"badge", "recipient"} <= document.keys() or {"type", "@type", "verification"} & document.keys():
        return None
    if isinstance(document["recipient"], str):
        return Version.V0_5
    return Version.V1_0 if {"uid", "verify"} & document.keys() else None


def _by_context(document: Mapping[str, Any]) -> Version | None:
    contexts = {item.rstrip("/#") for item in listed(document["@context"]) if isinstance(item, str)}
    if not contexts & CONTEXTS or any("openbadges/v2" in item for item in contexts):
        return None
    named = "Assertion" in listed(document.get("type", document.get("@type")))
    shape = {"badge", "recipient"} <= document.keys()
    return Version.V1_1 if named or shape or document.get("revoked") is True else None
