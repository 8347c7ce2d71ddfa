"""bytes -> open -> detect -> read -> verify -> decide -> reissue -> write -> seal -> record -> bytes.

The whole gateway on one screen: ``verify`` is the first half of the line, ``prepare`` reissues and writes,
``seal`` signs.
"""

import asyncio
import datetime as dt
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any  # Any: members of JSON documents
from urllib.parse import unquote

import msgspec

from adapters.hub.contract import Reading
from adapters.hub.credential import Credential
from adapters.hub.errors import AdapterError
from adapters.hub.opened import Opened, media_type, open_bytes
from adapters.hub.securing import SdJwt, VcJwt
from adapters.registry import adapter_for
from gateway.apart import apart
from gateway.errors import GatewayError, NotActive, Refused
from gateway.flows.inspect import title_of
from gateway.flows.permit import Permit
from gateway.flows.prepare import Conversion, Prepare, Target, lacking
from gateway.flows.receive import Received
from gateway.flows.release import released
from gateway.flows.seal import Seal
from gateway.flows.verdict import verdict
from gateway.flows.verify import Verified, Verify
from gateway.issuing.awards import chosen
from gateway.ports import Clock, Credentials, Plan
from gateway.records import CLOSED, Form, Record, Source
from gateway.records.access import Scope
from gateway.records.oauth import CLIENT_PREFIX
from gateway.records.people import PEOPLE
from gateway.trust.policy import Decision, decide
from gateway.trust.policy import Verdict as Ruling
from gateway.trust.report import Check, Report
from gateway.trust.seal_owner import proven_id

COMMAND_LINE = "command-line"
"""In the place of an API key's id: who has a shell where the gateway runs."""


class Caller(msgspec.Struct, frozen=True):
    """For whom we work: the platform that issues, and the API key that asked.

    Attributes:
        scopes: What it may ask for; looked at where requests come in. A command needs none.
        platform_per_minute: How many requests all callers of the platform may make together; 0 for the installation's
            own limit.
        expires: When the key ends; None for never. Nothing that it gives to others lasts longer.
        member: By whose membership the key was made, with which it ends; "" for nobody's.
    """

    platform: str
    holder: str
    scopes: frozenset[Scope] = frozenset()
    platform_per_minute: int = 0
    expires: dt.datetime | None = None
    member: str = ""

    @property
    def reads(self) -> bool:
        """Whether it is shown what the platform keeps; to all others a credential is what its public page tells.

        This is asked of whom a platform let in. Commands, and people in their own backpacks, have no scopes, so that it
        is False for them: what works for them shows them what is theirs, and asks nobody.
        """
        return Scope.CREDENTIALS_READ in self.scopes

    @property
    def actor(self) -> str:
        """The name of the caller in the audit trail."""
        if self.holder == COMMAND_LINE:
            return "command line"
        if self.platform == PEOPLE:
            return f"person {self.holder}"
        return f"{'client' if self.holder.startswith(CLIENT_PREFIX) else 'key'} {self.holder}"


class Converted(msgspec.Struct, frozen=True):
    """The stored record, and what happened now.

    Attributes:
        report: Of this very verification, which may be worse than the one the record was made on; None for plain data.
        created: Forms that this very conversion sealed; empty when others had sealed everything before.
    """

    record: Record
    report: Report | None
    created: tuple[Form, ...]


class NotTrusted(Refused):
    """The source is not fully verified, so nothing is signed; ``report`` says which checks stood against it."""

    def __init__(self, decision: Decision, report: Report) -> None:
        super().__init__(
            "; ".join(decision.reasons),
            fix=next((fix for check in report.checks if (fix := check.fix or _first_step(check))), ""),
        )
        self.report = report


class SourceChanged(GatewayError):
    """The bytes of a record's source are the same, but what its host serves beside them is not."""

    code = "source-changed"

    def __init__(self) -> None:
        super().__init__(
            "the badge says something else than when this record was made of it",
            fix="convert it again as a new badge: POST /v1/credentials",
        )


class NoSuchAward(GatewayError):
    """The document holds fewer awards than that."""

    code = "no-such-award"


def _first_step(check: Check) -> str:
    return next((f"{step.place or 'The document'}: {step.expected}" for step in check.remedies), "")


@dataclass(frozen=True, slots=True)
class Convert:
    """One received credential to signed forms in the formats asked for, recorded for good."""

    clock: Clock
    verify: Verify
    prepare: Prepare
    seal: Seal
    credentials: Credentials
    permit: Permit
    new_id: Callable[[], str]
    secret: bytes

    async def __call__(
        self,
        body: bytes | Verified,
        url: str,
        targets: tuple[Target, ...],
        caller: Caller,
        *,
        award: int = 0,
        only: Record | None = None,
    ) -> Converted:
        """Verify, convert, sign and record; the same source sent again by the same platform is the same record.

        Args:
            body: The exact bytes, or what the caller has just verified.
            award: Which award of a document that holds several, 0 the first; each has a record of its own.
            only: The record that is to be extended; None for whichever record the source has or gets.

        Raises:
            AdapterError: The bytes cannot be opened or recognised, or a target cannot hold them.
            NotTrusted: A check failed or could not be made; nothing was signed or stored.
            IssuerNotAccepted: The platform's policy is against the issuer; nothing was signed or stored.
            NoSuchAward: The document holds fewer awards.
            IssueLimit: The platform has issued as much as it may today.
            SourceChanged: The source says something else than when the record ``only`` was made.
            NotActive: Its record, or another one of the same badge, was suspended or revoked, and would get a form.
        """
        verified = body if isinstance(body, Verified) else await self.verify(body, url)
        fingerprint, known = await self._record(verified, caller, award, only)
        if only is not None and (known is None or known.id != only.id):
            raise SourceChanged
        return await self._issued(verified, targets, caller, award, fingerprint, known)

    async def _record(
        self, verified: Verified, caller: Caller, award: int, only: Record | None
    ) -> tuple[bytes, Record | None]:
        """Find the record of a source: the same bytes, saying the same.

        What a hosted badge says stands in part at other addresses. When that has changed, what was planned or made of
        it is not what was verified now, so it is another source.
        """
        received = verified.received
        fingerprint = self._fingerprint(received, caller, award)
        known = await self.credentials.known(caller.platform, fingerprint)
        said = received.reading.document if received.reading else None
        if said is None or decide(verified.report).verdict is Ruling.REFUSE:
            return fingerprint, only or known
        if known is None:
            return fingerprint, None
        if known.source is not None and await asyncio.to_thread(_says, known.source, said):
            return fingerprint, known
        otherwise = await apart(len(received.opened.payload), _digest, said)
        fingerprint = self._fingerprint(received, caller, award, otherwise)
        return fingerprint, await self.credentials.known(caller.platform, fingerprint)

    async def _issued(
        self,
        verified: Verified,
        targets: tuple[Target, ...],
        caller: Caller,
        award: int,
        fingerprint: bytes,
        known: Record | None,
    ) -> Converted:
        report, reading = verified.report, verified.received.reading
        decision = decide(report)
        if decision.verdict is Ruling.REFUSE or reading is None:
            if known is None:
                raise NotTrusted(decision, report)
            return Converted(known, report, ())
        several = len(reading.credentials) > 1
        size = len(verified.received.opened.payload)
        reading = await apart(size, _one_award, reading, award)
        wanted = lacking(targets, known)
        badges = await apart(size, self._badges, reading, caller)
        if wanted and await self._is_closed(known, caller.platform, badges):
            raise NotActive
        issuers = [proven_id(credential.issuer, reading.format) for credential in reading.credentials]
        quota = await self.permit(caller.platform, issuers, len(wanted))
        now = self.clock()
        conversion = Conversion(
            platform=caller.platform,
            opened=verified.received.opened,
            reading=reading,
            whole=not several,
            report=report,
            at=now,
        )
        record, created = await released(
            Plan(
                record_id=self.new_id(),
                platform=caller.platform,
                holder=caller.holder,
                actor=caller.actor,
                fingerprint=fingerprint,
                title=title_of(reading.credentials[0].achievement.name),
                created=now,
                source=await asyncio.to_thread(self._source, conversion, verified.received, award),
                badge=badges[several] if badges else None,
                quota=quota,
                intents=tuple([await self.prepare(conversion, target) for target in wanted]),
                extends=known.id if known else "",
            ),
            targets,
            self.credentials,
            self.seal,
        )
        return Converted(record, report, created)

    def _source(self, conversion: Conversion, received: Received, award: int) -> Source:
        opened, reading = conversion.opened, conversion.reading
        return Source(
            received=opened.received,
            sha256=received.sha256,
            carrier=opened.carrier,
            media_type=media_type(opened.carrier),
            format=reading.format,
            version=reading.version,
            securing=received.securing,
            capability=self.new_id(),
            received_at=conversion.at,
            report=msgspec.json.encode(verdict(reading, conversion.report)),
            url=received.url,
            known=received.known,
            issuer=reading.issuer_id,
            award=award,
        )

    def _fingerprint(self, received: Received, caller: Caller, award: int, said: bytes = b"") -> bytes:
        """Keyed, so that whoever reads the store cannot tell which badges are in it.

        An SD-JWT is what its issuer signed, in whatever order it is disclosed and whoever presents it.

        Args:
            said: Digest of what it says now, where that is not what it said first.
        """
        securing = received.reading.securing if received.reading else None
        sent = _signed(securing.token) if isinstance(securing, SdJwt) else received.sha256
        parts = (_owner(caller), sent, *((said,) if said else ()), *_number(award))
        return hmac.digest(self.secret, b"\0".join(parts), "sha256")

    def _badges(self, reading: Reading, caller: Caller) -> tuple[bytes, ...]:
        """Finds what was made of a badge however its bytes are written: by its id, and by its id and what it awards.

        The first is that of a badge that stands alone, the second that of one award among several, wherever it stands
        among them. One without an id is known by the token that its issuer signed; there are none without a token.

        Source: Open Badges 3.0 section 10: the same ``issuer.id`` and ``id``, trimmed and percent-decoded.
        """
        [credential] = reading.credentials
        parts: tuple[bytes, ...]
        if credential.id:
            said = (reading.issuer_id, credential.id)
            names = [unquote(name.strip()).encode("utf-8", "surrogatepass") for name in said]
            parts = (b"badge", _owner(caller), *(sha256(name).digest() for name in names))
        elif isinstance(reading.securing, SdJwt | VcJwt):
            parts = (b"token", _owner(caller), _signed(reading.securing.token))
        else:
            return ()
        return tuple(
            hmac.digest(self.secret, b"\0".join(each), "sha256") for each in (parts, (*parts, _awarded(credential)))
        )

    async def _is_closed(self, known: Record | None, platform: str, badges: tuple[bytes, ...]) -> bool:
        """Whether the badge was taken back here before: then no other spelling of it is a badge of its own."""
        if known is not None and known.state in CLOSED:
            return True
        for badge in badges:
            if await self.credentials.closed(platform, badge):
                return True
        return False


def _signed(token: str) -> bytes:
    """Of what the issuer signed: a signature by ECDSA can be written in two ways by whoever has one of them."""
    return sha256(token.rpartition(".")[0].encode()).digest()


def _awarded(credential: Credential) -> bytes:
    """What tells an award from others in its document, and stays the same in whatever order they stand."""
    said = (credential.achievement, credential.award_name, credential.results, credential.awarded)
    return sha256(msgspec.json.encode(said, order="sorted")).digest()


def _number(award: int) -> tuple[bytes, ...]:
    """What tells the records of a document's awards apart; the first has the record that it would have alone."""
    return (f"award {award}".encode(),) if award else ()


def _one_award(reading: Reading, award: int) -> Reading:
    there = len(reading.credentials)
    if award not in range(there):
        raise NoSuchAward(
            f"there is no award {award} in it: it holds {there}, counted from 0",
            fix=f"choose one of 0 to {there - 1}" if there > 1 else "leave award out",
        )
    return chosen(reading, award)


def _owner(caller: Caller) -> bytes:
    """Whose records they are; of people each has records of their own: one must be able to erase theirs."""
    return (f"{caller.platform}/{caller.holder}" if caller.platform == PEOPLE else caller.platform).encode()


def _digest(said: dict[str, Any]) -> bytes:
    return sha256(msgspec.json.encode(said, order="sorted")).digest()


def _says(source: Source, said: dict[str, Any]) -> bool:
    """Whether a source said this when its record was made, False when it can no longer be read."""
    try:
        opened = open_bytes(source.received)
        if not isinstance(opened, Opened):
            return False
        return adapter_for(source.format).read(opened.fetched_from(source.url), source.known).document == said
    except AdapterError:
        return False
