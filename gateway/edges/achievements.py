"""Achievements: each kept once, by itself, under the first id that came with it."""

from dataclasses import dataclass

from gateway.apart import apart
from gateway.edges.database import Database, Work
from gateway.edges.envelope import Envelope
from gateway.records import Achievement

_SAME = "select id from achievements where platform = $1 and digest = $2"
_INSERT = """
insert into achievements (id, platform, digest, document) values ($1, $2, $3, $4)
on conflict (platform, digest) do nothing
"""
_FIND = "select id, platform, digest, document from achievements where id = $1 and platform || '' = $2"


@dataclass(frozen=True, slots=True)
class StoredAchievements:
    """The port ``Achievements``. No record's key encrypts them: they outlive each record."""

    database: Database
    envelope: Envelope

    async def first(self, achievement: Achievement) -> str:
        """Keep it unless the platform has one with its digest; return the id of the one that is kept.

        It need not be durable by itself: the plan that uses it is, and then so is everything before it.
        """
        for row in await self.database.within(achievement.platform).fetch(
            _SAME, achievement.platform, achievement.digest
        ):
            return str(row["id"])
        place, plain = _place(achievement.platform, achievement.id), achievement.document
        document = await apart(len(plain), self.envelope.sealed, place, plain)
        database = self.database.within(achievement.platform)
        return await database.transaction(lambda: _first(achievement, document), durable=False)

    async def find(self, platform: str, achievement_id: str) -> Achievement | None:
        """Return the achievement with this id."""
        for row in await self.database.within(platform).fetch(_FIND, achievement_id, platform):
            place, sealed = _place(row["platform"], row["id"]), row["document"]
            document = await apart(len(sealed), self.envelope.opened, place, sealed)
            return Achievement(id=row["id"], platform=row["platform"], digest=row["digest"], document=document)
        return None


def _first(achievement: Achievement, document: bytes) -> Work[str]:
    yield _INSERT, (achievement.id, achievement.platform, achievement.digest, document)
    [row] = yield _SAME, (achievement.platform, achievement.digest)
    return str(row["id"])


def _place(platform: str, achievement_id: str) -> str:
    return f"achievements.document/{platform}/{achievement_id}"
