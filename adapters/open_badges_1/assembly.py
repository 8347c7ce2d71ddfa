"""An Assertion with its BadgeClass and issuer in place, from what was received or from what their hosts serve."""

from collections.abc import Iterator, Mapping
from typing import Any  # Any: a JSON document before it is validated

import msgspec

from adapters.hub.addresses import on_the_web
from adapters.hub.errors import Malformed
from adapters.hub.opened import Opened
from adapters.hub.parts import Parts, json_at, only_names
from adapters.hub.securing import Finding
from adapters.hub.wire import listed
from adapters.open_badges_1.versions import Version, version_of

HOSTED = frozenset({"hosted", "HostedBadge"})
SIGNED = frozenset({"signed", "SignedBadge"})

_RENAMED = {"@id": "id", "@type": "type", "verification": "verify"}
_PLURAL, _SINGULAR = "alignments", "alignment"
_PATHS = ((), "evidence"), (("badge",), "image"), (("badge",), "criteria")

_NO_ID = "Open Badges {} gives it no id; its own address is taken for one"
_A_PATH = "only a path, taken to lie on the issuer's origin"


class Assembly(msgspec.Struct, frozen=True):
    """One Assertion as far as its parts are known.

    Attributes:
        document: Badge and issuer stand in place; a part that is not known stays an address.
        wanted: Addresses of parts that were not known.
        findings: Parts whose own document calls itself by another id.
        steps: Pointers to what stands there by an upgrade rule only, each with the rule in words.
    """

    document: dict[str, Any]
    wanted: tuple[str, ...]
    findings: tuple[Finding, ...]
    steps: tuple[tuple[str, str], ...]


def normalised(value: Any) -> Any:
    """Return a copy with one spelling a member, and without nulls, which say nothing."""
    if isinstance(value, list):
        return [normalised(item) for item in value if item is not None]
    if not isinstance(value, dict):
        return value
    return {
        name if (term := _RENAMED.get(name, name)) in value else term: member
        if name == "@context"
        else normalised(member)
        for name, member in value.items()
        if member is not None
    }


def received(opened: Opened, known: Mapping[str, bytes]) -> Assembly:
    """Assemble what was received; what it embeds comes before what is served.

    Raises:
        Malformed: A part that is needed is not a JSON object.
    """
    return _assembled(opened.document, opened.url, Parts(known, normalised, embedded_first=True))


def served(url: str, known: Mapping[str, bytes]) -> Assembly:
    """Assemble what the hosts serve, beginning with the Assertion at ``url``, which is in ``known``.

    Raises:
        Malformed: A part is not a JSON object.
    """
    return _assembled(json_at(known[url], ""), url, Parts(known, normalised, embedded_first=False))


def _assembled(document: dict[str, Any], url: str, parts: Parts) -> Assembly:
    whole, version = normalised(document), version_of(document)
    if version is Version.V0_5:
        return Assembly(whole, (), (), tuple(_addressed(whole, url)))
    if "badge" in whole:
        parts.put_in_place(whole)
        parts.findings += _in_the_plural(whole["badge"])
    named = _NO_ID.format(version or Version.V1_1)
    unnamed = {f"{at}/id" for at in ("/badge", "/badge/issuer")}.intersection(parts.addressed)
    # That a document of 1.0 has no id is its rule, not its fault.
    findings = tuple(finding for finding in parts.findings if finding.pointer not in unnamed)
    return Assembly(whole, tuple(parts.wanted), findings, tuple((at, named) for at in sorted(unnamed)))


def _addressed(whole: dict[str, Any], url: str) -> Iterator[tuple[str, str]]:
    """Give an Assertion of 0.5 its address as id, and its paths their origin, in place; yield the steps."""
    if url and "id" not in whole:
        whole["id"] = url
        yield "/id", _NO_ID.format(Version.V0_5)
    origin = origin_of(whole)
    for path, name in _PATHS:
        holder = whole.get(path[0]) if path else whole
        value = holder.get(name) if isinstance(holder, dict) else None
        if isinstance(holder, dict) and isinstance(value, str) and value.startswith("/") and origin:
            holder[name] = f"{origin}{value}"
            yield f"{''.join(f'/{step}' for step in path)}/{name}", _A_PATH


def origin_of(whole: Mapping[str, Any]) -> str:
    """The origin that the issuer of an Assertion of 0.5 claims, "" where it claims none on the web."""
    badge = whole.get("badge")
    issuer = badge.get("issuer") if isinstance(badge, dict) else None
    origin = issuer.get("origin") if isinstance(issuer, dict) else None
    return origin.rstrip("/") if isinstance(origin, str) and on_the_web(origin) else ""


def _in_the_plural(badge: Any) -> Iterator[Finding]:
    """Read ``alignments`` of the BadgeClass, as Moodle writes it, as ``alignment``."""
    if isinstance(badge, dict) and _PLURAL in badge and _SINGULAR not in badge:
        badge[_SINGULAR] = badge.pop(_PLURAL)
        reason = "is no member of Open Badges 1; it is read as alignment"
        yield Finding(pointer="/badge/alignments", reason=reason, fix="Call it alignment.", blocking=False)


def kinds(whole: Mapping[str, Any]) -> set[str]:
    """The types of the VerificationObject of a normalised Assertion."""
    verify = whole.get("verify")
    given = listed(verify.get("type", [])) if isinstance(verify, dict) else []
    return {name for name in given if isinstance(name, str)}


def own_address(whole: Mapping[str, Any]) -> str:
    """Where a hosted Assertion says that it lies, "" for one that is not hosted or does not say.

    ``verify.url`` says it; an Assertion of 1.1 that leaves it out has its id.
    """
    if version_of(whole) is Version.V0_5:
        candidates = [whole.get("id")]
    elif kinds(whole) & HOSTED:
        candidates = [whole["verify"].get("url"), whole.get("id")]
    else:
        return ""
    return next((url for url in candidates if isinstance(url, str) and on_the_web(url)), "")


def addresses(opened: Opened, known: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the addresses still needed: of BadgeClass and issuer, and of a hosted Assertion and its parts.

    What a host serves vouches for a hosted badge, so its BadgeClass is asked for even where a copy is embedded.
    """
    mine = received(opened, known)
    url = "" if opened.token else own_address(mine.document)
    issuer = _identity(mine.document, "badge", "issuer")
    badge = mine.document.get("badge")
    named = not isinstance(badge, dict) or only_names(badge)
    yield from (each for each in mine.wanted if url or named or each == issuer)
    if url and url not in known:
        yield url
    elif url:
        yield from _wanted_by_host(url, known)


def _wanted_by_host(url: str, known: Mapping[str, bytes]) -> tuple[str, ...]:
    try:
        return served(url, known).wanted
    except Malformed:
        return ()


def _identity(document: Any, *path: str) -> str:
    for name in path:
        document = document.get(name) if isinstance(document, dict) else None
    found = document.get("id") if isinstance(document, dict) else document
    return found if isinstance(found, str) else ""
