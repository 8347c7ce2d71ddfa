"""Seals verified: JAdES from baseline B to LTA, without network or clock.

The key is that of the certificate in the seal, so a seal is intact for whoever made it; whether that is who it says is
asked apart, of anchors. Own code: the JOSE libraries refuse genuine seals for ``sigT`` in ``crit`` and for the length
of their headers. Revocation data inside a seal is not judged. Source: ETSI TS 119 182-1 V1.2.1; ETSI EN 319 102-1.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec
from cryptography.x509.oid import ExtendedKeyUsageOID

from gateway.proofs import base64url, certificates, jades_header, jades_timestamps, seal_algorithms
from gateway.proofs.certificate_extensions import extensions
from gateway.proofs.certificate_paths import Path, Standing, Work, path
from gateway.proofs.certificates import Certificate
from gateway.proofs.errors import CertificateUnusable, KeyUnusable, ProofError
from gateway.proofs.jades_header import SealHeader
from gateway.proofs.jades_levels import level
from gateway.proofs.jades_report import SealReport, SealSignature, Timestamp
from gateway.proofs.jades_timestamps import Means, Sealed
from gateway.proofs.jades_unsigned import Added, Additions, added

MAX_SIGNATURES: Final = 8
_SKEW: Final = dt.timedelta(minutes=5)
_NOT_FOR_SEALS: Final = frozenset(
    one.dotted_string
    for one in (
        ExtendedKeyUsageOID.SERVER_AUTH,
        ExtendedKeyUsageOID.CLIENT_AUTH,
        ExtendedKeyUsageOID.CODE_SIGNING,
        ExtendedKeyUsageOID.TIME_STAMPING,
        ExtendedKeyUsageOID.OCSP_SIGNING,
    )
)


def verify(
    payload: bytes, signatures: Sequence[Mapping[str, Any]], anchors: Iterable[Certificate], now: dt.datetime
) -> SealReport:
    """Verify all signatures of a seal.

    Args:
        payload: What was sealed, decoded where the seal holds it in base64url.
        signatures: ``{protected, header?, signature}`` of each, as received.
        anchors: Certificates that an operator trusts, for seals and for timestamps.
        now: When this is asked; nothing can be sealed later.

    Returns:
        A report; a seal without signatures, or with more than eight, is not intact.
    """
    if not 0 < len(signatures) <= MAX_SIGNATURES:
        reason = f"a seal with {len(signatures)} signatures; 1 to {MAX_SIGNATURES} are checked"
        return SealReport((SealSignature(intact=False, problems=(reason,)),))
    work = Work(jades_timestamps.MAX_PATH_CHECKS)
    means = Means(frozenset(anchors), now, work, [jades_timestamps.MAX_TOKENS], Additions())
    return SealReport(tuple(_signature(payload, one, means) for one in signatures))


def _signature(payload: bytes, members: Mapping[str, Any], means: Means) -> SealSignature:
    protected, signature = members.get("protected"), members.get("signature")
    unprotected = members.get("header", {})
    if not isinstance(protected, str) or not isinstance(signature, str) or not isinstance(unprotected, dict):
        return SealSignature(intact=False, problems=("a signature without protected header or value",))
    try:
        said = jades_header.header(protected, unprotected)
    except ProofError as error:
        return SealSignature(intact=False, problems=(error.reason,))
    later = added(unprotected, means.additions)
    known = SealSignature(intact=False, algorithm=said.alg, key_id=said.key_id, claimed_at=said.claimed_at)
    try:
        leaf = jades_header.leaf(said, later.certificates())
        text = payload if said.literal else base64url.encoded(payload)
        message = b"%b.%b" % (protected.encode(), text)
        seal_algorithms.verify(leaf.public_key(), said.alg, message, base64url.decode(signature))
    except (ProofError, KeyUnusable, CertificateUnusable) as error:
        return msgspec.structs.replace(known, problems=(error.reason,))
    pool = _pool(said, later)
    sealed = Sealed(text, protected.encode(), signature.encode())
    stamped, missed = jades_timestamps.gathered(said, later, sealed, pool, means)
    remarks = (*said.remarks, *later.remarks, *missed, *_beside(later))
    return _judged(known, said, later, leaf, pool, stamped, remarks, means)


def _judged(
    known: SealSignature,
    said: SealHeader,
    later: Added,
    leaf: Certificate,
    pool: tuple[Certificate, ...],
    stamped: tuple[Timestamp, ...],
    remarks: tuple[str, ...],
    means: Means,
) -> SealSignature:
    """What there is to say of a signature that is right."""
    proven = jades_timestamps.proven_at(stamped)
    way = _standing(said, leaf, pool, proven, means)
    reached, why = level(said, later, leaf, stamped)
    if proven and said.claimed_at and said.claimed_at > proven + _SKEW:
        remarks = (*remarks, "it claims to be sealed later than the timestamp of its signature proves")
    return msgspec.structs.replace(
        known,
        intact=True,
        level=reached,
        standing=way.standing,
        standing_reason=way.reason,
        proven_at=proven,
        signed_at=proven or said.claimed_at,
        leaf=leaf,
        chain=way.certificates,
        owner=certificates.owner(leaf),
        qualified_claims=certificates.qualified_claims(leaf),
        self_made=certificates.is_self_made(leaf),
        timestamps=stamped,
        counter_signatures=sum(component.name == "cSig" for component in later.components),
        remarks=(*why, *remarks),
    )


def _pool(said: SealHeader, later: Added) -> tuple[Certificate, ...]:
    found: list[Certificate] = []
    for one in dict.fromkeys((*said.chain[1:], *later.certificates())):
        try:
            found.append(certificates.parse(one))
        except CertificateUnusable:
            continue
    return tuple(found)


def _beside(later: Added) -> tuple[str, ...]:
    remarks: list[str] = []
    if "cSig" in later.names():
        remarks.append("counter-signatures were added; they are not checked")
    if later.names() & {"rVals", "arVals"}:
        remarks.append("revocation data is in the seal; it is not judged")
    return tuple(remarks)


def _standing(
    said: SealHeader, leaf: Certificate, pool: tuple[Certificate, ...], proven: dt.datetime | None, means: Means
) -> Path:
    """Whether somebody trusted vouches for the owner, at the best time that is known.

    A claimed time is believed only while the certificate is valid: with a key whose certificate has ended, anybody who
    has it could date a seal back.
    """
    signed_at = proven or said.claimed_at
    if signed_at is None:
        return Path(Standing.OUT_OF_TIME, (leaf,), "nothing says when it was sealed")
    if signed_at > means.now + _SKEW:
        return Path(
            Standing.OUT_OF_TIME, (leaf,), f"it claims to be sealed at {signed_at.isoformat()}, which is to come"
        )
    if said.expires_at is not None and said.expires_at <= means.now:
        return Path(
            Standing.OUT_OF_TIME, (leaf,), f"the seal itself says that it ends at {said.expires_at.isoformat()}"
        )
    if reason := _purpose(leaf):
        return Path(Standing.BROKEN, (leaf,), reason)
    way = path(leaf, pool, means.anchors, signed_at, means.work)
    if way.standing is Standing.TRUSTED and proven is None and means.now > leaf.not_valid_after_utc:
        ended = leaf.not_valid_after_utc.isoformat()
        reason = f"the certificate ended at {ended}, and no trusted timestamp proves that it was sealed before"
        return Path(Standing.OUT_OF_TIME, way.certificates, reason)
    return way


def _purpose(leaf: Certificate) -> str:
    """Why the certificate is one for something else than seals, "" where it is not."""
    held = extensions(leaf)
    usage, purposes = held.usage(), held.purposes()
    if usage is not None and not usage.signs:
        return "the key of the certificate is not for signatures"
    if purposes is not None and purposes <= _NOT_FOR_SEALS:
        return "the certificate is for something else than seals"
    return ""
