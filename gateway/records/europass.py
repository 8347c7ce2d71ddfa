"""Wallets that platforms make for e-mail addresses, what they put there, and the links that show it to others."""

import msgspec

from gateway.records import Instant

CREDENTIAL_URN = "urn:credential:"
"""Begins the id of a credential in ELM, as its readers expect it; the form's own id follows."""


class Wallet(msgspec.Struct, frozen=True, kw_only=True):
    """A place where one platform puts credentials for one e-mail address.

    It says nothing of whether somebody with this address is known here: each platform has wallets of its own, and what
    lies in one waits until a person who has confirmed the address takes it.

    Attributes:
        id: Unguessable (UUIDv4); ``userId`` in the words of Europass.
        address: As the platform wrote it first.
    """

    id: str
    platform: str
    address: str
    created: Instant

    def __repr__(self) -> str:
        """Without the address: it is personal, and representations end in logs."""
        return f"Wallet(id={self.id!r}, platform={self.platform!r})"


class Deposit(msgspec.Struct, frozen=True, kw_only=True):
    """A sealed credential that a platform put into a wallet.

    Attributes:
        id: Unguessable (UUIDv4); ``uuid`` in the words of Europass.
        wallet: Id of the wallet.
        received: The exact sealed bytes; b"" in lists.
        credential: The id that the credential has itself.
        report: How it verified when it came, as JSON (``gateway.flows.verdict.Verdict``).
        taken: When the person put it into their backpack; the platform is not told.
    """

    id: str
    platform: str
    wallet: str
    received: bytes
    credential: str
    title: str
    report: bytes
    created: Instant
    taken: Instant | None = None

    def __repr__(self) -> str:
        """Without what is personal."""
        return f"Deposit(id={self.id!r}, platform={self.platform!r})"


class ShareLink(msgspec.Struct, frozen=True, kw_only=True):
    """Lets whoever has its token see one deposit until it expires.

    Attributes:
        sha256: Of the token, 32 bytes; the token itself is nowhere but with who got it.
        deposit: Id of the deposit.
    """

    sha256: bytes
    platform: str
    deposit: str
    created: Instant
    expires: Instant
