"""Platforms and their API keys; of a key only its digest is stored."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.edges.database import EVERYWHERE, Database, instant, micros, single
from gateway.records import ApiKey, Platform

_ENSURE = "insert into platforms (id, name) values ($1, $2) on conflict (id) do update set name = $2"
_ALL = "select id, name from platforms order by id"
_FIND = "select id, name from platforms where id = $1"
_ADD_KEY = """
insert into api_keys (id, platform, prefix, sha256, created) values ($1, $2, $3, $4, $5)
on conflict (id) do nothing
"""
_HOLDER = "select id, platform, prefix, sha256, created from api_keys where sha256 = $1"


@dataclass(frozen=True, slots=True)
class StoredPlatforms:
    """The port ``Platforms``."""

    database: Database

    async def ensure(self, platform: Platform) -> None:
        """Store the platform, or give the one with its id this name."""
        await self.database.within(platform.id).transaction(single(_ENSURE, platform.id, platform.name))

    async def find(self, platform_id: str) -> Platform | None:
        """Return the platform with this id."""
        for row in await self.database.within(platform_id).fetch(_FIND, platform_id):
            return Platform(id=row["id"], name=row["name"])
        return None

    async def all(self) -> Sequence[Platform]:
        """Return every platform, by id."""
        rows = await self.database.within(EVERYWHERE).fetch(_ALL)
        return [Platform(id=row["id"], name=row["name"]) for row in rows]


@dataclass(frozen=True, slots=True)
class StoredApiKeys:
    """The port ``ApiKeys``."""

    database: Database

    async def add(self, key: ApiKey) -> None:
        """Return once the key is durable. Its platform must be there (``ValueError``)."""
        created = micros(key.created)
        work = single(_ADD_KEY, key.id, key.platform, key.prefix, key.sha256, created)
        await self.database.within(key.platform).transaction(work)

    async def holder(self, sha256: bytes) -> ApiKey | None:
        """Return the API key whose whole text has this digest."""
        for row in await self.database.within(EVERYWHERE).fetch(_HOLDER, sha256):
            return ApiKey(
                id=row["id"],
                platform=row["platform"],
                prefix=row["prefix"],
                sha256=row["sha256"],
                created=instant(row["created"]),
            )
        return None
