"""From the ``creator`` of a signed Open Badges 2.0 Assertion to the key, and whether it is the issuer's."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any  # Any: members of JSON objects

from gateway.errors import Unreachable
from gateway.proofs.errors import KeyUnusable
from gateway.proofs.signatures import algorithms, public_key
from gateway.trust.addresses import authority
from gateway.trust.keys import Found, Key, unless_withdrawn
from gateway.trust.profile import IssuerProfile, issuer_profile
from gateway.trust.report import Outcome
from gateway.trust.served import identifier, served_json
from gateway.trust.subject import OneWeb
from gateway.trust.withdrawals import ended, holds, is_material

_RENEW = (
    "Sign the badge anew with a key that is in force; nothing proves that a signature was made before its key ended."
)
_ONE = "Write each key of the issuer once, under an id of its own."
_LIST = "List the key under publicKey of the issuer Profile that {} serves."


async def badge_key(web: OneWeb, now: dt.datetime, creator: str, issuer: str) -> Found:
    """Find the CryptographicKey of a SignedBadge.

    A key and a Profile inside the badge agree with each other and prove nothing; the Profile that the issuer's address
    serves decides.

    Args:
        web: The web as this verification sees it.
        now: Of this verification.
        creator: ``verification.creator``, "" when the badge names no key.
        issuer: Id of the issuer that the badge claims.

    Source: Open Badges 2.0, "Signed Badges" and CryptographicKey; W3C Controlled Identifiers 1.0 section 2.2 for
    ``revoked`` and ``expires``, which Open Badges 2.0 does not have and issuers write.
    """
    found = await _named(web, now, creator, issuer)
    if found.authority is not Outcome.PASSED and await web.renewed(found.looked_at, now):
        found = await _named(web, now, creator, issuer)
    return found


async def _named(web: OneWeb, now: dt.datetime, creator: str, issuer: str) -> Found:
    try:
        profile = await issuer_profile(web, issuer)
    except Unreachable as error:
        return Found(
            key=await _on_its_host(web, creator, issuer),
            authority=Outcome.UNKNOWN,
            detail=error.reason,
            fix=error.fix or _LIST.format(issuer),
            looked_at=(issuer, creator) if creator else (issuer,),
        )
    creator = creator or _only(profile)
    if not creator:
        return Found(
            key=None,
            authority=Outcome.UNKNOWN,
            detail="the badge does not say which of the issuer's keys signed it",
            fix="Name the key in verification.creator.",
            looked_at=(issuer,),
        )
    return await _judged(web, now, creator, profile)


def _only(profile: IssuerProfile) -> str:
    """The id of the issuer's key when it has exactly one: then a badge need not name it."""
    return (identifier(profile.keys[0]) or "") if len(profile.keys) == 1 else ""


async def _judged(web: OneWeb, now: dt.datetime, creator: str, profile: IssuerProfile) -> Found:
    """Judge the key that the badge names. One that is not listed is looked at only on the issuer's own host."""
    looked_at = (profile.id, creator)
    entries = [key for key in profile.keys if creator in _ids(key)]
    if creator not in map(identifier, profile.keys):
        return Found(
            key=await _on_its_host(web, creator, profile.id),
            authority=Outcome.FAILED,
            detail=f"the Profile that {profile.id} serves does not list the key {creator}",
            fix=_LIST.format(profile.id),
            looked_at=looked_at,
        )
    embedded = [entry for entry in entries if isinstance(entry, dict)]
    held = [entry for entry in embedded if any(map(is_material, entry))]
    try:
        members = held[0] if held else (await served_json(web, creator)).document
    except Unreachable as error:
        fix = error.fix or f"Serve the CryptographicKey at {creator}."
        return Found(key=None, authority=Outcome.UNKNOWN, detail=error.reason, fix=fix, looked_at=looked_at)
    try:
        key = _only_key([members, *held[1:]])
    except KeyUnusable as error:
        detail, fix = f"{creator}: {error.reason}", error.fix or f"Write the public key as publicKeyPem at {creator}."
        return Found(key=None, authority=Outcome.UNKNOWN, detail=detail, fix=fix, looked_at=looked_at)
    reason, fix = _against(members, creator, profile)
    # Either place may say that the key has ended: the Profile, or the key's own document.
    if end := next(filter(None, (ended(each, now) for each in (members, *embedded))), ""):
        reason, fix = f"the key {creator} {end}", _RENEW
    found = Found(
        key=key,
        authority=Outcome.FAILED if reason else Outcome.PASSED,
        detail=reason or "the issuer's own Profile lists the key",
        fix=fix,
        looked_at=looked_at,
    )
    # One that only names another key says nothing of this one.
    others = [entry for entry in profile.keys if isinstance(entry, dict) and any(map(is_material, entry))]
    return unless_withdrawn(found, others, now, profile.id)


def _ids(entry: str | Mapping[str, Any]) -> tuple[object, ...]:
    return (entry,) if isinstance(entry, str) else (entry.get("id"), entry.get("@id"))


def _only_key(described: Sequence[Mapping[str, Any]]) -> Key:
    """Read the key that every one of these describes.

    Raises:
        KeyUnusable: One of them cannot be read, or they are not the same key.
    """
    first, *others = [_key(members) for members in described]
    if not all(first.same(other) for other in others):
        raise KeyUnusable("is described as two keys", fix=_ONE)
    return first


def _against(members: Mapping[str, Any], creator: str, profile: IssuerProfile) -> tuple[str, str]:
    """Say why a listed key is not the issuer's, and the fix; twice "" when it is."""
    owner = identifier(members.get("owner"))
    if members.get("id", creator) != creator:
        reason = f"{creator} serves a key with another id, {members.get('id')}"
        return reason, f"Write {creator} as id of the key there."
    if owner != profile.id:
        reason = f"the key {creator} belongs to {owner or 'nobody'}, not to the issuer {profile.id}"
        return reason, f"Write {profile.id} as owner of the key {creator}."
    if authority(creator) != authority(profile.id):
        reason = f"the key {creator} is not on the host of the issuer {profile.id}"
        return reason, f"Serve the key on the host of {profile.id}, and name it so in verification.creator."
    return "", ""


async def _on_its_host(web: OneWeb, creator: str, issuer: str) -> Key | None:
    """The key that the badge names, if it is on the issuer's host.

    It says whether the signature is right, not whose it is; and a badge must not choose whom we ask.
    """
    if authority(creator) is None or authority(creator) != authority(issuer):
        return None
    try:
        return _key((await served_json(web, creator)).document)
    except (Unreachable, KeyUnusable):
        return None


def _key(members: Mapping[str, Any]) -> Key:
    """Read ``publicKeyPem``.

    Raises:
        KeyUnusable: It is missing, or no public key of a kind that is used here.
    """
    pem = members.get("publicKeyPem")
    if not isinstance(pem, str) or not pem.strip().startswith("-----"):
        raise KeyUnusable("holds no publicKeyPem")
    public = public_key(pem.strip().encode())
    if not holds({name: value for name, value in members.items() if is_material(name)}, public):
        raise KeyUnusable("holds two keys, or one that cannot be read", fix=_ONE)
    return Key(public, algorithms(public))
