"""credential -> held to the rules -> draft -> seal -> record -> bytes: what a platform awards, as it wrote it.

The line of ``issue`` for Verifiable Credentials. Nothing of another issuer can enter here, and whatever would not
verify once it is signed is refused before anything is stored.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any  # Any: decoded JSON

import msgspec

from adapters.hub.contract import Format
from adapters.hub.errors import NotWritable
from gateway.apart import apart
from gateway.errors import GatewayError, NotActive, NotFound, NotIssuable
from gateway.flows.convert import Caller, Converted
from gateway.flows.inspect import title_of
from gateway.flows.lasting import require_lasting
from gateway.flows.permit import Permit
from gateway.flows.prepare import Prepare, Target, lacking, unsealed
from gateway.flows.release import released
from gateway.flows.seal import Seal
from gateway.flows.vc_api.claimed import refuse_addresses
from gateway.flows.vc_api.material import AT, GivenCredential, IssueRequest, given, material, request_of
from gateway.flows.vc_api.named import Named
from gateway.flows.verdict import ends
from gateway.issuing.identity import Identity
from gateway.ports import Clock, Credentials, Plan
from gateway.proofs.errors import BudgetExceeded, ContextUnknown, NotCanonicalisable
from gateway.records import CLOSED, Algorithm, Form, Intent, Purpose, Record, Securing, Statement, StatementKind


class IssuedOtherwise(GatewayError):
    """The platform issued something else under this id."""

    code = "issued-otherwise"


class Issued(msgspec.Struct, frozen=True):
    """The stored record, and the form that was asked for."""

    record: Record
    form: Form

    @property
    def document(self) -> bytes:
        """The signed credential, to the byte."""
        return self.form.sealed or b""


@dataclass(frozen=True, slots=True)
class IssueCredential:
    """A request with a credential in it to the signed credential, recorded for good."""

    clock: Clock
    prepare: Prepare
    seal: Seal
    credentials: Credentials
    permit: Permit
    named: Named
    new_id: Callable[[], str]
    secret: bytes

    async def __call__(self, body: bytes, caller: Caller) -> Issued:
        """Issue it with a Data Integrity proof.

        The same request again gives the same bytes: nothing is signed twice, and under one id nothing else.

        Args:
            body: An ``IssueRequest`` in JSON, kept as it came.

        Raises:
            Malformed, TooLarge: The body is no JSON that everybody reads alike.
            NotIssuable: It breaks a rule, names another issuer, or would not verify; nothing was stored.
            NotActive: It was issued, and suspended or revoked since.
            IssuedOtherwise: The platform issued another credential under its id.
            IssueLimit: The platform has issued as much as it may today.
        """
        asked = await apart(len(body), request_of, body)
        now = self.clock()
        target = Target(Format.OPEN_BADGES_3, Securing.DATA_INTEGRITY, asked.options.credential_status.status_purpose)
        statement = Statement(
            received=body,
            sha256=sha256(body).digest(),
            salt="",
            received_at=now,
            api_key=caller.holder,
            kind=StatementKind.CREDENTIAL,
        )
        made = await apart(len(body), material, asked.credential, caller.platform, now, began=now)
        await self._refuse_foreign(asked, caller, len(body))
        fingerprint = await apart(len(body), self._fingerprint, asked, caller.platform)
        known = await self.credentials.known(caller.platform, fingerprint)
        if known is not None:
            await apart(len(body), _refuse_other, known, asked)
        done = await self._made(made, asked, statement, (target,), caller, known)
        await apart(len(body), _refuse_other, done.record, asked)  # of two at once the first one won
        return Issued(done.record, next(form for form in done.record.unbound if _is(form, target)))

    async def further(self, record: Record, targets: tuple[Target, ...], caller: Caller) -> Converted:
        """Add forms to a record that was made of such a request.

        Raises:
            NotFound: It was made of something else.
            NotIssuable, NotWritable: A target cannot hold it, or would show it to everybody.
            NotActive: It was suspended or revoked.
        """
        statement = record.statement
        if statement is None or statement.kind is not StatementKind.CREDENTIAL:
            raise NotFound("this credential was made of something else")
        if any(target.securing is Securing.HOSTED for target in targets):
            raise NotIssuable(
                "a hosted badge is shown to everybody, and this credential is for its platform and holder alone",
                fix="ask for securing=jws, or for open-badges-3",
            )
        asked = await apart(len(statement.received), request_of, statement.received)
        made = await apart(len(statement.received), given, statement, caller.platform, self.clock())
        return await self._made(made, asked, statement, targets, caller, record)

    async def _made(
        self,
        made: GivenCredential,
        asked: IssueRequest,
        statement: Statement,
        targets: tuple[Target, ...],
        caller: Caller,
        known: Record | None,
    ) -> Converted:
        wanted = lacking(targets, known)
        if known is not None and known.state in CLOSED:
            raise NotActive
        if unsealed(targets, known):
            require_lasting(ends(made.reading), made.at, f"{AT}/validUntil")
        quota = await self.permit(caller.platform, (), len(wanted))
        intents = tuple([await self._intended(made, target) for target in wanted])
        record, created = await released(
            Plan(
                record_id=self.new_id(),
                platform=caller.platform,
                holder=caller.holder,
                actor=caller.actor,
                fingerprint=await apart(len(statement.received), self._fingerprint, asked, caller.platform),
                title=title_of(made.reading.credentials[0].achievement.name),
                created=made.at,
                source=None,
                badge=self.named.key(caller.platform, asked.name),
                quota=quota,
                intents=intents,
                statement=statement,
                extends=known.id if known else "",
            ),
            targets,
            self.credentials,
            self.seal,
        )
        return Converted(record, None, created)

    async def _intended(self, made: GivenCredential, target: Target) -> Intent:
        """Prepare what will verify once it is signed.

        Raises:
            NotIssuable: It would not.
        """
        try:
            intent = await self.prepare(made, target)
            if target.securing is Securing.DATA_INTEGRITY:
                await self.prepare.rehearse(intent.unsigned, target.securing)
        except (NotWritable, NotCanonicalisable, ContextUnknown, BudgetExceeded) as error:
            # Only in its own words do places in what would be signed stand in the request, too.
            as_written = target == Target(Format.OPEN_BADGES_3, Securing.DATA_INTEGRITY, target.status)
            place = f"{AT}{error.pointer}" if as_written else ""
            raise NotIssuable(f"it is not signed: {error}", pointer=place, fix=error.fix) from error
        return intent

    async def _refuse_foreign(self, asked: IssueRequest, caller: Caller, size: int) -> None:
        """Refuse another issuer than the platform, an id that is not the platform's to give, and what leads back here.

        Raises:
            NotIssuable: It has one.
        """
        identity = await self.prepare.identities(caller.platform)
        key = await self.prepare.keys.active(caller.platform, Purpose.ASSERTION, Algorithm.EDDSA)
        own = {identity.issuer_id(Format.OPEN_BADGES_3, key), *_names(identity)}
        issuer = asked.credential.get("issuer")
        id_ = issuer.get("id") if isinstance(issuer, dict) else issuer
        if "issuer" in asked.credential and not (isinstance(id_, str) and id_ in own):
            raise NotIssuable(
                f"the issuer is {id_!s:.200}, and whatever is issued here is issued by its platform",
                pointer=f"{AT}/issuer",
                fix=f"leave it out, or name {identity.issuer_id(Format.OPEN_BADGES_3, key)}",
            )
        if await self.named.is_ours(caller.platform, asked.name):
            raise NotIssuable(
                "its id is one that the gateway gives: an address of this gateway, a bare UUID, or that of another "
                "credential",
                pointer=f"{AT}/id" if "id" in asked.credential else "/options/credentialId",
                fix="give it an id of its own, such as urn:uuid: and a new UUID, or leave it out",
            )
        await apart(size, refuse_addresses, asked.credential, AT, identity.addresses.public_url)

    def _fingerprint(self, asked: IssueRequest, platform: str) -> bytes:
        """What has an id is known by that, whatever is said of it; else what it says is."""
        said = msgspec.json.encode(asked.credential, order="sorted")
        parts = ("credential", platform, sha256(said).digest())
        return self.named.key(platform, asked.name) or hmac.digest(self.secret, msgspec.msgpack.encode(parts), "sha256")


def _names(identity: Identity) -> tuple[str, ...]:
    """Every id of the platform as an issuer: each leads to the others."""
    return (identity.addresses.did, identity.addresses.profile, identity.addresses.issuer)


def _is(form: Form, target: Target) -> bool:
    intent = form.intent
    return (intent.format, intent.securing) == (target.format, target.securing)


def _refuse_other(record: Record, asked: IssueRequest) -> None:
    """Refuse to hand out what was issued of something else.

    Raises:
        IssuedOtherwise: The record is of another credential.
    """
    if record.statement is None or _said(record.statement) != asked.credential:
        raise IssuedOtherwise(
            "another credential was issued under this id, and it says something else",
            pointer=f"{AT}/id" if "id" in asked.credential else "/options/credentialId",
            fix="give this one an id of its own; what was issued stays as it is",
        )


def _said(statement: Statement) -> dict[str, Any]:
    return request_of(statement.received).credential
