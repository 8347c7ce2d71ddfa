"""Which rules of the application profile a European Digital Credential breaks, as far as its JSON tells.

They are those of the SHACL shapes ``edc-generic-full`` and of the profile that the credential names, and those that
the shapes leave out: a credential that is none conforms to them, dates without zone, empty texts, concepts that no list
has, and members that JSON-LD drops while they are under the seal. Nothing is expanded, and nothing is fetched.
"""

import itertools
from collections.abc import Iterator
from typing import Any, Final  # Any: decoded JSON of whatever form

from adapters.elm_3 import recognition
from adapters.elm_3.envelope_findings import broken_envelope, no_credential
from adapters.elm_3.node_findings import Judged, broken_node
from adapters.elm_3.profile_findings import asks_for_schemes, broken_profile, profiles
from adapters.elm_3.same_ids import Named
from adapters.elm_3.visiting import visits
from adapters.hub.securing import Finding

MOST: Final = 100
"""So many findings are listed; who has more to correct finds the others then."""
_DEEPEST: Final = 100
_MOST_NODES: Final = 50_000
"""The largest transcripts have a tenth of that."""


def broken_rules(document: dict[str, Any], *, version: str | None = None, sealed: bool = True) -> tuple[Finding, ...]:
    """List the rules that a credential breaks, at most ``MOST``; never raises.

    Args:
        document: Decoded JSON, of whatever form.
        version: "3.1" or "3.2"; None for the one that it follows (`recognition.version`).
        sealed: Whether it is a sealed credential. False for what is uploaded to be sealed: Europass puts in the
            issuer with its eIDASIdentifier, the time, and a drawn page.
    """
    if (nothing := no_credential(document)) is not None:
        return (nothing,)
    version = recognition.version(document) if version is None else version
    return tuple(itertools.islice(_broken(document, version, sealed=sealed), MOST))


def _broken(document: dict[str, Any], version: str, *, sealed: bool) -> Iterator[Finding]:
    if _deeper_than(_DEEPEST, document):
        reason = f"is nested deeper than {_DEEPEST} levels"
        yield Finding(pointer="", reason=reason, fix="Name what it holds by its id instead of holding it again.")
        return
    yield from broken_envelope(document, version=version, sealed=sealed)
    found = list(itertools.islice(visits(document), _MOST_NODES + 1))
    if len(found) > _MOST_NODES:
        reason = f"has more than {_MOST_NODES} nodes"
        yield Finding(pointer="", reason=reason, fix="Put what it claims into several credentials.")
        return
    named = Named(found)
    judged = Judged(named, sealed, asks_for_schemes(profiles(document)), version)
    for visit in found:
        yield from broken_node(visit, judged)
    yield from named.broken()
    yield from broken_profile(document, found)


def _deeper_than(levels: int, document: dict[str, Any]) -> bool:
    layer: list[Any] = [document]
    for _ in range(levels):
        inside = [each.values() if isinstance(each, dict) else each for each in layer]
        layer = [value for values in inside for value in values if isinstance(value, dict | list)]
    return bool(layer)
