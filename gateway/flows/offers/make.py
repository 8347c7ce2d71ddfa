"""A platform offers a credential of its own to a wallet."""

import datetime as dt
import secrets
from dataclasses import dataclass

import msgspec

from adapters.hub.credential import Recipient
from gateway.errors import GatewayError, NoPublicAddress, NotActive, NotFound, NotIssuable, PastExpiry, TooFarAhead
from gateway.flows.convert import Caller
from gateway.flows.lasting import require_lasting
from gateway.flows.match import matched, may_name_a_mailbox
from gateway.flows.offers.contents import ends_in, material_of, recipient_in
from gateway.flows.offers.send_link import SendLink
from gateway.flows.offers.transaction_code import code_sha256, new_code
from gateway.flows.offers.whose import NotTheRecipient
from gateway.flows.offers.writable import Writable
from gateway.ports import Clock, Records
from gateway.ports.offers import NewOffers
from gateway.records import CLOSED, Instant, Record
from gateway.records.mailbox import mailbox
from gateway.records.offers import Claiming, Configuration, Offer
from gateway.records.people import Address, AddressKind

ID_BYTES = 16
"""Of randomness in an id: nobody guesses it, and the links stay short enough for QR codes that any phone reads."""

USUAL = dt.timedelta(days=14)
LONGEST = dt.timedelta(days=90)


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What a new offer should be.

    Attributes:
        credential: Id of the record.
        configurations: None for all that the record can be had in.
        expires: At most ``LONGEST`` from now; None for ``USUAL``. An offer ends with its credential in any case.
        email: Where the link is mailed; "" for nowhere.
        language: Of that letter.
    """

    credential: str
    claiming: Claiming = Claiming.LINK
    configurations: tuple[Configuration, ...] = ()
    expires: Instant | None = None
    email: str = ""
    language: str = "en"


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A new offer.

    Attributes:
        code: Its transaction code, which is nowhere else; "" where it has none.
        mailed: Whether a letter went out.
    """

    offer: Offer
    code: str = ""
    mailed: bool = False

    def __repr__(self) -> str:
        return f"Made(record={self.offer.record!r})"


@dataclass(frozen=True, slots=True)
class MakeOffer:
    """A record to an offer of it, and a letter with its link where that is wished."""

    clock: Clock
    offers: NewOffers
    records: Records
    writable: Writable
    send_link: SendLink
    public_url: str
    secret: bytes

    async def __call__(self, wish: Wish, caller: Caller) -> Made:
        """Make it.

        Raises:
            NoPublicAddress: It could lead nowhere.
            NotFound: The caller's platform has no such record.
            NotActive: It was suspended or revoked.
            PastExpiry, TooFarAhead: The offer would end before it begins, or hold for too long.
            NotIssuable: It has ended; it cannot be had in what was asked for; or nobody could sign in as its recipient.
            MalformedAddress, NotTheRecipient, TooManyRequests, NoMail: Of the letter; nothing is offered then.
        """
        if not self.public_url:
            raise NoPublicAddress
        record = await self.records.find(caller.platform, wish.credential)
        if record is None:
            raise NotFound(
                "there is no such credential",
                pointer="/credential",
                fix="name it by the id under which GET /v1/credentials lists it, not by that of one of its forms",
            )
        if record.state in CLOSED:
            raise NotActive
        now = self.clock()
        expires = _expiry(wish, now)
        material = await material_of(record, now)
        end = ends_in(material)
        require_lasting(end, now, "/credential")
        expires = min(expires, end or expires)
        recipient = recipient_in(material)
        if wish.claiming is Claiming.SIGN_IN and not may_name_a_mailbox(recipient):
            raise NotIssuable(
                "the credential names nobody by an e-mail address, so nobody can sign in as its recipient",
                pointer="/claiming",
                fix="choose link or code",
            )
        configurations = _among(await self.writable(material), wish.configurations)
        address = _address(wish.email, recipient, now)
        mails = bool(address) and await self.send_link.allowed(caller.platform, address)
        made = self._made(record, wish.claiming, configurations, caller, now, expires)
        await self.offers.add(made.offer, caller.actor)
        if mails:
            await self._mailed(made.offer, address, wish.language, caller, now)
        return msgspec.structs.replace(made, mailed=mails)

    def _made(
        self,
        record: Record,
        claiming: Claiming,
        configurations: tuple[Configuration, ...],
        caller: Caller,
        now: dt.datetime,
        expires: dt.datetime,
    ) -> Made:
        offer_id = secrets.token_urlsafe(ID_BYTES)
        code = new_code() if claiming is Claiming.CODE else ""
        offer = Offer(
            id=offer_id,
            platform=caller.platform,
            record=record.id,
            made_by=caller.holder,
            created=now,
            expires=expires,
            claiming=claiming,
            configurations=configurations,
            code_sha256=code_sha256(self.secret, offer_id, code) if code else b"",
        )
        return Made(offer=offer, code=code)

    async def _mailed(self, offer: Offer, address: str, language: str, caller: Caller, now: dt.datetime) -> None:
        """Whoever is told that no letter went out is not to find an offer either."""
        try:
            await self.send_link(offer, address, language)
        except GatewayError:
            await self.offers.withdraw(offer.platform, offer.id, caller.actor, now)
            raise


def _expiry(wish: Wish, now: dt.datetime) -> dt.datetime:
    until = wish.expires or now + USUAL
    if not now < until <= now + LONGEST:
        raise (PastExpiry if until <= now else TooFarAhead)(
            f"an offer ends later than now and within {LONGEST.days} days",
            pointer="/expires",
            fix=f"choose a time up to {(now + LONGEST):%Y-%m-%dT%H:%M:%SZ}, or leave it out",
        )
    return until


def _among(able: tuple[Configuration, ...], wanted: tuple[Configuration, ...]) -> tuple[Configuration, ...]:
    """Those that are wanted, in the order in which wallets are told of them."""
    if not able:
        raise NotIssuable("no wallet could have this credential: none of their formats holds it")
    for index, each in enumerate(wanted):
        if each not in able:
            raise NotIssuable(
                f"this credential cannot be had as {each}",
                pointer=f"/configurations/{index}",
                fix=f"choose among {', '.join(able)}",
            )
    return tuple(dict.fromkeys(wanted)) or able


def _address(email: str, recipient: Recipient, now: dt.datetime) -> str:
    """Where a letter goes; "" for nowhere."""
    if not email:
        return ""
    address = mailbox(email, "/email")
    known = Address(id="", kind=AddressKind.EMAIL, value=address, confirmed_at=now)
    if matched(recipient, (known,)) is not None:
        return address
    if may_name_a_mailbox(recipient):
        raise NotTheRecipient(
            "the credential names its recipient, and this address is not theirs",
            pointer="/email",
            fix="give the address that it was awarded to, or leave it out and pass the link on yourself",
        )
    # We would write in our own name, of a badge, to somebody of whom nothing says that it is theirs.
    raise NotTheRecipient(
        "the credential names nobody by an e-mail address, so nothing says whose address this is",
        pointer="/email",
        fix="leave it out and pass the link on yourself",
    )
