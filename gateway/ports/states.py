"""What becomes of a credential after it was issued: suspended, reinstated, revoked, with all its forms at once."""

import datetime as dt
from typing import Protocol


class States(Protocol):
    """Changes of state. Each commits state, forms, status bits, event and audit entry in one transaction, or nothing.

    ``actor`` is as in the audit trail: ``key {id}``, ``command line``. Repeating a change changes nothing.
    """

    async def revoke(self, platform: str, record_id: str, reason: str, actor: str, at: dt.datetime) -> None:
        """Revoke a record and every form of it, for good; the first reason stays.

        Raises:
            NotFound: The platform has no such record, or it was erased.
        """

    async def suspend(self, platform: str, record_id: str, reason: str, actor: str, at: dt.datetime) -> None:
        """Suspend a record and every form of it, until it is reinstated; the first reason stays.

        Raises:
            NotFound: The platform has no such record, or it was erased.
            NotSuspendable: It was revoked, has no forms yet, or one that cannot say that it is suspended.
        """

    async def reinstate(self, platform: str, record_id: str, actor: str, at: dt.datetime) -> None:
        """Lift a suspension.

        Raises:
            NotFound: The platform has no such record, or it was erased.
            NotSuspendable: It was revoked.
        """
