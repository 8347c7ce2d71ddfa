"""Badges of an upstream issuer that can each be taken back by it, whole or broken."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any  # Any: members of JSON documents

from gateway.proofs import base64url
from tests.fuzz.model.known import Badge
from tests.laundering.sources import REVOCATIONS, Carrier, Kind, World

HOST = "https://issuer.example"
TOKENS = (Kind.JWS, Kind.VC_JWT)
SECOND = (Kind.HOSTED, Kind.JWS)


def _id(number: int, kind: Kind) -> str:
    return f"{HOST}/assertions/{number}" if kind is Kind.HOSTED else f"urn:uuid:00000000-0000-4000-8000-{number:012}"


def badge(world: World, number: int, kind: Kind, carrier: Carrier, expires: dt.datetime | None = None) -> Badge:
    """One that nobody has seen before, with an address of its own where its issuer may take it back."""
    until = {("expires" if kind in SECOND else "validUntil"): expires.isoformat()} if expires else {}
    changes: dict[str, object] = {"id": _id(number, kind), **until}
    place = {Kind.HOSTED: _id(number, kind), Kind.JWS: REVOCATIONS}.get(kind, f"{HOST}/status/{number}")
    if kind not in SECOND:
        changes["credentialStatus"] = world.issuer.status_list(place)
    body = world.sound(kind, **changes)
    sent = world.carried(body, kind, carrier)
    return Badge(number=number, kind=kind, sent=sent, received=sent, place=place, expires=expires)


def take_back(world: World, badges: list[Badge], now: dt.datetime) -> None:
    """Let their issuer say that none of these stands any more; of those on its revocation list all have to be named."""
    world.revoke(*(_id(each.number, each.kind) for each in badges if each.kind is Kind.JWS))
    for each in badges:
        each.stands = False
        if each.kind is Kind.HOSTED:
            world.web.gone(each.place)
        elif each.kind is not Kind.JWS:
            world.issuer.status_list(each.place, 7, validFrom=f"{now:%Y-%m-%dT%H:%M:%SZ}")


def _changed(document: dict[str, Any]) -> None:
    """Say that it is for something else."""
    if "credentialSubject" in document:
        document["credentialSubject"]["achievement"]["name"] = "Flying"
    else:
        document["recipient"]["identity"] = "thief@example.org"


def tampered(body: bytes, kind: Kind) -> bytes:
    """The bare badge with another content under the same proof."""
    if kind in TOKENS:
        parts = body.decode().split(".")
        claims = json.loads(base64url.decode(parts[1]))
        _changed(claims)
        parts[1] = base64url.encode(json.dumps(claims).encode())
        return ".".join(parts).encode()
    document = json.loads(body)
    _changed(document)
    return json.dumps(document).encode()


def unsigned(body: bytes, kind: Kind) -> bytes:
    """Without its signature; what is hosted, at an address that serves nothing."""
    if kind in TOKENS:
        return body.rpartition(b".")[0] + b"."
    document = json.loads(body)
    if kind is Kind.HOSTED:
        document["id"] += "/nowhere"
    document.pop("proof", None)
    return json.dumps(document).encode()


def cut(body: bytes, kind: Kind) -> bytes:
    """Half of it."""
    del kind
    return body[: len(body) // 2]


FAULTS: dict[str, Callable[[bytes, Kind], bytes]] = {"tampered": tampered, "unsigned": unsigned, "cut": cut}
