"""From the ``verify.url`` of a signed badge of Open Badges 1 to the key, and whether it is the issuer's."""

import datetime as dt

from gateway.errors import Unreachable
from gateway.proofs.errors import KeyUnusable
from gateway.proofs.signatures import algorithms, public_key
from gateway.trust.addresses import authority, lies_under
from gateway.trust.keys import Found, Key, unless_withdrawn
from gateway.trust.profile import IssuerProfile, Scope, issuer_profile
from gateway.trust.report import Outcome
from gateway.trust.served import identifier, served_body
from gateway.trust.subject import OneWeb
from gateway.trust.withdrawals import holds, is_material

_ACCEPT = "application/x-pem-file, application/pem-certificate-chain;q=0.9, text/plain;q=0.8, */*;q=0.1"
_NAME = "Sign it with the address of the public key in verify.url."
_MOVE = "Serve the public key where {} says that its badges lie, and name it so in verify.url."
_SERVE = "Serve the public key at {} as PEM: -----BEGIN PUBLIC KEY-----, RSA of 2048 to 8192 bits."
_LIST = "List {} under publicKey of {}, or leave publicKey out."


async def pem_key(web: OneWeb, now: dt.datetime, key_url: str, issuer: str) -> Found:
    """Find the key that a signed badge names by its address.

    An issuer of Open Badges 1 lists no keys, so all that ties a key to it is that its own host serves the key. A key
    elsewhere is not asked for: a badge must not choose whom we ask. An issuer whose document has members of
    Open Badges 2.0 is held to them: the keys that it lists, and the addresses that it vouches for.

    Args:
        web: The web as this verification sees it.
        now: Of this verification.
        key_url: ``verify.url``, "" when the badge has none.
        issuer: Address of the issuer's document.

    Source: Open Badges 1.1, "Signed Badges", steps 4 to 6.
    """
    if authority(key_url) is None:
        return Found(key=None, authority=Outcome.FAILED, detail="the badge names no address of its key", fix=_NAME)
    if authority(key_url) != authority(issuer):
        detail = f"the key {key_url} is not on the host of the issuer {issuer}"
        return Found(key=None, authority=Outcome.FAILED, detail=detail, fix=_MOVE.format(issuer), looked_at=(key_url,))
    looked_at = (issuer, key_url)
    try:
        key = _key(await served_body(web, key_url, accept=_ACCEPT))
    except (Unreachable, KeyUnusable) as error:
        reason = error.reason if isinstance(error, Unreachable) else f"{key_url}: {error.reason}"
        fix = error.fix or _SERVE.format(key_url)
        return Found(key=None, authority=Outcome.UNKNOWN, detail=reason, fix=fix, looked_at=looked_at)
    try:
        profile = await issuer_profile(web, issuer)
    except Unreachable as error:
        return Found(key=key, authority=Outcome.UNKNOWN, detail=error.reason, fix=error.fix, looked_at=looked_at)
    return _judged(key, key_url, profile, now)


def _judged(key: Key, key_url: str, profile: IssuerProfile, now: dt.datetime) -> Found:
    verdict, detail, fix = Outcome.PASSED, "the issuer's own host serves the key", ""
    entries = [entry for entry in profile.keys if isinstance(entry, dict) and any(map(is_material, entry))]
    listed = key_url in map(identifier, profile.keys) or any(_is(entry, key) for entry in entries)
    if profile.scope is None or not _within(key_url, profile.scope):
        verdict = Outcome.UNKNOWN if profile.scope is None else Outcome.FAILED
        detail, fix = f"{key_url} is not where {profile.id} says that it vouches for", _MOVE.format(profile.id)
    elif profile.keys and not listed:
        verdict, detail = Outcome.UNKNOWN, f"{profile.id} lists its keys, and {key_url} is none of them"
        fix = _LIST.format(key_url, profile.id)
    found = Found(key=key, authority=verdict, detail=detail, fix=fix, looked_at=(profile.id, key_url))
    return unless_withdrawn(found, entries, now, profile.id)


def _is(entry: dict[str, object], key: Key) -> bool:
    return holds({name: value for name, value in entry.items() if is_material(name)}, key.public)


def _within(key_url: str, scope: Scope) -> bool:
    prefixes, hosts = scope.starts_with, scope.allowed_origins
    if prefixes and not any(lies_under(key_url, prefix) for prefix in prefixes):
        return False
    return hosts is None or authority(key_url) in {authority(host) or host.lower() for host in hosts}


def _key(body: bytes) -> Key:
    """Read the one PEM that a body is.

    Raises:
        KeyUnusable: It is none, or of a key that is not used here.
    """
    pem = body.strip()
    if not pem.startswith(b"-----") or pem.count(b"-----BEGIN ") != 1:
        raise KeyUnusable("serves no public key as PEM")
    public = public_key(pem)
    return Key(public, algorithms(public))
