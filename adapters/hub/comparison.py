"""Where two copies of one Assertion of Open Badges 1 or 2.0 differ in meaning."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Protocol  # Any: a JSON value

import msgspec

from adapters.hub.errors import Malformed
from adapters.hub.losses import escaped
from adapters.hub.wire import listed

_NOT_SAID = {"@context", "type"}
_ISSUER_MAY_CHANGE = {"@context", "verification", "publicKey", "revocationList"}
_NAMING = {"id", "type"}
_IMPLIED = {
    "": {"Assertion"},
    "badge": {"BadgeClass"},
    "issuer": {"Issuer", "Profile"},
    "recipient": {"IdentityObject"},
    "verification": {"VerificationObject"},
    "evidence": {"Evidence"},
    "criteria": {"Criteria"},
    "alignment": {"AlignmentObject", "Alignment"},
    "image": {"Image"},
    "creator": {"CryptographicKey"},
    "publicKey": {"CryptographicKey"},
}
"""Member -> the specification's own class, which says no more than the place; any other type is a statement."""

_SYNONYMS = {"hosted": "HostedBadge", "signed": "SignedBadge"}


class Served(Protocol):
    """An Assertion as its hosts serve it, as far as its parts are known."""

    @property
    def document(self) -> dict[str, Any]:
        """Badge and issuer stand in place."""

    @property
    def wanted(self) -> Collection[str]:
        """Addresses of parts that are not known."""


def compared(
    copy: dict[str, Any],
    serve: Callable[[], Served],
    tellings: Callable[[dict[str, Any]], Iterable[dict[str, Any]]] = lambda document: (document,),
) -> tuple[dict[str, Any] | None, tuple[str, ...] | None]:
    """What the hosts serve, and where the copy differs from that; None for what could not be had.

    Args:
        serve: What the hosts serve; raises Malformed where that is no Assertion.
        tellings: The wordings of what is served that count; the nearest is compared.
    """
    try:
        host = serve()
    except Malformed:
        # A page of an error, or a login: it says nothing about the badge.
        return None, None
    if host.document.get("revoked") is True and "badge" not in host.document:
        return host.document, ("/revoked",)
    if host.wanted:
        return host.document, None
    return host.document, min((tuple(differences(copy, each)) for each in tellings(host.document)), key=len)


def differences(copy: dict[str, Any], host: dict[str, Any]) -> Iterator[str]:
    """Yield JSON Pointers into ``copy`` where it says something else than what its hosts serve.

    Both are assembled and normalised. Assertion and BadgeClass must say the same in both directions: a copy that lacks
    what the host says is another badge. Of the issuer only what the copy repeats is compared, and not how its badges
    are secured: keys are rotated and Profiles are completed long after a badge was baked.
    """
    badge, hosted_badge = copy.get("badge"), host.get("badge")
    if not isinstance(badge, dict) or not isinstance(hosted_badge, dict):
        yield from _compared(copy, host, "")
        return
    yield from _compared(_without(copy, "badge"), _without(host, "badge"), "")
    yield from _compared(_without(badge, "issuer"), _without(hosted_badge, "issuer"), "/badge")
    yield from _issuers(badge.get("issuer"), hosted_badge.get("issuer"), "/badge/issuer")


def endorsement_differences(copy: dict[str, Any], host: dict[str, Any]) -> Iterator[str]:
    """The same for an Endorsement; its issuer may stand there whole in one and be named by id in the other."""
    yield from _compared(_without(copy, "issuer"), _without(host, "issuer"), "")
    mine, theirs = copy.get("issuer"), host.get("issuer")
    if isinstance(mine, str) != isinstance(theirs, str):
        yield from _compared({"id": _named(mine)}, {"id": _named(theirs)}, "/issuer")
    else:
        yield from _issuers(mine, theirs, "/issuer")


def _named(issuer: Any) -> Any:
    return issuer.get("id") if isinstance(issuer, dict) else issuer


def _without(document: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != name}


def _issuers(copy: Any, host: Any, at: str) -> Iterator[str]:
    if isinstance(copy, dict) and isinstance(host, dict):
        repeated = {name: value for name, value in copy.items() if name not in _ISSUER_MAY_CHANGE | {"type"}}
        yield from _compared(repeated, {name: host.get(name) for name in repeated}, at)
        if set(_stated(copy, at)) - set(_stated(host, at)):
            yield f"{at}/type"
    else:
        yield from _compared(copy, host, at)


def _compared(one: Any, other: Any, at: str) -> Iterator[str]:
    one, other = _plain(one, at), _plain(other, at)
    if isinstance(one, dict) and isinstance(other, dict):
        if _stated(one, at) != _stated(other, at):
            yield f"{at}/type"
        for name in {**one, **other}:
            place = f"{at}/{escaped(name)}"
            if _is_extension(name, one.get(name)) or _is_extension(name, other.get(name)):
                # What it means is for its own specification to say, so no spelling of it is known to be another's.
                if _exactly(one.get(name)) != _exactly(other.get(name)):
                    yield place
            elif name not in _NOT_SAID and not _implied(name, one, other):
                yield from _compared(one.get(name), other.get(name), place)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, (item, counterpart) in enumerate(zip(one, other, strict=True)):
            yield from _compared(item, counterpart, f"{at}/{index}")
    elif not _same(one, other):
        yield at


def _plain(value: Any, at: str) -> Any:
    """One spelling a value: a list of one is its item, an object of only an id is the id, ``[]`` is nothing."""
    while isinstance(value, list) and len(value) == 1:
        value = value[0]
    if value in ([], {}):
        return None
    if isinstance(value, dict) and "id" in value and value.keys() <= _NAMING and not _stated(value, at):
        return value["id"]
    return _SYNONYMS.get(value, value) if isinstance(value, str) else value


def _stated(value: dict[str, Any], at: str) -> list[str]:
    """The types of an object that its place does not imply.

    Their order says nothing, but for a recipient: of several kinds of identity the first is read.
    """
    place = next((name for name in reversed(at.split("/")) if not name.isdigit()), "")
    types = [_SYNONYMS.get(name, name) for name in listed(value.get("type", [])) if isinstance(name, str)]
    stated = [name for name in dict.fromkeys(types) if name not in _IMPLIED.get(place, ())]
    return stated if place == "recipient" else sorted(stated)


def _is_extension(name: str, value: Any) -> bool:
    return name.startswith("extensions:") or (isinstance(value, dict) and "Extension" in listed(value.get("type")))


def _exactly(value: Any) -> bytes:
    return msgspec.json.encode(value, order="deterministic")


def _implied(name: str, one: dict[str, Any], other: dict[str, Any]) -> bool:
    """``revoked`` is false where it is left out."""
    return name == "revoked" and not one.get(name) and not other.get(name)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str) and one != other:
        instant = _instant(one)
        return instant is not None and instant == _instant(other)
    # 1, 1.0 and true are equal in Python, and three different texts.
    return type(one) is type(other) and bool(one == other)


def _instant(text: str) -> dt.datetime | None:
    if not text[:1].isdigit():
        return None
    try:
        instant = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return instant if instant.tzinfo else None
