"""When a key has ended, and whether an entry that has ended is the same key in whatever spelling."""

import base64
import binascii
import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final  # Any: members of JSON objects

import msgspec

from gateway.proofs import base64url, jwk, multikey
from gateway.proofs.errors import ProofError
from gateway.proofs.signatures import PublicKey
from gateway.proofs.timestamps import instant
from gateway.trust.report import Outcome

ENDS: Final = ("revoked", "expires", "exp")
"""Members that end a key: of verification methods, of entries of JWK Sets, and of keys in issuers' archives."""

MAX_ENDED: Final = 500
"""Entries that have ended, of one document: each is compared with the key, and the issuer may write any number."""

_READABLE: Final = (
    "Write the keys that have ended at {} as publicKeyMultibase (z...) or publicKeyJwk, or take them out."
)
_FEWER: Final = "Take keys that ended long ago out of {}."
_MAX_FORMS: Final = 4
_KINDS: Final = ("OKP", "EC", "RSA")


class Withdrawal(msgspec.Struct, frozen=True):
    """That a key is withdrawn (FAILED), or that nobody can tell (UNKNOWN), and why, as the end of a sentence."""

    outcome: Outcome
    detail: str
    fix: str


def ended(members: Mapping[str, Any], now: dt.datetime) -> str:
    """Say why a key no longer signs, "" when it still does: its members ``revoked``, ``expires`` and ``exp``.

    A moment is a date-time, or seconds since 1970 as JSON Web Keys have it. One that cannot be read has come.

    Args:
        members: Of a verification method, its ``publicKeyJwk`` included; of a JWK; or of a CryptographicKey.
        now: Of this verification.

    Source: W3C Controlled Identifiers 1.0 section 2.2; OpenID Federation 1.0, historical keys (``exp`` and
    ``revoked`` with ``revoked_at``).
    """
    for holder in (members, members.get("publicKeyJwk")):
        if not isinstance(holder, dict):
            continue
        for member in ENDS:
            if member not in holder:
                continue
            at = _moment(holder[member])
            if at is None:
                return f"has a member {member} that is not a date-time"
            if at <= now:
                return f"has {member} set to {at.isoformat()}"
    return ""


def withdrawal(entries: Iterable[Mapping[str, Any]], key: PublicKey, now: dt.datetime, url: str) -> Withdrawal | None:
    """Look for a key among the entries that have ended; None when it is certainly none of them.

    One entry suffices: a key that somebody else may hold is not good again under another name. One whose key cannot
    be read may be this one.

    Args:
        entries: Verification methods or CryptographicKeys of one document.
        key: The one that signed.
        now: Of this verification.
        url: Where they are served.
    """
    core, count, unread = _core(key), 0, ""
    for members in entries:
        if not (reason := ended(members, now)):
            continue
        name = members.get("id", members.get("@id", "an entry without id"))
        if (count := count + 1) > MAX_ENDED:
            detail = f"{url} holds more than {MAX_ENDED} keys that have ended, too many to compare this one with"
            return Withdrawal(Outcome.UNKNOWN, detail, _FEWER.format(url))
        same = _holds(members, core)
        if same:
            return Withdrawal(Outcome.FAILED, f"the key {reason} as {name}", "Sign anew with a key that is in force.")
        if same is None:
            unread = unread or f"{name} at {url} {reason}, and which key it is cannot be read; it may be this one"
    return Withdrawal(Outcome.UNKNOWN, unread, _READABLE.format(url)) if unread else None


def holds(members: Mapping[str, Any], key: PublicKey) -> bool:
    """Say whether all that an entry writes of a key can be read and is this key."""
    return 0 < len(members) <= _MAX_FORMS and all(_holds({name: value}, _core(key)) for name, value in members.items())


def is_material(member: str) -> bool:
    """Say whether a member holds a key, by its name: ``publicKeyMultibase``, ``publicKeyJwk`` and their like."""
    return re.split(r"[#/:]", member)[-1].startswith("publicKey")


def _moment(value: object) -> dt.datetime | None:
    if isinstance(value, dict):
        value = value.get("revoked_at")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return instant(value)
    try:
        return dt.datetime.fromtimestamp(value, dt.UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _core(key: PublicKey) -> bytes:
    """Bytes that every encoding of a key contains: the point or its first coordinate, or the modulus."""
    members = jwk.public_jwk(key)
    return base64url.decode(members.get("x") or members["n"]).lstrip(b"\0")


def _holds(members: Mapping[str, Any], core: bytes) -> bool | None:
    """Whether an entry holds the key, however it writes it; None when a part of it cannot be read."""
    material = [(name, value) for name, value in members.items() if is_material(name)]
    read = [_bytes(name, value) for name, value in material] if len(material) <= _MAX_FORMS else []
    if any(core in data for data in read if data is not None):
        return True
    return None if not read or None in read else False


def _bytes(name: str, value: object) -> bytes | None:
    """What a member holds, None when it cannot be read; b"" for a kind of key that verifies nothing here."""
    if isinstance(value, dict):
        kind = value.get("kty")
        if kind not in _KINDS:
            return b"" if isinstance(kind, str) else None
        return _decoded(_base64, value.get("n" if kind == "RSA" else "x"))
    form = re.split(r"[#/:]", name)[-1].removeprefix("publicKey")
    if form == "Multibase" and isinstance(value, str):
        decode = _MULTIBASE.get(value[:1])
        return _decoded(decode, value[1:]) if decode else None
    return _decoded(_FORMS[form], value) if form in _FORMS else None


def _decoded(decode: Callable[[str], bytes], text: object) -> bytes | None:
    try:
        return (decode(text) or None) if isinstance(text, str) else None
    except (ValueError, ProofError, binascii.Error):
        return None


def _base58(text: str) -> bytes:
    return multikey.decode_base58btc(f"z{text.strip()}")


def _base64(text: str) -> bytes:
    digits = "".join(text.split()).replace("-", "+").replace("_", "/").rstrip("=")
    return base64.b64decode(digits + "=" * (-len(digits) % 4), validate=True)


def _pem(text: str) -> bytes:
    return _base64("".join(line for line in text.splitlines() if not line.startswith("-----")))


def _hex(text: str) -> bytes:
    return bytes.fromhex(text.strip().removeprefix("0x"))


_MULTIBASE: Final[Mapping[str, Callable[[str], bytes]]] = {
    "z": _base58,
    "u": _base64,
    "U": _base64,
    "m": _base64,
    "M": _base64,
    "f": _hex,
    "F": _hex,
}
_FORMS: Final[Mapping[str, Callable[[str], bytes]]] = {
    "Base58": _base58,
    "Base64": _base64,
    "Hex": _hex,
    "Pem": _pem,
}
