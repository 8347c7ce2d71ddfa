"""Whose key is it? A Verifiable Presentation that a wallet signs for one occasion shows that.

Sources: W3C Verifiable Credentials Data Model 1.1 section 4.10 and 2.0 section 4.13; VC Data Integrity 1.0 sections 2.1
and 4.4; OpenID4VCI 1.0 appendix F.2 (``di_vp``); VCALM 1.0, DIDAuthentication.
"""

import asyncio
import datetime as dt
from collections.abc import Mapping
from typing import Any, Final  # Any: members of JSON objects

from gateway.errors import PresentationRefused, WrongOccasion
from gateway.proofs import data_integrity
from gateway.proofs.errors import (
    BudgetExceeded,
    ContextUnknown,
    KeyUnusable,
    NotCanonicalisable,
    ProofError,
    ProofUnsupported,
)
from gateway.proofs.findings import Finding, Kind
from gateway.proofs.holder_jwt import holder
from gateway.proofs.signatures import PublicKey
from gateway.records.offers import Holder
from gateway.trust.addresses import without_fragment
from gateway.trust.keys import own_key
from gateway.trust.validity import SKEW

CRYPTOSUITES: Final = ("eddsa-rdfc-2022", "ecdsa-rdfc-2019", "eddsa-jcs-2022", "Ed25519Signature2020")
"""How holders sign. The last is a proof type of its own, and the only one that some wallets make."""

METHODS: Final = ("key", "jwk")
"""DID methods of holders: the DID is the key, and nobody has to be asked."""

MAX_AGE = dt.timedelta(hours=1)
"""How old a proof may say that it is; the challenge says better, and clocks of telephones go wrong."""

_TYPE: Final = "VerifiablePresentation"
_EMBEDDED: Final = "verifiableCredential"
_SIGN_AGAIN = "Sign the presentation again, with the key whose DID the proof names."
_HOW = f"Sign it for authentication, as {' or '.join(CRYPTOSUITES)} say."
_CONTEXTS = "Use the published contexts in their order, and nothing that they do not define; then sign again."


async def authenticated(
    presentation: dict[str, Any], *, challenge: str, domain: str, now: dt.datetime, may_lack_domain: bool = False
) -> Holder:
    """Return whose key signed a presentation for this occasion; what it presents is not looked at.

    Nothing is asked of the web. That the challenge comes back for the first time is for the caller to see to.

    Args:
        presentation: With its one proof.
        challenge: That was given for this occasion; not empty.
        domain: For whom the proof has to be made.
        may_lack_domain: Whether a proof that names nobody is taken as well.

    Raises:
        WrongOccasion: Another challenge or domain, or it was not made lately.
        PresentationRefused: It is no presentation with one proof of authentication by a did:key or did:jwk, the proof
            is wrong or of a kind that is not taken here, or it does not cover all that is said.
    """
    proof = sole_proof(presentation)
    members = _read(proof)
    _of_this_occasion(proof, challenge, domain, may_lack_domain=may_lack_domain)
    _timely(members, now)
    did = without_fragment(members.verification_method)
    if (named := holder_of(presentation)) not in (None, did):
        raise PresentationRefused(
            f"the holder is {named!r:.200} and the key is {did:.200}", pointer="/holder", fix=_SIGN_AGAIN
        )
    key, shown = _key(members.verification_method)
    secured = data_integrity.Secured(presentation, purpose=data_integrity.AUTHENTICATION)
    # Canonicalisation is work for the processor; the event loop has other callers.
    await asyncio.to_thread(_verify, secured, presentation, proof, key)
    return shown


def challenge_of(presentation: Mapping[str, Any]) -> str:
    """Return the challenge that a presentation says it answers.

    Raises:
        PresentationRefused: It has not one proof, or that has no challenge.
    """
    challenge = sole_proof(presentation).get("challenge")
    if not isinstance(challenge, str) or not challenge:
        raise WrongOccasion(
            "the proof answers no challenge", pointer="/proof/challenge", fix="Sign the challenge that was given."
        )
    return challenge


def is_presentation(document: Mapping[str, Any]) -> bool:
    """Say whether a document is of the type of presentations."""
    kinds = document.get("type")
    return _TYPE in (kinds if isinstance(kinds, list) else [kinds])


def sole_proof(presentation: Mapping[str, Any]) -> dict[str, Any]:
    """Return the proof of a presentation.

    Raises:
        PresentationRefused: It is no presentation, or has no proof or several.
    """
    if not is_presentation(presentation):
        raise PresentationRefused(f"is no {_TYPE}", pointer="/type", fix=f"Send a {_TYPE} that the holder signed.")
    proofs = data_integrity.proofs(presentation)
    if len(proofs) != 1 or not isinstance(proofs[0], dict):
        raise PresentationRefused(
            f"has {len(proofs)} proofs, and one is looked for", pointer="/proof", fix="Sign it once, as its holder."
        )
    return proofs[0]


def holder_of(presentation: Mapping[str, Any]) -> str | None:
    """Return the id of the holder that a presentation names, None where it names none.

    Raises:
        PresentationRefused: It names one in another way.
    """
    named = presentation.get("holder")
    if isinstance(named, dict):
        named = named.get("id", "")
    if "holder" in presentation and not (isinstance(named, str) and named):
        raise PresentationRefused("is no id", pointer="/holder", fix="Name the holder by its DID, or leave it out.")
    return named


def uncovered(presentation: Mapping[str, Any], findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return those findings that concern the presentation itself; each credential in it has proofs of its own."""
    return tuple(found for found in findings if not _of_a_credential(presentation, found))


def _of_a_credential(presentation: Mapping[str, Any], found: Finding) -> bool:
    """Whether a finding is about an embedded credential. One that is mere text or a reference has no inside."""
    name, *below = found.pointer.split("/")[1:] or [""]
    credential = presentation.get(_EMBEDDED) if name == _EMBEDDED else None
    if isinstance(credential, list) and below:
        credential, *below = credential[int(below[0])], *below[1:]
    # Two credentials may speak of the same things; who moves words between them breaks their own proofs.
    inside = bool(below) or found.kind is Kind.SPLIT_NODE
    return isinstance(credential, dict) and inside


def _read(proof: Mapping[str, Any]) -> data_integrity.Proof:
    try:
        members = data_integrity.read(proof, data_integrity.AUTHENTICATION)
    except (ProofError, ProofUnsupported) as error:
        raise PresentationRefused(error.reason, pointer=f"/proof{error.pointer}", fix=_HOW) from error
    if members.cryptosuite not in CRYPTOSUITES:
        raise PresentationRefused(f"{members.cryptosuite} is not taken here", pointer="/proof", fix=_HOW)
    return members


def _of_this_occasion(proof: Mapping[str, Any], challenge: str, domain: str, *, may_lack_domain: bool) -> None:
    """Compare texts with texts: as RDF a list of one says the same, and no wallet writes it so."""
    if not challenge or proof.get("challenge") != challenge:
        fix = "Ask for a new challenge and sign that."
        raise WrongOccasion("was made for another challenge", pointer="/proof/challenge", fix=fix)
    if "domain" in proof and proof["domain"] != domain:
        fix = f"Sign with the domain {domain}."
        raise WrongOccasion("was made for another domain", pointer="/proof/domain", fix=fix)
    if "domain" not in proof and not may_lack_domain:
        raise WrongOccasion("names no domain", pointer="/proof/domain", fix=f"Sign with the domain {domain}.")


def _timely(members: data_integrity.Proof, now: dt.datetime) -> None:
    fix = "Set the clock, and sign again."
    if members.expires is not None and members.expires <= now:
        raise WrongOccasion(f"expired at {members.expires.isoformat()}", pointer="/proof/expires", fix=fix)
    if members.created is not None and not now - MAX_AGE <= members.created <= now + SKEW:
        reason = f"was made at {members.created.isoformat()}, and here it is {now.isoformat(timespec='seconds')}"
        raise WrongOccasion(reason, pointer="/proof/created", fix=fix)


def _key(method: str) -> tuple[PublicKey, Holder]:
    """Return the key that a verification method is, and its holder.

    Raises:
        PresentationRefused: It belongs to another DID method, is malformed, or no key of a holder.
    """
    pointer = "/proof/verificationMethod"
    if not method.startswith(tuple(f"did:{name}:" for name in METHODS)):
        fix = f"Sign with a key whose DID is the key itself: did:{' or did:'.join(METHODS)}."
        raise PresentationRefused("is no key that speaks for itself", pointer=pointer, fix=fix)
    try:
        key = own_key(method).public
        return key, holder(without_fragment(method), key)
    except KeyUnusable as error:
        raise PresentationRefused(error.reason, pointer=pointer, fix=error.fix or _SIGN_AGAIN) from error


def _verify(
    secured: data_integrity.Secured, presentation: Mapping[str, Any], proof: dict[str, Any], key: PublicKey
) -> None:
    """Return when the proof is right and covers all that the presentation says.

    Raises:
        PresentationRefused: Otherwise.
    """
    try:
        verified = secured.verify(proof, key)
    except (ProofError, ProofUnsupported, KeyUnusable) as error:
        raise PresentationRefused(error.reason, pointer="/proof", fix=error.fix or _SIGN_AGAIN) from error
    except (NotCanonicalisable, ContextUnknown, BudgetExceeded) as error:
        raise PresentationRefused(error.reason, pointer=error.pointer, fix=error.fix or _CONTEXTS) from error
    if beyond := uncovered(presentation, verified.findings):
        reason = f"says more than was signed: {beyond[0].detail}"
        raise PresentationRefused(reason, pointer=beyond[0].pointer, fix=_CONTEXTS)
