"""Sign status lists again: when a bit changed, and before the last signature ends. A GET never signs."""

import asyncio
import datetime as dt
import logging
from dataclasses import dataclass

import msgspec

from adapters.hub.contract import Format
from gateway.errors import GatewayError
from gateway.flows.identify import Identities
from gateway.issuing import status_list
from gateway.issuing.identity import Identity
from gateway.issuing.seal import token, with_proof
from gateway.ports import Clock, Keys, Signer, StatusLists
from gateway.records import Algorithm, Purpose, Securing
from gateway.records.status_lists import LIST_AHEAD, StatusList

log = logging.getLogger("badge_gateway.status_lists")

A_MILLISECOND = dt.timedelta(milliseconds=1)
"""The shortest time that every reader of a date can tell."""


@dataclass(frozen=True, slots=True)
class Publish:
    """Every status list that is due, signed as a credential and as a token, and stored."""

    clock: Clock
    keys: Keys
    signer: Signer
    status_lists: StatusLists
    identities: Identities
    valid_for: dt.timedelta

    async def __call__(self, platform: str = "") -> int:
        """Publish what is due; return how many lists were signed.

        Args:
            platform: Whose lists; "" for those of all.

        Raises:
            GatewayError: A list could not be signed or stored; of several the first, once all others were tried.
        """
        lists = await self.status_lists.due(self.clock() + self.valid_for / 2)
        due = [each for each in lists if platform in ("", each.platform)]
        failed: list[GatewayError] = []
        for found in due:
            try:
                await self._published(found)
            except GatewayError as error:
                log.warning("status list %s of platform %s was not published: %s", found.id, found.platform, error)
                failed.append(error)
        if failed:
            raise failed[0]
        return len(due)

    async def _published(self, found: StatusList) -> None:
        """Sign until it is stored: who signs at the same moment may be first, and perhaps without the newest bits."""
        while not await self.status_lists.publish(await self._signed(found)):
            newer = await self.status_lists.find(found.platform, found.id)
            if newer is None or newer.signed_version >= newer.version:
                return
            found = newer

    async def _signed(self, found: StatusList) -> StatusList:
        starts = _after(found.valid_from, self.clock())
        identity = await self.identities(found.platform)
        key = await self.keys.active(found.platform, Purpose.STATUS_LIST, Algorithm.EDDSA)
        issuer = identity.issuer_id(Format.OPEN_BADGES_3, key)
        method = identity.method(Format.OPEN_BADGES_3, Securing.DATA_INTEGRITY, key)
        document = await asyncio.to_thread(
            status_list.credential, found, identity.addresses, issuer, method, starts, self.valid_for
        )
        return msgspec.structs.replace(
            found,
            signed=await with_proof(document, key.id, self.signer),
            token=await self._token(found, identity, starts),
            signed_version=found.version,
            valid_from=starts,
            valid_until=starts + self.valid_for,
        )

    async def _token(self, found: StatusList, identity: Identity, starts: dt.datetime) -> bytes:
        """The same as a token, signed as SD-JWT VCs are: who reads those need know no other algorithm."""
        key = await self.keys.active(found.platform, Purpose.STATUS_LIST, Algorithm.ES256)
        claims = await asyncio.to_thread(status_list.token_claims, found, identity.addresses, starts, self.valid_for)
        header = {"typ": status_list.TOKEN_TYPE, "kid": key.id}
        return (await token(header, claims, key, self.signer)).encode()


def _after(last: dt.datetime | None, now: dt.datetime) -> dt.datetime:
    """When a new version starts: now, and after the last one.

    Two versions of one instant would be a replay to whoever saw both. A clock that was far ahead once is not followed.
    """
    starts = now.replace(microsecond=now.microsecond // 1000 * 1000)
    if last is None or last < starts or last > now + LIST_AHEAD:
        return starts
    following = last + A_MILLISECOND
    return following.replace(microsecond=following.microsecond // 1000 * 1000)
