"""What becomes of a credential after it was issued: suspended, reinstated, revoked, with all its forms at once."""

import datetime as dt
from typing import Protocol

from gateway.records import Suspender


class States(Protocol):
    """Changes of state. Each commits state, forms, status bits, event and audit entry in one transaction, or nothing.

    ``actor`` is as in the audit trail: ``key {id}``, ``command line``. Repeating a change changes nothing.

    A record may be suspended by its platform, by the issuer of its source, or by both, and is active when it is by
    neither. What its forms say of it is the platform's word where there is one.
    """

    async def revoke(self, platform: str, record_id: str, reason: str, actor: str, at: dt.datetime) -> None:
        """Revoke a record and every form of it, for good; the first reason stays.

        Raises:
            NotFound: The platform has no such record, or it was erased.
        """

    async def suspend(
        self,
        platform: str,
        record_id: str,
        reason: str,
        actor: str,
        at: dt.datetime,
        by: Suspender = Suspender.PLATFORM,
    ) -> None:
        """Suspend a record and every form of it, until ``by`` reinstates it; the first reason of each stays.

        Raises:
            NotFound: The platform has no such record, or it was erased.
            NotSuspendable: It was revoked, has no forms yet, or one that cannot say that it is suspended.
        """

    async def reinstate(
        self, platform: str, record_id: str, actor: str, at: dt.datetime, by: Suspender = Suspender.PLATFORM
    ) -> None:
        """Lift the suspension that is by ``by``; while it is by somebody else as well, the record stays suspended.

        Raises:
            NotFound: The platform has no such record, or it was erased.
            NotSuspendable: It was revoked; or the platform would lift what only the issuer of the source can.
        """
