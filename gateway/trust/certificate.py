"""Check `certificate`: what the certificate of a seal is worth, apart from whether the seal is right."""

from collections.abc import Iterator
from typing import Final

import msgspec

from adapters.hub.securing import Jades
from gateway.proofs.certificate_paths import Standing
from gateway.proofs.jades_report import Level, SealSignature
from gateway.trust.anchors import SETTING
from gateway.trust.case import Case
from gateway.trust.proof_jades import subject
from gateway.trust.report import Check, Outcome
from gateway.trust.seal_owner import qualification
from gateway.trust.signature import Signature

NAME: Final = "certificate"

_WORST_FIRST: Final = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.NOTED, Outcome.PASSED)
_OF_STANDING: Final = {
    Standing.TRUSTED: Outcome.PASSED,
    Standing.NO_ANCHOR: Outcome.UNKNOWN,
    Standing.OUT_OF_TIME: Outcome.FAILED,
    Standing.BROKEN: Outcome.FAILED,
}
_NOT_LOOKED_UP: Final = "whether it was revoked was not looked up"
_CONFIGURE: Final = f"If you trust who issued it, put that certificate as PEM into the folder that {SETTING} names."
_PROVE: Final = "Seal it again, or let a time-stamping authority prove when it was sealed."


class _Judged(msgspec.Struct, frozen=True):
    outcome: Outcome
    why: str
    fix: str = ""


async def certificate(case: Case) -> Check:
    """Judge the path from each certificate to an anchor, at the time of sealing, and say what it claims to be.

    Nothing is ever called qualified: whether a certificate is, the EU's trusted lists say, which are not read here.
    Where the issuer's own domain vouches for the key, or it is our own, the certificate is not what its word rests on:
    what is wrong with it is noted, and so is a seal that is none of the baseline.

    Source: ETSI TS 119 182-1 section 6 (levels); RFC 5280 section 6.
    """
    if not isinstance(case.subject.reading.securing, Jades):
        return Check(NAME, Outcome.SKIPPED, "is not sealed")
    right = [each for each in case.signatures if each.verdict is Outcome.PASSED and each.seal is not None]
    if not right:
        detail, fix = "no seal was found right, so its certificate says nothing", "Mend what the check proof names."
        return Check(NAME, Outcome.UNKNOWN, detail, fix)
    judged = [_judged(each, each.seal) for each in right if each.seal is not None]
    worst = min((each.outcome for each in judged), key=_WORST_FIRST.index)
    said = [f"{each.name}: {'; '.join(_facts(each.seal))}" for each in right if each.seal is not None]
    why = [each.why for each in judged if each.outcome is worst and each.why]
    fix = next((each.fix for each in judged if each.outcome is worst and each.fix), "")
    path = tuple(subject(one) for each in right if each.seal is not None for one in each.seal.chain)
    return Check(NAME, worst, "; ".join([*why, *said, _NOT_LOOKED_UP]), fix, path)


def _judged(signature: Signature, seal: SealSignature) -> _Judged:
    found = _of_path(seal)
    if found.outcome is Outcome.PASSED and seal.level is Level.NONE:
        return _Judged(Outcome.NOTED, "sealed, but not as the baseline asks")
    if signature.is_the_issuers and _is_of_the_path(seal):
        return _Judged(Outcome.NOTED, f"{found.why}; its key is known without one, as the check issuer says")
    return found


def _is_of_the_path(seal: SealSignature) -> bool:
    """Whether only the path to an anchor is missing or has ended, and nothing is wrong with the seal's own time."""
    ended = seal.standing is Standing.OUT_OF_TIME and len(seal.chain) > 1
    return seal.signed_at is not None and (seal.standing is Standing.NO_ANCHOR or ended)


def _of_path(seal: SealSignature) -> _Judged:
    at = seal.signed_at
    if at is None:
        return _Judged(Outcome.UNKNOWN, "nothing says when it was sealed, or two times are said", _PROVE)
    outcome = _OF_STANDING[seal.standing]
    if seal.standing is Standing.OUT_OF_TIME:
        # In time by its own account, which since the end proves nothing; or out of it even so.
        in_time = all(one.not_valid_before_utc <= at <= one.not_valid_after_utc for one in seal.chain)
        outcome = Outcome.UNKNOWN if in_time else Outcome.FAILED
    fixes = {Outcome.PASSED: "", Outcome.UNKNOWN: _CONFIGURE if seal.standing is Standing.NO_ANCHOR else _PROVE}
    return _Judged(outcome, seal.standing_reason, fixes.get(outcome, _PROVE))


def _facts(seal: SealSignature) -> Iterator[str]:
    """What there is to know, whether or not anybody vouches for it."""
    if seal.owner is not None:
        parts = (seal.owner.name, seal.owner.organisation_identifier, seal.owner.country)
        yield f"names {', '.join(filter(None, parts)) or 'nobody'}"
    if seal.proven_at is not None:
        yield f"sealed by {seal.proven_at.isoformat()}, which a trusted timestamp proves"
    elif seal.claimed_at is not None:
        yield f"sealed {seal.claimed_at.isoformat()} by its own account"
    yield f"level {seal.level}"
    yield qualification(seal)
    yield from seal.remarks
