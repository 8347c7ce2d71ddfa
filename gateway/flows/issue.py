"""plain data -> state -> write -> seal -> record -> bytes: what a platform awards itself, without a badge behind it.

The line of ``convert`` from the middle on. Nothing of another issuer can enter here: the request has no member for one,
and what it says is written by the adapters as the platform's own.
"""

import datetime as dt
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from adapters.hub.contract import Draft, Format, Issuance
from adapters.hub.losses import LossReport, traced
from adapters.hub.opened import Elsewhere, open_bytes
from adapters.registry import adapter_for
from gateway.errors import NotActive, NotFound, NotIssuable
from gateway.flows.convert import Caller, Converted
from gateway.flows.inspect import title_of
from gateway.flows.lasting import require_lasting
from gateway.flows.permit import Permit
from gateway.flows.prepare import Prepare, Target, lacking, unsealed
from gateway.flows.release import released
from gateway.flows.seal import Seal
from gateway.issuing.binding import bound
from gateway.issuing.mark import marked_credential
from gateway.issuing.picture import display_page
from gateway.issuing.plain import Stated, award_of, stated
from gateway.ports import Clock, Credentials, Plan
from gateway.proofs import jws
from gateway.records import CLOSED, Record, Statement
from gateway.records.tenants import is_twin

SALT_BYTES = 16


class Award(msgspec.Struct, frozen=True, kw_only=True):
    """What a platform states, ready to be expressed in a format: the ``Material`` of ``Prepare``."""

    platform: str
    at: dt.datetime
    stated: Stated

    def drafted(self, format: Format, facts: Issuance, receipt_url: str) -> tuple[Draft, LossReport]:
        """Express it with the platform as its issuer; there is no origin, so nothing leads to a receipt."""
        del receipt_url
        credential = msgspec.structs.replace(self.stated.credential, id=facts.id, issuer=facts.issuer)
        if is_twin(self.platform):
            credential, _ = marked_credential(credential, {})  # nothing was received that could have been changed
        credential, _ = bound(credential, facts.holder, {})
        if format is Format.ELM_3:
            page = display_page(credential, facts, test=is_twin(self.platform))
            facts = msgspec.structs.replace(facts, display=page)
        draft = adapter_for(format).write(credential, facts, None)
        _refuse_faulty(draft, facts)
        return draft, traced(draft.losses, self.stated.origins)


@dataclass(frozen=True, slots=True)
class Issue:
    """Plain data to signed forms in the formats asked for, recorded for good."""

    clock: Clock
    prepare: Prepare
    seal: Seal
    credentials: Credentials
    permit: Permit
    new_id: Callable[[], str]
    new_salt: Callable[[], bytes]
    secret: bytes

    async def __call__(
        self, body: bytes, targets: tuple[Target, ...], caller: Caller, *, key: str = "", only: Record | None = None
    ) -> Converted:
        """Sign and record what the platform awards; each request is an award of its own.

        Args:
            body: A ``PlainAward`` in JSON, kept as it came.
            key: The request's Idempotency-Key: with it, the same request is the same award, even after a crash.
            only: The record that is to get further forms, made of such a request before; ``body`` is not looked at.

        Raises:
            Malformed: The body is no JSON that everybody reads alike.
            NotIssuable: It is no award, or contradicts itself; or it has ended since.
            NotWritable: A target cannot hold it.
            NotActive: The record was suspended or revoked.
            IssueLimit: The platform has issued as much as it may today.
        """
        now = self.clock()
        statement = only.statement if only else self._statement(body, caller, key, now)
        if statement is None:
            raise NotFound("this credential was converted from a badge")
        said = stated(award_of(statement.received), statement.salt, statement.received_at)
        fingerprint = self._fingerprint(caller.platform, statement)
        known = only or await self.credentials.known(caller.platform, fingerprint)
        wanted = lacking(targets, known)
        if wanted and known is not None and known.state in CLOSED:
            raise NotActive
        if unsealed(targets, known):
            require_lasting(said.credential.valid_until, now)
        quota = await self.permit(caller.platform, (), len(wanted))
        award = Award(platform=caller.platform, at=now, stated=said)
        record, created = await released(
            Plan(
                record_id=self.new_id(),
                platform=caller.platform,
                holder=caller.holder,
                actor=caller.actor,
                fingerprint=fingerprint,
                title=title_of(said.credential.achievement.name),
                created=now,
                source=None,
                intents=tuple([await self.prepare(award, target) for target in wanted]),
                statement=statement,
                quota=quota,
                extends=known.id if known else "",
            ),
            targets,
            self.credentials,
            self.seal,
        )
        return Converted(record, None, created)

    def _statement(self, body: bytes, caller: Caller, key: str, now: dt.datetime) -> Statement:
        digest = sha256(body).digest()
        return Statement(
            received=body,
            sha256=digest,
            salt=self._salt(caller, key, digest).hex(),
            received_at=now,
            api_key=caller.holder,
        )

    def _salt(self, caller: Caller, key: str, digest: bytes) -> bytes:
        """Random; of a request that is not to be done twice, the same again and as little to be guessed."""
        if not key:
            return self.new_salt()
        parts = (b"salt", caller.platform.encode(), caller.holder.encode(), key.encode(), digest)
        return hmac.digest(self.secret, b"\0".join(parts), "sha256")[:SALT_BYTES]

    def _fingerprint(self, platform: str, statement: Statement) -> bytes:
        """Finds the record again; the salt is its own."""
        parts = (b"award", platform.encode(), statement.salt.encode())
        return hmac.digest(self.secret, b"\0".join(parts), "sha256")


def _refuse_faulty(draft: Draft, facts: Issuance) -> None:
    """Refuse what would break its format, before anything is stored or signed.

    Raises:
        NotIssuable: A rule would be broken.
    """
    written = msgspec.json.encode(draft.document)
    if facts.signing_key_url is not None:  # as a token, for the format asks for one; its signature is not looked at
        written = jws.compact(
            jws.signing_input({"alg": "RS256", "kid": facts.signing_key_url}, written), b"\0"
        ).encode()
    opened = open_bytes(written)
    if isinstance(opened, Elsewhere):
        raise NotIssuable("it would be no badge")
    reading = adapter_for(draft.format).read(opened, {})
    broken = [finding for finding in reading.findings if finding.blocking]
    if broken:
        said = "; ".join(f"{finding.pointer or '/'}: {finding.reason}" for finding in broken[:5])
        raise NotIssuable(f"as {draft.format} it would break the rules: {said}", fix=broken[0].fix)
