"""Mail a link: to sign in, or to add an address to an account.

What happens, and how long it takes, is the same for addresses that are known here and for those that are not: the
answer tells nobody who has an account.
"""

import datetime as dt
import hmac
import secrets
from dataclasses import dataclass

import msgspec

from gateway.errors import NoPublicAddress, TooManyRequests
from gateway.flows.letters import VALID_MINUTES, letter
from gateway.flows.recognise import token_sha256
from gateway.ports import Clock, RateLimit
from gateway.ports.people import Links, Mail, People
from gateway.records.mailbox import mailbox, normal
from gateway.records.people import PEOPLE, AddressKind, Link, LinkPurpose, Person

VALID = dt.timedelta(minutes=VALID_MINUTES)
TOKEN_BYTES = 32

TO_ONE_FROM_ONE_AN_HOUR = 5
"""Links to one address that one network may ask for."""

TO_ONE_AN_HOUR = 50
"""Links to one address, whoever asks. A mailbox is spared more; fewer, and who asks often enough in somebody's name
would keep them out."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """Who wants a link, and for what.

    Attributes:
        address: As it was typed.
        client: The network that asks, as rate limits count it.
        next: Local path to go on to when the link was used.
        person: Who wants to add the address; None when the link is to sign in.
    """

    address: str
    client: str
    next: str
    language: str
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class MailLink:
    """A single-use link to an address, good for 15 minutes.

    It leaves the links before it good, else anybody could void a link by asking for the next one; whichever is used
    voids the others.

    Attributes:
        from_one_an_hour: Links that one network may ask for; a classroom or an office is one.
    """

    clock: Clock
    people: People
    links: Links
    mail: Mail
    rate_limit: RateLimit
    public_url: str
    secret: bytes
    from_one_an_hour: int

    async def __call__(self, request: Request) -> str:
        """Mail the link; return a token for a cookie, by which the page of the link knows the browser that asked.

        Raises:
            MalformedAddress: No mail can be sent there.
            TooManyRequests: This address was sent, or this client asked for, too many links.
            NoPublicAddress: A link could lead nowhere.
            NoMail: No way to deliver letters is configured.
            Unavailable: The mail server does not answer.
        """
        if not self.public_url:
            raise NoPublicAddress
        address = mailbox(request.address)
        await self._counted(address, request.client)
        token, browser = secrets.token_urlsafe(TOKEN_BYTES), secrets.token_urlsafe(TOKEN_BYTES)
        link = await self._link(request, address, token, browser)
        await self.links.put(link)
        await self.mail(letter(link, f"{self.public_url}/account/links/{token}"))
        return browser

    async def _link(self, request: Request, address: str, token: str, browser: str) -> Link:
        now = self.clock()
        # Where letters differ in case only, the mailbox of somebody else could be meant.
        confirmed = await self.people.spelled(PEOPLE, AddressKind.EMAIL, address)
        return Link(
            sha256=token_sha256(token),
            platform=PEOPLE,
            purpose=LinkPurpose.SIGN_IN if request.person is None else LinkPurpose.ADD_ADDRESS,
            address=confirmed if request.person is None else address,
            person="" if request.person is None else request.person.id,
            browser=token_sha256(browser),
            next=request.next,
            language=request.language,
            created=now,
            expires=now + VALID,
        )

    async def _counted(self, address: str, client: str) -> None:
        """Hashed, because a bucket's name may be seen by whoever runs the cache."""
        to = hmac.digest(self.secret, normal(address).encode(), "sha256").hex()
        await self._take(f"links from {client}", self.from_one_an_hour)
        await self._take(f"links to {to} from {client}", TO_ONE_FROM_ONE_AN_HOUR)
        await self._take(f"links to {to}", TO_ONE_AN_HOUR)

    async def _take(self, bucket: str, an_hour: int) -> None:
        taken = await self.rate_limit.take(bucket, capacity=an_hour, per_s=an_hour / 3600)
        if not taken.allowed:
            raise TooManyRequests("too many links were asked for", retry_after_s=taken.retry_after_s)
