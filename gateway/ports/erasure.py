"""Credentials that are erased: everything that says something of anyone is gone, and that there was one stays."""

import datetime as dt
from collections.abc import Sequence
from contextvars import ContextVar
from typing import Protocol

from gateway.records import Securing

Concern = tuple[str, str]
"""A platform and the id of one of its records."""

CONCERNED: ContextVar[set[Concern] | None] = ContextVar("concerned", default=None)
"""Set where an answer is made that will be kept: stores put into it every record that they read or write. It travels
beside the calls, because whatever an answer tells of a record was read from there, whichever flow did it."""


def concerns(platform: str, record_id: str) -> None:
    """Note that what is being answered may say something of a record."""
    concerned = CONCERNED.get()
    if concerned is not None:
        concerned.add((platform, record_id))


class Erasures(Protocol):
    """The end of records."""

    async def erase(
        self, platform: str, record_id: str, credentials: Sequence[str], *, reason: str, actor: str, at: dt.datetime
    ) -> None:
        """Revoke a record with every form, for good, and erase all that it holds; in one transaction, or nothing.

        Gone are its key, what it was made from, the documents of its forms, their receipts and reasons; what finds it
        again; its offers and claims; the watch over its source; answers kept for an ``Idempotency-Key`` that may tell
        of it; reasons in its events; copies in the platform's Europass wallets. What people hold themselves stays, and
        no longer leads to it.

        What stays are ids, times, which formats it was issued in (for what is counted), events and audit entries, and
        the status entries of its forms, whose bits are set and which are never given out again.

        Args:
            credentials: Ids of its own credentials, as they may lie in wallets; those that name a form are known here.
            reason: Of the revocation; everybody who verifies may come to read it.

        Raises:
            NotFound: The platform has no such record, or it was erased.
        """


class Tombstones(Protocol):
    """What can be said of an erased record: that it was there."""

    async def record(self, record_id: str) -> bool:
        """Whether this record was erased, of whatever platform (its id cannot be guessed)."""

    async def form(self, platform: str, form_id: str) -> Securing | None:
        """How a form was sealed whose record was erased; None where none was."""
