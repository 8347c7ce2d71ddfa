"""A proof that follows others in a chain is no better than they are."""

from collections.abc import Sequence
from typing import Any  # Any: members of JSON objects

import msgspec

from gateway.proofs.data_integrity import Secured
from gateway.trust.report import Outcome
from gateway.trust.signature import Signature


def chained(secured: Secured, proofs: Sequence[dict[str, Any]], examined: Sequence[Signature]) -> tuple[Signature, ...]:
    """Judge each proof again in the light of those that it follows.

    It signs that they were there: beside one that is wrong it is FAILED, beside one of which nothing is known UNKNOWN.

    Args:
        secured: The document with its proofs.
        proofs: Them.
        examined: What was found about each by itself.

    Source: W3C VC Data Integrity 1.0 sections 2.1.2 and 4.5.
    """
    settled: dict[int, Signature] = {}

    def settle(place: int) -> Signature:
        if place not in settled:
            found = examined[place]
            # One that was found right is on no ring, so this ends; all others are not looked behind.
            if found.verdict is Outcome.PASSED:
                found = _beside(found, [settle(proofs.index(earlier)) for earlier in secured.before(proofs[place])])
            settled[place] = found
        return settled[place]

    return tuple(settle(place) for place in range(len(proofs)))


def _beside(found: Signature, earlier: Sequence[Signature]) -> Signature:
    lacking = [signature for signature in earlier if signature.verdict is not Outcome.PASSED]
    if not lacking:
        return found
    wrong = [signature for signature in lacking if signature.verdict is Outcome.FAILED]
    verdict, first = (Outcome.FAILED, wrong[0]) if wrong else (Outcome.UNKNOWN, lacking[0])
    said = "is not right" if wrong else "could not be checked"
    return msgspec.structs.replace(
        found, verdict=verdict, detail=f"{found.name} follows {first.name}, which {said}", fix=first.fix, remark=""
    )
