"""What a platform allows to be issued in its name: from whom, and how much a day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from gateway.errors import Refused, TooManyRequests
from gateway.ports import Clock, Platforms
from gateway.ports.tenants import IssuedCount
from gateway.records.tenants import TrustPolicy

DAY = dt.timedelta(days=1)
DID_WEB = "did:web:"


class IssuerNotAccepted(Refused):
    """The platform does not convert badges of this issuer."""

    code = "issuer-not-accepted"


class IssueLimit(TooManyRequests):
    """The platform has issued as much as it may today."""

    code = "issue-limit"


@dataclass(frozen=True, slots=True)
class Permit:
    """Issuers and a number of forms to nothing, or to a refusal; asked before anything is signed."""

    clock: Clock
    platforms: Platforms
    issued: IssuedCount
    per_day: int

    async def __call__(self, platform: str, issuers: Iterable[str], forms: int) -> None:
        """Let it be issued.

        Requests that run at once do not see each other's forms, so a limit may be passed by as many as there are.

        Args:
            issuers: Ids of those who issued what is converted; none for what the platform issues itself.
            forms: How many would be made; 0 is always allowed.

        Raises:
            IssuerNotAccepted: The platform's policy is against one of the issuers.
            IssueLimit: These would be more than the platform may issue a day.
        """
        found = await self.platforms.find(platform) if forms else None
        if found is None:
            return
        for issuer in issuers:
            if reason := _against(found.policy, issuer):
                raise IssuerNotAccepted(
                    f"{reason}: {issuer}", fix="an owner of the platform can change its policy: PATCH /v1/platform"
                )
        most = found.limits.issued_per_day or self.per_day
        now = self.clock()
        today = now.replace(hour=0, minute=0, second=0, microsecond=0)
        if most and await self.issued.since(platform, today) + forms > most:
            raise IssueLimit(
                f"the platform issues at most {most} forms a day", retry_after_s=(today + DAY - now).total_seconds()
            )


def _against(policy: TrustPolicy, issuer: str) -> str:
    names = {issuer, origin_of(issuer)}
    if names & set(policy.refuses):
        return "this platform refuses badges of this issuer"
    if policy.accepts and not names & set(policy.accepts):
        return "this platform accepts badges of other issuers only"
    return ""


def origin_of(issuer: str) -> str:
    """The origin that an issuer's id stands for, did:web included; the id itself when it has none."""
    if issuer.startswith(DID_WEB):
        return f"https://{unquote(issuer.removeprefix(DID_WEB).partition(':')[0])}".lower()
    try:
        parts = urlsplit(issuer)
    except ValueError:
        return issuer
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.scheme in ("http", "https") else issuer
