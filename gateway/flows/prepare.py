"""reading -> reissue -> write -> the bytes to be signed, for one target; nothing is stored or signed here."""

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from adapters.hub.contract import Draft, Format, Origin, Reading
from adapters.hub.losses import LossReport, traced
from adapters.hub.opened import Opened, media_type
from adapters.registry import adapter_for
from gateway.errors import GatewayError
from gateway.flows.identify import Identities
from gateway.flows.publish import Publish
from gateway.flows.share import Share
from gateway.issuing.identity import Identity
from gateway.issuing.issuance import SECURINGS, algorithm, issuance
from gateway.issuing.reissue import Reissued, reissue
from gateway.issuing.seal import tried, unsigned
from gateway.ports import Keys, StatusLists
from gateway.records import Algorithm, Intent, PublicKey, Purpose, Securing
from gateway.trust.report import Outcome, Report


class NotSealable(GatewayError):
    """The format cannot be sealed in the way that was asked for."""

    code = "not-sealable"


class Target(msgspec.Struct, frozen=True):
    """What to make: a format, and how it is to be sealed."""

    format: Format
    securing: Securing


def target(format: Format, securing: Securing | None = None) -> Target:
    """The target for a format, sealed in its default way unless another is named.

    Raises:
        NotSealable: This format is not sealed that way.
    """
    possible = SECURINGS[format]
    if securing is not None and securing not in possible:
        raise NotSealable(
            f"{format} is not sealed with {securing}",
            pointer="/securing",
            fix=f"choose one of {', '.join(possible)}",
        )
    return Target(format, securing or possible[0])


def targets(formats: Sequence[Format], securing: Securing | None = None) -> tuple[Target, ...]:
    """A target for each format; ``securing`` holds for those formats that can be sealed so.

    Raises:
        NotSealable: None of them can.
    """
    able = [format for format in formats if securing is None or securing in SECURINGS[format]]
    if not able:
        return (target(formats[0], securing),)
    return tuple(target(format, securing if format in able else None) for format in dict.fromkeys(formats))


class Conversion(msgspec.Struct, frozen=True, kw_only=True):
    """A verified source, ready to be expressed in other formats."""

    platform: str
    opened: Opened
    reading: Reading
    report: Report
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Prepare:
    """Verified reading and target to an intent: everything that is fixed before a key is used."""

    identities: Identities
    keys: Keys
    status_lists: StatusLists
    new_id: Callable[[], str]
    vc_jwt_algorithm: Algorithm
    publish: Publish
    share: Share

    async def __call__(self, conversion: Conversion, target: Target) -> Intent:
        """Draft one form.

        Raises:
            NotWritable: The target format cannot hold this credential.
            KeyMissing: No key to sign it with.
        """
        identity = await self.identities(conversion.platform)
        chosen = algorithm(target.securing, self.vc_jwt_algorithm, development=identity.development)
        key = await self.keys.active(conversion.platform, Purpose.ASSERTION, chosen)
        form_id = self.new_id()
        status = await self._status(conversion.platform, identity, target)
        own_id = self.new_id()
        draft, losses = await asyncio.to_thread(_drafted, conversion, target, identity, key, form_id, own_id, status)
        shared = await self.share(conversion.platform, draft, own_id)
        method = identity.method(target.format, target.securing, key)
        made = unsigned(shared, target.securing, key, method, conversion.at)
        await asyncio.to_thread(tried, made, target.securing)
        return Intent(
            id=form_id,
            format=target.format,
            securing=target.securing,
            key="" if target.securing is Securing.HOSTED else key.id,
            unsigned=made,
            losses=msgspec.json.encode(losses.losses),
            at=conversion.at,
            status_list=status[0] if status else "",
            status_index=status[1] if status else -1,
        )

    async def _status(self, platform: str, identity: Identity, target: Target) -> tuple[str, int] | None:
        """A status entry for what can carry one; under did:key no list of ours could be the issuer's."""
        if target.format is Format.OPEN_BADGES_2 or identity.development:
            return None
        list_id, index = await self.status_lists.allocate(platform, "revocation")
        opened = await self.status_lists.find(platform, list_id)
        if opened is None or not opened.signed:
            await self.publish()
        return list_id, index


def _drafted(
    conversion: Conversion,
    target: Target,
    identity: Identity,
    key: PublicKey,
    form_id: str,
    achievement_id: str,
    status: tuple[str, int] | None,
) -> tuple[Draft, LossReport]:
    reading = conversion.reading
    facts = issuance(identity, target.format, target.securing, form_id, achievement_id, key, conversion.at, status)
    origins = {
        pointer.removeprefix("/0"): origin for pointer, origin in reading.origins.items() if pointer.startswith("/0/")
    }
    checked = {check.name: check.outcome for check in conversion.report.checks}
    compared = checked.get("related-resources") in (Outcome.PASSED, Outcome.SKIPPED, None)
    reissued: Reissued = reissue(reading.credentials[0], facts, origins, compared=compared)
    origin = _origin(conversion, identity.addresses.receipt(form_id))
    draft = adapter_for(target.format).write(reissued.credential, facts, origin)
    return draft, reading.losses + reissued.losses + traced(draft.losses, reissued.origins)


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
        verified_at=conversion.report.at,
        checks=tuple((check.name, check.outcome.value) for check in conversion.report.checks),
        receipt_url=receipt_url,
    )
