"""A record as people and programs read it: links to every form, the verdict on the source, each loss."""

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from adapters.hub.contract import Format
from adapters.hub.losses import Loss
from gateway.apart import apart
from gateway.flows.identify import Identities
from gateway.flows.show import form_media_type, suffixes
from gateway.flows.verdict import Award, Verdict, award_shown, told_to_all
from gateway.issuing.achievement import achievement_of
from gateway.issuing.addresses import Addresses
from gateway.issuing.identity import Identity
from gateway.issuing.issuance import has_achievement_page
from gateway.issuing.plain import award_of, stated
from gateway.issuing.seal import certificate_of, document_of
from gateway.ports.watches import WatchedSources
from gateway.proofs import certificates
from gateway.records import WRITTEN_WHOLE, Form, Instant, Record, Securing, State, Statement, StatusPurpose
from gateway.records.seals import IMPORTED, NOT_QUALIFIED
from gateway.records.texts import GivenId, PlatformId, Sha256
from gateway.records.watches import SourceState, WatchedPlace, WatchedSource, confirmed, state


class StatusPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where a form's status shows: a status list and the entry in it.

    Attributes:
        purpose: What the entry may come to say; a form for suspension can be revoked too.
    """

    list: str
    index: int
    purpose: StatusPurpose


class SealDescription(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Who owns a seal, as its certificate says.

    Attributes:
        organisation_id: Under which the owner is registered: ``NTRFR-123456789``.
        certificate: What is to be said of it; that it was not qualified, where we made it ourselves.
        valid_until: When the certificate ends; what was sealed before goes on to be intact.
    """

    legal_name: str
    organisation_id: str
    country: str
    certificate: str
    valid_until: Instant


class FormDescription(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One issued form.

    Attributes:
        url: Its own address, which is also the id in the document, but in ELM; "" when it is not public. An SD-JWT is
            served there without its disclosures, so that it says nothing of who holds it; it is exported whole.
        public: Whether it is served to everybody who knows the address. What a platform uploaded to be sealed is not:
            only the platform exports it, and a share link shows it. What is bound to a key is not either.
        bound: Whether a wallet fetched it, bound to its key. Only the key holder is told of it; nobody is handed it, or
            told whose key that is.
        links: Further addresses: each carrier (``json``, ``jsonld``, ``jwt``, ``sdjwt``, ``png``, ``svg``), the picture
            that shows it (``display``), ``badge``, ``seal`` (a certificate) and ``receipt``.
        sha256: Of the exact issued bytes, lower-case hex; of an SD-JWT with all its disclosures.
        revocable: Whether those who verify it can see that it was revoked: false for Open Badges 3.0 issued without
            https, which has no status entry and verifies for ever, and for ELM, which has no place for one: what was
            revoked shows in this record, and here when it is verified.
        seal: Of a form in ELM.
        losses: Everything that differs between the source and this form.
    """

    id: GivenId
    format: Format
    securing: Securing
    url: str
    public: bool = True
    bound: bool = False
    links: dict[str, str]
    media_type: str
    sha256: Sha256
    issued_at: Instant
    status: StatusPlace | None = None
    revocable: bool = True
    revoked_at: Instant | None = None
    revocation_reason: str = ""
    suspended_at: Instant | None = None
    suspension_reason: str = ""
    seal: SealDescription | None = None
    losses: tuple[Loss, ...] = ()


class SourceDescription(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What was received.

    Attributes:
        sha256: Of the exact received bytes, lower-case hex.
        url: Where it was fetched from, "" when it came with the request.
        original: Address of the exact bytes; only shown to keys that may read, "" for everybody else.
        award: Which award of a document that holds several, 0 the first.
        state: What its issuer says of it now: ``missing`` and ``unreachable`` change nothing, for issuers come to an
            end and badges are for life; ``unwatched`` names no place where it could be taken back.
        last_confirmed_at: When it was last seen valid.
    """

    format: Format
    version: str
    carrier: str
    media_type: str
    securing: str
    sha256: Sha256
    received_at: Instant
    url: str = ""
    original: str = ""
    award: int = 0
    state: SourceState
    last_confirmed_at: Instant
    verdict: Verdict


class StatementDescription(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What the platform issued of its own accord, from plain data: no badge is behind it.

    Attributes:
        sha256: Of the exact bytes of the request, lower-case hex.
        original: Address of those bytes; only shown to keys that may read, "" for everybody else.
    """

    sha256: Sha256
    received_at: Instant
    original: str = ""
    award: Award


class Description(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One record with all its forms.

    Attributes:
        test: Whether a test platform issued it: it counts for nothing.
        signed_by: The gateway's name, as the issuer of every form; the original issuer's stands in ``source``.
        state: Of all forms together; when and why stands in each form.
        history: Address of everything that happened to it; only shown to keys that may read, "" for everybody else.
        source: The badge that it was converted from; null when there is none, and a ``statement`` instead.
    """

    id: GivenId
    url: str
    title: str
    platform: PlatformId
    test: bool = False
    signed_by: str = ""
    created: Instant
    state: State
    source: SourceDescription | None
    statement: StatementDescription | None = None
    history: str = ""
    forms: tuple[FormDescription, ...]


@dataclass(frozen=True, slots=True)
class Describe:
    """A record to its description."""

    identities: Identities
    sources: WatchedSources

    async def __call__(self, record: Record, *, to_holder: bool) -> Description:
        """Describe a record.

        Args:
            to_holder: Whether the reader holds a key of the platform that may read its credentials: only then the
                original's address is shown, what the holder of the badge showed to whom, and the forms that somebody
                fetched into a wallet.
        """
        identity = await self.identities(record.platform)
        watched = await self.sources.find(record.platform, record.id) if record.source else None
        size = sum(len(form.intent.unsigned) for form in record.forms)
        shown = record.forms if to_holder else record.unbound
        forms = await apart(size, _forms, shown, identity)
        return Description(
            id=record.id,
            url=identity.addresses.record(record.id),
            title=record.title,
            platform=record.platform,
            test=identity.test,
            signed_by=identity.name,
            created=record.created,
            state=record.state,
            source=_source(record, identity, watched, to_holder=to_holder),
            statement=_statement(record, identity, to_holder=to_holder),
            history=f"{_for_holders(record, identity)}/history" if to_holder else "",
            forms=forms,
        )


def _order(form: Form) -> tuple[dt.datetime, Format, Securing]:
    """Oldest first; forms of one request by name, and not by their random ids."""
    return form.intent.at, form.intent.format, form.intent.securing


def _for_holders(record: Record, identity: Identity) -> str:
    return f"{identity.addresses.public_url}/v1/credentials/{record.id}"


def _statement(record: Record, identity: Identity, *, to_holder: bool) -> StatementDescription | None:
    statement = record.statement
    if statement is None:
        return None
    return StatementDescription(
        sha256=statement.sha256.hex(),
        received_at=statement.received_at,
        original=f"{_for_holders(record, identity)}/original" if to_holder else "",
        award=_award(statement, identity),
    )


def _award(statement: Statement, identity: Identity) -> Award:
    """What is said to people; of a credential that the platform wrote itself, the sealed form says it."""
    if statement.kind in WRITTEN_WHOLE:
        return Award(issuer_name=identity.name, awarded=statement.received_at)
    return award_shown(stated(award_of(statement.received), statement.salt, statement.received_at).credential)


def _source(
    record: Record, identity: Identity, watched: tuple[WatchedSource, WatchedPlace | None] | None, *, to_holder: bool
) -> SourceDescription | None:
    source = record.source
    if source is None:
        return None
    verdict = msgspec.json.decode(source.report, type=Verdict)
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
        award=source.award,
        state=state(*watched) if watched else SourceState.UNWATCHED,
        last_confirmed_at=confirmed(*watched) if watched else source.received_at,
        verdict=verdict if to_holder else _public(verdict),
    )


def _public(verdict: Verdict) -> Verdict:
    return msgspec.structs.replace(verdict, checks=told_to_all(verdict.checks))


def _forms(forms: tuple[Form, ...], identity: Identity) -> tuple[FormDescription, ...]:
    return tuple(_form(form, identity) for form in sorted(forms, key=_order) if form.sealed is not None)


def _form(form: Form, identity: Identity) -> FormDescription:
    intent, addresses = form.intent, identity.addresses
    url = "" if form.private else addresses.issued(intent.id)
    return FormDescription(
        id=intent.id,
        format=intent.format,
        securing=intent.securing,
        url=url,
        public=not form.private,
        bound=form.intent.holder != "",
        links={
            **({suffix: f"{url}.{suffix}" for suffix in suffixes(form)} if url else {}),
            **_about(form, identity),
            "receipt": addresses.receipt(intent.id),
        },
        media_type=form_media_type(form),
        sha256=sha256(form.sealed or b"").hexdigest(),
        issued_at=intent.at,
        status=StatusPlace(list=_list(form, addresses), index=intent.status_index, purpose=intent.status_purpose)
        if intent.status_purpose
        else None,
        revocable=intent.revocable,
        revoked_at=form.revoked,
        revocation_reason=form.revocation_reason,
        suspended_at=form.suspended,
        suspension_reason=form.suspension_reason,
        seal=seal_described(certificate_of(intent)) if intent.securing is Securing.JADES else None,
        losses=msgspec.json.decode(intent.losses, type=tuple[Loss, ...]),
    )


def _list(form: Form, addresses: Addresses) -> str:
    """The list where the form itself says that its status stands; both kinds have the same entries."""
    named = form.intent.status_list
    token = form.intent.securing is Securing.SD_JWT
    return addresses.status_list_token(named) if token else addresses.status_list(named)


def _about(form: Form, identity: Identity) -> dict[str, str]:
    """Addresses of what belongs to a form beside itself."""
    intent = form.intent
    if intent.securing is Securing.JADES:
        return {"seal": identity.addresses.seal}
    if not has_achievement_page(intent.format):
        return {}
    badge = achievement_of(intent.format, document_of(intent))["id"]
    # What a platform wrote itself names its own achievement, wherever that may lead.
    return {"badge": badge} if badge.startswith(identity.addresses.scope) or not form.private else {}


def seal_described(certificate: bytes) -> SealDescription:
    """What a certificate, DER, says of its owner, and what is to be said of it."""
    leaf = certificates.parse(certificate)
    owner = certificates.owner(leaf)
    return SealDescription(
        legal_name=owner.organisation,
        organisation_id=owner.organisation_identifier,
        country=owner.country,
        certificate=NOT_QUALIFIED if certificates.is_self_made(leaf) else IMPORTED,
        valid_until=leaf.not_valid_after_utc,
    )
