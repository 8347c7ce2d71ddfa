"""How much a platform has issued, for its limit by the day."""

import datetime as dt
from dataclasses import dataclass

from gateway.edges.database import Database, micros

ISSUED_SINCE = "select count(*) as forms from forms where platform = $1 and at >= $2"


@dataclass(frozen=True, slots=True)
class StoredIssuedCount:
    """The port ``IssuedCount``."""

    database: Database

    async def since(self, platform: str, at: dt.datetime) -> int:
        """Return the number of forms that were intended at or after that time."""
        [row] = await self.database.within(platform).fetch(ISSUED_SINCE, platform, micros(at))
        return int(row["forms"])
