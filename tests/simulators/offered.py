"""Offers of credentials to wallets, and what a wallet sends to the token endpoint for one."""

from dataclasses import dataclass, field
from typing import Any  # Any: members of JSON documents

import msgspec
from httpx import AsyncClient, Response

from adapters.hub.contract import Format
from gateway.assembly.whole import Gateway
from gateway.flows.convert import Caller
from gateway.flows.offers.make import Made, Wish
from gateway.flows.prepare import target
from gateway.records.offers import Claiming, Configuration, Grant, Offer
from gateway.records.tenants import DEFAULT_PLATFORM
from gateway.records.tickets import CODE_S, Kind
from tests.gateway.plain import award
from tests.simulators.application import Browser, answered, fields

PRE_AUTHORIZED = "urn:ietf:params:oauth:grant-type:pre-authorized_code"


@dataclass
class Offering:
    """A platform that awards badges and offers them to wallets."""

    gateway: Gateway
    caller: Caller = field(default_factory=lambda: Caller(DEFAULT_PLATFORM, "key-1"))

    async def make(self, claiming: Claiming = Claiming.LINK, *configurations: Configuration, **changes: Any) -> Made:
        """Award a badge in plain data, and offer it; members of the award that are given here say something else."""
        issued = await self.gateway.native.issue(msgspec.json.encode(award(**changes)), (), self.caller)
        wish = Wish(credential=issued.record.id, claiming=claiming, configurations=configurations)
        return await self.gateway.offers.make(wish, self.caller)

    async def converted(self, badge: bytes, claiming: Claiming = Claiming.SIGN_IN) -> Offer:
        """Convert a badge, and offer what it became."""
        verified = await self.gateway.verify(badge, "")
        made = await self.gateway.convert(verified, "", (target(Format.OPEN_BADGES_3),), self.caller)
        return (await self.gateway.offers.make(Wish(credential=made.record.id, claiming=claiming), self.caller)).offer

    async def code(self, offer: Offer) -> str:
        """A pre-authorized code, as in the credential offer."""
        return await self.gateway.edges.tickets.give(Kind.CODE, offer.id.encode(), CODE_S)

    async def granted(self, token: str) -> Grant | None:
        """What an access token opens; without the id of the grant, which is random."""
        kept = await self.gateway.edges.tickets.look(Kind.TOKEN, token)
        return None if kept is None else msgspec.structs.replace(msgspec.json.decode(kept, type=Grant), id="")


async def redeemed(http: AsyncClient, code: str, **changed: str) -> Response:
    """Send a pre-authorized code."""
    form = {"grant_type": PRE_AUTHORIZED, "pre-authorized_code": code, **changed}
    return await http.post("/oauth/token", data=form)


def asking(offer: Offer | None = None, **changed: str | None) -> dict[str, str | None]:
    """What a wallet asks for; with the reference of an offer where it has one."""
    return {"scope": Configuration.BADGE, "state": None, "issuer_state": offer.id if offer else None, **changed}


async def allowed(browser: Browser, page: Response, **more: str) -> dict[str, str]:
    """Say yes on a page; what the wallet is told."""
    gone = await browser.send("/oauth/authorize", {**fields(page.text), "answer": "allow", **more})
    assert gone.status_code == 303, gone.text
    return answered(gone.headers["Location"])
