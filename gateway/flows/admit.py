"""API keys: make one, show it once, and know its holder again."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from gateway.errors import Unauthorised
from gateway.flows.convert import Caller
from gateway.flows.key_text import intact
from gateway.flows.platform.keys import MakeKey, Wish
from gateway.ports import ApiKeys, Clock, Settled
from gateway.ports.tenants import KeyUses, ManagedKeys
from gateway.records.access import EVERY_SCOPE

AT_THE_START = "gateway"
"""Who made the first key, in the audit trail."""


class OtherTokens(Protocol):
    """Knows bearers of something else than an API key."""

    async def __call__(self, presented: str) -> Caller | None:
        """Return for whom the bearer works; None when this is no token of that kind, or one that holds no longer."""


@dataclass(frozen=True, slots=True)
class Admit:
    """The text of a key, or of a token of a platform's own client, to its holder."""

    clock: Clock
    api_keys: ApiKeys
    uses: KeyUses
    other_tokens: tuple[OtherTokens, ...] = ()

    async def __call__(self, presented: str) -> Caller:
        """Return for whom the caller works.

        A key that was mistyped is refused without asking the store.

        Raises:
            Unauthorised: The key is unknown, or it has expired or was revoked.
        """
        for recognise in self.other_tokens:
            if (caller := await recognise(presented)) is not None:
                return caller
        found = await self.api_keys.holder(sha256(presented.encode()).digest()) if intact(presented) else None
        if found is None:
            raise Unauthorised(
                "the API key is missing or unknown",
                fix="send the header Authorization: Bearer bgk_…, with the key that was shown when it was made",
            )
        key, now = found.key, self.clock()
        if key.revoked is not None or (key.expires is not None and key.expires <= now):
            ended = "was revoked" if key.revoked is not None else "has expired"
            raise Unauthorised(f"this API key {ended}", fix="use another key of the platform, or make a new one")
        self.uses.note(key, now)
        return Caller(
            platform=key.platform,
            holder=key.id,
            scopes=key.scopes,
            platform_per_minute=found.platform_per_minute,
            expires=key.expires,
            member=key.member,
        )


@dataclass(frozen=True, slots=True)
class FirstKey:
    """A platform to its first API key, made once in the life of a store, and only where nobody made one."""

    settled: Settled
    api_keys: ManagedKeys
    make_key: MakeKey
    new_id: Callable[[], str]

    async def __call__(self, platform: str) -> str:
        """Return the key when it was made now, "" when the platform had one before."""
        if await self.api_keys.of(platform):
            return ""
        claim = self.new_id()
        if await self.settled.first(f"first API key of {platform}", claim) != claim:
            return ""
        made = await self.make_key(platform, Wish(name="first key", scopes=EVERY_SCOPE), AT_THE_START)
        return made.text
