"""Check `refresh`: where a newer version of the document may be had; noted, and not followed."""

from adapters.hub.securing import VcJwt
from gateway.trust.case import Case
from gateway.trust.report import Check, Outcome


async def refresh(case: Case) -> Check:
    """Say where a newer version may be had.

    Source: Open Badges 3.0 section 9 step 3: a verifier MAY follow it; the result is the same credential either way.
    """
    reading = case.subject.reading
    document = reading.securing.document if isinstance(reading.securing, VcJwt) else reading.document
    service = document.get("refreshService")
    if not service:
        return Check("refresh", Outcome.SKIPPED, "names no refresh service")
    address = service.get("id") if isinstance(service, dict) else None
    return Check(
        "refresh",
        Outcome.NOTED,
        "a newer version may be had from its refresh service; this one was judged as it is",
        looked_at=(address,) if isinstance(address, str) else (),
    )
