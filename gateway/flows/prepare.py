"""reading -> reissue -> write -> the bytes to be signed, for one target; nothing is signed here."""

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

import msgspec

from adapters.hub.contract import Draft, Format, Issuance, LegalIdentity, Origin, Reading
from adapters.hub.losses import PERSONAL, LossReport, traced
from adapters.hub.opened import Opened, media_type
from adapters.registry import adapter_for
from gateway.errors import GatewayError, NotSuspendable
from gateway.flows.certify import Certify
from gateway.flows.identify import Identities
from gateway.flows.publish import Publish
from gateway.flows.rehearse import Rehearse
from gateway.flows.share import Share, named
from gateway.issuing.addresses import Addresses
from gateway.issuing.binding import bound
from gateway.issuing.identity import Identity
from gateway.issuing.issuance import (
    SECURINGS,
    ElmChoices,
    StatusEntry,
    algorithm,
    has_achievement_page,
    issuance,
    sealed_by,
)
from gateway.issuing.mark import marked_credential
from gateway.issuing.picture import display_page
from gateway.issuing.reissue import Reissued, other_awarder, reissue
from gateway.issuing.sd_jwt_vc import Beside
from gateway.issuing.seal import tried, unsigned
from gateway.ports import Keys, StatusLists
from gateway.records import (
    CLOSED,
    Achievement,
    Algorithm,
    Form,
    Intent,
    PublicKey,
    Purpose,
    Record,
    Securing,
    StatusPurpose,
)
from gateway.records.offers import Holder
from gateway.records.tenants import is_twin
from gateway.trust.report import Outcome, Report

WITH_STATUS = frozenset({Format.OPEN_BADGES_3, Format.LEARNING_CREDENTIAL_1})
"""Formats whose documents say where others look up their status. ELM 3.1 has no place for that."""


class NotSealable(GatewayError):
    """The format cannot be sealed in the way that was asked for."""

    code = "not-sealable"


class NoSuspension(GatewayError):
    """What is asked for could never be suspended: only Open Badges 3.0 has such a status, and only under https."""

    code = "no-suspension"


Place = tuple[Format, Securing, str]
"""Format, securing and holder: a record has one form of each."""


def place_of(form: Form) -> Place:
    """Where among the forms of its record a form stands."""
    return (form.intent.format, form.intent.securing, form.intent.holder)


class Target(msgspec.Struct, frozen=True):
    """What to make.

    Attributes:
        securing: How it is to be sealed.
        status: What its status entry may come to say.
        holder: Whose key it is to be bound to; None for nobody's.
        bound_to: The digest of that holder, as `Intent.holder` has it; "" without one, and only then.
    """

    format: Format
    securing: Securing
    status: StatusPurpose = StatusPurpose.REVOCATION
    holder: Holder | None = None
    bound_to: str = ""

    def __post_init__(self) -> None:
        if (self.holder is None) != (self.bound_to == ""):
            raise ValueError("what is bound to a key has the digest of its holder, for it is private")

    @property
    def place(self) -> Place:
        """What tells its form from the other forms of a record."""
        return (self.format, self.securing, self.bound_to)


def target(
    format: Format, securing: Securing | None = None, status: StatusPurpose = StatusPurpose.REVOCATION
) -> Target:
    """The target for a format, sealed in its default way unless another is named.

    Raises:
        ValueError: This format is not written.
        NotSealable: It is not sealed that way.
        NoSuspension: It has no suspension.
    """
    if format not in SECURINGS:
        raise ValueError(f"{format} is read here and not written")
    if status is StatusPurpose.SUSPENSION and format not in WITH_STATUS:
        raise NoSuspension(
            f"{format} has no suspension: what it says can be revoked, for good",
            fix="leave out status, or ask for other formats",
        )
    possible = SECURINGS[format]
    if securing is not None and securing not in possible:
        raise NotSealable(
            f"{format} is not sealed with {securing}",
            pointer="/securing",
            fix=f"choose one of {', '.join(possible)}",
        )
    return Target(format, securing or possible[0], status)


def targets(
    formats: Sequence[Format], securing: Securing | None = None, status: StatusPurpose = StatusPurpose.REVOCATION
) -> tuple[Target, ...]:
    """A target for each format; ``securing`` holds for those formats that can be sealed so.

    Raises:
        NotSealable: None of them can.
        NoSuspension: One of them has no suspension: a record is suspended whole or not at all.
    """
    able = [format for format in formats if securing is None or securing in SECURINGS.get(format, ())]
    if not able:
        return (target(formats[0], securing, status),)
    return tuple(target(format, securing if format in able else None, status) for format in dict.fromkeys(formats))


def lacking(targets: tuple[Target, ...], known: Record | None) -> list[Target]:
    """Those targets that a record has no form for yet.

    Raises:
        NotSuspendable: The record can be suspended, and with one of them it could not be any more.
    """
    there = {place_of(form) for form in known.forms} if known else set()
    wanted = [each for each in dict.fromkeys(targets) if each.place not in there]
    if known is not None and known.state not in CLOSED:
        _refuse_mixed(wanted, known)
    # Seals first: what they need may be missing, and then nothing has been kept of the others.
    return sorted(wanted, key=lambda target: target.securing is not Securing.JADES)


def unsealed(targets: tuple[Target, ...], known: Record | None) -> bool:
    """Say whether something has to be signed for these targets: what was planned and never signed, too."""
    there = {place_of(form) for form in known.forms if form.sealed is not None} if known else set()
    return any(target.place not in there for target in targets)


def _refuse_mixed(wanted: list[Target], known: Record) -> None:
    """A record is suspended whole or not at all, by whoever asked for it and when its source is."""
    suspendable = any(form.intent.status_purpose is StatusPurpose.SUSPENSION for form in known.forms)
    others = [target for target in wanted if target.status is not StatusPurpose.SUSPENSION]
    if suspendable and others:
        raise NotSuspendable(
            f"this credential can be suspended, and with a form in {others[0].format} that cannot, it no longer could",
            fix="ask with status=suspension, for formats that have one: open-badges-3",
        )


class Material(Protocol):
    """What forms are drafted from: a verified source, or what the platform itself states."""

    @property
    def platform(self) -> str:
        """Whose forms they are."""

    @property
    def at(self) -> dt.datetime:
        """When they are issued."""

    def drafted(self, format: Format, facts: Issuance, receipt_url: str) -> tuple[Draft, LossReport]:
        """Express it in a format, the gateway as its issuer; the losses point into what was received.

        Raises:
            NotWritable: The format cannot hold it.
        """


class Conversion(msgspec.Struct, frozen=True, kw_only=True):
    """A verified source, ready to be expressed in other formats.

    Attributes:
        whole: Whether the reading holds all awards of the document; one of several is not to show the others.
    """

    platform: str
    opened: Opened
    reading: Reading
    whole: bool = True
    report: Report
    at: dt.datetime

    def drafted(self, format: Format, facts: Issuance, receipt_url: str) -> tuple[Draft, LossReport]:
        """The source in a format, made the gateway's own; its issuer is named beside."""
        reading = self.reading
        origins = {
            pointer.removeprefix("/0"): origin
            for pointer, origin in reading.origins.items()
            if pointer.startswith("/0/")
        }
        checked = {check.name: check.outcome for check in self.report.checks}
        compared = checked.get("related-resources") in (Outcome.PASSED, Outcome.SKIPPED, None)
        reissued: Reissued = reissue(reading.credentials[0], facts, origins, compared=compared)
        credential, marks = reissued.credential, LossReport()
        if is_twin(self.platform):
            credential, marks = marked_credential(credential, reissued.origins)
        credential, moved = bound(credential, facts.holder, reissued.origins)
        if format is Format.ELM_3:
            personal = any(loss.note == PERSONAL for loss in reading.losses.losses)
            display = display_page(credential, facts, test=is_twin(self.platform))
            facts = msgspec.structs.replace(facts, display=display, embed_original=self.whole and not personal)
        draft = adapter_for(format).write(credential, facts, _origin(self, receipt_url))
        return draft, reading.losses + reissued.losses + marks + moved + traced(draft.losses, reissued.origins)


@dataclass(frozen=True, slots=True)
class Prepare:
    """Material and target to an intent: everything that is fixed before a key is used."""

    identities: Identities
    keys: Keys
    status_lists: StatusLists
    new_id: Callable[[], str]
    vc_jwt_algorithm: Algorithm
    publish: Publish
    share: Share
    certify: Certify
    elm: ElmChoices
    rehearse: Rehearse

    async def __call__(self, material: Material, target: Target) -> Intent:
        """Draft one form.

        Raises:
            NotWritable: The target format cannot hold this credential, or a seal round it would not verify.
            NoSuspension: It is to be suspendable, and there are no status lists without https.
            KeyMissing: No key to sign it with.
            NoSealIdentifier: It is to be sealed, and nobody has said under which identifier.
        """
        platform, at = material.platform, material.at
        identity = await self.identities(platform)
        key, owner = await self._key(platform, identity, target, at)
        form_id = self.new_id()
        status = await self._status(platform, identity, target)
        own_id = self.new_id()
        facts = issuance(identity, target.format, target.securing, form_id, own_id, key, at, status)
        facts = sealed_by(owner, facts, self.elm) if owner else facts
        facts = msgspec.structs.replace(facts, holder=target.holder.id) if target.holder else facts
        receipt = identity.addresses.receipt(form_id)
        method = identity.method(target.format, target.securing, key)
        beside = _beside(identity.addresses, target, receipt, status)

        def drafted() -> tuple[Draft, bytes, Achievement | None]:
            draft, losses = material.drafted(target.format, facts, receipt)
            has_page = has_achievement_page(target.format)
            achievement = self.share.achievement(platform, draft, own_id) if has_page else None
            return draft, msgspec.json.encode(losses.losses), achievement

        def written(draft: Draft, shared: str) -> bytes:
            draft = named(draft, own_id, shared)
            made = unsigned(draft, target.securing, key, method, at, self.elm.time_member, beside)
            tried(made, target.securing)
            return made

        draft, losses, achievement = await asyncio.to_thread(drafted)
        shared = own_id if achievement is None else await self.share(achievement)
        made = await asyncio.to_thread(written, draft, shared)
        if target.securing is Securing.JADES:
            await self.rehearse(made)
        else:
            await self.rehearse.alone(made, target.format, target.securing)
        return Intent(
            id=form_id,
            format=target.format,
            securing=target.securing,
            key="" if target.securing is Securing.HOSTED else key.id,
            unsigned=made,
            losses=losses,
            at=at,
            status_list=status.list if status else "",
            status_index=status.index if status else -1,
            status_purpose=status.purpose if status else None,
            holder=target.bound_to,
        )

    async def _key(
        self, platform: str, identity: Identity, target: Target, at: dt.datetime
    ) -> tuple[PublicKey, LegalIdentity | None]:
        """The key that signs, and of a seal its owner."""
        if target.securing is Securing.JADES:
            sealing = await self.certify(platform, at)
            return sealing.key, sealing.owner
        chosen = algorithm(target.securing, self.vc_jwt_algorithm, development=identity.development)
        return await self.keys.active(platform, Purpose.ASSERTION, chosen), None

    async def _status(self, platform: str, identity: Identity, target: Target) -> StatusEntry | None:
        """A status entry for what can carry one; under did:key no list of ours could be the issuer's."""
        if identity.development and target.status is StatusPurpose.SUSPENSION:
            raise NoSuspension(
                "without https there are no status lists, so nothing can be suspended",
                fix="set GATEWAY_PUBLIC_URL to an https origin, or leave out status",
            )
        if target.format not in WITH_STATUS or identity.development:
            return None
        list_id, index = await self.status_lists.allocate(platform, target.status)
        opened = await self.status_lists.find(platform, list_id)
        if opened is None or not opened.signed or not opened.token:
            await self.publish(platform)
        return StatusEntry(list_id, index, target.status)


def _beside(addresses: Addresses, target: Target, receipt: str, status: StatusEntry | None) -> Beside:
    """What an SD-JWT VC says beside its document."""
    return Beside(
        issuer=addresses.origin_issuer,
        public_url=addresses.public_url,
        receipt=receipt,
        holder=target.holder.jwk if target.holder else "",
        status_list=addresses.status_list_token(status.list) if status else "",
        index=status.index if status else -1,
    )


def _origin(conversion: Conversion, receipt_url: str) -> Origin:
    reading, opened = conversion.reading, conversion.opened
    [credential, *_] = reading.credentials
    return Origin(
        format=reading.format,
        version=reading.version,
        id=credential.id,
        achievement_id=credential.achievement.id,
        sha256=sha256(opened.received).hexdigest(),
        received=opened.received,
        media_type=media_type(opened.carrier),
        issuer=credential.issuer,
        awarded_by=other_awarder(credential),
        verified_at=conversion.report.at,
        checks=tuple((check.name, check.outcome.value) for check in conversion.report.checks),
        receipt_url=receipt_url,
    )
