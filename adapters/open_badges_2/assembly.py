"""An Assertion with its BadgeClass and issuer in place, from what was received or from what their hosts serve."""

from collections.abc import Iterator, Mapping
from typing import Any  # Any: a JSON document before it is validated
from urllib.parse import urlsplit

import msgspec

from adapters.hub import strict_json
from adapters.hub.errors import AdapterError, Malformed, ReferenceMissing
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
_NAMING = {"@context", "id", "type"}


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
    return _assembled(_decoded(known[url], ""), known, embedded_first=False)


def told_issuers(url: str, known: Mapping[str, bytes]) -> Iterator[dict[str, Any]]:
    """Yield the issuer as the host itself tells it inside of other documents, beginning with the Assertion at ``url``.

    These words were true when they were written; what the issuer's own address serves is renamed later. A BadgeClass
    counts only on the Assertion's own origin: on another one nobody says that it speaks of this issuer.

    Raises:
        Malformed: The Assertion is not a JSON object.
    """
    badge = normalised(_decoded(known[url], "")).get("badge")
    place = badge.get("id") if isinstance(badge, dict) else badge
    told = [badge]
    if isinstance(place, str) and place in known and on_the_web(place) and urlsplit(place)[:2] == urlsplit(url)[:2]:
        told.append(profile(place, known))
    for document in told:
        issuer = document.get("issuer") if isinstance(document, dict) else None
        if isinstance(issuer, dict) and not _only_names(issuer):
            yield issuer


def _assembled(document: dict[str, Any], known: Mapping[str, bytes], *, embedded_first: bool) -> Assembly:
    parts = _Parts(known, embedded_first=embedded_first)
    whole = normalised(document)
    if "badge" in whole:
        whole["badge"] = parts.part(whole["badge"], "/badge")
        if isinstance(whole["badge"], dict) and "issuer" in whole["badge"]:
            whole["badge"]["issuer"] = parts.part(whole["badge"]["issuer"], "/badge/issuer")
        parts.findings += _in_the_plural(whole)
    return Assembly(whole, tuple(parts.wanted), tuple(parts.findings))


class _Parts:
    """Finds the documents of parts, and remembers what it lacked."""

    def __init__(self, known: Mapping[str, bytes], *, embedded_first: bool) -> None:
        self.known = known
        self.embedded_first = embedded_first
        self.wanted: list[str] = []
        self.findings: list[Finding] = []

    def part(self, value: Any, at: str) -> Any:
        url = value.get("id") if isinstance(value, dict) else value
        embedded = value if isinstance(value, dict) and not _only_names(value) else None
        if not isinstance(url, str) or not on_the_web(url):
            return value
        if url not in self.known:
            self.wanted.append(url)
        if url not in self.known or (embedded is not None and self.embedded_first):
            return value
        return self._own(url, at)

    def _own(self, url: str, at: str) -> dict[str, Any]:
        """The document at an address; the address is its id, whatever else it calls itself.

        A document that could choose its id could pass for an issuer at another address.
        """
        document: dict[str, Any] = normalised(_decoded(self.known[url], at))
        if document.get("id") != url:
            reason = f"the document at {url} calls itself {document.get('id')}; it is taken for {url}"
            fix = "Serve the document at the address that is its id, and name it by that."
            self.findings.append(Finding(pointer=f"{at}/id", reason=reason, fix=fix, blocking=False))
        return {**document, "id": url}


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


def _only_names(value: dict[str, Any]) -> bool:
    """An object with no more than an id is a reference, as the id alone is."""
    return value.keys() <= _NAMING


def _decoded(body: bytes, at: str) -> dict[str, Any]:
    try:
        document = strict_json.decode(body)
    except AdapterError as error:
        raise Malformed(f"its address serves no readable JSON: {error.reason}", pointer=at) from error
    if not isinstance(document, dict):
        raise Malformed("its address serves JSON that is not an object", pointer=at)
    return document


def incomplete(document: dict[str, Any]) -> AdapterError | None:
    """Say which part is still only named: not served, or named in a way that nobody can look up.

    An issuer that is an object is read, however little it says.
    """
    place, value = "/badge", document.get("badge")
    url = value.get("id") if isinstance(value, dict) and _only_names(value) else value
    if isinstance(url, dict):
        place, url = "/badge/issuer", url.get("issuer")
    if not isinstance(url, str):
        return None
    name = "BadgeClass" if place == "/badge" else "issuer Profile"
    if on_the_web(url):
        return ReferenceMissing(f"the {name} at {url} is not at hand", pointer=place, fix=f"Serve it at {url}.")
    return Malformed(
        f"the {name} is only named, by {url}, which is no web address", pointer=place, fix=f"Embed the {name}."
    )


def addresses(document: dict[str, Any], known: Mapping[str, bytes], *, hosted: bool) -> Iterator[str]:
    """Yield the addresses still needed: of parts that are only named, of the issuer, and if it is hosted of every part.

    What a host serves vouches for a hosted badge, so its BadgeClass is asked for even where a copy is embedded. The
    issuer's Profile is asked for in any case: it names the keys and the RevocationList of a signed badge.
    """
    mine = received(document, known)
    issuer = _identity(mine.document, "badge", "issuer")
    badge = mine.document.get("badge")
    named = not isinstance(badge, dict) or _only_names(badge)
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
        found: dict[str, Any] = normalised(_decoded(known[url], "/badge/issuer"))
    except Malformed:
        return {}
    return found


def _identity(document: Any, *path: str) -> str | None:
    for name in path:
        document = document.get(name) if isinstance(document, dict) else None
    found = document.get("id") if isinstance(document, dict) else document
    return found if isinstance(found, str) else None
