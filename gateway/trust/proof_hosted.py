"""Hosted badges: the copy at hand against what its own address served."""

from adapters.hub.securing import Hosted
from gateway.ports import Fetched
from gateway.trust.case import Case
from gateway.trust.report import Check, Outcome
from gateway.trust.served import GONE

_SHOWN = 3


async def hosted_proof(case: Case, securing: Hosted) -> Check:
    """Judge the copy: its host vouches for what it serves now, and for nothing else.

    Raises:
        Unreachable: The host did not answer.

    Source: Open Badges 2.0, "Hosted verification".
    """
    answer = await hosted_answer(case, securing)
    looked_at = (securing.url,)
    if answer.status == GONE:
        detail, fix = (
            f"{securing.url} is gone (410): nothing to compare with",
            f"Serve the badge at {securing.url} again.",
        )
        return Check("proof", Outcome.UNKNOWN, detail, fix, looked_at)
    if securing.differs is None:
        detail = f"what {securing.url} serves could not be compared with this copy"
        return Check("proof", Outcome.UNKNOWN, detail, f"Serve the badge itself at {securing.url}, as JSON.", looked_at)
    if securing.differs:
        shown = ", ".join(securing.differs[:_SHOWN])
        more = f" and {len(securing.differs) - _SHOWN} more" if len(securing.differs) > _SHOWN else ""
        return Check(
            "proof",
            Outcome.FAILED,
            f"this copy differs from what {securing.url} serves, at {shown}{more}",
            f"Convert the hosted copy: give its URL, {securing.url}.",
            looked_at,
        )
    return Check("proof", Outcome.PASSED, f"{securing.url} serves the same badge", looked_at=looked_at)


async def hosted_answer(case: Case, securing: Hosted) -> Fetched:
    """What the Assertion's address answered: while reading it, or now.

    Raises:
        Unreachable: It did not answer.
    """
    return await case.web(securing.url, accept="application/ld+json, application/json")
