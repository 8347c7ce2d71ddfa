"""Erase a credential: what was issued is revoked, and whatever says something of anyone is gone for good."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.hub.contract import Format
from gateway.apart import apart
from gateway.errors import GatewayError, NotFound
from gateway.flows.convert import Caller
from gateway.flows.publish import Publish
from gateway.issuing.seal import document_of
from gateway.ports import Clock, Records
from gateway.ports.erasure import Erasures
from gateway.records import Intent, Record

log = logging.getLogger("badge_gateway.erasure")

REASON = "erased"
"""Stands in lists of what was revoked, instead of whatever reason was given before."""


@dataclass(frozen=True, slots=True)
class Erase:
    """A record id to nothing: no later question gets an answer that tells of it.

    It is revoked first, in the same transaction: nobody may go on believing what nobody can look up any more. What a
    person holds of it in a backpack is theirs and stays there, as do copies that were downloaded or fetched.
    """

    clock: Clock
    records: Records
    erasures: Erasures
    publish: Publish

    async def __call__(self, record_id: str, caller: Caller) -> Sequence[Intent]:
        """Revoke every form and erase the record; the status lists say so when this returns.

        What was committed stays so when the signing of the lists fails, and is no failure: the timer tries again, and
        whoever asked could not, because there is no such record any more.

        Returns:
            What was issued of it in formats that have no place to say that it was revoked: copies of that go on to
            verify elsewhere.

        Raises:
            NotFound: The caller's platform has no such record, or it was erased before.
        """
        record = await self.records.find(caller.platform, record_id)
        if record is None:
            raise NotFound("there is no such credential")
        size = sum(len(intent.unsigned) for intent in _in_elm(record))
        credentials = await apart(size, _ids, record)
        await self.erasures.erase(
            caller.platform, record_id, credentials, reason=REASON, actor=caller.actor, at=self.clock()
        )
        try:
            await self.publish()
        except GatewayError as error:  # of whatever platform's list is due
            log.warning("the status lists say later what was erased: %s", error)
        return [form.intent for form in record.forms if form.sealed is not None and not form.intent.revocable]


def _in_elm(record: Record) -> Sequence[Intent]:
    return [form.intent for form in record.forms if form.intent.format is Format.ELM_3]


def _ids(record: Record) -> Sequence[str]:
    """Of what may lie in wallets: nothing but credentials in ELM is put there."""
    return [str(document_of(intent)["id"]) for intent in _in_elm(record)]
