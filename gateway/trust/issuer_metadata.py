"""The keys of an issuer of SD-JWT VCs, as its metadata lists them: ``/.well-known/jwt-vc-issuer`` of its address.

Source: draft-ietf-oauth-sd-jwt-vc section 5 (JWT VC Issuer Metadata) and section 3.5 (issuer-signed key discovery).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final  # Any: members of JSON objects
from urllib.parse import urlsplit

from gateway.errors import Unreachable
from gateway.trust.addresses import authority
from gateway.trust.key_sets import ACCEPT, MAX_KEYS
from gateway.trust.keys import Found, of_jwk
from gateway.trust.report import Outcome
from gateway.trust.served import listed, served_json
from gateway.trust.subject import OneWeb

WELL_KNOWN: Final = "/.well-known/jwt-vc-issuer"


def metadata_url(issuer: str) -> str:
    """The address of an issuer's metadata: the well-known part stands between its host and its path."""
    parts = urlsplit(issuer)
    return f"{parts.scheme}://{parts.netloc}{WELL_KNOWN}{parts.path.rstrip('/')}"


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
    found = await _listed(web, header.get("kid"), issuer)
    if found.authority is not Outcome.PASSED and await web.renewed(found.looked_at, now):
        found = await _listed(web, header.get("kid"), issuer)
    return found


async def _listed(web: OneWeb, kid: object, issuer: str) -> Found:
    url = metadata_url(issuer)
    try:
        keys, places = await _keys(web, url, issuer)
    except Unreachable as error:
        fix = error.fix or f"Serve the metadata of {issuer} at {url}, with its keys as jwks."
        return Found(key=None, authority=Outcome.UNKNOWN, detail=error.reason, fix=fix, looked_at=(url,))
    if len(keys) > MAX_KEYS:
        detail = f"{url} lists {len(keys)} keys, of which at most {MAX_KEYS} are looked through"
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
