"""The JWK Set of an issuer's host: does it hold a key, and whose is it there?"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any  # Any: members of JSON objects
from urllib.parse import urlsplit

import msgspec

from gateway.errors import NotAsked, Unreachable
from gateway.trust.addresses import authority, origin_path, without_fragment
from gateway.trust.keys import Found, Key, of_jwk, unless_withdrawn
from gateway.trust.report import Outcome
from gateway.trust.served import listed, served_json
from gateway.trust.subject import OneWeb

ACCEPT = "application/jwk-set+json, application/json"

_MAX_RIVALS = 8
_BEST_FIRST = (Outcome.PASSED, Outcome.UNKNOWN, Outcome.FAILED)

MAX_KEYS = 200
"""Of one set: entries are judged against each other, and whoever asks for a verification may serve the set."""

_LATER = "Try again later."
_FEWER_KEYS = "Leave out the keys of signatures that nobody checks any more, or list the key under assertionMethod."


async def published_key(web: OneWeb, kid: str | None, stated: Key | None, issuer: str) -> Found:
    """Look a key up in the JWK Set of the issuer's host: by kid or, without one, by the key itself.

    The set speaks for the host, and on a host of many issuers each could otherwise sign as any other. A key is the
    issuer's when its member ``iss`` says so. Without ``iss`` it is only when its name leads to nobody else, and the
    issuer is the host itself or every key of the set is this issuer's by ``iss`` or by the address in its kid.

    Args:
        web: The web as this verification sees it.
        kid: Of the header, None for none.
        stated: The key in the header, None for none.
        issuer: Id of the issuer that the token claims, an address.

    Raises:
        KeyUnusable: The entry is no key of a kind that is used here.

    Source: Open Badges 3.0 implementation guide, "Key provenance" (the set of the issuer's authority; ``iss``).
    """
    url = _address(issuer)
    fix = f"Publish the key in {url}, with the kid that the header names and {issuer} as iss."
    try:
        served = await served_json(web, url, accept=ACCEPT)
    except Unreachable as error:
        return Found(key=stated, authority=Outcome.UNKNOWN, detail=error.reason, fix=fix, looked_at=(url,))
    members = [member for member in listed(served.document.get("keys")) if isinstance(member, dict)]
    if len(members) > MAX_KEYS:
        detail = f"{url} holds {len(members)} keys, of which at most {MAX_KEYS} are looked through"
        return Found(key=stated, authority=Outcome.UNKNOWN, detail=detail, fix=_FEWER_KEYS, looked_at=(url,))
    named = _distinct(members, kid, stated)
    if len(named) > _MAX_RIVALS:
        return _ambiguous(url, kid)
    own = all(_is_said_to_be(each, issuer) for each in members)
    found = [_judged(member, kid, issuer, own=own) for member in named]
    if found:
        return _best(found, url, kid)
    return Found(
        key=stated,
        authority=Outcome.FAILED,
        detail=f"{url} does not hold the key",
        fix=fix,
        looked_at=(url,),
    )


async def unless_withdrawn_there(web: OneWeb, now: dt.datetime, found: Found, issuer: str) -> Found:
    """Take a key back that an entry of the set has ended under any kid, unless ``iss`` makes the entry another's.

    A set that its host does not serve takes nothing back: the issuer's document decides alone. One that our own limits
    kept us from asking for leaves it open.
    """
    if found.authority is not Outcome.PASSED:
        return found
    try:
        served = await served_json(web, _address(issuer), accept=ACCEPT)
    except NotAsked as error:
        detail = f"whether the set of its host has withdrawn the key is not known: {error.reason}"
        return msgspec.structs.replace(found, authority=Outcome.UNKNOWN, detail=detail, fix=error.fix or _LATER)
    except Unreachable:
        return found
    entries = [
        {"id": member.get("kid", "an entry without kid"), "publicKeyJwk": member}
        for member in listed(served.document.get("keys"))
        if isinstance(member, dict) and member.get("iss", issuer) == issuer
    ]
    return unless_withdrawn(found, entries, now, served.url)


def _best(found: Sequence[Found], url: str, kid: str | None) -> Found:
    """Choose the entry that says most in favour of the issuer; two keys that say the same under one name are none."""
    best = min(found, key=lambda each: _BEST_FIRST.index(each.authority))
    rivals = [each.key for each in found if each.authority is best.authority]
    if all(key is not None and best.key is not None and key.same(best.key) for key in rivals):
        return best
    return _ambiguous(url, kid)


def _ambiguous(url: str, kid: str | None) -> Found:
    return Found(
        key=None,
        authority=Outcome.UNKNOWN,
        detail=f"{url} holds several keys with the kid {kid}",
        fix=f"Give each key in {url} a kid of its own.",
        looked_at=(url,),
    )


def names_another(kid: str | None, issuer: str) -> bool:
    """Say whether a kid leads to somebody else: to a key inside another document, or to another host.

    A kid that is the address of a key on the issuer's own host leads to nobody; the issuer has to list that key.
    """
    if kid is None or _may_be_own(kid, issuer):
        return False
    return "#" in kid or authority(kid) != authority(issuer)


def _distinct(members: Sequence[Mapping[str, Any]], kid: str | None, stated: Key | None) -> list[Mapping[str, Any]]:
    """The entries that may be meant, each once, and no more than it takes to see that they are too many."""
    spelling = stated.spelling if stated is not None else None
    found: list[Mapping[str, Any]] = []
    for member in members:
        meant = (spelling is not None and spelling.is_web_key(member)) if kid is None else member.get("kid") == kid
        if meant and member not in found:
            found.append(member)
        if len(found) > _MAX_RIVALS:
            break
    return found


def _judged(member: Mapping[str, Any], kid: str | None, issuer: str, *, own: bool) -> Found:
    """Judge one entry of the set; ``own`` when every entry is said to be the issuer's."""
    key, url = of_jwk(member), _address(issuer)
    if "iss" in member and member["iss"] != issuer:
        return Found(
            key=key,
            authority=Outcome.FAILED,
            detail=f"{url} gives the key to {member['iss']}, not to the issuer {issuer}",
            fix="Sign with a key whose member iss is the issuer.",
            looked_at=(url,),
        )
    if "iss" in member or (
        _may_be_own(kid, issuer) and _may_be_own(member.get("kid"), issuer) and (_is_origin(issuer) or own)
    ):
        return Found(key=key, authority=Outcome.PASSED, detail="the issuer's host publishes the key", looked_at=(url,))
    return Found(
        key=key,
        authority=Outcome.UNKNOWN,
        detail=f"{url} holds the key, and does not say that it is {issuer}'s",
        fix=f"Write {issuer} as iss of the key in {url}, or list the key under assertionMethod at {issuer}.",
        looked_at=(url,),
    )


def _is_said_to_be(member: Mapping[str, Any], issuer: str) -> bool:
    kid = member.get("kid")
    return member["iss"] == issuer if "iss" in member else isinstance(kid, str) and _is_own(kid, issuer)


def _may_be_own(kid: object, issuer: str) -> bool:
    """A name that is no URL says nothing of whose the key is; one that is a URL has to be the issuer's."""
    if not isinstance(kid, str) or not _is_url(kid):
        return True
    return _is_own(kid, issuer) or without_fragment(kid) == _address(issuer)


def _is_own(kid: str, issuer: str) -> bool:
    base = without_fragment(kid)
    return base == issuer or (_is_origin(issuer) and base.rstrip("/") == issuer.rstrip("/"))


def _is_url(kid: str) -> bool:
    return "://" in kid or kid.startswith("did:")


def _is_origin(issuer: str) -> bool:
    """Whether the issuer is its host, and not one name of many there."""
    parts = urlsplit(issuer)
    return parts.path in {"", "/"} and not parts.query and not parts.fragment


def _address(issuer: str) -> str:
    return origin_path(issuer, "/.well-known/jwks.json")
