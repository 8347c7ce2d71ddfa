"""When API keys were last used: written behind the backs of requests, at most once a minute each."""

import asyncio
import datetime as dt
import logging

from gateway.edges.database import Database, micros, single
from gateway.errors import Unavailable
from gateway.records import ApiKey

log = logging.getLogger("badge_gateway.keys")

RIGHT_TO = dt.timedelta(minutes=1)

_USED = "update api_keys set last_used = $3 where platform = $1 and id = $2"


class StoredKeyUses:
    """The port ``KeyUses``; each process writes by itself."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._noted: dict[str, dt.datetime] = {}
        self._writing: set[asyncio.Task[None]] = set()

    def note(self, key: ApiKey, at: dt.datetime) -> None:
        """Remember it soon, unless that was done less than a minute ago."""
        before = self._noted.get(key.id) or key.last_used
        if before is not None and at - before < RIGHT_TO:
            return
        self._noted[key.id] = at
        task = asyncio.create_task(self._write(key, at))
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)

    async def settled(self) -> None:
        """Return when everything that was noted so far is written."""
        await asyncio.gather(*self._writing)

    async def _write(self, key: ApiKey, at: dt.datetime) -> None:
        work = single(_USED, key.platform, key.id, micros(at))
        try:
            await self._database.within(key.platform).transaction(work, durable=False)
        except Unavailable as error:
            log.warning("the use of a key was not noted: %s", error)
