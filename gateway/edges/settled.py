"""Facts that are decided once, and whether the database answers at all."""

from dataclasses import dataclass

from gateway.edges.database import Database, Work

_INSERT = "insert into settled (name, value) values ($1, $2) on conflict (name) do nothing"
_SELECT = "select value from settled where name = $1"


@dataclass(frozen=True, slots=True)
class StoredFacts:
    """The port ``Settled``."""

    database: Database

    async def first(self, name: str, value: str) -> str:
        """Store ``value`` under ``name`` unless there is one; return what is stored."""
        return await self.database.transaction(lambda: _first(name, value))


@dataclass(frozen=True, slots=True)
class StoreHealth:
    """The port ``Health``."""

    database: Database

    async def ping(self) -> None:
        """Return when a trivial read succeeded."""
        await self.database.fetch("select 1 as one")


def _first(name: str, value: str) -> Work[str]:
    yield _INSERT, (name, value)
    [row] = yield _SELECT, (name,)
    return str(row["value"])
