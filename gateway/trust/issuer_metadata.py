"""The keys of an issuer of SD-JWT VCs, as its metadata lists them: ``/.well-known/jwt-vc-issuer`` of its address.

Source: draft-ietf-oauth-sd-jwt-vc section 5 (JWT VC Issuer Metadata) and section 3.5 (issuer-signed key discovery).
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final  # Any: members of JSON objects

import msgspec

from gateway.errors import NotAsked, Unreachable
from gateway.trust.addresses import authority, lies_under
from gateway.trust.controllers import controller
from gateway.trust.key_sets import ACCEPT, MAX_KEYS, unless_withdrawn_there
from gateway.trust.keys import Found, of_jwk, unless_withdrawn
from gateway.trust.report import Outcome
from gateway.trust.served import listed, served_json
from gateway.trust.subject import OneWeb

WELL_KNOWN: Final = "/.well-known/jwt-vc-issuer"


_ISSUER: Final = re.compile(
    r"(?P<origin>https?://[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})(?::[1-9][0-9]{0,4})?)"
    r"(?P<path>(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+)*)/?"
)
# An encoded separator would make one segment two; an encoded dot, one place of another.
_SEPARATOR: Final = re.compile(r"%(?:2[eEfF]|5[cC]|00|25)")
_MAX_CHARS: Final = 2048
_LATER: Final = "Try again later."
_PLAIN: Final = "Use an iss such as https://issuer.example/name: without query, fragment, user or dot segments."


def metadata_url(issuer: str) -> str:
    """The address of an issuer's metadata: the well-known part stands between its host and its path.

    Raises:
        Unreachable: It is none, or one that two parsers could take for different places.

    Source: draft-ietf-oauth-sd-jwt-vc section 5 (host, optional port and path; no query and no fragment).
    """
    found = _ISSUER.fullmatch(issuer) if len(issuer) <= _MAX_CHARS else None
    if found is None or authority(issuer) is None or _SEPARATOR.search(issuer):
        raise Unreachable(f"{issuer} is no plain address of an issuer", fix=_PLAIN)
    url = f"{found['origin']}{WELL_KNOWN}{found['path']}"
    if not lies_under(url, f"{found['origin']}/"):
        raise Unreachable(f"{issuer} has a path that servers may take for another place", fix=_PLAIN)
    return url


async def metadata_key(web: OneWeb, now: dt.datetime, header: Mapping[str, Any], issuer: str) -> Found:
    """Look a key up in the metadata of an issuer: by kid or, where the header has none, the only one there.

    A key that the issuer has taken out of its metadata is its own no more; a cached copy is fetched anew before a key
    is called missing.

    Args:
        web: The web as this verification sees it.
        now: Of this verification.
        header: JOSE header, strictly parsed.
        issuer: The claim ``iss``, an address.

    Raises:
        KeyUnusable: The entry is no key of a kind that is used here.
    """
    try:
        url = metadata_url(issuer)
    except Unreachable as error:
        return Found(key=None, authority=Outcome.UNKNOWN, detail=error.reason, fix=error.fix)
    found = await _in_force(web, now, header.get("kid"), issuer, url)
    if found.authority is not Outcome.PASSED and await web.renewed(found.looked_at, now):
        found = await _in_force(web, now, header.get("kid"), issuer, url)
    return found


async def _in_force(web: OneWeb, now: dt.datetime, kid: object, issuer: str, url: str) -> Found:
    """The key that is listed, unless the issuer has ended it: there, in the set of its host, or in its own document."""
    try:
        keys, places = await _keys(web, url, issuer)
    except Unreachable as error:
        fix = error.fix or f"Serve the metadata of {issuer} at {url}, with its keys as jwks."
        return Found(key=None, authority=Outcome.UNKNOWN, detail=error.reason, fix=fix, looked_at=(url,))
    found = _listed(keys, places, kid, issuer)
    found = unless_withdrawn(found, _entries(keys), now, places[-1])
    found = await unless_withdrawn_there(web, now, found, issuer)
    return await _unless_withdrawn_by(web, now, found, issuer)


async def unless_withdrawn_anywhere(web: OneWeb, now: dt.datetime, found: Found, issuer: str) -> Found:
    """Take a key back that is the issuer's by another's word, a certificate, where the issuer itself has ended it.

    What the issuer does not serve takes nothing back; what our own limits kept us from asking for leaves it open.
    """
    if found.authority is not Outcome.PASSED:
        return found
    if authority(issuer) is not None:
        try:
            keys, places = await _keys(web, metadata_url(issuer), issuer)
            found = unless_withdrawn(found, _entries(keys), now, places[-1])
        except NotAsked as error:
            return _unasked(found, error, issuer)
        except Unreachable:
            pass
        found = await unless_withdrawn_there(web, now, found, issuer)
    return await _unless_withdrawn_by(web, now, found, issuer)


def _entries(keys: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": each.get("kid", "an entry without kid"), "publicKeyJwk": each} for each in keys]


def _unasked(found: Found, error: NotAsked, issuer: str) -> Found:
    detail = f"whether {issuer} has withdrawn the key is not known: {error.reason}"
    return msgspec.structs.replace(found, authority=Outcome.UNKNOWN, detail=detail, fix=error.fix or _LATER)


async def _unless_withdrawn_by(web: OneWeb, now: dt.datetime, found: Found, issuer: str) -> Found:
    """Take a key back that the issuer's own document has ended; what is no such document takes nothing back."""
    if found.authority is not Outcome.PASSED:
        return found
    try:
        document = await controller(web, now, issuer)
    except NotAsked as error:
        return _unasked(found, error, issuer)
    except Unreachable:
        return found
    if document.unread:
        detail = f"{document.url} lists keys in a form that is not understood, so it may have withdrawn this one"
        fix = f"List each verificationMethod at {document.url} as an object with an id."
        return msgspec.structs.replace(found, authority=Outcome.UNKNOWN, detail=detail, fix=fix)
    return unless_withdrawn(found, document.entries, now, document.url)


def _listed(keys: Sequence[Mapping[str, Any]], places: tuple[str, ...], kid: object, issuer: str) -> Found:
    if len(keys) > MAX_KEYS:
        detail = f"{places[-1]} lists {len(keys)} keys, of which at most {MAX_KEYS} are looked through"
        return Found(key=None, authority=Outcome.UNKNOWN, detail=detail, fix="List fewer keys.", looked_at=places)
    meant = _distinct([each for each in keys if kid is None or each.get("kid") == kid])
    if not meant:
        fix = f"Publish the key in {places[-1]}, with the kid that the header names."
        detail = f"{places[-1]} does not list the key"
        return Found(key=None, authority=Outcome.FAILED, detail=detail, fix=fix, looked_at=places)
    if len(meant) > 1:
        detail = f"{places[-1]} lists several keys that may be meant"
        fix = "Name the key by a kid that no other one there has."
        return Found(key=None, authority=Outcome.UNKNOWN, detail=detail, fix=fix, looked_at=places)
    key = of_jwk(meant[0])
    if (owner := meant[0].get("iss", issuer)) != issuer:
        detail = f"{places[-1]} gives the key to {owner}, not to the issuer {issuer}"
        fix = "Sign with a key whose member iss is the issuer, or that has none."
        return Found(key=key, authority=Outcome.FAILED, detail=detail, fix=fix, looked_at=places)
    return Found(key=key, authority=Outcome.PASSED, detail="the issuer's metadata lists the key", looked_at=places)


async def _keys(web: OneWeb, url: str, issuer: str) -> tuple[Sequence[Mapping[str, Any]], tuple[str, ...]]:
    """The JWKs of an issuer, and where they were found.

    Raises:
        Unreachable: The metadata is not to be had, is another issuer's, or does not say where its keys are.
    """
    document = (await served_json(web, url)).document
    if document.get("issuer") != issuer:
        raise Unreachable(f"{url}: is the metadata of another issuer", fix=f"Write {issuer} as issuer there.")
    if ("jwks" in document) == ("jwks_uri" in document):
        raise Unreachable(f"{url}: has not exactly one of jwks and jwks_uri", fix="Publish the keys as jwks.")
    places: tuple[str, ...] = (url,)
    jwks = document.get("jwks")
    if "jwks_uri" in document:
        address = document["jwks_uri"]
        # Another host would speak for the issuer, and a document must not choose whom we ask.
        if not isinstance(address, str) or authority(address) is None or authority(address) != authority(issuer):
            raise Unreachable(f"{url}: its jwks_uri is on another host", fix="Publish the keys as jwks.")
        places = (url, address)
        jwks = (await served_json(web, address, accept=ACCEPT)).document
    if not isinstance(jwks, dict):
        raise Unreachable(f"{places[-1]}: holds no JWK Set", fix="Publish the keys as jwks.")
    return [each for each in listed(jwks.get("keys")) if isinstance(each, dict)], places


def _distinct(keys: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for each in keys:
        if each not in found:
            found.append(each)
        if len(found) > 1:
            break
    return found
