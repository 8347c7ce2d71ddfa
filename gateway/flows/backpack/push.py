"""An Assertion that another platform pushes into its owner's hands."""

import asyncio
from dataclasses import dataclass

from adapters.hub.contract import Format
from adapters.hub.opened import Elsewhere, Opened, open_bytes
from adapters.registry import detect
from gateway.flows.backpack.refusals import NotAnAssertion
from gateway.flows.hold import Held, Hold
from gateway.records.holdings import Via


@dataclass(frozen=True, slots=True)
class Push:
    """One Assertion of Open Badges 2.0 to what its owner holds."""

    hold: Hold

    async def __call__(self, badge: bytes, person: str) -> Held:
        """Hold an Assertion, in JSON or as a compact JWS.

        Raises:
            NotAnAssertion: It is a badge of another format, or says where a badge is.
            AdapterError: It cannot be read.
            InvalidBadge, RecipientMismatch, Unreachable: See ``gateway.flows.hold``.
        """
        opened = await asyncio.to_thread(open_bytes, badge)
        if isinstance(opened, Elsewhere) or await asyncio.to_thread(_other, opened):
            raise NotAnAssertion(
                "this is no Assertion of Open Badges 2.0", fix="send what the specification calls an Assertion"
            )
        return await self.hold(badge, person, Via.BADGE_CONNECT)


def _other(opened: Opened) -> bool:
    return detect(opened)[1].format is not Format.OPEN_BADGES_2
