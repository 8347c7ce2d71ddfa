"""Sign in: with a mailed link, or with an address that an identity provider vouches for."""

import datetime as dt
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from gateway.errors import GatewayError
from gateway.flows.letters import AddressChange
from gateway.flows.recognise import SignedIn, token_sha256
from gateway.flows.tell_owner import TellOwner
from gateway.ports import Clock
from gateway.ports.people import Addresses, Links, People, Sessions
from gateway.records.mailbox import normal
from gateway.records.people import PEOPLE, Address, AddressKind, Link, LinkPurpose, Person, Session

TOKEN_BYTES = 32
MAX_ADDRESSES = 20
"""Of one person."""


class LinkUnusable(GatewayError):
    """The link, or another one to the same address, was used; or it has expired."""

    code = "link-unusable"

    def __init__(self) -> None:
        super().__init__(
            "this link, or another one to the same address, was used already, or it is too old",
            fix="ask for a new link",
        )


class AddressTaken(GatewayError):
    """The address belongs to another account; said only to who has shown that the address is theirs."""

    code = "address-taken"

    def __init__(self) -> None:
        super().__init__(
            "this address belongs to another account", fix="sign in with it, or remove it there and add it here again"
        )


class WrongAccount(GatewayError):
    """The link adds an address to an account, and another one is signed in here."""

    code = "wrong-account"

    def __init__(self) -> None:
        super().__init__("this link was asked for by another account", fix="sign in with the account that asked for it")


class TooManyAddresses(GatewayError):
    """A person has as many addresses as one can have."""

    code = "too-many-addresses"

    def __init__(self) -> None:
        super().__init__(f"an account has at most {MAX_ADDRESSES} addresses", fix="remove one first")


class LinkState(StrEnum):
    """What a link is still good for."""

    READY = "ready"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


class SeenLink(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of a link shows; to look at it does not use it, because mail scanners look at every link.

    Attributes:
        address: To which it was mailed; "" when the link is not ready.
        same_browser: Whether this browser asked for it.
        language: Of its letter, "" when there is no such link.
    """

    state: LinkState
    purpose: LinkPurpose = LinkPurpose.SIGN_IN
    address: str = ""
    same_browser: bool = False
    language: str = ""


class Started(msgspec.Struct, frozen=True, kw_only=True):
    """A session that began now.

    Attributes:
        token: For the cookie; nobody else has it.
        next: Local path to go on to.
    """

    person: Person
    token: str
    next: str

    def __repr__(self) -> str:
        """Without the token."""
        return f"Started(person={self.person.id!r})"


@dataclass(frozen=True, slots=True)
class SeeLink:
    """A link's token to what its page shows."""

    clock: Clock
    links: Links

    async def __call__(self, token: str, browser: str) -> SeenLink:
        """Look at a link without using it.

        Args:
            browser: What ``MailLink`` returned to the browser, "" for none.
        """
        link = await self.links.find(PEOPLE, token_sha256(token))
        if link is None:
            return SeenLink(state=LinkState.UNKNOWN)
        if link.used or link.expires <= self.clock():
            over = LinkState.USED if link.used else LinkState.EXPIRED
            return SeenLink(state=over, purpose=link.purpose, language=link.language)
        same = hmac.compare_digest(link.browser, token_sha256(browser))
        return SeenLink(
            state=LinkState.READY,
            purpose=link.purpose,
            address=link.address,
            same_browser=same,
            language=link.language,
        )


@dataclass(frozen=True, slots=True)
class Begin:
    """A confirmed address to a session of whoever it belongs to; a person is made for an address that is new."""

    clock: Clock
    people: People
    sessions: Sessions
    new_id: Callable[[], str]

    async def __call__(self, address: str, language: str, before: SignedIn | None) -> tuple[Person, str]:
        """Return who it is and the token of a new session; the one before in this browser ends."""
        now = self.clock()
        person = await self.people.ensure(
            Person(
                id=self.new_id(),
                platform=PEOPLE,
                addresses=(confirmed(self.new_id(), address, now),),
                created=now,
                language=language,
            )
        )
        token = secrets.token_urlsafe(TOKEN_BYTES)
        await self.sessions.start(
            Session(
                id=self.new_id(),
                platform=PEOPLE,
                person=person.id,
                sha256=token_sha256(token),
                created=now,
                seen=now,
                address=next((each.id for each in person.addresses if _is_same(each, address)), ""),
            )
        )
        if before is not None:
            await self.sessions.end(PEOPLE, before.session)
        return person, token


@dataclass(frozen=True, slots=True)
class UseLink:
    """A mailed link, used: of many times at once, one succeeds."""

    clock: Clock
    links: Links
    addresses: Addresses
    begin: Begin
    tell: TellOwner
    new_id: Callable[[], str]

    async def __call__(self, token: str, signed: SignedIn | None) -> Started | None:
        """Sign in, or add an address to the account that asked for it (None: there is no new session).

        Raises:
            LinkUnusable: It was used, is too old, or void.
            WrongAccount: It adds an address, and its account is not signed in here; the link stays good.
            TooManyAddresses: The account has as many as it can have.
            AddressTaken: The address belongs to another account.
        """
        digest, now = token_sha256(token), self.clock()
        link = await self.links.find(PEOPLE, digest)
        if link is not None and link.purpose is LinkPurpose.ADD_ADDRESS:
            _require_its_account(link, signed)
        used = await self.links.use(PEOPLE, digest, now)
        if used is None:
            raise LinkUnusable
        if used.purpose is LinkPurpose.SIGN_IN:
            person, session = await self.begin(used.address, used.language, signed)
            return Started(person=person, token=session, next=used.next)
        if not await self.addresses.add(PEOPLE, used.person, confirmed(self.new_id(), used.address, now)):
            raise AddressTaken
        if signed is not None and used.address not in {each.value for each in signed.person.addresses}:
            await self.tell(signed.person, AddressChange.ADDED)
        return None


def confirmed(address_id: str, value: str, at: dt.datetime) -> Address:
    """An e-mail address that somebody has just shown to be theirs."""
    return Address(id=address_id, kind=AddressKind.EMAIL, value=value, confirmed_at=at)


def _is_same(address: Address, mailbox: str) -> bool:
    return address.kind is AddressKind.EMAIL and normal(address.value) == normal(mailbox)


def _require_its_account(link: Link, signed: SignedIn | None) -> None:
    """Otherwise a stranger could have the owner of an address add it to the stranger's account."""
    if signed is None or signed.person.id != link.person:
        raise WrongAccount
    if len(signed.person.addresses) >= MAX_ADDRESSES:
        raise TooManyAddresses
