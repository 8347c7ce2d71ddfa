"""From the header of a VC-JWT to the key, and whether it is the issuer's: DIDs, the issuer's JWK Set, its document."""

import datetime as dt
from collections.abc import Mapping
from typing import Any  # Any: members of JSON objects

import msgspec

from gateway.errors import NoDocument, Unreachable
from gateway.proofs.errors import KeyUnusable
from gateway.trust.addresses import authority
from gateway.trust.controllers import Controller, absolute, controller
from gateway.trust.did_addresses import METHODS
from gateway.trust.key_sets import ACCEPT, names_another, published_key, unless_withdrawn_there
from gateway.trust.keys import Found, Key, listed_key, named_key, of_jwk, own_key, unless_withdrawn
from gateway.trust.report import Outcome
from gateway.trust.served import served_json
from gateway.trust.subject import OneWeb


async def token_key(web: OneWeb, now: dt.datetime, header: Mapping[str, Any], issuer: str) -> Found:
    """Find the key of a token.

    A key in the header (``jwk``) is what anybody can write there; it says whether the signature is right, and the
    issuer must have published the same key. For an https issuer that is its own controller document, which has the
    last word where it lists keys, or ``/.well-known/jwks.json`` of its host.

    Args:
        web: The web as this verification sees it.
        now: Of this verification.
        header: JOSE header, strictly parsed.
        issuer: Id of the issuer that the credential claims.

    Source: Open Badges 3.0 section 8.2; implementation guide, "Key provenance" (JWK Set of the issuer's authority, and
    its extra member ``iss``); RFC 7638 to compare keys.
    """
    found = await _of_header(web, now, header, issuer)
    if found.authority is not Outcome.PASSED and await web.renewed(found.looked_at, now):
        found = await _of_header(web, now, header, issuer)
    return found


async def _of_header(web: OneWeb, now: dt.datetime, header: Mapping[str, Any], issuer: str) -> Found:
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
    if issuer.startswith(METHODS):
        return await _of_document(web, now, issuer, stated)
    if authority(issuer) is None:
        return Found(
            key=stated,
            authority=Outcome.UNKNOWN,
            detail=f"the issuer's id {issuer} is not an address, so nobody can be asked for its keys",
            fix="Use an https issuer id, or a DID of the methods web, webvh, key or jwk.",
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
        document = await controller(web, now, issuer)
    except Unreachable as error:
        fix = error.fix or f"Serve the document of {issuer}, with the key under assertionMethod."
        return Found(key=stated, authority=Outcome.UNKNOWN, detail=error.reason, fix=fix, looked_at=(issuer,))
    found = listed_key(document, now, stated) if stated is not None else None
    return found or Found(
        key=stated,
        authority=Outcome.FAILED,
        detail=f"the document of {issuer} does not list the key for assertions",
        fix=f"List the key under assertionMethod at {document.url}.",
        looked_at=(document.url,),
    )


async def _of_site(web: OneWeb, now: dt.datetime, kid: str | None, stated: Key | None, issuer: str) -> Found:
    """Ask the issuer's host for its JWK Set, and the issuer's own document, which has the last word."""
    entry = await published_key(web, kid, stated, issuer)
    published = _consistent(entry, stated)
    if published is not entry:
        return published
    name = absolute(kid, issuer) if kid is not None else ""
    named = _consistent(await named_key(web, now, name, issuer), stated) if authority(name) is not None else None
    try:
        found = _decided(await controller(web, now, issuer), now, name, published, named)
    except NoDocument:
        found = published
    except Unreachable as error:
        found = _unasked(published, error, issuer)
    found = await unless_withdrawn_there(web, now, found, issuer)
    looked_at = (*published.looked_at, *(named.looked_at if named else ()), *found.looked_at)
    return msgspec.structs.replace(
        found,
        key=found.key or published.key or (named.key if named else None) or await _served_at(web, kid, issuer),
        looked_at=tuple(dict.fromkeys(looked_at)),
    )


def _unasked(published: Found, error: Unreachable, issuer: str) -> Found:
    """Leave open what the issuer's document would say, which was not heard.

    Whoever can keep us from asking, by our own limits or the network's, must not bring a withdrawn key back.
    """
    if published.authority is not Outcome.PASSED:
        return published
    fix = (
        error.fix or f"Let {issuer} answer with its controller document, or with 404 where it has none; then try again."
    )
    return msgspec.structs.replace(
        published,
        authority=Outcome.UNKNOWN,
        detail=f"whether {issuer} has withdrawn the key is not known: {error.reason}",
        fix=fix,
    )


def _decided(document: Controller, now: dt.datetime, name: str, published: Found, named: Found | None) -> Found:
    """Let the issuer's own document decide, where it lists keys at all.

    A key that it has withdrawn stays withdrawn, though the JWK Set of the host still has it; one that it does not
    list may be anybody's on that host.
    """
    if not document.methods and not document.asserts:
        return _alone(document, now, published)
    if named is not None and (name in document.methods or name in document.asserts):
        return named
    listed = listed_key(document, now, published.key) if published.key is not None else None
    if listed is None and published.authority is Outcome.PASSED:
        return msgspec.structs.replace(
            published,
            authority=Outcome.UNKNOWN,
            detail=f"{document.url} lists the keys of {document.id}, and this one is not among them",
            fix=f"List the key under assertionMethod at {document.url} as well.",
        )
    if listed is None or (listed.authority is Outcome.PASSED and _contradicted(name, published, document.id)):
        return published
    return listed


def _alone(document: Controller, now: dt.datetime, published: Found) -> Found:
    """What the JWK Set says, beside a document that lists no keys; one that lists them in no way we know is another."""
    if document.unread and published.authority is Outcome.PASSED:
        return msgspec.structs.replace(
            published,
            authority=Outcome.UNKNOWN,
            detail=f"{document.url} lists keys in a form that is not understood, so it may have withdrawn this one",
            fix=f"List each verificationMethod at {document.url} as an object with an id, and its id or itself under "
            "assertionMethod; or leave both members out.",
        )
    return unless_withdrawn(published, document.entries, now, document.url)


def _contradicted(name: str, published: Found, issuer: str) -> bool:
    """Whether header or host name somebody else for a key that the issuer lists."""
    return published.authority is not Outcome.PASSED and names_another(name, issuer)


async def _served_at(web: OneWeb, kid: str | None, issuer: str) -> Key | None:
    """The JWK that a kid on the issuer's host leads to: it says whether the signature is right, not whose it is."""
    if kid is None or authority(kid) != authority(issuer):
        return None
    try:
        served = await served_json(web, kid, accept=f"application/jwk+json, {ACCEPT}")
        return of_jwk(served.document)
    except (Unreachable, KeyUnusable):
        return None
