"""API keys: make one, show it once, and know its holder again."""

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from gateway.errors import Unauthorised
from gateway.flows.convert import Caller
from gateway.ports import ApiKeys, Clock, Settled
from gateway.records import ApiKey
from gateway.records.access import EVERY_SCOPE

KEY_PREFIX = "bgk_live_"
SHOWN_CHARACTERS = len(KEY_PREFIX) + 4
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Admit:
    """The text of a key to its holder."""

    api_keys: ApiKeys

    async def __call__(self, presented: str) -> Caller:
        """Return for whom the caller works.

        Raises:
            Unauthorised: The key is unknown; the same answer for every wrong key.
        """
        holder = await self.api_keys.holder(sha256(presented.encode()).digest())
        if holder is None:
            raise Unauthorised(
                "the API key is missing or unknown",
                fix="send the header Authorization: Bearer bgk_…, with the key that was shown when it was made",
            )
        return Caller(platform=holder.platform, holder=holder.id, scopes=EVERY_SCOPE)


@dataclass(frozen=True, slots=True)
class MakeKey:
    """A platform to a new API key."""

    clock: Clock
    api_keys: ApiKeys
    new_id: Callable[[], str]

    async def __call__(self, platform: str) -> str:
        """Make a key; its text is returned once and only its digest is kept."""
        text = KEY_PREFIX + secrets.token_urlsafe(SECRET_BYTES)
        now: dt.datetime = self.clock()
        await self.api_keys.add(
            ApiKey(
                id=self.new_id(),
                platform=platform,
                prefix=text[:SHOWN_CHARACTERS],
                sha256=sha256(text.encode()).digest(),
                created=now,
            )
        )
        return text


@dataclass(frozen=True, slots=True)
class FirstKey:
    """A platform to its first API key, made once in the life of a store."""

    settled: Settled
    make_key: MakeKey
    new_id: Callable[[], str]

    async def __call__(self, platform: str) -> str:
        """Return the key when it was made now, "" when it was made before."""
        claim = self.new_id()
        if await self.settled.first(f"first API key of {platform}", claim) != claim:
            return ""
        return await self.make_key(platform)
