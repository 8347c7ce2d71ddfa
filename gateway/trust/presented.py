"""A report on a whole presentation, by whoever it may be; the credentials in it are verified each by itself.

Sources: W3C Verifiable Credentials Data Model 2.0 section 4.13; VC Data Integrity 1.0 sections 2.1 and 4.4; VCALM 1.0,
"Verify Presentation".
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any  # Any: members of JSON objects

import msgspec

from gateway.errors import PresentationRefused
from gateway.ports import Fetch
from gateway.proofs import data_integrity
from gateway.trust.addresses import without_fragment
from gateway.trust.presentation import holder_of, is_presentation, uncovered
from gateway.trust.report import Check, Outcome, Report, shortened
from gateway.trust.signature import Signature
from gateway.trust.signatures import proof_signatures
from gateway.trust.subject import OneWeb

CHECKS = ("shape", "proof", "holder", "context", "challenge", "domain")
"""What is asked of a presentation, by the names of the checks."""

DEMANDED = ("shape", "proof", "holder", "context")

_SIGN = "The holder signs it, with a DataIntegrityProof (eddsa-rdfc-2022) whose proofPurpose is authentication."
_CONTEXTS = "Use the published contexts in their order, and nothing that they do not define; then sign again."
_SHOWN = 5


class Occasion(msgspec.Struct, frozen=True):
    """What a presentation had to be made for; None for what nobody asked.

    Attributes:
        challenge: That was given to the holder.
        domain: That the holder was told.
    """

    challenge: str | None = None
    domain: str | None = None


async def presented(fetch: Fetch, now: dt.datetime, presentation: dict[str, Any], occasion: Occasion) -> Report:
    """Judge who presents, and for which occasion; whatever is wrong stands in the report.

    Every proof must be right, be for ``authentication`` and by the holder: who is named as such, or whose key the first
    proof names. Keys of did:key and did:jwk need nobody; those of did:web, did:webvh and https ids must be listed under
    ``authentication`` in the holder's own document.

    Args:
        fetch: For the holder's document.
        now: Of this verification.
    """
    try:
        named = holder_of(presentation)
    except PresentationRefused as error:
        return _report(now, Check("shape", Outcome.FAILED, f"{error.pointer} {error.reason}", error.fix))
    if not is_presentation(presentation):
        fix = "Send a VerifiablePresentation."
        return _report(now, Check("shape", Outcome.FAILED, "/type: is no VerifiablePresentation", fix))
    proofs = data_integrity.proofs(presentation)
    if not proofs or not all(isinstance(proof, dict) for proof in proofs):
        return _report(now, Check("shape", Outcome.PASSED), Check("proof", Outcome.FAILED, "carries no proof", _SIGN))
    holder = named or without_fragment(str(proofs[0].get("verificationMethod", "")))
    web = OneWeb(fetch, {})
    secured = data_integrity.Secured(presentation, allowance=web.allowance, purpose=data_integrity.AUTHENTICATION)
    found = await proof_signatures(web, now, secured, proofs, holder)
    return _report(
        now,
        Check("shape", Outcome.PASSED),
        of_signatures(found),
        by_holder(found, holder),
        _context(presentation, found),
        answered("challenge", occasion.challenge, proofs),
        answered("domain", occasion.domain, proofs),
    )


def _report(now: dt.datetime, *checks: Check) -> Report:
    return Report(checks=tuple(map(shortened, checks)), at=now, demanded=DEMANDED)


def of_signatures(found: Sequence[Signature]) -> Check:
    """Check `proof`: all must be right, for nobody can tell which of them was meant for this occasion."""
    verdicts = {signature.verdict for signature in found}
    outcome = next((bad for bad in (Outcome.FAILED, Outcome.UNKNOWN) if bad in verdicts), Outcome.PASSED)
    if Outcome.NOTED in verdicts and outcome is Outcome.PASSED:
        # Of a kind that is not checked here: as good as none where it stands alone.
        outcome = Outcome.NOTED if Outcome.PASSED in verdicts else Outcome.UNKNOWN
    detail = "; ".join(signature.detail for signature in found)
    fix = next((signature.fix for signature in found if signature.fix), "")
    return Check("proof", outcome, detail, fix, _looked_at(found))


def by_holder(found: Sequence[Signature], holder: str) -> Check:
    """Check `holder`: is each key that signed the holder's?"""
    right = [signature for signature in found if signature.verdict is Outcome.PASSED]
    if not right:
        return Check("holder", Outcome.UNKNOWN, "no proof was found right, so nobody is known to present it", _SIGN)
    others = [signature for signature in right if signature.found.authority is not Outcome.PASSED]
    if not others:
        return Check("holder", Outcome.PASSED, f"the key is that of {holder}", looked_at=_looked_at(right))
    failed = any(signature.found.authority is Outcome.FAILED for signature in others)
    outcome = Outcome.FAILED if failed else Outcome.UNKNOWN
    fix = f"Sign with a key that is {holder}, or that its document lists under authentication."
    detail = f"the key of {others[0].name} is not known to be one of {holder} for authentication"
    return Check("holder", outcome, detail, fix, _looked_at(others))


def _context(presentation: Mapping[str, Any], found: Sequence[Signature]) -> Check:
    right = [signature for signature in found if signature.verdict is Outcome.PASSED]
    if not right:
        return Check("context", Outcome.UNKNOWN, "no proof was found right, so nothing is known to be signed", _SIGN)
    beyond = [each for signature in right for each in uncovered(presentation, signature.uncovered)]
    if not beyond:
        return Check("context", Outcome.PASSED, "the signature covers every term")
    said = "; ".join(f"{each.pointer or '/'}: {each.kind}, {each.detail}" for each in beyond[:_SHOWN])
    return Check("context", Outcome.FAILED, f"what it says is not all signed as it reads: {said}", _CONTEXTS)


def answered(name: str, expected: str | None, proofs: Sequence[Mapping[str, Any]]) -> Check:
    """Check `challenge` or `domain`: what each proof answers is compared with what was asked, as texts."""
    if expected is None:
        made_for = any(name in proof for proof in proofs)
        detail = (
            f"was made for one {name}, and nobody says whether this is it" if made_for else f"no {name} was asked for"
        )
        return Check(name, Outcome.NOTED if made_for else Outcome.SKIPPED, detail)
    if all(proof.get(name) == expected for proof in proofs):
        return Check(name, Outcome.PASSED)
    fix = f"Sign the {name} that was given."
    return Check(name, Outcome.FAILED, f"was made for another {name}, or for none", fix)


def _looked_at(found: Sequence[Signature]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_places(found)))


def _places(found: Sequence[Signature]) -> Iterator[str]:
    for signature in found:
        yield from signature.found.looked_at
