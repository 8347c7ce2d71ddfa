"""Give an achievement the one address that it has for everybody who earned it."""

from dataclasses import dataclass

import msgspec

from adapters.hub.contract import Draft
from gateway.issuing.achievement import achievement_page, digest, renamed
from gateway.ports import Achievements
from gateway.records import Achievement


@dataclass(frozen=True, slots=True)
class Share:
    """A draft to the same draft, its achievement kept under the id that stands in it.

    What stands in a form is always what the achievement's address serves: verifiers of hosted badges compare the two.
    """

    achievements: Achievements
    secret: bytes

    async def __call__(self, platform: str, draft: Draft, own_id: str) -> Draft:
        """Keep the achievement, or name the same one that is kept already.

        Args:
            platform: Whose achievement it is; two platforms share none.
            draft: Written with ``own_id`` as the last part of the achievement's id.
            own_id: A new random UUID, so that nothing in the source can be it.
        """
        shared = await self.achievements.first(
            Achievement(
                id=own_id,
                platform=platform,
                digest=digest(self.secret, platform, draft.format, draft.document, own_id),
                document=achievement_page(draft.format, draft.document),
            )
        )
        # Not written a second time with that id: a source that names it might then come out otherwise than is served.
        return msgspec.structs.replace(draft, document=renamed(draft.document, own_id, shared))
