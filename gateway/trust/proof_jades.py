"""The seal round a European Digital Credential: is it right, and whose is it?"""

import asyncio
import datetime as dt
from collections.abc import Mapping
from typing import Any  # Any: members of JSON objects

import msgspec

from adapters.hub.credential import Profile
from adapters.hub.securing import Jades
from gateway.apart import apart
from gateway.errors import GatewayError, Unreachable
from gateway.proofs import jades_verify
from gateway.proofs.certificate_paths import Standing
from gateway.proofs.certificates import Certificate
from gateway.proofs.errors import KeyUnusable
from gateway.proofs.jades_report import SealSignature
from gateway.proofs.jwk import thumbprint
from gateway.proofs.signatures import PublicKey, algorithms
from gateway.records import KeyState
from gateway.trust.anchors import SETTING
from gateway.trust.controllers import controller
from gateway.trust.did_addresses import METHODS
from gateway.trust.keys import Found, Key, listed_key, own_key
from gateway.trust.report import Outcome
from gateway.trust.seal_owner import difference, qualification
from gateway.trust.signature import Signature
from gateway.trust.subject import OneWeb, Subject

_ITS_OWN = ("did:key:", "did:jwk:")
_BROKEN = "Send the sealed file as it was made, byte for byte; or let its issuer seal it again."
_OF_ANOTHER = "Name the organisation of the certificate as issuer, or seal with a certificate of the issuer named."
_ONLY_A_KEY = (
    "Ask the gateway that sealed it, which knows its own seals: POST /v1/verifications there. Or, if you trust it, put "
    f"the certificate of the seal as PEM into the folder that {SETTING} names. Or let it be sealed under a did:web."
)
_OTHER_DID = "Name the issuer by a DID of the methods web or webvh, or by no DID."
_SEAL_AGAIN = "Seal it with a certificate that is in force, or let a time-stamping authority prove when it was sealed."


async def seal_signatures(web: OneWeb, subject: Subject, securing: Jades) -> tuple[Signature, ...]:
    """Examine each signature of a seal, in its order: all have to be right.

    Whose a right one is, three can say: the certificate, when it leads to an anchor and names the issuer that the
    document names; the domain of the issuer, whose DID document lists the key for assertions; and we ourselves, of a
    key of our own. A DID that is nothing but its key lists it always, whoever made it up: it vouches for nobody. An
    issuer that calls itself by a DID has to be the issuer by that too, or an anchored seal would make any id its own.

    Source: ETSI TS 119 182-1; ETSI EN 319 102-1 (intact and trusted are two questions).
    """
    anchors, now = subject.anchors.certificates, subject.now
    # In a thread however small the payload is: what was added to a seal may be far larger and dearer.
    report = await asyncio.to_thread(jades_verify.verify, securing.payload, securing.signatures, anchors, now)
    seals = report.signatures
    names = ["the seal"] if len(seals) == 1 else [f"seal {number}" for number in range(1, len(seals) + 1)]
    return tuple([await _signature(web, subject, name, seal) for name, seal in zip(names, seals, strict=True)])


async def _signature(web: OneWeb, subject: Subject, name: str, seal: SealSignature) -> Signature:
    if not seal.intact or seal.leaf is None:
        detail = f"{name}: {'; '.join(seal.problems)}"
        return Signature(name=name, verdict=Outcome.FAILED, detail=detail, fix=_BROKEN, seal=seal)
    detail = f"{name} is intact ({seal.algorithm}, level {seal.level})"
    found = await _whose(web, subject, seal, seal.leaf)
    return Signature(name=name, verdict=Outcome.PASSED, detail=detail, found=found, seal=seal)


async def _whose(web: OneWeb, subject: Subject, seal: SealSignature, leaf: Certificate) -> Found:
    reading, key = subject.reading, _key(leaf)
    issuer = reading.credentials[0].issuer if reading.credentials else Profile(id=reading.issuer_id)
    size = len(subject.opened.payload)
    by_certificate = await apart(size, _by_certificate, seal, leaf, key, issuer, reading.document)
    if key is None or not (issuer.id or "").startswith("did:"):
        return by_certificate
    by_did = await _by_did(web, subject, seal, key, issuer.id or "")
    found = (by_did, by_certificate)
    failed = next((each for each in found if each.authority is Outcome.FAILED), None)
    if failed is not None:
        return failed
    if by_certificate.authority is Outcome.PASSED and (by_did.authority is Outcome.PASSED or _is_only_its_key(by_did)):
        return by_certificate
    if by_did.authority is Outcome.PASSED:
        return by_did
    return Found(
        key=key,
        authority=by_did.authority,
        detail=f"{by_did.detail}; and {by_certificate.detail}",
        fix=by_did.fix or by_certificate.fix,
        looked_at=(*by_certificate.looked_at, *by_did.looked_at),
    )


def _is_only_its_key(by_did: Found) -> bool:
    """Whether the issuer calls itself by the very key that sealed: then a certificate says whose that is."""
    return by_did.fix == _ONLY_A_KEY


def _key(leaf: Certificate) -> Key | None:
    public = leaf.public_key()
    if not isinstance(public, PublicKey):
        return None
    try:
        return Key(public, algorithms(public))
    except KeyUnusable:
        return None


async def _by_did(web: OneWeb, subject: Subject, seal: SealSignature, key: Key, issuer: str) -> Found:
    """What the issuer's own DID says of the key."""
    if issuer.startswith(_ITS_OWN):
        return await _only_a_key(subject, seal, key, issuer)
    if not issuer.startswith(METHODS):
        detail = f"{issuer} cannot be resolved, so nothing says that it is the issuer's"
        return Found(key=key, authority=Outcome.UNKNOWN, detail=detail, fix=_OTHER_DID, looked_at=(issuer,))
    found = await _listed(web, subject.now, key, issuer)
    if found.authority is not Outcome.PASSED and await web.renewed(found.looked_at, subject.now):
        found = await _listed(web, subject.now, key, issuer)
    if found.authority is not Outcome.PASSED:
        return found
    own_word = "its domain vouches for the key, and for no name: name and identifier are the issuer's own word"
    return msgspec.structs.replace(found, detail=f"{found.detail}; {own_word} ({_kind(seal)})")


async def _only_a_key(subject: Subject, seal: SealSignature, key: Key, issuer: str) -> Found:
    """Of a did:key or did:jwk: anybody can make one and call himself what he likes, so only our own is somebody's."""

    def found(authority: Outcome, detail: str, fix: str = "") -> Found:
        return Found(key=key, authority=authority, detail=detail, fix=fix, looked_at=(issuer,))

    try:
        same = own_key(issuer).same(key)
    except KeyUnusable as error:
        return found(Outcome.UNKNOWN, error.reason, error.fix)
    if not same:
        return found(Outcome.FAILED, "the issuer is another key than the one that sealed", _OF_ANOTHER)
    state = await subject.own_seals.seal_state(thumbprint(key.public)) if subject.own_seals else None
    if state is None:
        method = issuer[: issuer.index(":", len("did:"))]
        detail = f"the seal is intact, but a {method} is only its key and vouches for no name: nobody vouches for it"
        return found(Outcome.UNKNOWN, f"{detail} ({_kind(seal)})", _ONLY_A_KEY)
    if state is KeyState.REVOKED:
        return found(Outcome.FAILED, "the key is one of this gateway's own, and was revoked", _SEAL_AGAIN)
    return found(Outcome.PASSED, f"it is this gateway's own seal ({_kind(seal)})")


def _kind(seal: SealSignature) -> str:
    return f"certificate: {qualification(seal)}"


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


def _by_certificate(
    seal: SealSignature, leaf: Certificate, key: Key | None, issuer: Profile, document: Mapping[str, Any]
) -> Found:
    looked_at = (f"certificate of {subject(leaf)}",)
    if seal.owner is None or (other := difference(seal.owner, issuer, document)):
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
