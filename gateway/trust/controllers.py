"""Who controls a key: the controller documents of did:web and https issuers, and what they let each key be used for."""

import re
from collections.abc import Mapping
from typing import Any  # Any: members of JSON objects

import msgspec

from gateway.errors import Unreachable
from gateway.trust.addresses import authority, without_fragment
from gateway.trust.served import listed, served_json
from gateway.trust.subject import OneWeb

ACCEPT = "application/did+json, application/did+ld+json, application/cid, application/ld+json, application/json"

_DID_WEB = re.compile(r"did:web:(?P<host>[A-Za-z0-9.-]+(?:%3[Aa][0-9]{1,5})?)(?P<path>(?::[A-Za-z0-9._~%-]+)*)")


class Controller(msgspec.Struct, frozen=True, kw_only=True):
    """A controller document, its relative ids resolved.

    Attributes:
        id: Of whom it speaks.
        url: Where it was served.
        methods: The verification methods it holds, by id, as they were served.
        asserts: Ids of the methods it allows for ``assertionMethod``; some may be held elsewhere.
    """

    id: str
    url: str
    methods: Mapping[str, Mapping[str, Any]]
    asserts: frozenset[str]


async def controller(web: OneWeb, subject: str) -> Controller:
    """Fetch the controller document of a did:web or of an https id.

    Raises:
        Unreachable: It could not be had, speaks of another subject, or the id leads nowhere.

    Source: W3C Controlled Identifiers 1.0 section 3.3; did:web method specification, "Read (Resolve)".
    """
    if subject.startswith("did:web:"):
        url = did_web_address(subject)
    elif authority(subject) is not None:
        url = without_fragment(subject)
    else:
        raise Unreachable(
            f"{subject} cannot be resolved: neither an address nor did:web, did:key or did:jwk",
            fix="Use an https issuer id, or a DID of the methods web, key or jwk.",
        )
    served = await served_json(web, url, accept=ACCEPT)
    if served.document.get("id") != subject:
        raise Unreachable(
            f"{url}: is the document of {served.document.get('id')}, not of {subject}",
            fix=f"Serve a controller document with the id {subject} at {url}.",
        )
    return _read(served.document, subject, url)


def did_web_address(did: str) -> str:
    """Return where a did:web publishes its document.

    Raises:
        Unreachable: It is no well-formed did:web.
    """
    found = _DID_WEB.fullmatch(did)
    if found is None:
        raise Unreachable(f"{did} is not a well-formed did:web", fix="Write it as did:web:host or did:web:host:path.")
    host = re.sub("%3[Aa]", ":", found["host"])
    path = found["path"].replace(":", "/") or "/.well-known"
    return f"https://{host}{path}/did.json"


def host(subject: str) -> str | None:
    """Return on whose host an issuer id lives, None when it lives on none."""
    if not subject.startswith("did:web:"):
        return authority(subject)
    try:
        return authority(did_web_address(subject))
    except Unreachable:
        return None


def absolute(name: str, subject: str) -> str:
    """Resolve an id that is only a fragment against the document it stands in."""
    return subject + name if name.startswith("#") else name


def _read(document: Mapping[str, Any], subject: str, url: str) -> Controller:
    allowed = listed(document.get("assertionMethod"))
    methods = {
        absolute(member["id"], subject): member
        for member in (*listed(document.get("verificationMethod")), *allowed)
        if isinstance(member, dict) and isinstance(member.get("id"), str)
    }
    names = [item.get("id") if isinstance(item, dict) else item for item in allowed]
    return Controller(
        id=subject,
        url=url,
        methods=methods,
        asserts=frozenset(absolute(name, subject) for name in names if isinstance(name, str)),
    )
