"""A record as people and programs read it: links to every form, the verdict on the source, each loss."""

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from adapters.hub.contract import Format
from adapters.hub.losses import Loss
from gateway.flows.identify import Identities
from gateway.flows.show import form_media_type, own_suffix
from gateway.flows.verdict import Verdict
from gateway.issuing.achievement import achievement_of
from gateway.issuing.identity import Identity
from gateway.issuing.seal import document_of
from gateway.records import Form, Instant, Record, Securing


class StatusPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where a form's revocation shows: a status list and the entry in it."""

    list: str
    index: int


class FormDescription(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One issued form.

    Attributes:
        url: Its own address, which is also the id in the document.
        links: Further addresses: each carrier (``json``, ``jwt``, ``png``, ``svg``), ``badge`` and ``receipt``.
        sha256: Of the exact issued bytes, lower-case hex.
        losses: Everything that differs between the source and this form.
    """

    id: str
    format: Format
    securing: Securing
    url: str
    links: dict[str, str]
    media_type: str
    sha256: str
    issued_at: Instant
    status: StatusPlace | None = None
    revoked_at: Instant | None = None
    revocation_reason: str = ""
    losses: tuple[Loss, ...] = ()


class SourceDescription(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What was received.

    Attributes:
        sha256: Of the exact received bytes, lower-case hex.
        url: Where it was fetched from, "" when it came with the request.
        original: Address of the exact bytes; only shown to the key holder, "" for everybody else.
    """

    format: Format
    version: str
    carrier: str
    media_type: str
    securing: str
    sha256: str
    received_at: Instant
    url: str = ""
    original: str = ""
    verdict: Verdict


class Description(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One record with all its forms.

    Attributes:
        signed_by: The gateway's name, as the issuer of every form; the original issuer's stands in ``source``.
    """

    id: str
    url: str
    title: str
    platform: str
    signed_by: str = ""
    created: Instant
    source: SourceDescription
    forms: tuple[FormDescription, ...]


@dataclass(frozen=True, slots=True)
class Describe:
    """A record to its description."""

    identities: Identities

    async def __call__(self, record: Record, *, to_holder: bool) -> Description:
        """Describe a record.

        Args:
            to_holder: Whether the reader holds a key of the platform: only then the original's address is shown.
        """
        identity = await self.identities(record.platform)
        return Description(
            id=record.id,
            url=identity.addresses.record(record.id),
            title=record.title,
            platform=record.platform,
            signed_by=identity.name,
            created=record.created,
            source=_source(record, identity, to_holder=to_holder),
            forms=tuple(_form(form, identity) for form in sorted(record.forms, key=_order) if form.sealed is not None),
        )


def _order(form: Form) -> tuple[dt.datetime, Format, Securing]:
    """Oldest first; forms of one request by name, and not by their random ids."""
    return form.intent.at, form.intent.format, form.intent.securing


def _source(record: Record, identity: Identity, *, to_holder: bool) -> SourceDescription:
    source = record.source
    return SourceDescription(
        format=source.format,
        version=source.version,
        carrier=source.carrier,
        media_type=source.media_type,
        securing=source.securing,
        sha256=source.sha256.hex(),
        received_at=source.received_at,
        url=source.url if to_holder else "",
        original=identity.addresses.original(record.id, source.capability) if to_holder else "",
        verdict=msgspec.json.decode(source.report, type=Verdict),
    )


def _form(form: Form, identity: Identity) -> FormDescription:
    intent, addresses = form.intent, identity.addresses
    url = addresses.issued(intent.id)
    return FormDescription(
        id=intent.id,
        format=intent.format,
        securing=intent.securing,
        url=url,
        links={
            own_suffix(form): f"{url}.{own_suffix(form)}",
            "png": f"{url}.png",
            "svg": f"{url}.svg",
            "badge": achievement_of(intent.format, document_of(intent))["id"],
            "receipt": addresses.receipt(intent.id),
        },
        media_type=form_media_type(form),
        sha256=sha256(form.sealed or b"").hexdigest(),
        issued_at=intent.at,
        status=StatusPlace(list=addresses.status_list(intent.status_list), index=intent.status_index)
        if intent.status_list
        else None,
        revoked_at=form.revoked,
        revocation_reason=form.revocation_reason,
        losses=msgspec.json.decode(intent.losses, type=tuple[Loss, ...]),
    )
