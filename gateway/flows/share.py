"""Give an achievement the one address that it has for everybody who earned it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from adapters.hub.contract import Format
from adapters.hub.losses import LossReport
from gateway.issuing.achievement import achievement_page, digest, lone_digest
from gateway.ports import Achievements
from gateway.records import Achievement


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """One form as it was written.

    Attributes:
        losses: Everything that differs from what was received.
        unsigned: The bytes that sealing starts from.
    """

    format: Format
    document: dict[str, Any]
    losses: LossReport
    unsigned: bytes


@dataclass(frozen=True, slots=True)
class Share:
    """A way to write a form to the form, its achievement kept under the id that stands in it."""

    achievements: Achievements
    new_id: Callable[[], str]
    secret: bytes

    async def __call__(self, platform: str, write: Callable[[str], Written]) -> Written:
        """Write with a new id, and again with the id of the same achievement when there is one.

        What is written is always what the achievement's address serves: verifiers of hosted badges compare the two.

        Args:
            platform: Whose achievement it is; two platforms share none.
            write: Pure; writes the form with this id of its achievement. Called in another thread.

        Raises:
            NotWritable: The format cannot hold the credential.
        """
        candidate = self.new_id()
        first = await asyncio.to_thread(write, candidate)
        own = Achievement(
            id=candidate,
            platform=platform,
            digest=digest(self.secret, platform, first.format, first.document, candidate),
            document=achievement_page(first.format, first.document),
        )
        shared = await self.achievements.first(own)
        if shared == candidate:
            return first
        again = await asyncio.to_thread(write, shared)
        if digest(self.secret, platform, again.format, again.document, shared) == own.digest:
            return again
        # The source names the shared id (an endorsement of it may stay where that of a stranger is dropped).
        await self.achievements.first(msgspec.structs.replace(own, digest=lone_digest(self.secret, candidate)))
        return first
