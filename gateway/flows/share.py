"""Give an achievement the one address that it has for everybody who earned it."""

from dataclasses import dataclass

import msgspec

from adapters.hub.contract import Draft
from gateway.issuing.achievement import achievement_page, digest, renamed
from gateway.ports import Achievements
from gateway.records import Achievement


@dataclass(frozen=True, slots=True)
class Share:
    """A draft to the id that stands in it, its achievement kept under that id.

    What stands in a form is always what the achievement's address serves: verifiers of hosted badges compare the two.
    """

    achievements: Achievements
    secret: bytes

    def achievement(self, platform: str, draft: Draft, own_id: str) -> Achievement:
        """The achievement of a draft. May take 20 ms where the draft is large.

        Args:
            platform: Whose achievement it is; two platforms share none.
            draft: Written with ``own_id`` as the last part of the achievement's id.
            own_id: A new random UUID, so that nothing in the source can be it.
        """
        return Achievement(
            id=own_id,
            platform=platform,
            digest=digest(self.secret, platform, draft.format, draft.document, own_id),
            document=achievement_page(draft.format, draft.document),
        )

    async def __call__(self, achievement: Achievement) -> str:
        """Keep the achievement, or name the same one that is kept already."""
        return await self.achievements.first(achievement)


def named(draft: Draft, own_id: str, shared: str) -> Draft:
    """The draft under the id that its achievement has.

    Not written a second time with that id: a source that names it might then come out otherwise than is served.
    """
    return msgspec.structs.replace(draft, document=renamed(draft.document, own_id, shared))
