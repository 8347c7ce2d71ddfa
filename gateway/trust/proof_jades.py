"""The seal round a European Digital Credential: is it right, and whose is it?"""

import asyncio
import datetime as dt

from adapters.hub.contract import Reading
from adapters.hub.credential import Profile
from adapters.hub.securing import Jades
from gateway.errors import GatewayError, Unreachable
from gateway.proofs import jades_verify
from gateway.proofs.certificate_paths import Standing
from gateway.proofs.certificates import Certificate
from gateway.proofs.errors import KeyUnusable
from gateway.proofs.jades_report import SealSignature
from gateway.proofs.signatures import PublicKey, algorithms
from gateway.trust.anchors import SETTING, Anchors
from gateway.trust.controllers import controller
from gateway.trust.did_addresses import METHODS
from gateway.trust.keys import Found, Key, listed_key, own_key
from gateway.trust.report import Outcome
from gateway.trust.seal_owner import difference
from gateway.trust.signature import Signature
from gateway.trust.subject import OneWeb

_ITS_OWN = ("did:key:", "did:jwk:")
_BROKEN = "Send the sealed file as it was made, byte for byte; or let its issuer seal it again."
_OF_ANOTHER = "Name the organisation of the certificate as issuer, or seal with a certificate of the issuer named."
_SEAL_AGAIN = "Seal it with a certificate that is in force, or let a time-stamping authority prove when it was sealed."


async def seal_signatures(
    web: OneWeb, now: dt.datetime, securing: Jades, reading: Reading, anchors: Anchors
) -> tuple[Signature, ...]:
    """Examine each signature of a seal, in its order: all have to be right.

    Whose a right one is, two can say: the certificate, when it leads to an anchor and names the issuer that the
    document names; or the issuer itself, whose DID document lists the key for assertions.

    Source: ETSI TS 119 182-1; ETSI EN 319 102-1 (intact and trusted are two questions).
    """
    # In a thread however small the payload is: what was added to a seal may be far larger and dearer.
    report = await asyncio.to_thread(
        jades_verify.verify, securing.payload, securing.signatures, anchors.certificates, now
    )
    seals = report.signatures
    names = ["the seal"] if len(seals) == 1 else [f"seal {number}" for number in range(1, len(seals) + 1)]
    issuer = reading.credentials[0].issuer if reading.credentials else Profile(id=reading.issuer_id)
    return tuple([await _signature(web, now, name, seal, issuer) for name, seal in zip(names, seals, strict=True)])


async def _signature(web: OneWeb, now: dt.datetime, name: str, seal: SealSignature, issuer: Profile) -> Signature:
    if not seal.intact or seal.leaf is None:
        detail = f"{name}: {'; '.join(seal.problems)}"
        return Signature(name=name, verdict=Outcome.FAILED, detail=detail, fix=_BROKEN, seal=seal)
    detail = f"{name} is intact ({seal.algorithm}, level {seal.level})"
    found = await _whose(web, now, seal, seal.leaf, issuer)
    return Signature(name=name, verdict=Outcome.PASSED, detail=detail, found=found, seal=seal)


async def _whose(web: OneWeb, now: dt.datetime, seal: SealSignature, leaf: Certificate, issuer: Profile) -> Found:
    key = _key(leaf)
    by_did = await _by_did(web, now, key, issuer.id or "")
    if by_did is not None and by_did.authority is Outcome.PASSED:
        return by_did
    by_certificate = _by_certificate(seal, leaf, key, issuer)
    if by_did is None or by_certificate.authority is not Outcome.UNKNOWN:
        return by_certificate
    return Found(
        key=key,
        authority=by_did.authority,
        detail=f"{by_certificate.detail}; and {by_did.detail}",
        fix=by_did.fix or by_certificate.fix,
        looked_at=(*by_certificate.looked_at, *by_did.looked_at),
    )


def _key(leaf: Certificate) -> Key | None:
    public = leaf.public_key()
    if not isinstance(public, PublicKey):
        return None
    try:
        return Key(public, algorithms(public))
    except KeyUnusable:
        return None


async def _by_did(web: OneWeb, now: dt.datetime, key: Key | None, issuer: str) -> Found | None:
    """What the issuer's own DID says of the key; None when it has none."""
    if key is None or not issuer.startswith("did:"):
        return None
    if issuer.startswith(_ITS_OWN):
        return _its_own(key, issuer)
    if not issuer.startswith(METHODS):
        return None
    found = await _listed(web, now, key, issuer)
    if found.authority is not Outcome.PASSED and await web.renewed(found.looked_at, now):
        found = await _listed(web, now, key, issuer)
    return found


def _its_own(key: Key, issuer: str) -> Found:
    try:
        same = own_key(issuer).same(key)
    except KeyUnusable as error:
        return Found(key=key, authority=Outcome.UNKNOWN, detail=error.reason, fix=error.fix, looked_at=(issuer,))
    if same:
        return Found(key=key, authority=Outcome.PASSED, detail="the issuer is this key", looked_at=(issuer,))
    detail = "the issuer is another key than the one that sealed"
    return Found(key=key, authority=Outcome.FAILED, detail=detail, fix=_OF_ANOTHER, looked_at=(issuer,))


async def _listed(web: OneWeb, now: dt.datetime, key: Key, issuer: str) -> Found:
    try:
        document = await controller(web, now, issuer)
        found = listed_key(document, now, key)
    except (Unreachable, GatewayError) as error:
        return Found(key=key, authority=Outcome.UNKNOWN, detail=error.reason, fix=error.fix, looked_at=(issuer,))
    if found is not None:
        return found
    detail = f"the document of {issuer} does not list the key of the seal"
    fix = f"List the key of the seal under assertionMethod at {document.url}."
    return Found(key=key, authority=Outcome.UNKNOWN, detail=detail, fix=fix, looked_at=(document.url,))


def _by_certificate(seal: SealSignature, leaf: Certificate, key: Key | None, issuer: Profile) -> Found:
    looked_at = (f"certificate of {subject(leaf)}",)
    if seal.owner is None or (other := difference(seal.owner, issuer)):
        detail = other if seal.owner else "the certificate names nobody"
        return Found(key=key, authority=Outcome.FAILED, detail=detail, fix=_OF_ANOTHER, looked_at=looked_at)
    match seal.standing:
        case Standing.TRUSTED:
            detail = f"its certificate names the issuer, and leads to {subject(seal.chain[-1])}, which is trusted here"
            return Found(key=key, authority=Outcome.PASSED, detail=detail, looked_at=looked_at)
        case Standing.NO_ANCHOR:
            detail, fix = f"its certificate names the issuer, but {seal.standing_reason}", _trust(seal, leaf)
            return Found(key=key, authority=Outcome.UNKNOWN, detail=detail, fix=fix, looked_at=looked_at)
        case Standing.OUT_OF_TIME:
            return Found(
                key=key, authority=Outcome.UNKNOWN, detail=seal.standing_reason, fix=_SEAL_AGAIN, looked_at=looked_at
            )
    return Found(key=key, authority=Outcome.FAILED, detail=seal.standing_reason, fix=_OF_ANOTHER, looked_at=looked_at)


def _trust(seal: SealSignature, leaf: Certificate) -> str:
    """What an operator, or the issuer, can do about a seal that nobody here vouches for."""
    authority = f"that of its issuer ({leaf.issuer.rfc4514_string()[:200]})"
    which = "the certificate itself" if seal.self_made or leaf.issuer == leaf.subject else authority
    by_did = "Or the issuer issues under a did:web whose document lists the key of the seal."
    return f"If you trust it, put {which} as PEM into the folder that {SETTING} names. {by_did}"


def subject(certificate: Certificate) -> str:
    """What to call a certificate: its subject, as far as somebody may read it."""
    return "".join(filter(str.isprintable, certificate.subject.rfc4514_string()))[:200]
