"""The id of a credential and how it is to stand to what our own flows do: revoke, suspend, reinstate."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import msgspec

from gateway.errors import NotSuspendable
from gateway.flows.convert import Caller
from gateway.flows.reinstate import Reinstate
from gateway.flows.revoke import Revoke
from gateway.flows.suspend import Suspend
from gateway.flows.vc_api.material import Identifier
from gateway.flows.vc_api.named import Named
from gateway.records import Record, State, StatusPurpose

REASON = "its status was changed"
"""VCALM has no place for a reason; everybody who verifies the credential may come to read this one."""


class EntryType(StrEnum):
    """Types of status entries, as clients write them: VCALM's own example has the shorter one."""

    ENTRY = "BitstringStatusListEntry"
    LIST = "BitstringStatusList"


class StatusEntry(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Which status is meant (VCALM 1.0, UpdateCredentialStatusRequest).

    Attributes:
        id, status_list_index, status_list_credential: As the credential has them; taken and not looked at, for the
            status of a credential here is that of all its forms.
    """

    type: EntryType
    status_purpose: StatusPurpose
    id: Identifier | None = None
    status_list_index: Annotated[str, msgspec.Meta(max_length=20)] | None = None
    status_list_credential: Identifier | None = None


class StatusUpdate(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """How a credential is to stand.

    Attributes:
        credential_id: Its id, the `credentialId` that it was issued with, or the id of its record.
        status: true revokes or suspends it, false lifts a suspension.
    """

    credential_id: Identifier
    credential_status: StatusEntry
    status: bool


@dataclass(frozen=True, slots=True)
class UpdateStatus:
    """What is to become of a credential to its record."""

    named: Named
    revoke: Revoke
    suspend: Suspend
    reinstate: Reinstate

    async def __call__(self, update: StatusUpdate, caller: Caller) -> Record:
        """Revoke, suspend or reinstate every form; what is so already stays so.

        Raises:
            NotFound: The platform has no such credential.
            NotSuspendable: It was revoked, which is for good, or was not issued to be suspended.
        """
        record = await self.named(caller.platform, update.credential_id)
        match update.credential_status.status_purpose, update.status:
            case StatusPurpose.REVOCATION, True:
                return await self.revoke(record.id, REASON, caller)
            case StatusPurpose.SUSPENSION, True:
                return await self.suspend(record.id, REASON, caller)
            case StatusPurpose.SUSPENSION, False if record.state is State.SUSPENDED:
                return await self.reinstate(record.id, caller)
        if record.state is State.REVOKED:
            raise NotSuspendable("it was revoked, which is for good", pointer="/status", fix="issue it anew")
        return record
