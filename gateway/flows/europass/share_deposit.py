"""Links by which whoever has them sees one credential, until they expire or are ended."""

import datetime as dt
import secrets
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from gateway.errors import NoPublicAddress, NotFound, PastExpiry, TooFarAhead
from gateway.flows.convert import Caller
from gateway.flows.europass.refusals import LinkExpired
from gateway.ports import Clock
from gateway.ports.europass import ShareLinks
from gateway.records.europass import Deposit, ShareLink

TOKEN_BYTES = 32
PLACE = "/europass/api/v1/sharelinks"
LONGEST = dt.timedelta(days=366)
USUAL = dt.timedelta(days=90)
"""How long a link holds when nobody says."""


class Shared(msgspec.Struct, frozen=True):
    """A link that was just made; its token is shown this once.

    Attributes:
        url: For people, and for programs that ask for JSON.
    """

    token: str
    url: str
    expires: dt.datetime


@dataclass(frozen=True, slots=True)
class ShareDeposit:
    """A deposit to a link that shows it; only the digest of its token is kept."""

    clock: Clock
    links: ShareLinks
    public_url: str

    async def __call__(self, deposit: Deposit, expires: dt.datetime | None = None) -> Shared:
        """Make a link.

        Args:
            expires: At most a year from now; None for ``USUAL``.

        Raises:
            PastExpiry: It would end before it begins.
            TooFarAhead: It would hold for longer than a year.
            NotFound: The deposit was erased meanwhile.
            NoPublicAddress: It could lead nowhere.
        """
        if not self.public_url:
            raise NoPublicAddress
        now = self.clock()
        until = expires or now + USUAL
        if not now < until <= now + LONGEST:
            past = until <= now
            raise (PastExpiry if past else TooFarAhead)(
                "a link ends later than now and within a year",
                pointer="/expirationDate",
                fix=f"choose a time up to {(now + LONGEST):%Y-%m-%dT%H:%M:%SZ}, or leave it out",
            )
        token = secrets.token_urlsafe(TOKEN_BYTES)
        link = ShareLink(
            sha256=_digest(token), platform=deposit.platform, deposit=deposit.id, created=now, expires=until
        )
        if not await self.links.put(link):
            raise NotFound("there is no such credential in this wallet")
        return Shared(token, f"{self.public_url}{PLACE}/{token}", until)

    async def followed(self, token: str) -> tuple[Deposit, dt.datetime]:
        """Return what a link shows, and until when.

        Raises:
            NotFound: There never was such a link, or it was ended.
            LinkExpired: It has expired.
        """
        found = await self.links.find(_digest(token))
        if found is None:
            raise NotFound("there is no such link, or it was ended")
        link, deposit = found
        if link.expires <= self.clock():
            raise LinkExpired
        return deposit, link.expires

    async def ended(self, token: str, caller: Caller) -> None:
        """End a link of the caller's platform.

        Raises:
            NotFound: The platform has none such.
        """
        if not await self.links.remove(caller.platform, _digest(token)):
            raise NotFound("there is no such link")


def _digest(token: str) -> bytes:
    return sha256(token.encode(errors="replace")).digest()
