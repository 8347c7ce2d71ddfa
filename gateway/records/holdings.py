"""What people hold: badges exactly as they came, how they verified, and the profiles that hosts keep for them."""

from enum import StrEnum
from typing import Annotated

import msgspec

from adapters.hub.contract import Format
from adapters.hub.opened import Carrier
from gateway.records import Instant


class Via(StrEnum):
    """The way by which a badge came to its owner."""

    OPEN_BADGES_3 = "open-badges-3"
    BADGE_CONNECT = "badge-connect"
    BADGR = "badgr"
    BACKPACK = "backpack"
    EUROPASS = "europass"


class HoldingOutcome(StrEnum):
    """What the latest verification found; the report says which check."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Matched(msgspec.Struct, frozen=True, kw_only=True):
    """Which of the person's confirmed addresses the recipient is.

    Attributes:
        address: As the person confirmed it; "" when nobody that the badge names could be compared (an opaque DID, no
            recipient at all): then it is the person's by their own word alone.
        how: In words: ``hashed (sha256), lower-case``.
    """

    address: str = ""
    how: str = ""

    @property
    def compared(self) -> bool:
        """Whether the badge names somebody, who is this person."""
        return bool(self.address)

    def __repr__(self) -> str:
        """Without the address: it is personal, and representations end in logs."""
        return f"Matched(compared={self.compared})"


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """A badge that a person holds.

    Attributes:
        id: Unguessable (UUIDv4).
        received: The exact bytes as they came.
        securing: Tag of the securing (``adapters.hub.securing``).
        issuer: Id of the original issuer; with ``credential`` it says which badge this is.
        credential: The badge's own id, "" when it has none.
        url: Where it was fetched from, "" when it came by itself.
        report: Of the latest verification, as JSON (``gateway.flows.verdict.Verdict``).
        record: Id of the record (tenant ``people``) that was converted from it, "" when there is none.
        valid_from: Of an Open Badges 3.0 credential, which moves when its issuer issues it anew; None for others.
        valid_until: When it ends by its own words, None when it never does.
        updated: When its bytes last changed here; rises with every change of what the person holds.
    """

    id: str
    platform: str
    person: str
    received: bytes
    media_type: str
    carrier: Carrier
    format: Format
    version: str
    securing: str
    title: str
    issuer: str
    credential: str
    url: str
    outcome: HoldingOutcome
    matched: Matched
    via: Via
    report: bytes
    record: str
    valid_from: Instant | None
    created: Instant
    updated: Instant
    valid_until: Instant | None = None

    def __repr__(self) -> str:
        """Without what is personal."""
        return f"Holding(id={self.id!r}, format={self.format.value!r}, outcome={self.outcome.value!r})"


class Change(StrEnum):
    """What became of the things a person holds when a badge came in; ``OLDER``: nothing, they hold a newer version."""

    CREATED = "created"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    OLDER = "older"


class HoldingPage(msgspec.Struct, frozen=True):
    """Some of what a person holds, newest update first; ``total`` counts all that were asked for."""

    holdings: tuple[Holding, ...]
    total: int


class ProfileKind(StrEnum):
    """Whose words a profile speaks: each interface keeps one of its own."""

    OPEN_BADGES_3 = "open-badges-3"
    BADGE_CONNECT = "badge-connect"


class StoredProfile(msgspec.Struct, frozen=True, kw_only=True):
    """What an application wrote down about a person, exactly; nothing in it is confirmed.

    Attributes:
        client: Id of the OAuth client that wrote it; "" where nobody asks.
    """

    document: Annotated[bytes, msgspec.Meta(max_length=1_048_576)]
    updated: Instant
    client: str = ""

    def __repr__(self) -> str:
        """Without what is personal."""
        return f"StoredProfile({len(self.document)} bytes)"
