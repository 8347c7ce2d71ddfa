"""upload -> complete -> seal -> record -> bytes: what a platform awards itself, written in ELM by its own software.

The line of ``issue``, for those who write the credential themselves. Who issues it and when is said by the seal alone.
"""

import asyncio
import datetime as dt
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any  # Any: decoded JSON

import msgspec

from adapters.hub.contract import Draft, Format, Issuance, Reading
from adapters.hub.errors import AdapterError, NotWritable
from adapters.hub.losses import LossReport
from adapters.hub.opened import Opened, open_bytes
from adapters.registry import COMPLETERS, adapter_for
from gateway.apart import apart
from gateway.errors import NotActive, NotIssuable
from gateway.flows.convert import Caller, Converted
from gateway.flows.europass.marks import marked_document
from gateway.flows.europass.refusals import SealedOtherwise
from gateway.flows.europass.uploads import Upload, lacks_page, shown, title, uploaded
from gateway.flows.inspect import title_of
from gateway.flows.permit import Permit
from gateway.flows.prepare import Prepare, Target, lacking
from gateway.flows.release import released
from gateway.flows.seal import Seal
from gateway.flows.taken_back import named_form
from gateway.flows.uploaded_id import uploaded_id
from gateway.issuing.picture import display_page
from gateway.ports import Clock, Credentials, Forms, Plan
from gateway.ports.erasure import Tombstones
from gateway.records import CLOSED, Form, Intent, Record, Securing, Statement, StatementKind
from gateway.records.tenants import is_twin

SEALED_ELM = Target(Format.ELM_3, Securing.JADES)
MOST_SAID = 5


class UploadedAward(msgspec.Struct, frozen=True, kw_only=True):
    """An upload, ready to be completed: the ``Material`` of ``Prepare``."""

    platform: str
    at: dt.datetime
    upload: Upload

    def drafted(self, format: Format, facts: Issuance, receipt_url: str) -> tuple[Draft, LossReport]:
        """Complete it; there is no origin, so nothing leads to a receipt."""
        del receipt_url
        test, credential = is_twin(self.platform), self.upload.credential
        credential = marked_document(credential) if test else credential
        if lacks_page(credential):
            page = display_page(shown(credential, facts), facts, test=test)
            facts = msgspec.structs.replace(facts, display=page)
        try:
            draft = COMPLETERS[format](credential, facts)
            if test:  # what completed it may have given it a title
                draft = msgspec.structs.replace(draft, document=marked_document(draft.document))
            reading = _read(draft.document)
        except AdapterError as error:
            place = f"{self.upload.at}{error.pointer}"
            why = "it is not sealed" if isinstance(error, NotWritable) else "it is no credential in ELM"
            raise NotIssuable(f"{why}: {error}", pointer=place, fix=error.fix) from error
        _refuse_faulty(reading, self.upload, self.at)
        losses = (
            msgspec.structs.replace(each, source=f"{self.upload.at}{each.source}" if each.source is not None else None)
            for each in draft.losses.losses
        )
        return draft, LossReport(tuple(losses))


class SealedUpload(msgspec.Struct, frozen=True):
    """The stored record, the form that was sealed now or before, and the upload."""

    converted: Converted
    form: Form
    upload: Upload

    @property
    def file(self) -> bytes:
        """The sealed credential."""
        return self.form.sealed or b""


@dataclass(frozen=True, slots=True)
class SealUpload:
    """An upload to the sealed credential, recorded for good.

    The same credential sent again by the same platform is the same record and gives the same bytes: nothing is sealed
    twice, and under one id nothing else.
    """

    clock: Clock
    prepare: Prepare
    seal: Seal
    credentials: Credentials
    forms: Forms
    tombstones: Tombstones
    permit: Permit
    new_id: Callable[[], str]
    secret: bytes

    async def __call__(
        self, file: bytes, caller: Caller, first: Callable[[], Awaitable[None]] | None = None
    ) -> SealedUpload:
        """Seal an upload.

        A credential keeps the id that it was uploaded with, by which the platform's software and wallets know it; one
        without gets one.

        Args:
            file: The exact bytes; kept as the platform's statement.
            first: Done once nothing else speaks against sealing, and may refuse it.

        Raises:
            AdapterError: It is no JSON that everybody reads alike.
            NotAnUpload: There is no credential in it.
            NotIssuable: It breaks a rule of ELM, bears an id of ours, or would not be valid now; nothing was stored.
            NotActive: A credential of this platform with its id was suspended or revoked.
            SealedOtherwise: The platform sealed another credential under its id.
            IssueLimit: The platform has issued as much as it may today.
            NoSealIdentifier: Nobody has said whose seal it is.
        """
        upload = await asyncio.to_thread(uploaded, file)
        await self._refuse_our_ids(upload, caller)
        now = self.clock()
        badge = self._badge(upload, caller)
        digest = await apart(len(file), _digest, file)
        fingerprint = self._fingerprint(upload, digest, caller)
        known = await self.credentials.known(caller.platform, fingerprint)
        wanted = lacking((SEALED_ELM,), known)
        if known is not None and known.state in CLOSED:
            raise NotActive
        if known is not None:
            await _refuse_other(known, upload)
        quota = await self.permit(caller.platform, (), len(wanted))
        award = UploadedAward(platform=caller.platform, at=now, upload=upload)
        intents = tuple([await self._intended(award, target) for target in wanted])
        if first is not None:
            await first()
        record, created = await released(
            Plan(
                record_id=self.new_id(),
                platform=caller.platform,
                holder=caller.holder,
                actor=caller.actor,
                fingerprint=fingerprint,
                title=_title(upload),
                created=now,
                source=None,
                badge=badge,
                quota=quota,
                intents=intents,
                statement=_statement(file, digest, caller, now),
                extends=known.id if known else "",
            ),
            (SEALED_ELM,),
            self.credentials,
            self.seal,
        )
        await _refuse_other(record, upload)  # of two at once the first one won
        return SealedUpload(Converted(record, None, created), _form(record), upload)

    async def before(self, upload: Upload, file: bytes, caller: Caller) -> Form | None:
        """Return the form that the same upload has already, if it was sealed before."""
        digest = await apart(len(file), _digest, file)
        known = await self.credentials.known(caller.platform, self._fingerprint(upload, digest, caller))
        return None if known is None else _form(known)

    def _fingerprint(self, upload: Upload, digest: bytes, caller: Caller) -> bytes:
        """What has an id is known by that, whatever is said of it; else the file itself is."""
        whole = (b"upload", caller.platform.encode(), digest)
        return self._badge(upload, caller) or self._hmac(*whole)

    async def _intended(self, award: UploadedAward, target: Target) -> Intent:
        """Prepare what will verify once it is sealed.

        Raises:
            NotIssuable: It would not.
        """
        try:
            return await self.prepare(award, target)
        except NotWritable as error:
            place = f"{award.upload.at}{error.pointer}"
            raise NotIssuable(f"it is not sealed: {error}", pointer=place, fix=error.fix) from error

    async def _refuse_our_ids(self, upload: Upload, caller: Caller) -> None:
        """Refuse an id by which a credential of ours is or was known: its standing would be taken for that of this one.

        Raises:
            NotIssuable: It has one.
        """
        id_ = upload.credential.get("id")
        if not isinstance(id_, str):
            return
        addresses = (await self.prepare.identities(caller.platform)).addresses
        host = addresses.did.removesuffix(f":p:{addresses.platform}")
        ours = id_.lower().startswith((f"{addresses.public_url}/".lower(), f"{host}:".lower(), f"{host}#".lower()))
        ours = ours or id_.lower() in (addresses.public_url.lower(), host.lower())
        if ours or await self._is_form(caller.platform, named_form(id_)):
            raise NotIssuable(
                "its id is that of something else that this gateway issued, or one of its own addresses",
                pointer=f"{upload.at}/id",
                fix="give it an id of its own, such as urn:uuid: and a UUID, or leave it out",
            )

    async def _is_form(self, platform: str, form_id: str) -> bool:
        """Whether it is the id of a form, or was until that was erased."""
        if not form_id:
            return False
        known = await self.forms.find(platform, form_id)
        return known is not None or await self.tombstones.form(platform, form_id) is not None

    def _badge(self, upload: Upload, caller: Caller) -> bytes | None:
        """Finds what was sealed under the same id, so that what was taken back is not sealed anew."""
        id_ = upload.credential.get("id")
        return uploaded_id(self.secret, caller.platform, id_) if isinstance(id_, str) and id_ else None

    def _hmac(self, *parts: bytes) -> bytes:
        return hmac.digest(self.secret, msgspec.msgpack.encode(parts), "sha256")


async def _refuse_other(record: Record, upload: Upload) -> None:
    """Refuse to hand out what was sealed of something else.

    Raises:
        SealedOtherwise: The record is of another credential.
    """
    stated = record.statement
    if stated is None or not await apart(len(stated.received), _is_same, stated.received, upload):
        raise SealedOtherwise(f"{upload.at}/id")


def _is_same(file: bytes, upload: Upload) -> bool:
    return uploaded(file).credential == upload.credential


def _digest(file: bytes) -> bytes:
    return sha256(file).digest()


def _statement(file: bytes, digest: bytes, caller: Caller, now: dt.datetime) -> Statement:
    return Statement(
        received=file,
        sha256=digest,
        salt="",
        received_at=now,
        api_key=caller.holder,
        kind=StatementKind.ELM,
    )


def _form(record: Record) -> Form:
    return next(form for form in record.forms if form.intent.format is Format.ELM_3)


def _title(upload: Upload) -> str:
    return title_of(title(upload.credential))


def _read(document: dict[str, Any]) -> Reading:
    opened = open_bytes(msgspec.json.encode(document))
    if not isinstance(opened, Opened):
        raise NotIssuable("it would be no credential")
    return adapter_for(Format.ELM_3).read(opened, {})


def _refuse_faulty(reading: Reading, upload: Upload, now: dt.datetime) -> None:
    """Refuse what would break a rule, or hold at another time, before anything is stored or sealed.

    Raises:
        NotIssuable: It would.
    """
    broken = [finding for finding in reading.findings if finding.blocking]
    if broken:
        said = "; ".join(f"{upload.at}{each.pointer}: {each.reason}" for each in broken[:MOST_SAID])
        raise NotIssuable(
            f"it breaks the rules of ELM: {said}", pointer=f"{upload.at}{broken[0].pointer}", fix=broken[0].fix
        )
    credential = reading.credentials[0]
    if credential.valid_from is not None and credential.valid_from > now:
        raise NotIssuable(
            "it would not be valid yet", pointer=f"{upload.at}/validFrom", fix="seal it when it begins to hold"
        )
    if credential.valid_until is not None and credential.valid_until <= now:
        raise NotIssuable(
            "it would be expired already", pointer=f"{upload.at}/validUntil", fix="leave out when it ends, or say later"
        )
