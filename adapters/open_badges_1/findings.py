"""Rules of Open Badges 0.5, 1.0 and 1.1 that a document breaks though it could be read; each says how to keep it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any  # Any: members of JSON objects

from msgspec import UNSET, UnsetType

from adapters.hub.addresses import on_the_web
from adapters.hub.foreign import limits
from adapters.hub.losses import escaped
from adapters.hub.moments import instant, moment
from adapters.hub.recipients import KINDS
from adapters.hub.securing import Finding
from adapters.hub.wire import listed
from adapters.open_badges_1.assembly import HOSTED, SIGNED, kinds
from adapters.open_badges_1.document import Assertion, AssertionOf2011
from adapters.open_badges_1.versions import CONTEXT

HASHES = re.compile(r"md5\$[0-9a-fA-F]{32}|sha256\$[0-9a-fA-F]{64}")
"""What a hashed identity is: the algorithm, `$`, hexadecimal digits. SHA-1, of 2011, no later version takes."""

_ORIGIN = re.compile(r"https?://[^\s/?#@\\]+/?", re.IGNORECASE)
_DEMANDED = {
    "/badge": ("name", "description", "image", "criteria"),
    "/badge/issuer": ("name", "url"),
}
_DEMANDED_OF_2011 = {"/badge": _DEMANDED["/badge"], "/badge/issuer": ("origin", "name")}
_EXAMPLES = {
    "name": '"name": "Welding"',
    "description": '"description": "What it is awarded for."',
    "image": '"image": "https://issuer.example/badges/1.png"',
    "criteria": '"criteria": "https://issuer.example/badges/1.html"',
    "url": '"url": "https://issuer.example"',
    "origin": '"origin": "https://issuer.example"',
}
_OWN_KEYWORDS = {"@context", "@language"}
_SAID_TWICE = {"@id", "@type", "verification"}

_TIME_FIX = 'Write a date-time with a zone: "{}": "2016-01-31T12:00:00Z".'
_HOSTED_FIX = '"verify": {"type": "hosted", "url": "https://issuer.example/assertions/1.json"}'


def broken_rules(assertion: Assertion, document: dict[str, Any], *, token: bool) -> Iterator[Finding]:
    """Yield what is wrong with an Assertion of 1.0 or 1.1, parts in place, in the order of the document.

    Args:
        assertion: The validated document.
        document: The same as JSON.
        token: Whether it came as a JWS.
    """
    names = listed(assertion.recipient.type)
    if not any(name in KINDS for name in names):
        fix = 'Write "type": "email".'
        yield Finding(pointer="/recipient/type", reason=f"is no kind of identity: {', '.join(names)}", fix=fix)
    yield from _identity(assertion.recipient.identity, "/recipient/identity", hashed=assertion.recipient.hashed)
    yield from _verification(document, token=token)
    yield from _times(document, "issuedOn", demanded=True)
    yield from limits(document, token=token)
    yield from _parts(document, _DEMANDED)
    yield from _alignments(document["badge"])
    yield from _misleading(document, "")


def broken_rules_of_2011(assertion: AssertionOf2011, document: dict[str, Any]) -> Iterator[Finding]:
    """The same for an Assertion of 0.5."""
    yield from _identity(assertion.recipient, "/recipient", hashed="@" not in assertion.recipient)
    yield from _times(document, "issued_on", demanded=False)
    yield from limits(document, token=False)
    yield from _parts(document, _DEMANDED_OF_2011)
    yield from _origin(assertion.badge.issuer.origin)
    yield from _misleading(document, "")


def _origin(given: str | UnsetType) -> Iterator[Finding]:
    """A path in it would name one issuer of several on a host, which nothing here could tell apart."""
    if given is not UNSET and not _ORIGIN.fullmatch(given):
        fix = 'Write scheme and host alone: "origin": "https://issuer.example".'
        yield Finding(pointer="/badge/issuer/origin", reason=f"is no origin: {given}", fix=fix)


def _identity(value: str, at: str, *, hashed: bool) -> Iterator[Finding]:
    is_hash = HASHES.fullmatch(value) is not None
    if hashed and not is_hash:
        fix = "Write sha256$ and 64 hexadecimal digits, or the e-mail address itself."
        yield Finding(pointer=at, reason="is no hash by SHA-256 or MD5, though it stands for one", fix=fix)
    elif is_hash and not hashed:
        yield Finding(pointer=at, reason="is a hash, though hashed is false", fix='Write "hashed": true.')


def _verification(document: Mapping[str, Any], *, token: bool) -> Iterator[Finding]:
    given = kinds(document)
    hosted, signed = bool(given & HOSTED), bool(given & SIGNED)
    at = "/verify/type" if given else "/verify"
    verify = document.get("verify", {})
    url, own = verify.get("url"), document.get("id")
    if hosted == signed:
        reason = f"says neither or both of hosted and signed: {', '.join(sorted(given)) or 'missing'}"
        yield Finding(pointer=at, reason=reason, fix=f"Write {_HOSTED_FIX}.")
    elif signed and not token:
        reason = "says that the badge is signed, but no signature came with it"
        yield Finding(pointer=at, reason=reason, fix="Send the JWS that the issuer signed.")
    elif hosted and token:
        reason = "says that the badge is hosted, but it came signed"
        yield Finding(pointer=at, reason=reason, fix="Send the Assertion that its address serves.")
    elif signed and not document.get("uid") and not own:
        reason = "is missing, and without it nobody can say which badge was revoked"
        yield Finding(pointer="/uid", reason=reason, fix='Add "uid": "1", another one for each badge.')
    if hosted and not on_the_web(str(url or own or "")):
        reason = "names no web address, so no host can vouch for the badge"
        yield Finding(pointer="/verify", reason=reason, fix=f"Write {_HOSTED_FIX}.")
    elif hosted and url and own and on_the_web(own) and url != own:
        reason = f"is another address than its id, {own}"
        yield Finding(pointer="/verify/url", reason=reason, fix="Name the badge by the address where it is verified.")


def _times(document: Mapping[str, Any], issued: str, *, demanded: bool) -> Iterator[Finding]:
    found = {}
    for name in (issued, "expires"):
        if name not in document:
            continue
        value = document[name]
        found[name] = instant(value) if isinstance(value, str) else None
        if found[name] is None and (read := moment(value)) is not None:
            found[name] = instant(read.text)
        if found[name] is None:
            reason = f"is no date, no time, and no seconds since 1970: {value}"
            yield Finding(pointer=f"/{name}", reason=reason, fix=_TIME_FIX.format(name))
    if demanded and issued not in document:
        yield Finding(pointer=f"/{issued}", reason="is missing", fix=_TIME_FIX.format(issued))
    begins, ends = found.get(issued), found.get("expires")
    if begins and ends and ends < begins:
        fix = "Correct one of the two."
        yield Finding(pointer="/expires", reason=f"is before {issued}", fix=fix)


def _parts(document: Mapping[str, Any], demanded: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    badge = document["badge"]
    for at, thing in (("/badge", badge), ("/badge/issuer", badge["issuer"])):
        for name in demanded[at]:
            if not thing.get(name):
                yield Finding(pointer=f"{at}/{name}", reason="is missing", fix=f"Add {_EXAMPLES[name]}.")


def _alignments(badge: Mapping[str, Any]) -> Iterator[Finding]:
    given = badge.get("alignment", [])
    for index, node in enumerate(listed(given)):
        if not {"name", "url"} <= node.keys() and not {"targetName", "targetUrl"} <= node.keys():
            at = f"/badge/alignment/{index}" if isinstance(given, list) else "/badge/alignment"
            yield Finding(pointer=at, reason="has no name and url", fix='Write "name" and "url" of the node.')


def _misleading(value: Any, at: str) -> Iterator[Finding]:
    """Members and definitions by which whoever reads by name and whoever reads by context read two badges.

    An end or a revocation could hide in the other one. Extensions have contexts of their own, for others to read.
    """
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _misleading(item, f"{at}/{index}")
    if not isinstance(value, dict):
        return
    if any(isinstance(item, dict) for item in listed(value.get("@context", []))):
        fix = f'Write "@context": "{CONTEXT}", and name other contexts by their addresses.'
        yield Finding(pointer=f"{at}/@context", reason="defines words in place, which are not read", fix=fix)
    for name, member in value.items():
        place = f"{at}/{escaped(name)}"
        if name in _SAID_TWICE:
            reason = "says a second time what another member says"
            yield Finding(pointer=place, reason=reason, fix=f"Leave out {name}.")
        elif (name.startswith("@") and name not in _OWN_KEYWORDS) or _spelled_out(name):
            reason = "is a spelling of JSON-LD that is not read, and may be another name of a member that is"
            yield Finding(pointer=place, reason=reason, fix="Write members by their names in Open Badges 1.")
        elif name != "@context" and not _is_extension(name, member):
            yield from _misleading(member, place)


def _spelled_out(name: str) -> bool:
    return ":" in name and not name.startswith("extensions:")


def _is_extension(name: str, member: Any) -> bool:
    return name.startswith("extensions:") or (isinstance(member, dict) and "Extension" in listed(member.get("type")))
