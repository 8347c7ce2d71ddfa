"""An Assertion with its BadgeClass and issuer in place, from what was received or from what their hosts serve."""

from collections.abc import Iterator, Mapping
from typing import Any  # Any: a JSON document before it is validated
from urllib.parse import urlsplit

import msgspec

from adapters.hub.errors import Malformed
from adapters.hub.parts import Parts, json_at, only_names
from adapters.hub.securing import Finding
from adapters.open_badges_2.identifiers import on_the_web
from adapters.open_badges_2.terms import listed, words_of

_RENAMED = {
    "@id": "id",
    "@type": "type",
    "verify": "verification",
    "extensions:OriginalCreator": "extensions:originalCreator",
}
_OPAQUE = {"@context", "endorsement"}
_PLURAL, _SINGULAR = "alignments", "alignment"


class Assembly(msgspec.Struct, frozen=True):
    """One Assertion as far as its parts are known.

    Attributes:
        document: Badge and issuer stand in place; a part that is not known stays an id.
        wanted: Addresses of parts that were not known.
        findings: Parts whose own document calls itself by another id.
    """

    document: dict[str, Any]
    wanted: tuple[str, ...]
    findings: tuple[Finding, ...]


def normalised(value: Any) -> Any:
    """Return a copy with one spelling a member, and without nulls, which say nothing in JSON-LD.

    Aliases: ``verify`` of the specification's context, the JSON-LD keywords behind ``id`` and ``type``, and the capital
    letter under which the OriginalCreator extension is found. A member that has both spellings keeps both.
    """
    if isinstance(value, list):
        return [normalised(item) for item in value if item is not None]
    return _one_spelling_each(value) if isinstance(value, dict) else value


def _one_spelling_each(value: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for name, member in value.items():
        if member is None:
            continue
        spelling = _RENAMED.get(name, name)
        kept = member if name in _OPAQUE or not isinstance(member, dict | list) else normalised(member)
        result[name if spelling in value else spelling] = kept
    return result


def received(document: dict[str, Any], known: Mapping[str, bytes]) -> Assembly:
    """Assemble what was received; what it embeds comes before what is served.

    Raises:
        Malformed: A part that is needed is not a JSON object.
    """
    return _assembled(document, known, embedded_first=True)


def served(url: str, known: Mapping[str, bytes]) -> Assembly:
    """Assemble what the hosts serve, beginning with the Assertion at ``url``, which is in ``known``.

    Raises:
        Malformed: A part is not a JSON object.
    """
    return _assembled(json_at(known[url], ""), known, embedded_first=False)


def told_issuers(url: str, known: Mapping[str, bytes]) -> Iterator[dict[str, Any]]:
    """Yield the issuer as the host itself tells it inside of other documents, beginning with the Assertion at ``url``.

    These words were true when they were written; what the issuer's own address serves is renamed later. A BadgeClass
    counts only on the Assertion's own origin: on another one nobody says that it speaks of this issuer.

    Raises:
        Malformed: The Assertion is not a JSON object.
    """
    badge = normalised(json_at(known[url], "")).get("badge")
    place = badge.get("id") if isinstance(badge, dict) else badge
    told = [badge]
    if isinstance(place, str) and place in known and on_the_web(place) and urlsplit(place)[:2] == urlsplit(url)[:2]:
        told.append(profile(place, known))
    for document in told:
        issuer = document.get("issuer") if isinstance(document, dict) else None
        if isinstance(issuer, dict) and not only_names(issuer):
            yield issuer


def _assembled(document: dict[str, Any], known: Mapping[str, bytes], *, embedded_first: bool) -> Assembly:
    parts = Parts(known, normalised, embedded_first=embedded_first)
    whole = normalised(document)
    if "badge" in whole:
        parts.put_in_place(whole)
        parts.findings += _in_the_plural(whole)
    return Assembly(whole, tuple(parts.wanted), tuple(parts.findings))


def _in_the_plural(whole: dict[str, Any]) -> Iterator[Finding]:
    """Read ``alignments`` of the BadgeClass, as Moodle writes it, as ``alignment``, where it can mean nothing else.

    No context of Open Badges 2.0 defines the name. It stays what it is beside the right one, where a context in place
    gives it a meaning, and where it does not hold what an ``alignment`` has to hold.
    """
    badge = whole["badge"]
    if not isinstance(badge, dict) or _SINGULAR in badge or _PLURAL not in badge:
        return
    words = words_of(part.get("@context") for part in (whole, badge))
    nodes = listed(badge[_PLURAL])
    if _PLURAL in words.names or words.vocabularies or not nodes or not all(map(_is_node, nodes)):
        return
    badge[_SINGULAR] = badge.pop(_PLURAL)
    reason = "is no member of Open Badges 2.0; it is read as alignment"
    yield Finding(pointer="/badge/alignments", reason=reason, fix="Call it alignment.", blocking=False)


def _is_node(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(value.get(name), str) for name in ("targetName", "targetUrl"))


def addresses(document: dict[str, Any], known: Mapping[str, bytes], *, hosted: bool) -> Iterator[str]:
    """Yield the addresses still needed: of parts that are only named, of the issuer, and if it is hosted of every part.

    What a host serves vouches for a hosted badge, so its BadgeClass is asked for even where a copy is embedded. The
    issuer's Profile is asked for in any case: it names the keys and the RevocationList of a signed badge.
    """
    mine = received(document, known)
    issuer = _identity(mine.document, "badge", "issuer")
    badge = mine.document.get("badge")
    named = not isinstance(badge, dict) or only_names(badge)
    yield from (url for url in mine.wanted if hosted or named or url == issuer)
    url = _identity(mine.document)
    if hosted and url is not None and on_the_web(url):
        yield from _hosted_addresses(url, known)


def _hosted_addresses(url: str, known: Mapping[str, bytes]) -> tuple[str, ...]:
    """What is needed to know the Assertion as its host tells it; nothing more where the host serves no Assertion."""
    if url not in known:
        return (url,)
    try:
        return served(url, known).wanted
    except Malformed:
        return ()


def profile(url: str, known: Mapping[str, bytes]) -> dict[str, Any]:
    """What the address of a part serves, {} where that is no JSON object."""
    try:
        found: dict[str, Any] = normalised(json_at(known[url], "/badge/issuer"))
    except Malformed:
        return {}
    return found


def _identity(document: Any, *path: str) -> str | None:
    for name in path:
        document = document.get(name) if isinstance(document, dict) else None
    found = document.get("id") if isinstance(document, dict) else document
    return found if isinstance(found, str) else None
