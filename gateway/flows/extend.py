"""One more form of a stored credential; what it was converted from is verified anew before anything is signed."""

from dataclasses import dataclass

from gateway.errors import NotFound, NotIssuable
from gateway.flows.convert import Caller, Convert, Converted
from gateway.flows.issue import Issue
from gateway.flows.prepare import Target
from gateway.flows.vc_api.issue_credential import IssueCredential
from gateway.ports import Records
from gateway.records import Record, StatementKind


@dataclass(frozen=True, slots=True)
class Extend:
    """A record id and targets to the record with those forms."""

    records: Records
    convert: Convert
    issue: Issue
    issue_credential: IssueCredential

    async def __call__(self, record_id: str, targets: tuple[Target, ...], caller: Caller) -> Converted:
        """Add forms to a stored record.

        Raises:
            NotFound: The caller's platform has no such record.
            NotTrusted: The source no longer verifies and the record has no forms yet.
            SourceChanged: It verifies, and says something else than when the record was made.
            NotIssuable: The platform wrote the credential in ELM itself.
            NotActive: The record was suspended or revoked.
            NotSuspendable: It can be suspended, and with one of the forms it could not be any more.
        """
        record = await self.records.find(caller.platform, record_id)
        if record is None:
            raise NotFound("there is no such credential")
        source = record.source
        if source is None:
            if record.statement is not None and record.statement.kind is StatementKind.CREDENTIAL:
                return await self.issue_credential.further(record, targets, caller)
            _refuse_upload(record, targets)
            return await self.issue(b"", targets, caller, only=record)
        return await self.convert(source.received, source.url, targets, caller, award=source.award, only=record)


def _refuse_upload(record: Record, targets: tuple[Target, ...]) -> None:
    """What a platform wrote in ELM itself is no plain data: its other forms are made of the sealed one.

    Raises:
        NotIssuable: It is that.
    """
    if record.statement is not None and record.statement.kind is StatementKind.ELM:
        wanted = ", ".join(sorted({target.format for target in targets}))
        raise NotIssuable(
            f"this credential was written in ELM by the platform itself, so there is nothing to write {wanted} of",
            fix="convert the sealed file: export it, and send it to POST /v1/credentials",
        )
