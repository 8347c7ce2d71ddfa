"""Check `endorsements`: what others say of it; counted, and not followed."""

from gateway.trust.case import Case
from gateway.trust.report import Check, Outcome


async def endorsements(case: Case) -> Check:
    """Count the endorsements: they are other people's statements, and none of them makes this one true.

    Source: Open Badges 3.0 section 9 step 6.
    """
    carried = 0
    for credential in case.subject.reading.credentials:
        carried += len(credential.endorsements) + len(credential.achievement.endorsements)
        carried += len(credential.issuer.endorsements)
    if not carried:
        return Check("endorsements", Outcome.SKIPPED, "carries none")
    return Check(
        "endorsements",
        Outcome.NOTED,
        f"carries {carried}; their signatures were not examined, and a copy leaves them out",
    )
