"""People who own badges: their addresses, the links that sign them in, their sessions."""

from enum import StrEnum

import msgspec

from gateway.records import Instant

PEOPLE = "people"
"""The tenant in which all people live; no API key of another platform sees what is theirs."""


class AddressKind(StrEnum):
    """What an address is, in the words of Open Badges 3.0 (IdentifierTypeEnum) where it has one."""

    EMAIL = "emailAddress"
    URL = "ext:url"
    TELEPHONE = "ext:telephone"
    DID = "ext:did"


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """One way to reach a person, who has shown that it is theirs; there are no others.

    Attributes:
        value: As it was written when it was confirmed, in NFC.
    """

    id: str
    kind: AddressKind
    value: str
    confirmed_at: Instant

    def __repr__(self) -> str:
        """Without the value: it is personal, and representations end in logs."""
        return f"Address(id={self.id!r}, kind={self.kind.value!r})"


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who owns badges.

    Attributes:
        addresses: At least one, the oldest first.
        language: Of pages and mails to them: a key of ``gateway.http.html_page.LANGUAGES``.
    """

    id: str
    platform: str
    addresses: tuple[Address, ...]
    created: Instant
    language: str


class LinkPurpose(StrEnum):
    """What a mailed link does when it is used."""

    SIGN_IN = "sign-in"
    ADD_ADDRESS = "add-address"


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A link that was mailed; whoever uses it has read the mail, so the address is theirs.

    Attributes:
        sha256: Of the link's token, 32 bytes; the token itself is nowhere but in the mail.
        address: To which it was mailed.
        person: Id of who wants to add the address; "" for a link that signs in.
        browser: SHA-256 of the cookie of the browser that asked, 32 bytes.
        next: Local path to go on to.
    """

    sha256: bytes
    platform: str
    purpose: LinkPurpose
    address: str
    person: str
    browser: bytes
    next: str
    language: str
    created: Instant
    expires: Instant
    used: Instant | None = None

    def __repr__(self) -> str:
        """Without the address, as in ``Address``."""
        return f"Link(purpose={self.purpose.value!r}, expires={self.expires:%Y-%m-%dT%H:%M:%SZ})"


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A browser in which a person is signed in.

    Attributes:
        sha256: Of the cookie's token, 32 bytes; only the browser has the token.
        seen: When it was last used, to the hour.
        address: Id of the address by which the person signed in, which may be gone since; "" when that is not known.
    """

    id: str
    platform: str
    person: str
    sha256: bytes
    created: Instant
    seen: Instant
    address: str = ""
