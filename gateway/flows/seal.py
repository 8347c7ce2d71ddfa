"""Sign a committed form, verify it with our own verifier, make its receipt, and only then release it."""

from dataclasses import dataclass
from hashlib import sha256

import msgspec

from adapters.hub.losses import Loss, LossReport
from gateway.apart import apart
from gateway.errors import GatewayError
from gateway.flows.identify import Identities
from gateway.flows.overlay import Overlay
from gateway.flows.receive import Receive
from gateway.flows.verdict import Verdict, publicly
from gateway.flows.verify import Verify
from gateway.issuing.identity import Identity
from gateway.issuing.seal import document_of, sealed, token
from gateway.ports import Clock, Credentials, Fetch, Keys, Signer
from gateway.ports.seals import OwnSeals
from gateway.provenance import RECEIPT_TYPE, CheckedFact, Provenance, SourceFacts, StatementFacts, software
from gateway.records import WRITTEN_WHOLE, Algorithm, Form, Intent, Purpose, Record, Securing
from gateway.trust.report import Check, Outcome


class SealBroken(GatewayError):
    """Our own verifier does not accept what we were about to release; nothing was released."""

    code = "seal-broken"


@dataclass(frozen=True, slots=True)
class Seal:
    """An intended form to a sealed one; safe to repeat after a crash at any point."""

    clock: Clock
    fetch: Fetch
    signer: Signer
    keys: Keys
    credentials: Credentials
    identities: Identities
    own_seals: OwnSeals

    async def __call__(self, record: Record, form: Form) -> tuple[Form, bool]:
        """Sign, check and commit one form; return what is stored, and whether it was committed by this very call.

        Raises:
            KeyMissing: The key that the form was planned with is gone.
            SealBroken: The signed form does not verify.
        """
        identity = await self.identities(record.platform)
        signed = await sealed(form.intent, self.signer)
        await self._check(identity, form.intent, signed)
        receipt = await self._receipt(identity, record, form.intent, signed)
        return await self.credentials.seal(form.platform, form.intent.id, signed, receipt)

    async def _check(self, identity: Identity, intent: Intent, signed: bytes) -> None:
        """The "lint before release" of a certificate authority: our verifier, on the very bytes."""
        fetch = Overlay.with_form(self.fetch, identity.addresses, intent, signed, self.clock())
        # What it was made from was verified a moment ago, and need not be asked for again.
        verify = Verify(self.clock, fetch, Receive(fetch), judges_originals=False, own_seals=self.own_seals)
        verified = await verify(signed)
        if verified.report.outcome is not Outcome.PASSED:
            against = [
                f"{check.name}: {check.detail}"
                for check in verified.report.checks
                if check.outcome in (Outcome.FAILED, Outcome.UNKNOWN)
            ]
            raise SealBroken("; ".join(against) or "not every demanded check ran")

    async def _receipt(self, identity: Identity, record: Record, intent: Intent, signed: bytes) -> str:
        key = await self.keys.active(record.platform, Purpose.RECEIPT, Algorithm.EDDSA)
        address = identity.addresses.receipt(intent.id)
        claims = await apart(len(signed) + len(intent.losses), _claims, record, intent, signed, identity, address)
        return await token({"typ": RECEIPT_TYPE, "kid": identity.kid(key)}, claims, key, self.signer)


def _claims(record: Record, intent: Intent, signed: bytes, identity: Identity, address: str) -> dict[str, object]:
    return _provenance(record, intent, signed, identity).claims(identity.home, address)


def _provenance(record: Record, intent: Intent, signed: bytes, identity: Identity) -> Provenance:
    return Provenance(
        at=intent.at,
        made_from=_made_from(record),
        losses=LossReport(msgspec.json.decode(intent.losses, type=tuple[Loss, ...])),
        issued_id=_document_id(identity, record, intent),
        issued_format=intent.format,
        issued_securing=intent.securing,
        issued_sha256=sha256(signed).digest(),
        signed_with=intent.key,
        software=software(),
        sparing=intent.holder != "" or intent.securing is Securing.SD_JWT,
    )


def _document_id(identity: Identity, record: Record, intent: Intent) -> str:
    """The id in the document; what a platform wrote itself keeps its own."""
    whole = record.statement is not None and record.statement.kind in WRITTEN_WHOLE
    written = document_of(intent).get("id") if whole else None
    return written if isinstance(written, str) else identity.document_id(intent.format, intent.id)


def _made_from(record: Record) -> SourceFacts | StatementFacts:
    source, statement = record.source, record.statement
    if source is not None:
        verdict = msgspec.json.decode(source.report, type=Verdict)
        return SourceFacts(
            sha256=source.sha256,
            media_type=source.media_type,
            format=source.format,
            version=source.version,
            securing=source.securing,
            id=verdict.source_id,
            issuer=verdict.issuer,
            verified_at=verdict.at,
            checks=tuple(map(_checked, verdict.checks)),
        )
    if statement is None:
        raise RuntimeError(f"the record {record.id} was made from nothing")
    return StatementFacts(
        sha256=statement.sha256,
        platform=record.platform,
        api_key=statement.api_key,
        received_at=statement.received_at,
    )


def _checked(check: Check) -> CheckedFact:
    return CheckedFact(name=check.name, outcome=check.outcome, detail=publicly(check), looked_at=check.looked_at)
