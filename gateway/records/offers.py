"""Offers of a credential to a wallet: who may claim it, in which forms, and what a wallet holds while it does."""

import datetime as dt
import hmac
from enum import StrEnum
from hashlib import sha256
from typing import Annotated

import msgspec

from adapters.hub.contract import Format
from gateway.records import Instant, Securing

LISTED = 200
"""So many offers of one record are listed, the latest; a person needs few."""

LEASE = dt.timedelta(seconds=60)
"""So long an offer is kept for a wallet that asked for it and has not got anything yet."""

KEYS_OF_A_GRANT = 200
"""Of so many keys a grant brings no more for one offer: every attempt may come with new ones."""


class Configuration(StrEnum):
    """What a wallet can ask for, by the name that it asks with (OpenID4VCI 1.0: ``credential_configuration_id``).

    Also the OAuth scope of each.
    """

    BADGE = "OpenBadgeCredential_ldp_vc"
    BADGE_JWT = "OpenBadgeCredential_jwt_vc_json"
    BADGE_SD_JWT = "OpenBadgeCredential_sd_jwt"
    LEARNING_SD_JWT = "LearningCredential_sd_jwt"

    @property
    def written_in(self) -> Format:
        """Its format here."""
        return Format.LEARNING_CREDENTIAL_1 if self is Configuration.LEARNING_SD_JWT else Format.OPEN_BADGES_3

    @property
    def sealed_as(self) -> Securing:
        """How it is sealed."""
        return _SECURINGS[self]


_SECURINGS = {
    Configuration.BADGE: Securing.DATA_INTEGRITY,
    Configuration.BADGE_JWT: Securing.VC_JWT,
    Configuration.BADGE_SD_JWT: Securing.SD_JWT,
    Configuration.LEARNING_SD_JWT: Securing.SD_JWT,
}


class Claiming(StrEnum):
    """How whoever claims an offer is known to be the person that the credential is for.

    ``LINK``: they have the link, which was given to that person alone. ``CODE``: they also know a transaction code,
    which reached them by another way. ``SIGN_IN``: they sign in here, and one of their confirmed addresses is the
    recipient.
    """

    LINK = "link"
    CODE = "code"
    SIGN_IN = "sign-in"


class OfferState(StrEnum):
    """``LOCKED``: the transaction code was guessed too often; nobody can claim it any more."""

    OPEN = "open"
    CLAIMED = "claimed"
    WITHDRAWN = "withdrawn"
    LOCKED = "locked"


class Holder(msgspec.Struct, frozen=True):
    """A key that a wallet has shown to be its own; what is issued to it is bound to it.

    Attributes:
        id: A DID that stands for the key: ``did:key`` or ``did:jwk``.
        jwk: The public key as a JWK (RFC 7517) in JSON, its members those of RFC 7638 and in that order.
    """

    id: str
    jwk: str

    def digest(self, secret: bytes) -> str:
        """What tells the forms of holders apart, and cannot be compared with a DID by who has no secret; hex."""
        return hmac.digest(secret, self.id.encode(), "sha256").hex()


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """One credential that one person may fetch into a wallet, once.

    Attributes:
        id: Unguessable; the last part of the link. Whoever has it has the link.
        record: Id of the record that the credential is made of.
        made_by: Id of the API key, or of the person, that made it: the ``Caller.holder`` of what is issued.
        code_sha256: HMAC-SHA-256 of the transaction code, 32 bytes; b"" where there is none.
        attempts: How often a wrong code was shown.
        claimed: When it was claimed first; None while it was not.
    """

    id: str
    platform: str
    record: str
    made_by: str
    created: Instant
    expires: Instant
    claiming: Claiming
    configurations: tuple[Configuration, ...]
    code_sha256: bytes = b""
    attempts: int = 0
    state: OfferState = OfferState.OPEN
    claimed: Instant | None = None

    @property
    def reference(self) -> str:
        """Which offer it is, for who has its id, and nothing to claim with: 16 hexadecimal digits."""
        return sha256(self.id.encode(errors="surrogatepass")).hexdigest()[:16]


class Reservation(msgspec.Struct, frozen=True):
    """Whose an offer is at this moment.

    Attributes:
        holders: Their digests; () when it can be nobody's.
        settled: Whether they have something of it already.
    """

    holders: tuple[str, ...] = ()
    settled: bool = False


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """What the bearer of an access token may fetch: one offer, in these configurations.

    Attributes:
        client: Id of the OAuth client, "" for an anonymous wallet.
        said: Id of the registered client that an anonymous wallet said it is: it has shown nothing of that, and may
            do no more for it. "" where it named none.
        id: Random, and the same in every token that follows from the first one.
    """

    offer: str
    configurations: tuple[Configuration, ...]
    client: str = ""
    said: str = ""
    id: str = ""

    @property
    def mark(self) -> str:
        """What tells the claims of one grant from those of others: a digest of its id, "" without one."""
        return sha256(f"grant {self.id}".encode()).hexdigest() if self.id else ""


Code = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{6}$(?!\n)")]
"""A transaction code."""
