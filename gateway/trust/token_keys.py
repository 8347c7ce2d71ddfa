"""From the header of a VC-JWT to the key, and whether it is the issuer's: DIDs, the issuer's JWK Set, its document."""

import datetime as dt
from collections.abc import Mapping
from typing import Any  # Any: members of JSON objects

import msgspec

from gateway.errors import Unreachable
from gateway.proofs.errors import KeyUnusable
from gateway.trust.addresses import authority
from gateway.trust.controllers import absolute, controller
from gateway.trust.keys import Found, Key, disallowed, material, named_key, of_jwk, own_key
from gateway.trust.report import Outcome
from gateway.trust.served import listed, served_json
from gateway.trust.subject import OneWeb

ACCEPT = "application/jwk-set+json, application/json"


async def token_key(web: OneWeb, now: dt.datetime, header: Mapping[str, Any], issuer: str) -> Found:
    """Find the key of a token.

    A key in the header (``jwk``) is what anybody can write there; it says whether the signature is right, and the
    issuer must have published the same key. For an https issuer that is ``/.well-known/jwks.json`` of its host, or its
    own controller document.

    Args:
        web: The web as this verification sees it.
        now: Of this verification.
        header: JOSE header, strictly parsed.
        issuer: Id of the issuer that the credential claims.

    Source: Open Badges 3.0 section 8.2; implementation guide, "Key provenance" (JWK Set of the issuer's authority, and
    its extra member ``iss``); RFC 7638 to compare keys.
    """
    kid, stated = header.get("kid"), _stated(header)
    if kid is None and stated is None:
        return Found(
            key=None,
            authority=Outcome.FAILED,
            detail="the header names no key",
            fix="Put kid (the URL of the public key) or jwk (the public key) into the header.",
        )
    if isinstance(kid, str) and absolute(kid, issuer).startswith("did:"):
        return _consistent(await named_key(web, now, absolute(kid, issuer), issuer), stated)
    if issuer.startswith(("did:key:", "did:jwk:")):
        return _of_its_own(issuer, stated)
    if issuer.startswith("did:web:"):
        return await _of_document(web, now, issuer, stated)
    if authority(issuer) is None:
        return Found(
            key=stated,
            authority=Outcome.UNKNOWN,
            detail=f"the issuer's id {issuer} is not an address, so nobody can be asked for its keys",
            fix="Use an https issuer id, or a DID of the methods web, key or jwk.",
        )
    return await _of_site(web, now, kid if isinstance(kid, str) else None, stated, issuer)


def _stated(header: Mapping[str, Any]) -> Key | None:
    return of_jwk(header["jwk"]) if isinstance(header.get("jwk"), dict) else None


def _consistent(found: Found, stated: Key | None) -> Found:
    """Refuse a header whose kid and jwk are two different keys."""
    if stated is None or (found.key is not None and found.key.same(stated)):
        return found
    if found.key is None:
        return msgspec.structs.replace(found, key=stated)
    return msgspec.structs.replace(
        found,
        authority=Outcome.FAILED,
        detail="kid and jwk in the header are two different keys",
        fix="Leave jwk out, or make it the key that kid names.",
    )


def _of_its_own(issuer: str, stated: Key | None) -> Found:
    own = own_key(issuer)
    if stated is None or own.same(stated):
        return Found(key=own, authority=Outcome.PASSED, detail="the issuer is this key", looked_at=(issuer,))
    return Found(
        key=stated,
        authority=Outcome.FAILED,
        detail=f"the key in the header is not the one that {issuer} is",
        fix="Sign with the key that the issuer's DID is.",
        looked_at=(issuer,),
    )


async def _of_document(web: OneWeb, now: dt.datetime, issuer: str, stated: Key | None) -> Found:
    """Look for the header's key among those that the issuer's controller document allows for assertions."""
    try:
        document = await controller(web, issuer)
    except Unreachable as error:
        return Found(key=stated, authority=Outcome.UNKNOWN, detail=error.reason, fix=error.fix, looked_at=(issuer,))
    for name in document.asserts & document.methods.keys():
        members = document.methods[name]
        if _is(members, stated) and not disallowed(members, str(members.get("controller", "")), issuer, now):
            return Found(
                key=stated,
                authority=Outcome.PASSED,
                detail="the issuer's own document lists the key",
                looked_at=(document.url, name),
            )
    return Found(
        key=stated,
        authority=Outcome.FAILED,
        detail=f"the document of {issuer} does not list the key for assertions",
        fix=f"List the key under assertionMethod at {document.url}.",
        looked_at=(document.url,),
    )


def _is(members: Mapping[str, Any], stated: Key | None) -> bool:
    try:
        return stated is not None and material(members).same(stated)
    except KeyUnusable:
        return False


async def _of_site(web: OneWeb, now: dt.datetime, kid: str | None, stated: Key | None, issuer: str) -> Found:
    """Ask the issuer's host for its JWK Set, then the issuer's own document."""
    published = await _published(web, kid, stated, issuer)
    if published.authority is Outcome.PASSED:
        return published
    if kid is not None and authority(kid) is not None:
        documented = _consistent(await named_key(web, now, kid, issuer), stated)
    elif stated is not None:
        documented = await _of_document(web, now, issuer, stated)
    else:
        return published
    if documented.authority is Outcome.PASSED:
        return documented
    return msgspec.structs.replace(
        published,
        key=published.key or documented.key or await _served_at(web, kid, issuer),
        looked_at=(*published.looked_at, *documented.looked_at),
    )


async def _published(web: OneWeb, kid: str | None, stated: Key | None, issuer: str) -> Found:
    """Look the key up in the JWK Set of the issuer's host, by kid or, without one, by the key itself."""
    url = f"https://{authority(issuer)}/.well-known/jwks.json"
    fix = f"Publish the key in {url}, with the kid that the header names."
    try:
        served = await served_json(web, url, accept=ACCEPT)
    except Unreachable as error:
        return Found(key=stated, authority=Outcome.UNKNOWN, detail=error.reason, fix=fix, looked_at=(url,))
    for member in listed(served.document.get("keys")):
        if isinstance(member, dict) and (_fits(member, stated) if kid is None else member.get("kid") == kid):
            return _consistent(_listed_there(member, issuer, url), stated)
    return Found(
        key=stated,
        authority=Outcome.FAILED,
        detail=f"{url} does not hold the key",
        fix=fix,
        looked_at=(url,),
    )


def _fits(member: Mapping[str, Any], stated: Key | None) -> bool:
    try:
        return stated is not None and of_jwk(member).same(stated)
    except KeyUnusable:
        return False


def _listed_there(member: Mapping[str, Any], issuer: str, url: str) -> Found:
    """Judge an entry of the JWK Set: on a host of many issuers, ``iss`` says whose key it is."""
    key = of_jwk(member)
    if member.get("iss", issuer) != issuer:
        return Found(
            key=key,
            authority=Outcome.FAILED,
            detail=f"{url} gives the key to {member['iss']}, not to the issuer {issuer}",
            fix="Sign with a key whose member iss is the issuer.",
            looked_at=(url,),
        )
    return Found(key=key, authority=Outcome.PASSED, detail="the issuer's host publishes the key", looked_at=(url,))


async def _served_at(web: OneWeb, kid: str | None, issuer: str) -> Key | None:
    """The JWK that a kid on the issuer's host leads to: it says whether the signature is right, not whose it is."""
    if kid is None or authority(kid) != authority(issuer):
        return None
    try:
        served = await served_json(web, kid, accept=f"application/jwk+json, {ACCEPT}")
        return of_jwk(served.document)
    except (Unreachable, KeyUnusable):
        return None
