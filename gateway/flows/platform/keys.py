"""The API keys of a platform: list them, make one, end one."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from gateway.errors import NotFound, PastExpiry
from gateway.flows.convert import Caller
from gateway.flows.key_text import new_key_text, shown_prefix
from gateway.flows.platform.giving import require_end, require_scopes
from gateway.ports import Clock, Platforms
from gateway.ports.tenants import ManagedKeys
from gateway.records import ApiKey
from gateway.records.access import Scope
from gateway.records.people import PEOPLE
from gateway.records.tenants import is_twin


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What a new key should be."""

    name: str
    scopes: frozenset[Scope]
    expires: dt.datetime | None = None


class MadeKey(msgspec.Struct, frozen=True):
    """A key as it is stored, and its text, which is nowhere else."""

    key: ApiKey
    text: str

    def __repr__(self) -> str:
        """Without the text: representations end in logs."""
        return f"MadeKey(key={self.key.id!r})"


@dataclass(frozen=True, slots=True)
class MakeKey:
    """A platform and a wish to a new API key."""

    clock: Clock
    platforms: Platforms
    api_keys: ManagedKeys
    new_id: Callable[[], str]

    async def __call__(
        self, platform: str, wish: Wish, actor: str, *, maker: Caller | None = None, member: str = ""
    ) -> MadeKey:
        """Make a key; its text is returned once and only its digest is kept.

        Args:
            maker: Whose rights the key may not exceed, neither in scopes nor in time; None where somebody may give
                everything.
            member: Id of the member who makes it, with whose rights it ends; a maker's is its own.

        Raises:
            NotFound: There is no such platform.
            InsufficientScope: It would have a scope that its maker lacks, or that member is no owner any more.
            OutlivesMaker: It would end later than its maker.
            PastExpiry: It would have expired before it was made.
        """
        require_scopes(maker, wish.scopes, "a key", "/scopes")
        now = self.clock()
        if wish.expires is not None and wish.expires <= now:
            raise PastExpiry("this time has passed", pointer="/expires", fix="give a time in the future, or none")
        require_end(maker, wish.expires, "this key")
        # What people hold is theirs: no key opens it.
        if platform == PEOPLE or await self.platforms.find(platform) is None:
            raise NotFound("there is no such platform")
        text = new_key_text(test=is_twin(platform))
        key = ApiKey(
            id=self.new_id(),
            platform=platform,
            prefix=shown_prefix(text),
            sha256=sha256(text.encode()).digest(),
            created=now,
            name=wish.name,
            scopes=wish.scopes,
            expires=wish.expires,
            made_by=actor,
            member=maker.member if maker else member,
        )
        await self.api_keys.make(key, actor)
        return MadeKey(key, text)


@dataclass(frozen=True, slots=True)
class ListApiKeys:
    """A platform to its keys."""

    api_keys: ManagedKeys

    async def __call__(self, platform: str) -> Sequence[ApiKey]:
        """Return every key, oldest first; those that ended too."""
        return await self.api_keys.of(platform)


@dataclass(frozen=True, slots=True)
class RevokeKey:
    """A key that ends."""

    clock: Clock
    api_keys: ManagedKeys

    async def __call__(self, platform: str, key_id: str, actor: str) -> None:
        """End it for good; repeating it changes nothing.

        Raises:
            NotFound: The platform has no such key.
        """
        if not await self.api_keys.revoke(platform, key_id, actor, self.clock()):
            raise NotFound("there is no such API key")
