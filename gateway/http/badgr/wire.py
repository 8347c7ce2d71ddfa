"""What goes over the wire: ``status`` and ``result`` around entities, in the shape of the Badgr API, version 2.

An entity that another one names stands there by its ``entityId``, or whole where ``expand`` asks for it.
"""

import datetime as dt
from typing import Annotated
from uuid import NAMESPACE_URL, uuid5

import msgspec

from gateway.flows.backpack.look import Seen
from gateway.flows.backpack.standing import Standing
from gateway.flows.describe import Description
from gateway.records.texts import WHOLE

COLLECTION = "all"


class State(msgspec.Struct, frozen=True, kw_only=True):
    """How it went."""

    success: bool
    description: str


class Issuer(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Who issued a badge."""

    entity_type: str = "Issuer"
    entity_id: str
    open_badge_id: str
    name: str
    image: str | None = None
    email: str | None = None
    url: str | None = None


class BadgeClass(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What was awarded."""

    entity_type: str = "BadgeClass"
    entity_id: str
    open_badge_id: str
    name: str
    description: str
    image: str | None
    criteria_narrative: str
    criteria_url: str
    issuer: Issuer | str


class Recipient(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """For whom it is: the confirmed address that matched; "" where the badge names nobody who could be compared."""

    identity: str
    type: str = "email"
    hashed: bool = False
    plaintext_identity: str


class BackpackAssertion(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One badge that a person holds.

    Attributes:
        open_badge_id: The badge's own id, "" when it has none.
        image: A picture with an issued form of the badge in it, null where none was issued: the pictures of a backpack
            are for the person's own browser.
        revoked: Or suspended: this interface has no other word for it.
        pending: Always false; it was checked when it came.
    """

    entity_type: str = "BackpackAssertion"
    entity_id: str
    open_badge_id: str
    badgeclass: BadgeClass | str
    recipient: Recipient
    name: str
    image: str | None
    issued_on: dt.datetime | None
    issuer: Issuer | str
    acceptance: str = "Accepted"
    pending: bool = False
    revoked: bool


class Collection(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Everything that the person holds, which is the one collection there is.

    Attributes:
        assertions: Their ``entityId``.
    """

    entity_type: str = "BackpackCollection"
    entity_id: str = COLLECTION
    name: str
    description: str
    published: bool = False
    share_url: str = ""
    assertions: Annotated[tuple[str, ...], WHOLE]


class AssertionResult(msgspec.Struct, frozen=True):
    """Badges."""

    status: State
    result: Annotated[tuple[BackpackAssertion, ...], WHOLE]


class CollectionResult(msgspec.Struct, frozen=True):
    """Collections."""

    status: State
    result: tuple[Collection, ...]


class BadgrFailure(msgspec.Struct, frozen=True, kw_only=True):
    """A refusal; ``error`` and ``error_description`` are those of RFC 6749, for ``/o/token``."""

    status: State
    result: tuple[str, ...] = ()
    error: str
    error_description: str


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """What an application gets for a password (RFC 6749 section 5.1)."""

    access_token: str
    token_type: str = "Bearer"  # noqa: S105 - a scheme
    expires_in: int
    refresh_token: str
    scope: str = "rw:backpack"


class Import(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A badge to hold: its address, or an Assertion."""

    url: Annotated[str, msgspec.Meta(max_length=2048)] | None = None
    assertion: msgspec.Raw = msgspec.Raw(b"null")


OK = State(success=True, description="ok")


def assertion(seen: Seen, record: Description | None, *, badge: bool, issuer: bool) -> BackpackAssertion:
    """One badge as an entity; ``badge`` and ``issuer`` say which others stand in it whole."""
    holding, award = seen.holding, seen.verdict.award
    by = Issuer(entity_id=_entity(holding.issuer), open_badge_id=holding.issuer, name=award.issuer_name or "?")
    pictures = [each.links["png"] for each in (record.forms if record else ()) if "png" in each.links]
    image = pictures[0] if pictures else None
    of = BadgeClass(
        entity_id=_entity(f"{holding.issuer} {holding.title}"),
        open_badge_id="",
        name=holding.title,
        description=award.description,
        image=image,
        criteria_narrative=award.criteria.text,
        criteria_url=award.criteria.url,
        issuer=by if issuer else by.entity_id,
    )
    address = holding.matched.address
    return BackpackAssertion(
        entity_id=holding.id,
        open_badge_id=holding.credential,
        badgeclass=of if badge else of.entity_id,
        recipient=Recipient(identity=address, plaintext_identity=address),
        name=holding.title,
        image=image,
        issued_on=award.awarded,
        issuer=by if issuer else by.entity_id,
        revoked=seen.standing in (Standing.REVOKED, Standing.SUSPENDED),
    )


def _entity(name: str) -> str:
    """An id of our own for what has none here, always the same for the same thing."""
    return str(uuid5(NAMESPACE_URL, name))
