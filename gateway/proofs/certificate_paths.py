"""Whether a path of certificates leads from one to an anchor, at a time.

The rules of RFC 5280 section 6 that matter without a network: names, signatures, validity, who may issue, what must be
understood. Revocation is not looked up, and policies are not compared. ``x509.verification`` of cryptography is for
TLS: it takes no certificate of a seal as anchor, and asks for names of hosts or clients.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from gateway.proofs.certificate_extensions import (
    BASIC_CONSTRAINTS,
    CERTIFICATE_POLICIES,
    EXTENDED_KEY_USAGE,
    KEY_USAGE,
    NAME_CONSTRAINTS,
    SUBJECT_ALTERNATIVE_NAME,
    extensions,
)
from gateway.proofs.certificates import MAX_CERTIFICATES, Certificate

_MAX_DEPTH: Final = 6
_MAX_CHECKS: Final = 32
"""Signatures of certificates that are tried for one path; each costs about 0.1 ms."""
_MIN_RSA_BITS: Final = 2048
_MAX_RSA_BITS: Final = 8192
_HASHES: Final = (hashes.SHA256, hashes.SHA384, hashes.SHA512)
# Those that are understood here; the rest only where they are not critical.
_UNDERSTOOD: Final = frozenset(
    {BASIC_CONSTRAINTS, KEY_USAGE, EXTENDED_KEY_USAGE, CERTIFICATE_POLICIES, SUBJECT_ALTERNATIVE_NAME}
)


class Standing(StrEnum):
    """What comes of looking for a path."""

    TRUSTED = "trusted"
    """To an anchor, and all on it were valid at the time."""
    NO_ANCHOR = "no-anchor"
    """Nothing is wrong, but no path ends at an anchor: nobody here vouches for it."""
    OUT_OF_TIME = "out-of-time"
    """There is a path, but one on it was not valid yet, or not any more."""
    BROKEN = "broken"
    """The only way to an anchor leads over one that may not issue, is too weak, or whose signature is wrong."""


class Path(msgspec.Struct, frozen=True):
    """What was found.

    Attributes:
        standing: The best that there is.
        certificates: From the certificate to the anchor; only it where none was found.
        reason: Why it is not trusted, "" where it is.
    """

    standing: Standing
    certificates: tuple[Certificate, ...]
    reason: str = ""


class Work:
    """How many signatures of certificates may still be tried; several searches may share it."""

    def __init__(self, checks: int = _MAX_CHECKS) -> None:
        self.checks = checks


class _Search:
    """The state of looking for one path, so that the work can be bounded."""

    def __init__(
        self, pool: Sequence[Certificate], anchors: frozenset[Certificate], at: dt.datetime, work: Work
    ) -> None:
        self.pool = [*anchors, *(one for one in pool[:MAX_CERTIFICATES] if one not in anchors)]
        self.anchors = anchors
        self.at = at
        self.work = work
        self.best = Path(Standing.NO_ANCHOR, (), "no path leads to an anchor that is configured")

    def found(self, standing: Standing, path: tuple[Certificate, ...], reason: str) -> None:
        """Keep what is better than what is known: in time over out of it, that over broken, that over nothing."""
        order = (Standing.NO_ANCHOR, Standing.BROKEN, Standing.OUT_OF_TIME, Standing.TRUSTED)
        if order.index(standing) > order.index(self.best.standing):
            self.best = Path(standing, path, reason)

    def follow(self, path: tuple[Certificate, ...], broken: str = "") -> None:
        """Go on from the last of a path, of which something is broken already or nothing is."""
        last = path[-1]
        if last in self.anchors:
            reason = broken or next((late for one in path if (late := _untimely(one, self.at))), "")
            standing = Standing.OUT_OF_TIME if reason else Standing.TRUSTED
            self.found(Standing.BROKEN if broken else standing, path, reason)
            return
        if len(path) == _MAX_DEPTH:
            return
        for issuer in self.pool:
            if self.best.standing is Standing.TRUSTED or self.work.checks <= 0:
                return
            if issuer in path or issuer.subject != last.issuer:
                continue
            self.work.checks -= 1
            self.follow((*path, issuer), broken or _unfit(issuer, len(path) - 1) or _unsigned(last, issuer))


def path(
    leaf: Certificate,
    pool: Sequence[Certificate],
    anchors: Iterable[Certificate],
    at: dt.datetime,
    work: Work | None = None,
) -> Path:
    """Look for a path.

    Args:
        leaf: The certificate whose standing is asked for; may itself be an anchor.
        pool: Others that may stand between, as strangers sent them; at most 32 are looked at.
        anchors: Trusted because an operator says so: of roots, of issuers, or of seals themselves.
        at: The time at which all on the path must have been valid, the anchor too.
        work: Shared with other searches; one of its own, of 32 checks, where there is none.

    Returns:
        The best that was found within the bounds of work.
    """
    search = _Search(pool, frozenset(anchors), at, work or Work())
    if reason := _weak(leaf) or _unread(leaf):
        return Path(Standing.BROKEN, (leaf,), reason)
    if search.anchors:
        search.follow((leaf,))
    best = search.best
    return best if best.certificates else Path(best.standing, (leaf,), best.reason)


def _untimely(certificate: Certificate, at: dt.datetime) -> str:
    since, until = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if at < since:
        return f"the certificate of {_subject(certificate)} is valid from {since.isoformat()} on, not at {_text(at)}"
    if at > until:
        return f"the certificate of {_subject(certificate)} was valid until {until.isoformat()}, not at {_text(at)}"
    return ""


def _unfit(issuer: Certificate, below: int) -> str:
    """Why this one may not have issued the last of a path with so many issuers below it."""
    held = extensions(issuer)
    authority, usage = held.authority(), held.usage()
    if not authority.issues:
        return f"the certificate of {_subject(issuer)} is not that of an authority, but issued one"
    if authority.path_length is not None and below > authority.path_length:
        return f"the certificate of {_subject(issuer)} allows fewer authorities below it"
    if usage is not None and not usage.issues:
        return f"the key of {_subject(issuer)} is not for issuing certificates"
    if NAME_CONSTRAINTS in held.values:
        return f"the certificate of {_subject(issuer)} constrains names, which is not understood here"
    return _weak(issuer) or _unread(issuer)


def _weak(certificate: Certificate) -> str:
    """Why the key proves nothing, or would cost too much to ask."""
    key = certificate.public_key()
    match key:
        case rsa.RSAPublicKey(key_size=bits) if _MIN_RSA_BITS <= bits <= _MAX_RSA_BITS:
            return ""
        case ec.EllipticCurvePublicKey(curve=ec.SECP256R1() | ec.SECP384R1() | ec.SECP521R1()):
            return ""
        case ec.EllipticCurvePublicKey(curve=ec.BrainpoolP256R1() | ec.BrainpoolP384R1() | ec.BrainpoolP512R1()):
            return ""
    return f"the key of {_subject(certificate)} is too weak, or of a kind that is not used for seals"


def _unread(certificate: Certificate) -> str:
    if extensions(certificate).critical <= _UNDERSTOOD:
        return ""
    return f"the certificate of {_subject(certificate)} has a critical extension that is not understood here"


def _unsigned(certificate: Certificate, issuer: Certificate) -> str:
    try:
        made_with = certificate.signature_hash_algorithm
    except UnsupportedAlgorithm:
        made_with = None
    if not isinstance(made_with, _HASHES):
        return f"the certificate of {_subject(certificate)} is signed with a hash that is broken or not known"
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, ValueError, TypeError, UnsupportedAlgorithm):
        return f"the certificate of {_subject(certificate)} is not signed by {_subject(issuer)}"
    return ""


def _subject(certificate: Certificate) -> str:
    text = certificate.subject.rfc4514_string()
    return "".join(character for character in text if character.isprintable())[:120]


def _text(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).replace(microsecond=0).isoformat()
