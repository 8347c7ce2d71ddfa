"""What a platform wrote as a Verifiable Credential itself: read, held to the rules, and drafted in its own words."""

import datetime as dt
from typing import Annotated, Any, Literal  # Any: decoded JSON

import msgspec

from adapters.hub import strict_json
from adapters.hub.contract import Draft, Format, Issuance, Reading
from adapters.hub.errors import AdapterError, NotWritable, UnknownFormat
from adapters.hub.losses import LossReport, traced
from adapters.hub.opened import Opened, open_bytes
from adapters.registry import adapter_for, detect
from gateway.errors import NotIssuable
from gateway.flows.vc_api.bodies import read
from gateway.flows.vc_api.claimed import refuse_claims
from gateway.issuing.binding import bound
from gateway.issuing.mark import marked, marked_credential
from gateway.issuing.picture import display_page
from gateway.records import Statement, StatusPurpose
from gateway.records.tenants import is_twin

AT = "/credential"
"""Where the credential stands in the request."""

MOST_SAID = 5
LIMITS = strict_json.Limits(max_bytes=768 * 1024)
"""Less than a badge may have: what is written of it must be readable again."""

# Both are what the reader needs to read, and say nothing: the gateway's own stand there in the end.
_ANY_ID = "urn:uuid:00000000-0000-0000-0000-000000000000"
_KINDS = "issue an OpenBadgeCredential or AchievementCredential (Open Badges 3.0, in the data model 2.0)"

_OURS = ("issuer", "credentialStatus")
_GIVEN = ("id", "validFrom")
"""What the gateway gives where it is missing."""

Identifier = Annotated[str, msgspec.Meta(min_length=1, max_length=2000, pattern=r"^[!-~]+$(?!\n)")]
"""A URL or URN."""


class StatusWish(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """Which kind of status entry it gets; where the entry stands is for the gateway to say."""

    type: Literal["BitstringStatusListEntry"] = "BitstringStatusListEntry"
    status_purpose: StatusPurpose = StatusPurpose.REVOCATION


class IssueOptions(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """How to issue it (VCALM 1.0, IssueCredentialOptions).

    Attributes:
        credential_id: By what it is named later in requests, where the credential itself has no id.
        credential_status: `suspension` makes it one that can be suspended; revocation is for good.
    """

    credential_id: Identifier | None = None
    credential_status: StatusWish = StatusWish()


class IssueRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A credential to issue, and how.

    Attributes:
        credential: Open Badges 3.0 without a proof; its issuer, where it names one, is the platform.
    """

    credential: Annotated[dict[str, Any], msgspec.Meta(min_length=1, max_length=strict_json.DEFAULT.max_nodes)]
    options: IssueOptions = IssueOptions()

    @property
    def name(self) -> str:
        """By what the platform's software knows it, "" for nothing."""
        id_ = self.credential.get("id")
        return id_ if isinstance(id_, str) else self.options.credential_id or ""


def request_of(body: bytes) -> IssueRequest:
    """Read a request.

    Raises:
        Malformed, TooLarge: It is no JSON that everybody reads alike, or other JSON.
    """
    return read(body, IssueRequest, LIMITS)


class GivenCredential(msgspec.Struct, frozen=True, kw_only=True):
    """A credential that a platform wrote itself: the ``Material`` of ``Prepare``.

    Attributes:
        reading: Of the credential, as if the platform had named no issuer.
    """

    platform: str
    at: dt.datetime
    document: dict[str, Any]
    reading: Reading

    def drafted(self, format: Format, facts: Issuance, receipt_url: str) -> tuple[Draft, LossReport]:
        """The credential as it was written where it can be, with the platform as its issuer; else what it says.

        In Open Badges 3.0 nothing is changed but issuer, status, and an id and a beginning where there are none. A form
        that is bound to a key names that key, so it is another document, with an id of its own.
        """
        del receipt_url  # there is no origin, so nothing leads to a receipt
        test, origins = is_twin(self.platform), self._origins()
        credential = msgspec.structs.replace(self.reading.credentials[0], id=facts.id, issuer=facts.issuer)
        marks = LossReport()
        if test:
            credential, marks = marked_credential(credential, origins)
        credential, moved = bound(credential, facts.holder, origins)
        if format is Format.ELM_3:
            facts = msgspec.structs.replace(facts, display=display_page(credential, facts, test=test))
        draft = adapter_for(format).write(credential, facts, None)
        if format is Format.OPEN_BADGES_3 and facts.holder is None:
            return msgspec.structs.replace(draft, document=self._own_words(draft.document)), LossReport()
        left = (msgspec.structs.replace(loss, source=_at(loss.source)) for loss in self.reading.losses.losses)
        read = LossReport(tuple(left))
        return draft, read + marks + moved + traced(draft.losses, origins)

    def _own_words(self, written: dict[str, Any]) -> dict[str, Any]:
        document = self.document
        ours = {name: said for name, said in written.items() if name in _OURS}
        missing = {name: said for name, said in written.items() if name in _GIVEN and name not in document}
        made = {**document, **missing, **ours}
        return _marked(made) if is_twin(self.platform) else made

    def _origins(self) -> dict[str, str]:
        return {
            pointer.removeprefix("/0"): f"{AT}{origin}"
            for pointer, origin in self.reading.origins.items()
            if pointer.startswith("/0/") and not origin.startswith("/issuer")
        }


def _at(pointer: str | None) -> str | None:
    return None if pointer is None else f"{AT}{pointer}"


def _marked(document: dict[str, Any]) -> dict[str, Any]:
    """The credential of a platform for tests, which says so in every name that people see."""
    subject = document["credentialSubject"]
    achievement = subject["achievement"]
    named = {**achievement, "name": marked(achievement["name"])}
    own = {"name": marked(document["name"])} if isinstance(document.get("name"), str) else {}
    return {**document, **own, "credentialSubject": {**subject, "achievement": named}}


def given(statement: Statement, platform: str, at: dt.datetime) -> GivenCredential:
    """The material of which further forms of such a record are made.

    Args:
        statement: Of the kind CREDENTIAL.

    Raises:
        NotIssuable: See `material`; what was issued once breaks no rule unless the rules changed.
    """
    return material(request_of(statement.received).credential, platform, at, began=statement.received_at)


def material(document: dict[str, Any], platform: str, at: dt.datetime, *, began: dt.datetime) -> GivenCredential:
    """Read a credential that a platform wrote.

    Args:
        at: When the form is issued that is made of it.
        began: When it holds from, where it does not say so: when its first form was issued.

    Raises:
        NotIssuable: It is of another kind, breaks a rule of Open Badges 3.0, is secured already, or holds what only
            somebody else could say; nothing of another issuer is issued as the platform's own.
    """
    refuse_claims(document, AT)
    start = began.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    issuer = {"id": _ANY_ID, "type": ["Profile"]}
    whole: dict[str, Any] = {"id": _ANY_ID, "validFrom": start, **document, "issuer": issuer}
    try:
        opened = open_bytes(msgspec.json.encode(whole))
        if not isinstance(opened, Opened):
            raise NotIssuable("it is no credential", pointer=AT, fix=_KINDS)
        adapter, _ = detect(opened)
        if adapter.format is not Format.OPEN_BADGES_3:
            raise NotIssuable(f"it is of the format {adapter.format}", pointer=AT, fix=_KINDS)
        reading = adapter.read(opened, {})
    except NotWritable:
        raise
    except AdapterError as error:
        raise NotIssuable(
            f"it is no credential that is issued here: {error}",
            pointer=f"{AT}{error.pointer}",
            fix=_KINDS if isinstance(error, UnknownFormat) else error.fix or _KINDS,
        ) from error
    _refuse_faulty(reading)
    return GivenCredential(platform=platform, at=at, document=document, reading=reading)


def _refuse_faulty(reading: Reading) -> None:
    if not reading.credentials or "VCDM 1.1" in reading.version:
        raise NotIssuable("it is not of a kind that is issued here", pointer=AT, fix=_KINDS)
    broken = [finding for finding in reading.findings if finding.blocking]
    if broken:
        said = "; ".join(f"{AT}{each.pointer}: {each.reason}" for each in broken[:MOST_SAID])
        raise NotIssuable(
            f"it breaks the rules of Open Badges 3.0: {said}", pointer=f"{AT}{broken[0].pointer}", fix=broken[0].fix
        )
