"""What verifying a seal says: whether it is intact, and apart from that, whether anybody vouches for whose it is."""

import datetime as dt
from enum import StrEnum

import msgspec

from gateway.proofs.certificate_paths import Standing
from gateway.proofs.certificates import Certificate, SealOwner


class Level(StrEnum):
    """Levels of the JAdES baseline (TS 119 182-1 section 6.1)."""

    NONE = "none"
    """Sealed, but not as the baseline asks."""
    B = "B-B"
    T = "B-T"
    LT = "B-LT"
    LTA = "B-LTA"


class Timestamp(msgspec.Struct, frozen=True, kw_only=True):
    """One timestamp in a seal.

    Attributes:
        member: ``adoTst`` (of the payload, before sealing), ``sigTst`` (of the signature), ``arcTst`` (of all before
            it).
        good: It is signed by its authority, and of what it stands at.
        at: None where it cannot be read.
        authority: Whose it is by the authority's certificate, "" where it cannot be read.
        standing: Whether a path led from that to an anchor when the timestamp was made.
        reason: Why it is not good, or not trusted.
    """

    member: str
    good: bool
    at: dt.datetime | None = None
    authority: str = ""
    standing: Standing = Standing.NO_ANCHOR
    reason: str = ""


class SealSignature(msgspec.Struct, frozen=True, kw_only=True):
    """One signature of a seal.

    Attributes:
        intact: These bytes were signed by the key of ``leaf``, and every rule held without which that says nothing.
        problems: Why it is not intact; empty where it is.
        level: Of the baseline; NONE where it is not intact.
        standing: Whether a path led from ``leaf`` to an anchor at ``signed_at``. BROKEN also where it is not intact.
        standing_reason: Why it is not trusted, "" where it is.
        algorithm: JOSE name, "" where the header cannot be read.
        key_id: ``kid``, as the header names the key; nothing here looks it up.
        claimed_at: By its own account.
        proven_at: Of the earliest good ``sigTst`` whose authority is trusted: it was sealed by then.
        signed_at: The time at which the path was judged: proven, else claimed.
        leaf: The certificate of the key.
        chain: From it to the anchor, only it where none was found.
        owner: Whom it names. A claim, unless the standing is TRUSTED.
        qualified_claims: What it claims of being qualified; never checked.
        self_made: The certificate says of itself that the gateway made it.
        timestamps: In the order adoTst, then as they were added.
        counter_signatures: How many were added; none is checked.
        remarks: What a reader should know and what makes nothing invalid, the reasons for the level among them.
    """

    intact: bool
    problems: tuple[str, ...] = ()
    level: Level = Level.NONE
    standing: Standing = Standing.BROKEN
    standing_reason: str = ""
    algorithm: str = ""
    key_id: str = ""
    claimed_at: dt.datetime | None = None
    proven_at: dt.datetime | None = None
    signed_at: dt.datetime | None = None
    leaf: Certificate | None = None
    chain: tuple[Certificate, ...] = ()
    owner: SealOwner | None = None
    qualified_claims: tuple[str, ...] = ()
    self_made: bool = False
    timestamps: tuple[Timestamp, ...] = ()
    counter_signatures: int = 0
    remarks: tuple[str, ...] = ()


class SealReport(msgspec.Struct, frozen=True):
    """What is known of a seal. Intact and trusted are two things, and neither follows from the other."""

    signatures: tuple[SealSignature, ...]

    @property
    def intact(self) -> bool:
        """Every signature is; where there are several, one broken one is too many."""
        return bool(self.signatures) and all(one.intact for one in self.signatures)

    @property
    def trusted(self) -> bool:
        """Intact, and somebody trusted vouches for the owner of every signature."""
        return self.intact and all(one.standing is Standing.TRUSTED for one in self.signatures)

    @property
    def level(self) -> Level:
        """The lowest of its signatures."""
        order = list(Level)
        return min((one.level for one in self.signatures), key=order.index, default=Level.NONE)

    @property
    def problems(self) -> tuple[str, ...]:
        """Why it is not intact, of all signatures."""
        return tuple(problem for one in self.signatures for problem in one.problems)
