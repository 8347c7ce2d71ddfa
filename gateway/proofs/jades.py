"""Seals of our own: JAdES baseline B, as European Digital Credentials carry them, around a literal payload.

What is to be signed comes out as bytes that can be kept before a key is used, and the sealed file is made of them and
of the signature alone. Levels T to LTA need a time-stamping authority and are not made here.

Sources: ETSI TS 119 182-1 V1.2.1 sections 5 and 6.3; RFC 7515 section 7.2.1; RFC 7797.
"""

import base64
import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

import msgspec

from gateway.proofs import base64url
from gateway.proofs.errors import ProofError

SIGNING_ALGORITHMS: Final = frozenset({"ES256", "RS256"})
TYPE: Final = "jose+json"


class TimeMember(StrEnum):
    """Where the claimed time of sealing stands; never in both."""

    IAT = "iat"
    """Since version 1.2.1; the only one from 2025-07-15 on."""
    SIG_T = "sigT"
    """Before; readers of that time know no other."""


def header(
    alg: str, chain: Sequence[bytes], kid: str, at: dt.datetime, member: TimeMember = TimeMember.IAT
) -> dict[str, Any]:
    """Return the protected header of a seal.

    Args:
        alg: ES256 or RS256, whichever goes with the key.
        chain: DER, the certificate of the sealing key first, then its issuers.
        kid: How the key is named; a DID URL where it stands in a DID document.
        at: The claimed time, to the second.
        member: Where that stands.

    Raises:
        ValueError: Another algorithm, or no certificate.
    """
    if alg not in SIGNING_ALGORITHMS or not chain:
        raise ValueError("a seal is made with ES256 or RS256 and at least one certificate")
    # Only headers that a reader must understand and RFC 7515 does not name belong into crit (its section 4.1.11).
    times: dict[TimeMember, tuple[int | str, list[str]]] = {
        TimeMember.IAT: (int(at.timestamp()), ["b64"]),
        TimeMember.SIG_T: (at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), ["b64", "sigT"]),
    }
    claimed, critical = times[member]
    return {
        "alg": alg,
        "kid": kid,
        "x5t#S256": base64url.encode(hashlib.sha256(chain[0]).digest()),
        "x5c": [base64.b64encode(one).decode() for one in chain],
        "typ": TYPE,
        "b64": False,
        member.value: claimed,
        "crit": critical,
    }


def signing_input(protected: Mapping[str, Any], payload: bytes) -> bytes:
    """Return the bytes to sign: the header, a dot, and the payload as it is.

    Args:
        protected: Of ``header``; written compact, in the order given.
        payload: JSON as UTF-8, which stands literally in the sealed file.

    Raises:
        UnicodeDecodeError: The payload is not UTF-8.
    """
    payload.decode()
    return b"%b.%b" % (base64url.encoded(msgspec.json.encode(protected)), payload)


def assembled(signing_input: bytes, signature: bytes) -> bytes:
    """Return the sealed file: general JSON serialisation, one signature. The same arguments give the same bytes.

    Args:
        signing_input: What was signed.
        signature: 64 bytes r||s for ES256 (RFC 7518 section 3.4), modulus length for RS256.
    """
    protected, _, payload = signing_input.partition(b".")
    one = {"protected": protected.decode(), "signature": base64url.encode(signature)}
    return msgspec.json.encode({"payload": payload.decode(), "signatures": [one]})


def payload_of(signing_input: bytes) -> bytes:
    """Return the payload in bytes that were to be signed.

    Raises:
        ProofError: They are no signing input of a seal.
    """
    protected, dot, payload = signing_input.partition(b".")
    if not dot or not protected:
        raise ProofError("is not the signing input of a seal")
    return payload
